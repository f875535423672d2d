/** The answer to one request of the window: a file of the console under a strict policy, or nothing. Knows nothing of Electron. */
import type { ConsoleFiles } from '../host/console-files.ts';
import { consoleOrigin, isOwnUrl } from './console-page.ts';

const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'", // emotion writes style elements at run time
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'Content-Security-Policy': contentPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

export function answerConsoleRequest(files: ConsoleFiles, { url, method }: Pick<Request, 'url' | 'method'>): Response {
  const path = pathOf(url);
  const file = path === null ? undefined : files.get(path);
  if (file === undefined || method !== 'GET') {
    return new Response('Not found', { status: 404, headers: { ...headers, 'Content-Type': 'text/plain' } });
  }
  return new Response(new Uint8Array(file.bytes), { headers: { ...headers, 'Content-Type': file.contentType } });
}

function pathOf(url: string): string | null {
  if (!isOwnUrl(url)) return null;
  const [path = ''] = url.slice(consoleOrigin.length).split(/[?#]/, 1);
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
