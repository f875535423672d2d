/** What sc.exe says, in any language. Pure. */
import type { ServiceRunState, ServiceStatus } from './service-control.ts';

/** winerror.h; sc.exe ends with these. */
export const windowsErrors = {
  accessDenied: 5,
  alreadyRunning: 1056,
  noSuchService: 1060,
  notActive: 1062,
  markedForDelete: 1072,
} as const;

/** winsvc.h */
const runStates: readonly (ServiceRunState | null)[] = [
  null,
  'stopped',
  'starting',
  'stopping',
  'running',
  'starting', // CONTINUE_PENDING
  'stopping', // PAUSE_PENDING
  'paused',
];

export const notInstalled: ServiceStatus = { state: 'notInstalled', processId: null, exitCode: 0 };

/** ERROR_SERVICE_SPECIFIC_ERROR: the next line has our own number. */
const serviceSpecificError = 1066;

/**
 * @param text  of `sc.exe queryex`. Labels are translated, their order is not: type, state, exit code of Windows, exit code
 * of the service, checkpoint, wait hint, process.
 * @returns null when it is something else.
 */
export function parseServiceStatus(text: string): ServiceStatus | null {
  const values = text.split(/\r?\n/).flatMap((line) => /^\s+[^:()]+?\s*:\s+(0x[0-9a-f]+|\d+)\b/i.exec(line)?.[1] ?? []);
  const [, state, windowsCode, ownCode, , , processId] = values.map(Number);
  const known = state === undefined ? undefined : runStates[state];
  if (known === undefined || known === null || windowsCode === undefined || ownCode === undefined) return null;
  return {
    state: known,
    processId: processId === undefined || processId === 0 ? null : processId,
    exitCode: windowsCode === serviceSpecificError ? ownCode : windowsCode,
  };
}
