/** What an administrator should know although nobody asked. Pure. */
import type { ServerStatus, Warning } from '../../shared/contract/servers.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

export interface WarningFacts {
  readonly status: ServerStatus;
  readonly settings: ServerSettings;
  readonly damagedFolder: string;
  readonly damagedFiles: number;
  /** Null when the system does not tell. */
  readonly freeBytes: number | null;
  readonly freeSpaceFloorBytes: number;
}

export function warningsOf(facts: WarningFacts): Warning[] {
  const { status, settings, damagedFolder, damagedFiles, freeBytes, freeSpaceFloorBytes } = facts;
  const warnings: Warning[] = [];
  const warn = (code: Warning['code'], message: string, parameters: Warning['parameters']): void =>
    void warnings.push({ code, serverId: status.id, message, parameters });

  for (const { endpoint, problem } of status.listeners) {
    if (problem !== null) warn('listenerNotBound', problem.message, { endpoint });
  }
  for (const { nextHop, sinceMs, lastError } of status.unreachable) {
    const since = new Date(sinceMs).toISOString();
    warn('destinationUnreachable', `${nextHop} cannot be reached since ${since}: ${lastError}`, {
      nextHop,
      sinceMs,
      lastError,
    });
  }
  if (freeBytes !== null && freeBytes < freeSpaceFloorBytes) {
    warn(
      'diskLow',
      `The disk of ${status.queueFolder} is nearly full: new mail is refused until there is more space.`,
      {
        folder: status.queueFolder,
        freeBytes,
      },
    );
  }
  if (damagedFiles > 0) {
    warn('damagedFiles', `${damagedFiles} queue files could not be read and were moved to ${damagedFolder}.`, {
      count: damagedFiles,
      folder: damagedFolder,
    });
  }
  const opening = openRelayReason(settings);
  if (opening !== null) {
    warn('openRelay', `Everybody who can connect may relay through this server: ${opening}.`, { reason: opening });
  }
  if (status.queue.badmail > 0) {
    warn(
      'badmail',
      `${status.queue.badmail} messages could be neither delivered nor returned: ${status.badmailFolder}.`,
      {
        count: status.queue.badmail,
        folder: status.badmailFolder,
      },
    );
  }
  return warnings;
}

/** Why the relay list lets everybody in; null when it does not. */
export function openRelayReason(
  settings: Pick<ServerSettings, 'access.relayMode' | 'access.relayList'>,
): string | null {
  if (settings['access.relayMode'] === 'allExceptListed') return 'all computers except those in the list';
  const entry = settings['access.relayList'].find((text) => /\/(?:0+|0\.0\.0\.0)$/.test(text));
  return entry === undefined ? null : `the list has ${entry}`;
}
