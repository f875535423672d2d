/** Values of settings, and what became of a change, in the words of the command line. */
import type { ServerId } from '../../shared/contract/messages.ts';
import { testSetting } from '../../shared/settings/check-setting.ts';
import type { SecretName } from '../../shared/settings/secrets.ts';
import type { SettingKey } from '../../shared/settings/server-settings.ts';
import { formatSettingText } from '../../shared/settings/setting-text.ts';
import { oneLine } from './output.ts';
import type { SettingsDesk, SettingsSnapshot } from './settings-desk-types.ts';

/** A relay of another version may know values that this command line does not. */
export function settingText(key: SettingKey, value: unknown): string {
  const check = testSetting(key, value);
  return check.ok ? formatSettingText(key, check.value) : (JSON.stringify(value) ?? '');
}

/** Behind the sentence that tells what was changed; empty when the running relay goes by it. */
export function savedNote(desk: SettingsDesk, keys: readonly SettingKey[], saved: SettingsSnapshot): string {
  if (!desk.isRunning) return ' (saved; no relay is running)';
  const kept = keys.filter((key) => saved.overridden.includes(key));
  if (kept.length === 0) return '';
  const which = keys.length === 1 ? 'the value' : `the ${kept.join(' and ')}`;
  return ` (saved; this run of the relay keeps ${which} of its command line)`;
}

/** A line for each secret that the settings need and that is not set. */
export const secretsToSet = (names: readonly SecretName[], serverId: ServerId): string =>
  names
    .map((name) => `Still to be set: smtp-relay config secret set "${oneLine(name)}" --server ${serverId}\n`)
    .join('');
