/** Amounts and times as the list shows them, in one locale. Pure: the current time is passed in. */
import type { EpochMs } from '../../shared/contract/messages.ts';
import { relaySentence } from '../../shared/texts/relay-sentence.ts';

export interface QueueFormat {
  /** '1,234' */
  readonly count: (value: number) => string;
  /** '1.9 KB' */
  readonly size: (sizeBytes: number) => string;
  /** '1,934 bytes' */
  readonly exactSize: (sizeBytes: number) => string;
  /** To the minute, for columns. */
  readonly shortDateTime: (atMs: EpochMs) => string;
  /** To the second. */
  readonly dateTime: (atMs: EpochMs) => string;
  /** With weekday and time zone, for tooltips. */
  readonly fullDateTime: (atMs: EpochMs) => string;
  /** '45 sec', '2 hr 5 min', '3 days 4 hr'. Never negative. */
  readonly duration: (lengthMs: number) => string;
  /** '0.9 sec' below a minute, then as `duration`. */
  readonly fineDuration: (lengthMs: number) => string;
  /** What the relay said by itself, in the language; words of other servers stay as they are. */
  readonly relayText: (text: string) => string;
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const unitMs = [
  ['day', dayMs],
  ['hour', hourMs],
  ['minute', minuteMs],
  ['second', secondMs],
] as const;

const sizeUnits = [
  ['GB', 1_073_741_824],
  ['MB', 1_048_576],
  ['KB', 1_024],
] as const;

/** @param timeZone  IANA name; the computer's own when absent. */
export function createQueueFormat(locale: string, timeZone?: string): QueueFormat {
  const zone = timeZone === undefined ? {} : { timeZone };
  const count = new Intl.NumberFormat(locale);
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const bytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'byte', unitDisplay: 'long' });
  const shortDateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short', ...zone });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium', ...zone });
  const fullDateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long', ...zone });
  const units = new Map(
    unitMs.map(([unit]) => [unit, new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' })]),
  );
  const tenthsOfSecond = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  });
  const amount = (unit: (typeof unitMs)[number][0], value: number): string => units.get(unit)?.format(value) ?? '';

  const size = (sizeBytes: number): string => {
    // Never below kilobytes, as Explorer does: the unit stays the same down the column.
    const [unit, unitBytes] = sizeUnits.find(([, bytesInUnit]) => sizeBytes >= bytesInUnit) ?? ['KB', 1_024];
    return `${tenths.format(sizeBytes === 0 ? 0 : Math.max(sizeBytes / unitBytes, 0.1))} ${unit}`;
  };
  const duration = (lengthMs: number): string => {
    const left = Math.max(0, lengthMs);
    const at = unitMs.findIndex(([, length]) => left >= length);
    const [unit, length] = unitMs[at] ?? ['second', secondMs];
    const whole = Math.floor(left / length);
    // Seconds beside minutes would only make the column restless.
    const [smallerUnit, smallerLength] = unitMs[at + 1] ?? ['second', secondMs];
    const rest = unit === 'second' || unit === 'minute' ? 0 : Math.floor((left - whole * length) / smallerLength);
    return rest === 0 ? amount(unit, whole) : `${amount(unit, whole)} ${amount(smallerUnit, rest)}`;
  };
  const [language = ''] = locale.toLowerCase().split('-');
  return {
    relayText: (text) => relaySentence(language, text),
    count: (value) => count.format(value),
    size,
    exactSize: (sizeBytes) => bytes.format(sizeBytes),
    shortDateTime: (atMs) => shortDateTime.format(atMs),
    dateTime: (atMs) => dateTime.format(atMs),
    fullDateTime: (atMs) => fullDateTime.format(atMs),
    duration,
    fineDuration: (lengthMs) =>
      lengthMs < minuteMs ? tenthsOfSecond.format(Math.max(0, lengthMs) / secondMs) : duration(lengthMs),
  };
}

/** The variant of the console's language that this computer uses ('en-GB' for 'en'), for dates and numbers. */
export const localeOf = (language: string, systemLanguages: readonly string[]): string =>
  systemLanguages.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
