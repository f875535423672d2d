/** Values of settings as the command line takes and shows them: `15m`, `10MB`, `unlimited`, `127.0.0.1:25,[::1]:25`. */
import { parseDurationS, parseSizeBytes } from './amount.ts';
import { checkSetting, entryWords } from './check-setting.ts';
import type { FieldFacts } from './field.ts';
import { defaultServerSettings, type ServerSettings, type SettingKey } from './server-settings.ts';
import { factsOf, formatAmount, isAmountKind, rangeText, withoutLimit } from './setting-range.ts';

export interface SettingDescription {
  readonly key: SettingKey;
  /** 'text', 'folder', 'choice', 'number', 'duration', 'size', 'list of hosts'… */
  readonly type: string;
  readonly default: string;
  /** Empty for every kind of text. */
  readonly range: string;
}

/** The empty list and an unlimited limit; a smart host with this name needs its domain. */
const noneText = 'none';

/** All of them for every limit: who means it is understood. */
const noLimitWords: ReadonlySet<string> = new Set([withoutLimit('whole'), withoutLimit('duration'), noneText, 'off']);

const switchWords: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['true', true],
  ['yes', true],
  ['1', true],
  ['off', false],
  ['false', false],
  ['no', false],
  ['0', false],
]);

/** @throws {ProblemError} 'invalidSetting' naming the setting, the text and what would fit. */
export function parseSettingText<Key extends SettingKey>(key: Key, text: string): ServerSettings[Key] {
  return checkSetting(key, read(factsOf(key), text));
}

/** The text that `parseSettingText` reads back; an empty list is an empty text. */
export function formatSettingText<Key extends SettingKey>(key: Key, value: ServerSettings[Key]): string {
  const facts = factsOf(key);
  if (facts.kind === 'table') return JSON.stringify(value);
  return Array.isArray(value)
    ? formatList(facts, value as readonly (string | number)[])
    : formatValue(facts, value as Exclude<ServerSettings[SettingKey], unknown[]>);
}

export function describeSetting(key: SettingKey): SettingDescription {
  const facts = factsOf(key);
  return {
    key,
    type: typeText(facts),
    default: formatSettingText(key, defaultServerSettings[key]),
    range: rangeText(facts),
  };
}

/** What cannot be read stays text, so that the check can quote it as it was typed. */
function read(facts: FieldFacts, text: string): unknown {
  const trimmed = text.trim();
  const word = trimmed.toLowerCase();
  if (facts.kind === 'table') return readTable(trimmed);
  if (facts.kind === 'list') return readList(facts, trimmed);
  if (facts.optional === true && noLimitWords.has(word)) return null;
  switch (facts.kind) {
    case 'whole':
      return /^[0-9]{1,15}$/.test(trimmed) ? Number(trimmed) : trimmed;
    case 'duration':
      return parseDurationS(trimmed) ?? trimmed;
    case 'size':
      return parseSizeBytes(trimmed) ?? trimmed;
    case 'switch':
      return switchWords.get(word) ?? trimmed;
    case 'choice':
      return facts.options?.find((option) => option.toLowerCase() === word) ?? trimmed;
    case 'text':
      return text;
  }
}

/** The same text as in the settings file. */
function readTable(text: string): unknown {
  return text === '' || text.toLowerCase() === noneText ? [] : (readJson(text) ?? text);
}

/** Entries between commas, or JSON for those with a comma in them; '[::1]:25,[::1]:26' is no JSON. */
function readList(facts: FieldFacts, text: string): readonly unknown[] {
  if (text === '' || text.toLowerCase() === noneText) return [];
  const json = text.startsWith('[') ? readJson(text) : undefined;
  return Array.isArray(json) ? json : text.split(',').map((entry) => readEntry(facts, entry.trim()));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readEntry({ entries, options }: FieldFacts, text: string): unknown {
  if (entries === 'duration') return parseDurationS(text) ?? text;
  return options?.find((option) => option.toLowerCase() === text.toLowerCase()) ?? text;
}

function formatList(facts: FieldFacts, value: readonly (string | number)[]): string {
  const text = value.map((entry) => formatEntry(facts, entry)).join(',');
  const json = JSON.stringify(value);
  return JSON.stringify(readList(facts, text.trim())) === json ? text : json;
}

const formatEntry = ({ entries }: FieldFacts, entry: string | number): string =>
  entries === 'duration' && typeof entry === 'number' ? formatAmount('duration', entry) : String(entry);

function formatValue({ kind }: FieldFacts, value: string | number | boolean | null): string {
  if (value === null) return withoutLimit(kind);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return isAmountKind(kind) && typeof value === 'number' ? formatAmount(kind, value) : String(value);
}

const contentWords = {
  folder: 'folder',
  file: 'file',
  hostName: 'host name',
  mailDomain: 'domain',
  address: 'mail address',
  webAddress: 'web address',
} as const;

function typeText(facts: FieldFacts): string {
  if (facts.content !== undefined) return contentWords[facts.content];
  if (facts.kind === 'list' || facts.kind === 'table') return `list of ${entryWords(facts)}`;
  return facts.kind === 'whole' ? 'number' : facts.kind;
}
