/** Amounts and times as the list shows them, in one locale. Pure: the current time is passed in. */
import type { EpochMs } from '../../shared/contract/messages.ts';

export interface QueueFormat {
  /** '1,234' */
  readonly count: (value: number) => string;
  /** '1.9 KB' */
  readonly size: (sizeBytes: number) => string;
  /** '1,934 bytes' */
  readonly exactSize: (sizeBytes: number) => string;
  /** Date and time to the second, short enough for a column. */
  readonly dateTime: (atMs: EpochMs) => string;
  /** With weekday and time zone, for tooltips. */
  readonly fullDateTime: (atMs: EpochMs) => string;
  /** '45 sec', '2 hr 5 min', '3 days 4 hr'. Never negative. */
  readonly duration: (lengthMs: number) => string;
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
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium', ...zone });
  const fullDateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long', ...zone });
  const units = new Map(
    unitMs.map(([unit]) => [unit, new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' })]),
  );
  const amount = (unit: (typeof unitMs)[number][0], value: number): string => units.get(unit)?.format(value) ?? '';

  return {
    count: (value) => count.format(value),
    size: (sizeBytes) => {
      for (const [unit, unitBytes] of sizeUnits) {
        // A whole kilobyte at least, as Explorer does: the unit stays the same down the column.
        if (sizeBytes >= unitBytes || unit === 'KB') {
          return `${tenths.format(Math.max(sizeBytes / unitBytes, sizeBytes > 0 ? 0.1 : 0))} ${unit}`;
        }
      }
      return '';
    },
    exactSize: (sizeBytes) => bytes.format(sizeBytes),
    dateTime: (atMs) => dateTime.format(atMs),
    fullDateTime: (atMs) => fullDateTime.format(atMs),
    duration: (lengthMs) => {
      const left = Math.max(0, lengthMs);
      const at = unitMs.findIndex(([, length]) => left >= length);
      const [unit, length] = unitMs[at] ?? ['second', secondMs];
      const whole = Math.floor(left / length);
      // Seconds beside minutes would only make the column restless.
      const [smallerUnit, smallerLength] = unitMs[at + 1] ?? ['second', secondMs];
      const rest = unit === 'second' || unit === 'minute' ? 0 : Math.floor((left - whole * length) / smallerLength);
      return rest === 0 ? amount(unit, whole) : `${amount(unit, whole)} ${amount(smallerUnit, rest)}`;
    },
  };
}

/** The variant of the console's language that this computer uses ('en-GB' for 'en'), for dates and numbers. */
export const localeOf = (language: string, systemLanguages: readonly string[]): string =>
  systemLanguages.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
