/** The number beside a limit that is off. Pure. */
import { defaultServerSettings, type SettingKey } from '../../shared/settings/server-settings.ts';
import { factsOf } from '../../shared/settings/setting-range.ts';

/** Limits that are off by default have no default to suggest. */
const suggested: { readonly [Key in SettingKey]?: number } = {
  'messages.inboundMessagesPerConnection': 100,
  // What Microsoft 365 takes from one mailbox.
  'delivery.messagesPerMinute': 30,
};

export function suggestedLimit(key: SettingKey): number {
  const usual = defaultServerSettings[key];
  return typeof usual === 'number' ? usual : (suggested[key] ?? factsOf(key).min ?? 1);
}
