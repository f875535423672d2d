/** What an administrator should know although nobody asked. Pure. */

import type { ServerStatus, Warning } from '../../shared/contract/servers.ts';
import { formatDurationS } from '../../shared/settings/amount.ts';
import { openRelayReason } from '../../shared/settings/open-relay.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

export interface WarningFacts {
  readonly status: ServerStatus;
  readonly settings: ServerSettings;
  readonly nowMs: number;
  readonly damagedFolder: string;
  readonly damagedFiles: number;
  /** Null when the system does not tell. */
  readonly freeBytes: number | null;
  /** Each says why something fails at the moment; null while all is well. */
  readonly protocolLogProblem: string | null;
  readonly pickupProblem: string | null;
  readonly storageProblem: string | null;
}

type NewWarning = Omit<Warning, 'serverId'>;

export const warningsOf = (facts: WarningFacts): Warning[] =>
  [...connectionWarnings(facts), ...queueWarnings(facts), ...diskWarnings(facts), ...certificateWarnings(facts)].map(
    (warning) => ({ ...warning, serverId: facts.status.id }),
  );

function* connectionWarnings({ status, settings }: WarningFacts): Generator<NewWarning> {
  for (const { endpoint, problem } of status.listeners) {
    if (problem !== null) yield { code: 'listenerNotBound', message: problem.message, parameters: { endpoint } };
  }
  for (const { nextHop, sinceMs, lastError } of status.unreachable) {
    yield {
      code: 'destinationUnreachable',
      message: `${nextHop} cannot be reached since ${isoOf(sinceMs)}: ${lastError}`,
      parameters: { nextHop, sinceMs, lastError },
    };
  }
  const reason = openRelayReason(settings);
  if (reason !== null) {
    yield {
      code: 'openRelay',
      message: `Everybody who can connect may relay through this server: ${reason}.`,
      parameters: { reason },
    };
  }
}

function* queueWarnings({ status, settings, nowMs, pickupProblem }: WarningFacts): Generator<NewWarning> {
  const { queue, badmailFolder, pickupFolder } = status;
  const { 'alerts.oldestMessage': oldestS, 'alerts.queueDepth': depth } = settings;
  const sinceMs = queue.oldestWaitingAtMs;
  if (oldestS !== null && sinceMs !== null && nowMs - sinceMs > oldestS * 1_000) {
    const since = isoOf(sinceMs);
    yield {
      code: 'oldestMessage',
      message: `The oldest message in the queue waits since ${since}, longer than ${formatDurationS(oldestS)}.`,
      parameters: { since, sinceMs },
    };
  }
  if (depth !== null && queue.total > depth) {
    yield {
      code: 'queueDepth',
      message: `${queue.total} messages are in the queue, more than ${depth}.`,
      parameters: { count: queue.total, limit: depth },
    };
  }
  if (queue.badmail > 0) {
    yield {
      code: 'badmail',
      message: `${queue.badmail} messages could be neither delivered nor returned: ${badmailFolder}.`,
      parameters: { count: queue.badmail, folder: badmailFolder },
    };
  }
  if (pickupProblem !== null) {
    yield {
      code: 'pickupFailing',
      message: `Files in ${pickupFolder} cannot be taken at the moment: ${pickupProblem}`,
      parameters: { folder: pickupFolder, reason: pickupProblem },
    };
  }
}

function* diskWarnings(facts: WarningFacts): Generator<NewWarning> {
  const { status, settings, freeBytes, damagedFiles, damagedFolder, storageProblem, protocolLogProblem } = facts;
  if (freeBytes !== null && freeBytes < settings['alerts.freeSpaceFloor']) {
    yield {
      code: 'diskLow',
      message: `The disk of ${status.queueFolder} is nearly full: new mail is refused until there is more space.`,
      parameters: { folder: status.queueFolder, freeBytes },
    };
  }
  if (storageProblem !== null) {
    yield {
      code: 'storageFailing',
      message: `Mail cannot be stored at the moment: ${storageProblem}`,
      parameters: { reason: storageProblem },
    };
  }
  if (damagedFiles > 0) {
    yield {
      code: 'damagedFiles',
      message: `${damagedFiles} queue files could not be read and were moved to ${damagedFolder}.`,
      parameters: { count: damagedFiles, folder: damagedFolder },
    };
  }
  if (protocolLogProblem !== null) {
    yield {
      code: 'protocolLogFailing',
      message: `The protocol log in ${status.logFolder} cannot be written: ${protocolLogProblem}`,
      parameters: { reason: protocolLogProblem },
    };
  }
}

function* certificateWarnings({ status, settings, nowMs }: WarningFacts): Generator<NewWarning> {
  if (status.certificate === null) return;
  const { file, problem, expiresAtMs } = status.certificate;
  if (problem !== null) {
    yield {
      code: 'certificateProblem',
      message: `The certificate for incoming connections: ${problem}`,
      parameters: { file, reason: problem },
    };
  }
  const warnS = settings['alerts.certificateExpiry'];
  if (warnS === null || expiresAtMs === null || expiresAtMs - nowMs > warnS * 1_000) return;
  const expires = isoOf(expiresAtMs);
  const verb = expiresAtMs < nowMs ? 'has expired' : 'expires';
  yield {
    code: 'certificateExpiring',
    message: `The certificate in ${file} ${verb}: ${expires}.`,
    parameters: { file, expires, expiresAtMs },
  };
}

const isoOf = (atMs: number): string => new Date(atMs).toISOString();
