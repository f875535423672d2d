/** The settings in use: the file read once and changed as a whole; the options of this run on top, never written. */
import { join } from 'node:path';
import type { ServerId } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import { isSettingKey, type ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import { diskReason, listIfThere } from './disk-reason.ts';
import { mailrootsFolder } from './mailroot.ts';
import { checkConflicts } from './server-conflicts.ts';
import {
  type Changes,
  changedKeys,
  checkChanges,
  completeValues,
  nextServerId,
  serversChanged,
  withChanges,
  withoutServer,
  withServer,
  withServersOf,
} from './settings-changes.ts';
import { decodeExport, encodeExport, importedValues } from './settings-export.ts';
import type { SettingsFile } from './settings-file.ts';
import { historyEntries, readHistory } from './settings-history.ts';
import { earlierFile } from './settings-rollback.ts';
import { openSettingsFile } from './stored-settings.ts';
import type { ImportedSettings, ServerSettingsSnapshot, SettingOverrides, SettingsStore } from './types.ts';

export interface OpenSettingsOptions {
  readonly dataFolder: string;
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log'>;
  /** For this run only; they apply to the first virtual server of the file. */
  readonly overrides?: SettingOverrides;
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
  const historyFolder = join(dataFolder, 'history');
  const checkedOverrides: SettingOverrides = checkChanges(overrides);
  const listeners = new Set<(serverId: ServerId) => void>();
  const serversListeners = new Set<() => void>();
  const stored = await openSettingsFile({ path: join(dataFolder, 'settings.json'), historyFolder, disk, log });
  const [overriddenId] = stored.file().servers.keys();
  const inTurn = createTurns();

  /** Neither in the file nor in this run, whose options may have given another server other endpoints. */
  const checkShared = (next: SettingsFile, serverId: ServerId): void => {
    checkConflicts(dataFolder, stored.file(), next, serverId);
    if (overriddenId === undefined || overriddenId === serverId || !next.servers.has(overriddenId)) return;
    const running = { ...next.servers.get(overriddenId), ...checkedOverrides };
    checkConflicts(dataFolder, stored.file(), withServer(next, overriddenId, running), serverId);
  };

  const snapshotOf = (file: SettingsFile, serverId: ServerId): ServerSettingsSnapshot => {
    const onTop = serverId === overriddenId ? checkedOverrides : {};
    return {
      revision: file.revision,
      values: { ...completeValues(file.servers.get(serverId)), ...onTop },
      overridden: Object.keys(onTop).filter(isSettingKey),
    };
  };
  let snapshots = new Map<ServerId, ServerSettingsSnapshot>();
  const takeSnapshots = (): void => {
    const file = stored.file();
    snapshots = new Map([...file.servers.keys()].map((id) => [id, snapshotOf(file, id)]));
  };
  takeSnapshots();

  const savedValues = (serverId: ServerId): Partial<ServerSettings> => {
    const values = stored.file().servers.get(serverId);
    if (values === undefined) throw problem('notFound', `There is no virtual server ${serverId}.`);
    return values;
  };

  const tell = <Argument extends readonly unknown[]>(
    audience: ReadonlySet<(...argument: Argument) => void>,
    ...argument: Argument
  ): void => {
    for (const listener of audience) {
      try {
        listener(...argument);
      } catch (error) {
        // The settings are saved, whatever one of those who watch them makes of it.
        log.error('settings listener failed', error);
      }
    }
  };

  const adopt = (before: SettingsFile): void => {
    takeSnapshots();
    const changes = serversChanged(before, stored.file());
    if (changes.some(({ what }) => typeof what === 'string')) tell(serversListeners);
    for (const { serverId, what } of changes) if (typeof what !== 'string') tell(listeners, serverId);
  };

  /** Whatever becomes of the write, what is in force is what the file holds afterwards. */
  const replace = async (next: SettingsFile, what: string): Promise<void> => {
    const before = stored.file();
    if (next === before) return;
    try {
      await stored.write(next);
    } finally {
      if (stored.file() !== before) adopt(before);
    }
    const changes = serversChanged(before, next);
    log.info(what, {
      revision: next.revision,
      servers: changes.map(({ serverId }) => serverId).join(','),
      keys: [...new Set(changes.flatMap(({ what: keys }) => (typeof keys === 'string' ? [] : keys)))].join(','),
    });
  };

  /** Servers of the file, of the history, and those whose mail is still there. */
  const freeServerId = async (): Promise<ServerId> => {
    const earlier = await readHistory(disk, historyFolder, log).catch(readingFailed(historyFolder));
    const folders = await listIfThere(disk, mailrootsFolder(dataFolder)).catch(
      readingFailed(mailrootsFolder(dataFolder)),
    );
    const id = nextServerId([
      ...stored.file().servers.keys(),
      ...earlier.flatMap(({ file }) => [...file.servers.keys()]),
      ...folders.flatMap(({ name }) => (/^[1-9][0-9]{0,3}$/.test(name) ? [name] : [])),
    ]);
    if (id !== null) return id;
    throw problem(
      'notPossible',
      'All numbers of virtual servers up to 9999 are in use. Delete one that is not needed.',
    );
  };

  const importNow = async (serverId: ServerId | null, text: string, preview: boolean): Promise<ImportedSettings> => {
    const before = serverId === null ? null : savedValues(serverId);
    const values = importedValues(before, decodeExport(text));
    const id = serverId ?? (await freeServerId());
    const next = withServer(stored.file(), id, values);
    checkShared(next, id);
    const [old, imported] = [completeValues(before ?? {}), completeValues(values)];
    const changes = changedKeys(old, imported).map((key) => ({ key, before: old[key], after: imported[key] }));
    if (!preview) await replace(next, 'settings imported');
    return { serverId: id, changes, snapshot: { ...snapshotOf(next, id), revision: stored.file().revision } };
  };

  return {
    serverIds: () => [...stored.file().servers.keys()],
    get revision() {
      return stored.file().revision;
    },
    get(serverId) {
      const snapshot = snapshots.get(serverId);
      if (snapshot === undefined) throw problem('notFound', `There is no virtual server ${serverId}.`);
      return snapshot;
    },
    save: (serverId, revision, changes: Changes) =>
      inTurn(async () => {
        savedValues(serverId);
        checkRevision(revision, stored.file().revision);
        const next = withChanges(stored.file(), serverId, checkChanges(changes));
        checkShared(next, serverId);
        await replace(next, 'settings saved');
        return snapshotOf(stored.file(), serverId);
      }),
    create: (values) =>
      inTurn(async () => {
        const checked = checkChanges(values);
        const id = await freeServerId();
        const next = withServer(stored.file(), id, checked);
        checkShared(next, id);
        await replace(next, 'virtual server created');
        return id;
      }),
    remove: (serverId) =>
      inTurn(async () => {
        savedValues(serverId);
        if (stored.file().servers.size === 1) {
          throw problem('notPossible', `Virtual server ${serverId} is the only one; the last one cannot be deleted.`);
        }
        await replace(withoutServer(stored.file(), serverId), 'virtual server deleted');
      }),
    exportServer: (serverId) => encodeExport(savedValues(serverId)),
    importServer: (serverId, text, { preview }) => inTurn(() => importNow(serverId, text, preview)),
    async history() {
      const inForce = stored.file();
      const earlier = await readHistory(disk, historyFolder, log).catch(readingFailed(historyFolder));
      return historyEntries(
        inForce,
        earlier.filter(({ file }) => file.revision !== inForce.revision),
      );
    },
    rollback: (revision, toRevision) =>
      inTurn(async () => {
        checkRevision(revision, stored.file().revision);
        if (toRevision === revision) return revision;
        const earlier = await earlierFile(disk, historyFolder, toRevision);
        await replace(withServersOf(stored.file(), earlier), 'settings rolled back');
        return stored.file().revision;
      }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onServers(listener) {
      serversListeners.add(listener);
      return () => serversListeners.delete(listener);
    },
  };
}

/** One after the other: the second of two changes at the same moment must see what the first one did. */
function createTurns(): <Result>(action: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (action) => {
    const result = last.then(action);
    last = result.catch(() => undefined);
    return result;
  };
}

/** @throws {ProblemError} 'conflict' */
function checkRevision(revision: number, current: number): void {
  if (revision === current) return;
  throw problem(
    'conflict',
    `The settings were changed meanwhile: they are at revision ${current}, this change began at ${revision}. Load them again and repeat it.`,
  );
}

const readingFailed =
  (folder: string) =>
  (error: unknown): never => {
    throw problem('storage', `${folder} cannot be read, nothing was changed: ${diskReason(error)}.`);
  };
