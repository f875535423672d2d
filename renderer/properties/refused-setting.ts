/** The setting a refusal is about: 'general.listen', 'general.listen.0', or 'changes.general.listen' as an argument. Pure. */
import { type SettingKey, settingKeys } from '../../shared/settings/server-settings.ts';

export const refusedSetting = (field: string | undefined): SettingKey | undefined =>
  // Whole segments: 'general.listenTls' begins with the name of another setting.
  field === undefined ? undefined : settingKeys.find((key) => `.${field}.`.includes(`.${key}.`));

/** The relay's sentence without the name of the setting, which the sheet tells by its label. */
export const refusalText = (key: SettingKey, message: string): string =>
  message.startsWith(`${key}: `) ? message.slice(key.length + 2) : message;
