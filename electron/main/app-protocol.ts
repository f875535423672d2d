/** The app:// protocol: the files of the console and nothing else. */
import { type CustomScheme, protocol, type Session } from 'electron';
import { readConsoleFiles } from '../host/console-files.ts';
import { answerConsoleRequest } from './console-answer.ts';
import { consoleScheme } from './console-page.ts';

const scheme: CustomScheme = {
  scheme: consoleScheme,
  // Standard and secure: an origin of its own, with storage and the clipboard, on which 'self' in the policy means something.
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

/** Before the application is ready. */
export const declareConsoleScheme = (): void => protocol.registerSchemesAsPrivileged([scheme]);

/** @throws {ProblemError} 'notFound' when the console was not built. */
export async function serveConsoleFiles(session: Session, folder: string): Promise<void> {
  const files = await readConsoleFiles(folder);
  session.protocol.handle(consoleScheme, (request) => answerConsoleRequest(files, request));
}
