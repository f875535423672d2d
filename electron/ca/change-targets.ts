/** A wish of the administrator as values of the registry, checked. Pure. */
import { isIPv4 } from 'node:net';
import type {
  ExitMailChange,
  ExitModuleChange,
  ExitModuleSettings,
  RegistryData,
} from '../../shared/contract/computer/exit-module-calls.ts';
import { problem } from '../../shared/contract/problem.ts';
import { exitEventIds, exitEvents } from '../../shared/exit-module/exit-events.ts';
import { isSingleLine, mailPlaceOf, mailValueNames } from './exit-module.ts';

/** What a value below the SMTP key is to be. */
export interface ChangeTarget {
  readonly key: string;
  readonly name: string;
  /** Null: no such value. */
  readonly data: RegistryData | null;
}

/** Bits of `EventFilter` to switch on and off; all others stay. */
export interface EventBits {
  readonly on: number;
  readonly off: number;
}

const hostName = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
/** A property of the certification authority's database: 'Request.RequestID'. */
const propertyName = /^[\p{L}\p{N}_.:-]{1,100}$/u;

/**
 * @param settings  Null where they can't be read: what depends on them is then refused.
 * @throws {ProblemError} 'badArgument' naming the field.
 */
export function changeTargets(settings: ExitModuleSettings | null, change: ExitModuleChange): readonly ChangeTarget[] {
  const { server, anonymous, mails = [] } = change;
  const targets: ChangeTarget[] = [];
  if (server !== undefined) targets.push({ key: '', name: 'SMTPServer', data: serverData(server) });
  if (anonymous === true) {
    targets.push({ key: '', name: 'SMTPAuthenticate', data: { type: 'REG_DWORD', number: 0 } });
  }
  return [...targets, ...mails.flatMap((mail) => mailTargets(settings, mail))];
}

export function eventBits({ events = {} }: ExitModuleChange): EventBits {
  const bitsOf = (wanted: boolean): number =>
    exitEventIds.reduce((mask, id) => (events[id] === wanted ? mask | exitEvents[id].bit : mask), 0);
  return { on: bitsOf(true), off: bitsOf(false) };
}

function serverData(server: string): RegistryData {
  const text = server.trim();
  if (isIPv4(text) || hostName.test(text)) return { type: 'REG_SZ', text };
  throw problem(
    'badArgument',
    `'${text}' can't be the mail server of the certification authority. Give an IPv4 address such as 127.0.0.1, or a host name.`,
    { field: 'server' },
  );
}

function mailTargets(settings: ExitModuleSettings | null, { key, ...fields }: ExitMailChange): readonly ChangeTarget[] {
  checkPlace(settings, key);
  return Object.entries(fields).flatMap(([field, value]): ChangeTarget[] => {
    if (value === undefined) return [];
    const name = field as keyof typeof mailValueNames;
    return [{ key, name: mailValueNames[name], data: fieldData(key, name, value) }];
  });
}

/** Mails are changed where the system keeps them: a key in the other layout would never be read. */
function checkPlace(settings: ExitModuleSettings | null, key: string): void {
  const place = mailPlaceOf(key);
  const isThere = settings?.mails.some((mail) => mail.key.toLowerCase() === key.toLowerCase()) ?? false;
  const isForAll = place !== null && place.template === null && !exitEvents[place.event].ofCertificate;
  if (isThere || isForAll) return;
  throw problem(
    'badArgument',
    `The certification authority has no mail called '${key}'. "ca status" lists the ones it has.`,
    { field: 'mails' },
  );
}

function fieldData(key: string, field: keyof typeof mailValueNames, value: string | readonly string[]): RegistryData {
  const lines = typeof value === 'string' ? [value] : value;
  const refuse = (why: string): never => {
    throw problem('badArgument', `${key}, ${mailValueNames[field]}: ${why}`, { field });
  };
  if (lines.some((line) => /[\p{Cc}\p{Cs}]/u.test(line))) refuse('line ends and control characters can not be stored.');
  if (field === 'from' && !isAddress(lines[0] ?? '')) refuse('one mail address is needed, such as pki@example.org.');
  if ((field === 'to' || field === 'cc') && !addressesOf(lines[0] ?? '').every(isAddress)) {
    refuse('mail addresses are needed, with semicolons between them.');
  }
  if (field === 'titleArguments' || field === 'bodyArguments') {
    const wrong = lines.find((line) => !propertyName.test(line));
    if (wrong !== undefined) refuse(`'${wrong}' is not the name of a property, such as Request.RequestID.`);
  }
  if (isSingleLine(field)) return { type: 'REG_SZ', text: lines[0] ?? '' };
  // A multi-string has no empty parts: the first one would be its end.
  return { type: 'REG_MULTI_SZ', lines: withoutEmptyEnd(lines).map((line) => (line === '' ? ' ' : line)) };
}

const withoutEmptyEnd = (lines: readonly string[]): readonly string[] =>
  lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1);

export const addressesOf = (text: string): readonly string[] =>
  text
    .split(/[;,]/)
    .map((address) => address.trim())
    .filter((address) => address !== '');

const isAddress = (text: string): boolean => /^(?:[^<>@]*<)?[^\s<>@;,]+@[^\s<>@;,]+>?$/.test(text);

/** Without a name around it: 'PKI <pki@example.org>' is pki@example.org. */
export const oneAddress = (text: string): string => /<([^<>]*)>/.exec(text)?.[1] ?? text.trim();
