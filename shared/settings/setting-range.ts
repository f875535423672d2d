/** The facts of a setting in words: what kind of value, from where to where. */
import { formatDurationS, formatSizeBytes } from './amount.ts';
import { type FieldFacts, fieldFacts } from './field.ts';
import { type SettingKey, serverSettingsSchema } from './server-settings.ts';

export type AmountKind = 'whole' | 'duration' | 'size';

/** An optional limit that is switched off, on the command line: 'unlimited', for a time 'never'. */
export const withoutLimit = (kind: FieldFacts['kind']): 'never' | 'unlimited' =>
  kind === 'duration' ? 'never' : 'unlimited';

export function factsOf(key: SettingKey): FieldFacts {
  const facts = fieldFacts.get(serverSettingsSchema.shape[key]);
  if (facts === undefined) throw new Error(`The setting ${key} was declared without its facts`);
  return facts;
}

export function formatAmount(kind: AmountKind, amount: number): string {
  switch (kind) {
    case 'whole':
      return String(amount);
    case 'duration':
      return formatDurationS(amount);
    case 'size':
      return formatSizeBytes(amount);
  }
}

export const isAmountKind = (kind: FieldFacts['kind']): kind is AmountKind =>
  kind === 'whole' || kind === 'duration' || kind === 'size';

/** 'on or off', '1 to 65535', '10s to 1d', '1KB to 1GB, or unlimited', 'started, stopped or paused', '1 to 4 entries'; empty for text. */
export function rangeText({ kind, min, max, options = [], optional = false }: FieldFacts): string {
  if (kind === 'switch') return 'on or off';
  if (kind === 'choice') return [options.slice(0, -1).join(', '), ...options.slice(-1)].join(' or ');
  if (min === undefined || max === undefined) return '';
  if (isAmountKind(kind)) {
    const range = `${formatAmount(kind, min)} to ${formatAmount(kind, max)}`;
    return optional ? `${range}, or ${withoutLimit(kind)}` : range;
  }
  return `${min} to ${max} entries`;
}
