/** Is this value good for this setting, and if not, why: in words that name what is wrong and what would be right. */
import type * as z from 'zod';
import { ProblemError } from '../contract/problem.ts';
import { formatEndpoint, parseEndpoint } from './address.ts';
import type { FieldFacts } from './field.ts';
import { didYouMean } from './nearest-setting.ts';
import { isSettingKey, type ServerSettings, type SettingKey, serverSettingsSchema } from './server-settings.ts';
import { factsOf, formatAmount, isAmountKind, rangeText } from './setting-range.ts';

export type SettingCheck<Value> =
  | { readonly ok: true; readonly value: Value }
  /** A sentence without the name of the setting: "'0s' is not a duration from 1s to 365d (such as 30s, 15m, 4h, 5d)." */
  | { readonly ok: false; readonly reason: string };

export function testSetting<Key extends SettingKey>(key: Key, value: unknown): SettingCheck<ServerSettings[Key]> {
  const parsed = serverSettingsSchema.shape[key].safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      ok: false,
      reason: issue === undefined ? 'The value does not fit.' : reasonOf(factsOf(key), value, issue),
    };
  }
  const twice = repeatedEntry(factsOf(key), value);
  if (twice !== undefined) return { ok: false, reason: `${quoted(twice)} is in the list twice.` };
  return { ok: true, value: parsed.data as ServerSettings[Key] };
}

/** @throws {ProblemError} 'invalidSetting' with the setting as field. */
export function checkSetting<Key extends SettingKey>(key: Key, value: unknown): ServerSettings[Key] {
  const check = testSetting(key, value);
  if (check.ok) return check.value;
  throw new ProblemError({ code: 'invalidSetting', message: `${key}: ${check.reason}`, field: key });
}

/** @throws {ProblemError} 'unknownSetting', with the closest setting there is. */
export function checkSettingKey(text: string): SettingKey {
  if (isSettingKey(text)) return text;
  throw new ProblemError({
    code: 'unknownSetting',
    message: `There is no setting ${quoted(text)}.${didYouMean(text)}`,
    field: text.slice(0, 200),
  });
}

/** Two sockets on one address and port could never both be bound; of two rules for one name only one could hold. */
function repeatedEntry({ entries }: FieldFacts, value: unknown): string | undefined {
  const identity = entries === undefined ? undefined : identityOf[entries];
  if (identity === undefined || !Array.isArray(value)) return undefined;
  const seen = new Set<string>();
  for (const entry of value as readonly unknown[]) {
    const name = identity(entry);
    if (name === null) continue;
    if (seen.has(name)) return typeof entry === 'string' ? entry : name;
    seen.add(name);
  }
  return undefined;
}

const lowerCase = (entry: unknown): string | null => (typeof entry === 'string' ? entry.toLowerCase() : null);

/** What makes two entries of a list the same. */
const identityOf: { readonly [Entries in NonNullable<FieldFacts['entries']>]?: (entry: unknown) => string | null } = {
  endpoint: (entry) => {
    const endpoint = typeof entry === 'string' ? parseEndpoint(entry) : null;
    return endpoint === null ? null : formatEndpoint(endpoint).toLowerCase();
  },
  userName: lowerCase,
  mailDomain: lowerCase,
  choice: lowerCase,
  destination: lowerCase,
  remoteDomain: (entry) =>
    typeof entry === 'object' && entry !== null && 'name' in entry ? lowerCase(entry.name) : null,
};

