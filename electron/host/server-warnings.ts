/** What of one virtual server an administrator should know although nobody asked: looked at now. */

import { parse } from 'node:path';
import type { ServerStatus, Warning } from '../../shared/contract/servers.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { FileEntry } from '../base/disk.ts';
import type { Ports } from '../base/ports.ts';
import type { VirtualServer } from './virtual-server.ts';
import { warningsOf } from './warnings.ts';

export interface ServerWarningsOptions {
  readonly status: ServerStatus;
  readonly settings: ServerSettings;
  /** Null when it could not be opened: its status tells why. */
  readonly server: VirtualServer | null;
  readonly ports: Pick<Ports, 'disk' | 'clock'>;
}

export async function serverWarnings({ status, settings, server, ports }: ServerWarningsOptions): Promise<Warning[]> {
  const { disk, clock } = ports;
  const damagedFolder = server?.spool.folders.damaged ?? '';
  // Looked at each time: the warning ends when somebody has dealt with the files.
  const files = server === null ? [] : await disk.list(damagedFolder).catch(() => []);
  return warningsOf({
    status,
    settings,
    nowMs: clock.now(),
    damagedFolder,
    damagedFiles: countDamaged(files),
    freeBytes: server === null ? null : await disk.freeBytes(status.queueFolder).catch(() => null),
    protocolLogProblem: server?.protocolLog.problem ?? null,
    pickupProblem: server?.pickup.problem ?? null,
    storageProblem: server?.spool.storageProblem ?? null,
  });
}

/** A message counts once, with or without the file of its state; the reason beside it does not. */
const countDamaged = (files: readonly FileEntry[]): number =>
  new Set(files.filter(({ name, isFile }) => isFile && !name.endsWith('.txt')).map(({ name }) => parse(name).name))
    .size;
