/**
 * Settings are declared once: each field is a zod schema with its facts (tab, kind, unit, range) beside it.
 * Type, default, validation, property sheet, `config keys` and the reference page read these facts.
 */
import * as z from 'zod';

export type SettingsTab = 'general' | 'access' | 'messages' | 'delivery';

export interface FieldFacts {
  readonly tab: SettingsTab;
  readonly kind: 'text' | 'choice' | 'whole' | 'duration' | 'size' | 'list';
  /** Smallest and largest value: a count, seconds or bytes by kind; for a list the number of entries. */
  readonly min?: number;
  readonly max?: number;
  readonly options?: readonly string[];
  /** What the entries of a list are. */
  readonly entries?: 'endpoint' | 'relayEntry' | 'smartHost' | 'duration';
  /** How a dialog shows the value; files and the command line always carry seconds and bytes. */
  readonly shownIn?: 'minutes' | 'hours' | 'days' | 'kilobytes';
  /** A limit that can be switched off: null means unlimited. */
  readonly optional?: boolean;
}

export const fieldFacts = z.registry<FieldFacts>();

const register = <Schema extends z.ZodType>(schema: Schema, facts: FieldFacts): Schema => {
  fieldFacts.add(schema, facts);
  return schema;
};

type Place = Pick<FieldFacts, 'tab' | 'shownIn'>;

export const textField = (place: Place, pattern: z.ZodType<string, string>, value: string) =>
  register(pattern.default(value), { ...place, kind: 'text' });

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

const limit = (kind: 'whole' | 'size') => (place: Place, range: NumberRange, value: number | null) =>
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

export const listField = <Entry extends string | number>(
  place: Place,
  entries: NonNullable<FieldFacts['entries']>,
  entry: z.ZodType<Entry, Entry>,
  range: NumberRange,
  value: Entry[],
) =>
  register(z.array(entry).min(range.min).max(range.max).default(value), { ...place, kind: 'list', entries, ...range });
