/** Every setting of a virtual server. Adding one here adds it to the file, the dialogs, the command line and the reference. */
import * as z from 'zod';
import { isHostName, isRelayEntry, parseEndpoint, parseSmartHost, thisComputerEntry } from './address.ts';
import {
  choiceField,
  countLimitField,
  durationField,
  listField,
  sizeLimitField,
  textField,
  wholeField,
} from './field.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const mebibyte = 1_048_576;
const port = { min: 1, max: 65_535 };

const general = { tab: 'general' } as const;
const access = { tab: 'access' } as const;
const messages = { tab: 'messages' } as const;
const delivery = { tab: 'delivery' } as const;

const endpoint = z.string().refine((text) => parseEndpoint(text) !== null, {
  error: "Not an address and port, such as '127.0.0.1:25', '[::1]:25' or '*:25'.",
});
const relayEntry = z.string().refine(isRelayEntry, {
  error:
    "Not an address ('10.0.0.5'), a group ('10.0.0.0/255.255.255.0', '10.0.0.0/24', 'fd00::/8') or 'host' for this computer.",
});
const smartHost = z.string().refine((text) => parseSmartHost(text) !== null, {
  error:
    "Not a host name or address with an optional port, such as 'mail.example.org', '10.1.2.3:587' or '[2001:db8::1]:25'.",
});
const seconds = (min: number, max: number) => z.int().min(min).max(max);

export const serverSettingsSchema = z.strictObject({
  'general.name': textField(general, z.string().trim().min(1).max(100), 'SMTP Virtual Server #1'),
  'general.state': choiceField(general, ['started', 'stopped', 'paused'], 'started'),
  'general.listen': listField(general, 'endpoint', endpoint, { min: 1, max: 32 }, ['127.0.0.1:25', '[::1]:25']),
  'general.connectionLimit': countLimitField(general, { min: 1, max: 100_000 }, 1_000),
  'general.connectionTimeout': durationField({ ...general, shownIn: 'minutes' }, { min: 10, max: day }, 10 * minute),

  'access.relayMode': choiceField(access, ['onlyListed', 'allExceptListed'], 'onlyListed'),
  'access.relayList': listField(access, 'relayEntry', relayEntry, { min: 0, max: 1_000 }, [thisComputerEntry]),

  'messages.sizeLimit': sizeLimitField(
    { ...messages, shownIn: 'kilobytes' },
    { min: 1_024, max: 1_024 * mebibyte },
    10 * mebibyte,
  ),
  'messages.recipientLimit': countLimitField(messages, { min: 1, max: 10_000 }, 100),

  'delivery.retryIntervals': listField(
    { ...delivery, shownIn: 'minutes' },
    'duration',
    seconds(1, 7 * day),
    { min: 1, max: 4 },
    [1 * minute, 5 * minute, 15 * minute, 60 * minute],
  ),
  'delivery.expiration': durationField({ ...delivery, shownIn: 'days' }, { min: 1, max: 365 * day }, 5 * day),
  'delivery.smartHosts': listField(delivery, 'smartHost', smartHost, { min: 0, max: 16 }, []),
  'delivery.outboundPort': wholeField(delivery, port, 25),
  'delivery.connectionLimit': countLimitField(delivery, { min: 1, max: 10_000 }, 100),
  'delivery.connectionsPerDestination': countLimitField(delivery, { min: 1, max: 1_000 }, 10),
  'delivery.connectionTimeout': durationField({ ...delivery, shownIn: 'minutes' }, { min: 5, max: day }, 10 * minute),
  'delivery.fullyQualifiedName': textField(
    delivery,
    z.string().refine((text) => text === '' || isHostName(text), {
      error: 'Not a fully-qualified domain name; empty means the name of this computer.',
    }),
    '',
  ),
});

export type ServerSettings = z.infer<typeof serverSettingsSchema>;
export type SettingKey = keyof ServerSettings;

export const settingKeys = Object.keys(serverSettingsSchema.shape) as readonly SettingKey[];
export const settingKeySchema = z.enum(settingKeys as [SettingKey, ...SettingKey[]]);
export const isSettingKey = (text: string): text is SettingKey => Object.hasOwn(serverSettingsSchema.shape, text);

export const defaultServerSettings: ServerSettings = serverSettingsSchema.parse({});
