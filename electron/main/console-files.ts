/** The files of the console, each with its type and a strict policy. Knows nothing of Electron. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { consoleOrigin } from './console-page.ts';

const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // emotion writes style elements at run time
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const baseHeaders = {
  'Content-Security-Policy': contentPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json',
};

/** Files by address. Read once: what is not in the map does not exist, however a path is spelt. */
export type ConsoleFiles = ReadonlyMap<string, { readonly path: string; readonly contentType: string }>;

export async function listConsoleFiles(folder: string): Promise<ConsoleFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .flatMap(({ parentPath, name }) => {
        const path = join(parentPath, name);
        const contentType = contentTypes[extname(name)];
        const address = `${consoleOrigin}/${relative(folder, path).split(sep).map(encodeURIComponent).join('/')}`;
        return contentType === undefined ? [] : [[address, { path, contentType }] as const];
      }),
  );
}

/** The answer to one request of the window. */
export async function answerConsoleRequest(
  files: ConsoleFiles,
  request: Pick<Request, 'url' | 'method'>,
): Promise<Response> {
  const file = files.get(request.url.split(/[?#]/, 1)[0] ?? '');
  if (file === undefined || request.method !== 'GET') {
    return new Response('Not found', { status: 404, headers: { ...baseHeaders, 'Content-Type': 'text/plain' } });
  }
  return new Response(new Uint8Array(await readFile(file.path)), {
    headers: { ...baseHeaders, 'Content-Type': file.contentType },
  });
}
