/** The mail settings of the exit module, out of the keys of the registry. Pure. */
import type { ExitMail, ExitModuleSettings, RegistryData } from '../../shared/contract/computer/exit-module-calls.ts';
import { type ExitEventId, exitEventIds, exitEvents } from '../../shared/exit-module/exit-events.ts';
import { dataOf, keyAt, linesOf, numberOf, type RegistryKey, sameName, textOf } from './registry-keys.ts';
import { configurationKey, microsoftExitModule, unknownCaName } from './windows-programs.ts';

/** What was read, before anything is made of it. */
export interface CaKeys {
  /** As in the registry. */
  readonly caName: string;
  /** ProgIDs in their order. */
  readonly modules: readonly string[];
  /** The SMTP key and everything below it. */
  readonly keys: readonly RegistryKey[];
}

/** Names of the values in each key of an event. */
export const mailValueNames = {
  from: 'From',
  to: 'To',
  cc: 'Cc',
  titleFormat: 'TitleFormat',
  titleArguments: 'TitleArg',
  bodyFormat: 'BodyFormat',
  bodyArguments: 'BodyArg',
} as const;

/** Fields that are one string; the others have a line for each. */
export const isSingleLine = (field: keyof typeof mailValueNames): field is 'from' | 'to' | 'cc' | 'titleFormat' =>
  ['from', 'to', 'cc', 'titleFormat'].includes(field);

const templatesKey = 'Templates';

export const exitModulesKeyOf = (caName: string): string => `${configurationKey}\\${caName}\\ExitModules`;

/** @param caName  Null: not known; the path is for people to complete. */
export const smtpKeyOf = (caName: string | null): string =>
  `${exitModulesKeyOf(caName ?? unknownCaName)}\\${microsoftExitModule}\\SMTP`;

export const keyBelow = (path: string, key: string): string => (key === '' ? path : `${path}\\${key}`);

/** A value below the SMTP key, null when there is none. */
export const valueIn = ({ caName, keys }: CaKeys, key: string, name: string): RegistryData | null =>
  dataOf(keyAt(keys, keyBelow(smtpKeyOf(caName), key)), name);

export function exitModuleOf(read: CaKeys): ExitModuleSettings {
  const mails = mailKeysOf(read).map((place) => mailOf(read, place));
  const ofCertificates = mails.filter(({ event }) => exitEvents[event].ofCertificate);
  return {
    caName: read.caName,
    modules: [...read.modules],
    server: textOf(valueIn(read, '', 'SMTPServer')),
    authentication: numberOf(valueIn(read, '', 'SMTPAuthenticate')),
    eventMask: numberOf(valueIn(read, '', 'EventFilter')),
    // Both at once: the newer place is the one that newer systems read.
    layout: ofCertificates.some(({ template }) => template !== null)
      ? 'perTemplate'
      : ofCertificates.length > 0
        ? 'flat'
        : 'unknown',
    mails,
  };
}

type MailPlace = Pick<ExitMail, 'key' | 'event' | 'template'>;

/** The keys of events there are, below SMTP and below each template. */
function mailKeysOf({ caName, keys }: CaKeys): readonly MailPlace[] {
  const base = `${smtpKeyOf(caName)}\\`;
  const places = keys.flatMap(({ path }): MailPlace[] => {
    if (!sameName(path.slice(0, base.length), base)) return [];
    const key = path.slice(base.length);
    const place = mailPlaceOf(key);
    return place === null ? [] : [place];
  });
  const rank = ({ event, template }: MailPlace): string =>
    `${exitEventIds.indexOf(event)} ${template === 'Default' ? '' : (template ?? '')}`;
  return places.toSorted((one, other) => rank(one).localeCompare(rank(other), 'en'));
}

/** Null for a key that holds no mail of an event. */
export function mailPlaceOf(key: string): MailPlace | null {
  const parts = key.split('\\');
  const event = eventOfKey(parts.at(-1) ?? '');
  if (event === null) return null;
  if (parts.length === 1) return { key, event, template: null };
  const [templates, template] = parts;
  const isBelowTemplate = parts.length === 3 && template !== '' && sameName(templates ?? '', templatesKey);
  return isBelowTemplate && template !== undefined ? { key, event, template } : null;
}

const eventOfKey = (name: string): ExitEventId | null =>
  exitEventIds.find((id) => sameName(exitEvents[id].key ?? '', name) && name !== '') ?? null;

function mailOf(read: CaKeys, place: MailPlace): ExitMail {
  const value = (field: keyof typeof mailValueNames): RegistryData | null =>
    valueIn(read, place.key, mailValueNames[field]);
  return {
    ...place,
    from: textOf(value('from')) ?? '',
    to: textOf(value('to')) ?? '',
    cc: textOf(value('cc')) ?? '',
    titleFormat: textOf(value('titleFormat')) ?? '',
    titleArguments: [...linesOf(value('titleArguments'))],
    bodyFormat: [...linesOf(value('bodyFormat'))],
    bodyArguments: [...linesOf(value('bodyArguments'))],
  };
}
