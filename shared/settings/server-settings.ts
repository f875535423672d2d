/** Every setting of a virtual server. Adding one adds it to the file, the command line, the contract and the reference. */
import * as z from 'zod';
import { accessSettings } from './access-settings.ts';
import { alertSettings } from './alert-settings.ts';
import { deliverySettings } from './delivery-settings.ts';
import { domainSettings } from './domain-settings.ts';
import { generalSettings } from './general-settings.ts';
import { loggingSettings } from './logging-settings.ts';
import { messageSettings } from './message-settings.ts';

export const serverSettingsSchema = z.strictObject({
  ...generalSettings,
  ...accessSettings,
  ...messageSettings,
  ...deliverySettings,
  ...domainSettings,
  ...loggingSettings,
  ...alertSettings,
});

export type ServerSettings = z.infer<typeof serverSettingsSchema>;
export type SettingKey = keyof ServerSettings;

export const settingKeys = Object.keys(serverSettingsSchema.shape) as readonly SettingKey[];
export const settingKeySchema = z.enum(settingKeys as [SettingKey, ...SettingKey[]]);
export const isSettingKey = (text: string): text is SettingKey => Object.hasOwn(serverSettingsSchema.shape, text);

export const defaultServerSettings: ServerSettings = serverSettingsSchema.parse({});
