/** Which tab of the property sheet a setting is on. Pure. */
import type { SettingKey } from '../../shared/settings/server-settings.ts';
import { factsOf } from '../../shared/settings/setting-range.ts';

/** In the order of IIS 6; ours is the last one. */
export const sheetTabs = ['general', 'access', 'messages', 'delivery', 'ldapRouting', 'security', 'alerts'] as const;
export type SheetTab = (typeof sheetTabs)[number];

/** Null: it is edited elsewhere, as domains are. */
export function sheetTabOf(key: SettingKey): SheetTab | null {
  const { tab } = factsOf(key);
  if (tab === 'domains') return null;
  return tab === 'logging' ? 'general' : tab;
}
