/** The settings file in use: read once, checked, saved atomically; the options of this run on top, never written. */
import { join } from 'node:path';
import type { ServerId } from '../../shared/contract/messages.ts';
import { type ProblemError, problem } from '../../shared/contract/problem.ts';
import { checkSetting, checkSettingKey } from '../../shared/settings/check-setting.ts';
import { defaultServerSettings, isSettingKey, type ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Disk } from '../base/disk.ts';
import type { Ports } from '../base/ports.ts';
import { writeFileDurably } from '../base/write-file-durably.ts';
import { diskReason, readIfThere } from './disk-reason.ts';
import {
  decodeSettingsFile,
  emptySettingsFile,
  encodeSettingsFile,
  type SettingsFile,
  sameValue,
} from './settings-file.ts';
import { keepInHistory, pruneHistory } from './settings-history.ts';
import type { ServerSettingsSnapshot, SettingOverrides, SettingsStore } from './types.ts';

export interface OpenSettingsOptions {
  readonly dataFolder: string;
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log'>;
  /** For this run only; they apply to the first virtual server of the file. */
  readonly overrides?: SettingOverrides;
}

type Changes = Readonly<Partial<Record<string, unknown>>>;

interface Loaded {
  readonly file: SettingsFile;
  /** What the file holds; null while there is none. */
  readonly bytes: Uint8Array | null;
}

/**
 * @throws {ProblemError} 'storage' when the file cannot be read or understood, 'invalidSetting' for an override.
 *   The file is never changed by opening it.
 */
export async function openSettings({
  dataFolder,
  ports: { disk, log },
  overrides = {},
}: OpenSettingsOptions): Promise<SettingsStore> {
  const path = join(dataFolder, 'settings.json');
  const historyFolder = join(dataFolder, 'history');
  const checkedOverrides: SettingOverrides = checkChanges(overrides);
  const listeners = new Set<(serverId: ServerId) => void>();
  let loaded = await load(disk, path);
  let snapshots = snapshotsOf(loaded.file, checkedOverrides);
  let lastSave: Promise<unknown> = Promise.resolve();

  const get = (serverId: ServerId): ServerSettingsSnapshot => {
    const snapshot = snapshots.get(serverId);
    if (snapshot === undefined) throw problem('notFound', `There is no virtual server ${serverId}.`);
    return snapshot;
  };

  const adopt = (next: Loaded, serverId: ServerId): void => {
    loaded = next;
    snapshots = snapshotsOf(next.file, checkedOverrides);
    for (const listener of listeners) {
      try {
        listener(serverId);
      } catch (error) {
        // The settings are saved, whatever one of those who watch them makes of it.
        log.error('settings listener failed', error, { server: serverId });
      }
    }
  };

  const write = async (next: Loaded & { readonly bytes: Uint8Array }, serverId: ServerId): Promise<void> => {
    const before = loaded;
    try {
      // The history comes first: from the rename on, the previous file is to be found nowhere else.
      if (before.bytes !== null) await keepInHistory(disk, historyFolder, before.file.revision, before.bytes);
      await writeFileDurably(disk, path, next.bytes);
    } catch (error) {
      // A failure after the rename leaves the new file in place; what is in force must be what is in the file.
      const found = await readIfThere(disk, path).catch(() => null);
      const written = sameBytes(found, next.bytes);
      if (written) adopt(next, serverId);
      const outcome = written
        ? 'was written, but may be lost if the power fails'
        : 'could not be written, nothing was changed';
      throw problem('storage', `${path} ${outcome}: ${diskReason(error)}.`);
    }
    adopt(next, serverId);
    if (before.bytes === null) return;
    await pruneHistory(disk, historyFolder).catch((error: unknown) => {
      log.warn('settings history not pruned', { folder: historyFolder, reason: diskReason(error) });
    });
  };

  const saveNow = async (serverId: ServerId, revision: number, changes: Changes): Promise<ServerSettingsSnapshot> => {
    get(serverId);
    if (revision !== loaded.file.revision) throw staleRevision(revision, loaded.file.revision);
    const file = withChanges(loaded.file, serverId, checkChanges(changes));
    if (file === loaded.file) return get(serverId);
    if (!sameBytes(await readForSave(disk, path), loaded.bytes)) throw editedMeanwhile(path);
    await write({ file, bytes: encodeSettingsFile(file) }, serverId);
    log.info('settings saved', { server: serverId, revision: file.revision, keys: Object.keys(changes).join(',') });
    return get(serverId);
  };

  return {
    serverIds: () => [...loaded.file.servers.keys()],
    get,
    save(serverId, revision, changes) {
      // One after the other: the second of two saves at the same moment must see what the first one did.
      const saved = lastSave.then(() => saveNow(serverId, revision, changes));
      lastSave = saved.catch(() => undefined);
      return saved;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function load(disk: Disk, path: string): Promise<Loaded> {
  const bytes = await readIfThere(disk, path).catch((error: unknown) => {
    throw problem('storage', `${path} cannot be read: ${diskReason(error)}.`);
  });
  return { file: bytes === null ? emptySettingsFile : decodeSettingsFile(path, bytes), bytes };
}

const readForSave = (disk: Disk, path: string): Promise<Uint8Array | null> =>
  readIfThere(disk, path).catch((error: unknown) => {
    throw problem('storage', `${path} cannot be read, nothing was changed: ${diskReason(error)}.`);
  });

function snapshotsOf(file: SettingsFile, overrides: SettingOverrides): ReadonlyMap<ServerId, ServerSettingsSnapshot> {
  const [first] = file.servers.keys();
  const snapshot = (id: ServerId, saved: Partial<ServerSettings>): ServerSettingsSnapshot => {
    const onTop = id === first ? overrides : {};
    return {
      revision: file.revision,
      values: { ...defaultServerSettings, ...saved, ...onTop },
      overridden: Object.keys(onTop).filter(isSettingKey),
    };
  };
  return new Map([...file.servers].map(([id, saved]) => [id, snapshot(id, saved)]));
}

/** @throws {ProblemError} 'unknownSetting', 'invalidSetting' */
const checkChanges = (changes: Changes): Partial<ServerSettings> =>
  Object.fromEntries(
    Object.entries(changes)
      .filter(([, value]) => value !== undefined)
      .map(([text, value]) => {
        const key = checkSettingKey(text);
        return [key, checkSetting(key, value)];
      }),
  );

/** The same object when nothing would change. */
function withChanges(file: SettingsFile, serverId: ServerId, changes: Partial<ServerSettings>): SettingsFile {
  const saved = { ...defaultServerSettings, ...file.servers.get(serverId) };
  const changed = { ...saved, ...changes };
  if (sameValue(saved, changed)) return file;
  return { revision: file.revision + 1, servers: new Map(file.servers).set(serverId, changed) };
}

const sameBytes = (left: Uint8Array | null, right: Uint8Array | null): boolean =>
  left === null || right === null ? left === right : Buffer.compare(left, right) === 0;

const staleRevision = (revision: number, current: number): ProblemError =>
  problem(
    'conflict',
    `The settings were changed meanwhile: they are at revision ${current}, this change began at ${revision}. Load them again and repeat it.`,
  );

const editedMeanwhile = (path: string): ProblemError =>
  problem(
    'conflict',
    `${path} was changed by another program since the relay read it, nothing was saved. Restart the relay to work with the changed file.`,
  );