function reasonOf(facts: FieldFacts, value: unknown, issue: z.core.$ZodIssue): string {
  const [index] = issue.path;
  if (facts.kind === 'table') return rowReason(facts, value, issue);
  if (facts.kind === 'switch') return `${quoted(value)} is not ${rangeText(facts)}.`;
  if (typeof index === 'number' && Array.isArray(value)) return entryReason(facts, value[index], issue);
  if (facts.kind === 'list') {
    return Array.isArray(value)
      ? `The list takes ${rangeText(facts)}, not ${value.length}.`
      : `${quoted(value)} is not a list of ${entryWords(facts)}.`;
  }
  if (facts.kind === 'choice') return `${quoted(value)} is not ${rangeText(facts)}.`;
  if (isAmountKind(facts.kind)) {
    const shown = typeof value === 'number' ? formatAmount(facts.kind, value) : value;
    return `${quoted(shown)} is not ${amountWords[facts.kind]} from ${rangeText(facts)}${examples[facts.kind]}.`;
  }
  if (issue.code === 'too_small') return 'It must not be empty.';
  if (issue.code === 'too_big') return `It must not be longer than ${issue.maximum} characters.`;
  return `${quoted(value)} is ${inSentence(issue)}`;
}

function rowReason(facts: FieldFacts, value: unknown, issue: z.core.$ZodIssue): string {
  const [index, ...field] = issue.path;
  if (typeof index !== 'number') {
    return Array.isArray(value)
      ? `The list takes ${rangeText(facts)}, not ${value.length}.`
      : `${quoted(value)} is not a list of ${entryWords(facts)}.`;
  }
  const inside = field.map((part) => (typeof part === 'number' ? `entry ${part + 1}` : String(part)));
  const place = [`Entry ${index + 1}`, ...inside].join(', ');
  if (issue.code === 'unrecognized_keys') return `${place}: there is no field ${quoted(issue.keys[0])}.`;
  const found: unknown = issue.path.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[part] : undefined),
    value,
  );
  if (isOwnSentence(issue)) return `${place}: ${quoted(found)} is ${inSentence(issue)}`;
  return `${place}: ${quoted(found)} does not fit (${issue.message}).`;
}

function entryReason(facts: FieldFacts, entry: unknown, issue: z.core.$ZodIssue): string {
  if (facts.entries === 'choice') return `${quoted(entry)} is not one of ${(facts.options ?? []).join(', ')}.`;
  if (facts.entries !== 'duration') return `${quoted(entry)} is ${inSentence(issue)}`;
  const shown = quoted(typeof entry === 'number' ? formatAmount('duration', entry) : entry);
  if (issue.code === 'too_small') return `${shown} is shorter than ${formatAmount('duration', Number(issue.minimum))}.`;
  if (issue.code === 'too_big') return `${shown} is longer than ${formatAmount('duration', Number(issue.maximum))}.`;
  return `${shown} is not a duration${examples.duration}.`;
}

const amountWords = { whole: 'a whole number', duration: 'a duration', size: 'a size' } as const;
const examples = { whole: '', duration: ' (such as 30s, 15m, 4h, 5d)', size: ' (such as 512KB, 10MB)' } as const;

const entryNames = {
  endpoint: 'endpoints',
  relayEntry: 'computers',
  smartHost: 'hosts',
  duration: 'durations',
  userName: 'users',
  mailDomain: 'domains',
  remoteDomain: 'remote domains',
  destination: 'next hops',
  choice: 'words',
} as const;

/** What the entries of a list are, in the plural. */
export const entryWords = ({ entries }: FieldFacts): string =>
  entries === undefined ? 'entries' : entryNames[entries];

/** A sentence of the schema ('Not …', 'Text on one line.') rather than zod's complaint about the type. */
const isOwnSentence = ({ code }: z.core.$ZodIssue): boolean => code === 'custom' || code === 'invalid_format';

/** What stands behind 'is'. */
function inSentence(issue: z.core.$ZodIssue): string {
  if (!isOwnSentence(issue)) return 'not text.';
  const words = `${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
  return words.startsWith('not ') ? words : `not ${words}`;
}

/** Values may come from anywhere: short, on one line, and no control characters in front of a terminal. */
export const quoted = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  const plain = text.replace(/\p{C}/gu, '\u{FFFD}');
  return `'${plain.length > 80 ? `${plain.slice(0, 79)}…` : plain}'`;
};
