/** Numbers in a dialog: seconds shown as minutes, bytes as KB. Text to amount and back. Pure. */
import type { FieldFacts } from '../../shared/settings/field.ts';

export type ShownUnit = NonNullable<FieldFacts['shownIn']>;

/** Seconds of a time, bytes of a size. */
const sizeOfUnit: Readonly<Record<ShownUnit, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3_600,
  days: 86_400,
  kilobytes: 1_024,
  megabytes: 1_048_576,
};

/** Those a person chooses from, as in IIS. */
export const timeUnits = ['minutes', 'hours', 'days'] as const;
export type TimeUnit = (typeof timeUnits)[number];

export type AmountProblem =
  | { readonly code: 'number' | 'amount' }
  /** In the unit of the field, as text. */
  | { readonly code: 'range'; readonly min: string; readonly max: string };

export type AmountCheck =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly problem: AmountProblem };

interface AmountRange {
  readonly min: number;
  readonly max: number;
  /** Absent: a count, shown as it is. */
  readonly unit?: ShownUnit | undefined;
}

const mostDecimals = 7;

/** As few decimals as bring back the same value; a point, without groups, so that it can be typed again. */
export function amountText(value: number, unit?: ShownUnit): string {
  if (unit === undefined) return String(value);
  const amount = value / sizeOfUnit[unit];
  for (let decimals = 0; decimals < mostDecimals; decimals += 1) {
    const text = amount.toFixed(decimals);
    if (Math.round(Number(text) * sizeOfUnit[unit]) === value) return text;
  }
  return amount.toFixed(mostDecimals);
}

/** What was typed, as seconds, bytes or a count. A comma is a decimal point too. */
export function parseAmount(text: string, { min, max, unit }: AmountRange): AmountCheck {
  const trimmed = text.trim().replace(',', '.');
  const wellFormed = unit === undefined ? /^[0-9]{1,15}$/ : /^[0-9]{1,15}(?:\.[0-9]{1,7})?$/;
  if (!wellFormed.test(trimmed)) return { ok: false, problem: { code: unit === undefined ? 'number' : 'amount' } };
  const value = Math.round(Number(trimmed) * (unit === undefined ? 1 : sizeOfUnit[unit]));
  if (value >= min && value <= max) return { ok: true, value };
  return { ok: false, problem: { code: 'range', min: lowestText(min, unit), max: amountText(max, unit) } };
}

/** Rounded up: the value named as the smallest one must be accepted. */
const lowestText = (min: number, unit?: ShownUnit): string =>
  unit === undefined ? String(min) : String(Math.ceil((min / sizeOfUnit[unit]) * 1_000) / 1_000);

/** The largest unit that divides evenly, as the IIS dialog shows it. */
export const fittingTimeUnit = (seconds: number): TimeUnit =>
  timeUnits.findLast((unit) => seconds % sizeOfUnit[unit] === 0) ?? 'minutes';

/** Times of hours and more have their unit beside them, to be chosen; others are always shown in the unit of their label. */
export const isUnitChosen = (shownIn: ShownUnit | undefined): boolean => shownIn === 'hours' || shownIn === 'days';
