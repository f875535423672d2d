/** The files of the console, read once: what is not in the map does not exist, however a path is spelt. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { problem } from '../../shared/contract/problem.ts';

interface ConsoleFile {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** By decoded path: '/index.html', '/assets/index.js'. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>;

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

/** @throws {ProblemError} 'notFound' when the console has not been built. */
export async function readConsoleFiles(folder: string): Promise<ConsoleFiles> {
  const files = new Map<string, ConsoleFile>();
  for (const path of await listFiles(folder)) {
    const contentType = contentTypes[extname(path)];
    if (contentType === undefined) continue;
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { contentType, bytes: await readFile(path) });
  }
  if (!files.has('/index.html')) {
    throw problem('notFound', `${join(folder, 'index.html')} is missing. Build the console first: npm run build.`);
  }
  return files;
}

/** Folder by folder: in the archive of a packaged application Electron's recursive listing takes folders for files. */
async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const lists = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return await listFiles(path);
    return entry.isFile() ? [path] : [];
  });
  return (await Promise.all(lists)).flat();
}
