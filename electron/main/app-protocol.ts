/** The app:// protocol: the files of the console and nothing else. */
import { join } from 'node:path';
import { type CustomScheme, protocol, type Session } from 'electron';
import { answerConsoleRequest, listConsoleFiles } from './console-files.ts';
import { consoleScheme, consoleUrl } from './console-page.ts';

const scheme: CustomScheme = {
  scheme: consoleScheme,
  // Standard and secure: an origin of its own, with storage and the clipboard, on which 'self' in the policy means something.
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

/** Before the application is ready. */
export const declareConsoleScheme = (): void => protocol.registerSchemesAsPrivileged([scheme]);

/** @throws {Error} when the application was not built. */
export async function serveConsoleFiles(session: Session, folder: string): Promise<void> {
  const files = await listConsoleFiles(folder);
  if (!files.has(consoleUrl)) throw new Error(`${join(folder, 'index.html')} is missing`);
  session.protocol.handle(consoleScheme, (request) => answerConsoleRequest(files, request));
}
