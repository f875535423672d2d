/** Exit statuses of smtp-relay. Scripts and monitoring depend on them: none is ever given another meaning. */
import type { Severity } from '../../shared/contract/alerts.ts';
import { warningEvents } from '../../shared/contract/alerts.ts';
import type { RelayStatus } from '../../shared/contract/servers.ts';

/** The command could not be carried out; standard error has the sentence. */
export const failedStatus = 1;
/** The command was not understood. */
export const usageStatus = 2;
/** `status`: something needs attention; mail is taken in. */
export const warningStatus = 3;
/** `status`: something fails, such as a listener or the disk. */
export const errorStatus = 4;
/** `status`: a virtual server is stopped or paused, and nothing fails. */
export const stoppedStatus = 5;
/** `check`: the answer is no. */
export const refusedStatus = 6;

export const statusExitHelp = `
Exit status: 0 all is well, ${failedStatus} no relay answers, ${warningStatus} there are warnings,
  ${errorStatus} something fails, ${stoppedStatus} a virtual server is stopped or paused.`;

/** The worst of what there is. */
export function statusExit({ warnings, servers }: Pick<RelayStatus, 'warnings' | 'servers'>): number {
  const severities = new Set<Severity>(warnings.map(({ code }) => warningEvents[code].severity));
  if (severities.has('error')) return errorStatus;
  if (servers.some(({ state }) => state !== 'started')) return stoppedStatus;
  return warnings.length > 0 ? warningStatus : 0;
}
