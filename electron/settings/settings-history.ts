/** Earlier settings files: `history/settings-<revision>.json`, so that a change can be looked up and taken back. */
import { join } from 'node:path';
import type { SettingsHistoryEntry } from '../../shared/contract/servers.ts';
import type { Disk } from '../base/disk.ts';
import type { Log } from '../base/ports.ts';
import { writeFileDurably } from '../base/write-file-durably.ts';
import { diskReason, listIfThere } from './disk-reason.ts';
import { type ServerChange, serversChanged } from './settings-changes.ts';
import { readSettingsFile, type SettingsFile } from './settings-file.ts';

const filesKept = 50;

export const historyPath = (folder: string, revision: number): string => join(folder, `settings-${revision}.json`);

export async function keepInHistory(disk: Disk, folder: string, revision: number, bytes: Uint8Array): Promise<void> {
  await disk.ensureFolder(folder);
  await writeFileDurably(disk, historyPath(folder, revision), bytes);
}

/** Removes all but the latest files of the history; files of other names stay. */
export async function pruneHistory(disk: Disk, folder: string): Promise<void> {
  for (const revision of (await revisionsIn(disk, folder)).slice(filesKept)) {
    await disk.remove(historyPath(folder, revision));
  }
}

export interface EarlierSettings {
  readonly file: SettingsFile;
  readonly replacedAtMs: number;
}

/** The latest first. What is no settings file of this version is left out, and logged. */
export async function readHistory(disk: Disk, folder: string, log: Log): Promise<readonly EarlierSettings[]> {
  const earlier: EarlierSettings[] = [];
  for (const revision of await revisionsIn(disk, folder)) {
    const path = historyPath(folder, revision);
    try {
      const reading = readSettingsFile(await disk.readFile(path));
      if (reading.ok) {
        earlier.push({ file: { ...reading.file, revision }, replacedAtMs: await disk.modifiedAtMs(path) });
      } else log.warn('file of the settings history left out', { path, reason: reading.reason });
    } catch (error) {
      log.warn('file of the settings history left out', { path, reason: diskReason(error) });
    }
  }
  return earlier;
}

/** Each revision with what the one after it changed; the first is the one in force. */
export function historyEntries(inForce: SettingsFile, earlier: readonly EarlierSettings[]): SettingsHistoryEntry[] {
  const replaced = earlier.map(({ file, replacedAtMs }, index) => ({
    revision: file.revision,
    replacedAtMs,
    changes: serversChanged(file, earlier[index - 1]?.file ?? inForce).map(changeText),
  }));
  return [{ revision: inForce.revision, replacedAtMs: null, changes: [] }, ...replaced];
}

/** 'server 1: delivery.smartHosts, delivery.outboundPort', 'server 2: created'. */
const changeText = ({ serverId, what }: ServerChange): string =>
  `server ${serverId}: ${typeof what === 'string' ? what : what.join(', ')}`;

/** The latest first. */
const revisionsIn = async (disk: Disk, folder: string): Promise<readonly number[]> =>
  (await listIfThere(disk, folder))
    .flatMap(({ name }) => /^settings-(0|[1-9][0-9]{0,14})\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((left, right) => right - left);
