import type { ServerId } from '../../shared/contract/messages.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { ServerSettings, SettingKey } from '../../shared/settings/server-settings.ts';
import type { ServerSettingsSnapshot, SettingsStore } from '../settings/types.ts';

/** Somebody else may save at the same moment; more often than this in a row nobody does. */
const saveTries = 3;

type Store = Pick<SettingsStore, 'get' | 'save'>;

/**
 * Changes one setting from what it is at this moment, whoever else saves meanwhile.
 * @throws {ProblemError} 'notPossible' when it was given on the command line: nothing would come of the change.
 */
export async function changeSetting<Key extends SettingKey>(
  store: Store,
  serverId: ServerId,
  key: Key,
  change: (value: ServerSettings[Key]) => ServerSettings[Key],
): Promise<void> {
  const { overridden } = store.get(serverId);
  if (overridden.includes(key)) {
    throw problem('notPossible', `${key} of virtual server ${serverId} was given on the command line for this run.`);
  }
  await saveLatest(store, serverId, ({ values }) => ({ [key]: change(values[key]) }));
}

/** Saves on top of the latest revision, also when that moves on meanwhile. */
export async function saveLatest(
  store: Store,
  serverId: ServerId,
  changesFor: (latest: ServerSettingsSnapshot) => Readonly<Record<string, unknown>>,
): Promise<ServerSettingsSnapshot> {
  for (let tries = 1; ; tries += 1) {
    const latest = store.get(serverId);
    try {
      return await store.save(serverId, latest.revision, changesFor(latest));
    } catch (error) {
      const isConflict = error instanceof ProblemError && error.problem.code === 'conflict';
      if (!isConflict || tries === saveTries) throw error;
    }
  }
}
