/**
 * What a console asks of the computer it runs on, apart from the relay: the service, files, the certification authority's mail,
 * checks, the IIS it replaces. Answered by whoever shows the console (Electron's main process, the command line itself) with the
 * rights of the person who sits there, never by the relay: its account may do none of this.
 */
import * as z from 'zod';
import { call, type HandlersOf } from '../call.ts';
import { checkCalls } from './check-calls.ts';
import { exitModuleCalls } from './exit-module-calls.ts';
import { fileCalls } from './file-calls.ts';
import { iisImportCalls } from './iis-import-calls.ts';
import { serviceCalls } from './service-calls.ts';

export const computerFactsSchema = z.object({
  platform: z.enum(['windows', 'linux', 'macos', 'other']),
  hostName: z.string(),
  /** This process may change the computer: administrator or root. */
  elevated: z.boolean(),
  /** `computer.restartElevated` can ask for those rights. */
  canElevate: z.boolean(),
  /** `file.choose` has a dialog to show. */
  canChooseFiles: z.boolean(),
});
export type ComputerFacts = z.infer<typeof computerFactsSchema>;

export const computerCalls = {
  'computer.facts': call(z.null(), computerFactsSchema),
  /** Opens this console again with administrator rights, after the system's own question, and closes this one; false when the person declined. */
  'computer.restartElevated': call(z.null(), z.object({ restarted: z.boolean() })),
  ...serviceCalls,
  ...fileCalls,
  ...exitModuleCalls,
  ...checkCalls,
  ...iisImportCalls,
} as const;

export type ComputerCalls = typeof computerCalls;
export type ComputerHandlers = HandlersOf<ComputerCalls>;
