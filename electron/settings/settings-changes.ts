/** Changes of the settings as a whole: each makes the next revision of the file, or the same object when nothing changes. Pure. */
import type { ServerId } from '../../shared/contract/messages.ts';
import { checkSetting, checkSettingKey } from '../../shared/settings/check-setting.ts';
import {
  defaultServerSettings,
  type ServerSettings,
  type SettingKey,
  settingKeys,
} from '../../shared/settings/server-settings.ts';
import { type SettingsFile, sameValue } from './settings-file.ts';

export type Changes = Readonly<Partial<Record<string, unknown>>>;

/** @throws {ProblemError} 'unknownSetting', 'invalidSetting' */
export const checkChanges = (changes: Changes): Partial<ServerSettings> =>
  Object.fromEntries(
    Object.entries(changes)
      .filter(([, value]) => value !== undefined)
      .map(([text, value]) => {
        const key = checkSettingKey(text);
        return [key, checkSetting(key, value)];
      }),
  );

/** @param values  Of a new server, or in place of those that an existing one has. */
export function withServer(file: SettingsFile, serverId: ServerId, values: Partial<ServerSettings>): SettingsFile {
  const before = file.servers.get(serverId);
  if (before !== undefined && changedKeys(before, values).length === 0) return file;
  return { revision: file.revision + 1, servers: new Map(file.servers).set(serverId, values) };
}

export const withChanges = (file: SettingsFile, serverId: ServerId, changes: Partial<ServerSettings>): SettingsFile =>
  withServer(file, serverId, { ...file.servers.get(serverId), ...changes });

export const withoutServer = (file: SettingsFile, serverId: ServerId): SettingsFile => ({
  revision: file.revision + 1,
  servers: new Map([...file.servers].filter(([id]) => id !== serverId)),
});

/** The settings of an earlier file as the next revision. */
export const withServersOf = (file: SettingsFile, earlier: SettingsFile): SettingsFile =>
  serversChanged(file, earlier).length === 0 ? file : { revision: file.revision + 1, servers: earlier.servers };

/** With the defaults of what is not named; null is a value. */
export const completeValues = (values: Partial<ServerSettings> = {}): ServerSettings => ({
  ...defaultServerSettings,
  ...values,
});

/** Settings that differ; one that is not named has its default. */
export function changedKeys(before: Partial<ServerSettings>, after: Partial<ServerSettings>): readonly SettingKey[] {
  const [old, next] = [completeValues(before), completeValues(after)];
  return settingKeys.filter((key) => !sameValue(old[key], next[key]));
}

export interface ServerChange {
  readonly serverId: ServerId;
  readonly what: 'created' | 'removed' | readonly SettingKey[];
}

export function serversChanged(before: SettingsFile, after: SettingsFile): readonly ServerChange[] {
  const ids = [...new Set([...before.servers.keys(), ...after.servers.keys()])];
  return ids.flatMap((serverId): readonly ServerChange[] => {
    const [old, next] = [before.servers.get(serverId), after.servers.get(serverId)];
    if (old === undefined) return [{ serverId, what: 'created' }];
    if (next === undefined) return [{ serverId, what: 'removed' }];
    const keys = changedKeys(old, next);
    return keys.length === 0 ? [] : [{ serverId, what: keys }];
  });
}

const highestServerNumber = 9_999;

/**
 * A number above all that were ever used, so that a new server does not come upon the mail of one that was deleted; the
 * lowest free one when there is none above. Null when all are in use.
 */
export function nextServerId(used: Iterable<ServerId>): ServerId | null {
  const numbers = new Set([...used].map(Number));
  const above = Math.max(0, ...numbers) + 1;
  if (above <= highestServerNumber) return String(above);
  for (let number = 1; number <= highestServerNumber; number += 1) if (!numbers.has(number)) return String(number);
  return null;
}
