/**
 * Settings are declared once: each field is a zod schema with its facts (tab, kind, unit, range) beside it.
 * Type, default, validation, property sheet, `config keys` and the reference page read these facts.
 */
import * as z from 'zod';

export const settingsTabs = ['general', 'access', 'messages', 'delivery', 'domains', 'logging', 'alerts'] as const;
export type SettingsTab = (typeof settingsTabs)[number];

export interface FieldFacts {
  readonly tab: SettingsTab;
  /** A 'table' is a list of objects: remote domains. */
  readonly kind: 'text' | 'switch' | 'choice' | 'whole' | 'duration' | 'size' | 'list' | 'table';
  /** Smallest and largest value: a count, seconds or bytes by kind; for a list the number of entries. */
  readonly min?: number;
  readonly max?: number;
  /** Of a choice, or of the entries of a list of choices. */
  readonly options?: readonly string[];
  /** What the entries of a list are. */
  readonly entries?:
    | 'endpoint'
    | 'relayEntry'
    | 'smartHost'
    | 'duration'
    | 'userName'
    | 'mailDomain'
    | 'remoteDomain'
    | 'destination'
    | 'choice';
  /** What a text is, for dialogs: a folder or file is chosen with Browse. */
  readonly content?: 'folder' | 'file' | 'hostName' | 'mailDomain' | 'address' | 'webAddress';
  /** How a dialog shows the value; files and the command line always carry seconds and bytes. */
  readonly shownIn?: 'seconds' | 'minutes' | 'hours' | 'days' | 'kilobytes' | 'megabytes';
  /** A limit that can be switched off: null means unlimited (a duration: never). */
  readonly optional?: boolean;
}

export const fieldFacts = z.registry<FieldFacts>();

const register = <Schema extends z.ZodType>(schema: Schema, facts: FieldFacts): Schema => {
  fieldFacts.add(schema, facts);
  return schema;
};

type Place = Pick<FieldFacts, 'tab' | 'shownIn' | 'content'>;

export const textField = (place: Place, pattern: z.ZodType<string, string>, value: string) =>
  register(pattern.default(value), { ...place, kind: 'text' });

export const switchField = (place: Place, value: boolean) =>
  register(z.boolean().default(value), { ...place, kind: 'switch' });

export const choiceField = <const Options extends readonly [string, ...string[]]>(
  place: Place,
  options: Options,
  value: NoInfer<Options[number]>,
) => register(z.enum(options).default(value as never), { ...place, kind: 'choice', options });

interface NumberRange {
  readonly min: number;
  readonly max: number;
}

const amount = (kind: 'whole' | 'duration' | 'size') => (place: Place, range: NumberRange, value: number) =>
  register(z.int().min(range.min).max(range.max).default(value), { ...place, kind, ...range });

export const wholeField = amount('whole');
/** Seconds. */
export const durationField = amount('duration');
/** Bytes. */
export const sizeField = amount('size');

const limit = (kind: 'whole' | 'size' | 'duration') => (place: Place, range: NumberRange, value: number | null) =>
  register(z.int().min(range.min).max(range.max).nullable().default(value), {
    ...place,
    kind,
    ...range,
    optional: true,
  });

/** A count that may be switched off (null). */
export const countLimitField = limit('whole');
/** Bytes; may be switched off (null). */
export const sizeLimitField = limit('size');
/** Seconds; may be switched off (null). */
export const durationLimitField = limit('duration');

export const listField = <Entry extends string | number>(
  place: Place,
  entries: Exclude<NonNullable<FieldFacts['entries']>, 'choice' | 'remoteDomain'>,
  entry: z.ZodType<Entry, Entry>,
  range: NumberRange,
  value: Entry[],
) =>
  register(z.array(entry).min(range.min).max(range.max).default(value), { ...place, kind: 'list', entries, ...range });

/** Any of the options, each at most once. */
export const choicesField = <const Options extends readonly [string, ...string[]]>(
  place: Place,
  options: Options,
  value: NoInfer<Options[number]>[],
) =>
  register(
    z
      .array(z.enum(options))
      .max(options.length)
      .default(value as never),
    { ...place, kind: 'list', entries: 'choice', options, min: 0, max: options.length },
  );

export const tableField = <Row extends z.ZodType>(
  place: Place,
  entries: Extract<NonNullable<FieldFacts['entries']>, 'remoteDomain'>,
  row: Row,
  range: NumberRange,
) => register(z.array(row).min(range.min).max(range.max).default([]), { ...place, kind: 'table', entries, ...range });
