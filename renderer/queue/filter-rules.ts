/** What the list is filtered by, as people put it together: at most one rule of a kind. Remembered, so every value is checked when it comes back. Pure. */
import { type EpochMs, type QueueFilter, type QueueState, queueStates } from '../../shared/contract/messages.ts';

export const ageUnits = ['minutes', 'hours', 'days'] as const;
export const sizeUnits = ['KB', 'MB'] as const;
export type AgeUnit = (typeof ageUnits)[number];
export type SizeUnit = (typeof sizeUnits)[number];

export interface Amount<Unit> {
  /** A whole number from 1. */
  readonly amount: number;
  readonly unit: Unit;
}

/** Null, an empty text or an empty list: no rule of that kind. */
export interface QueueRules {
  readonly states: readonly QueueState[];
  readonly sender: string;
  readonly recipient: string;
  readonly subject: string;
  readonly lastError: string;
  /** The whole name, as the list of destinations has it. */
  readonly nextHop: string | null;
  readonly olderThan: Amount<AgeUnit> | null;
  readonly newerThan: Amount<AgeUnit> | null;
  readonly largerThan: Amount<SizeUnit> | null;
}

export type RuleId = keyof QueueRules;

export const ruleIds = [
  'states',
  'sender',
  'recipient',
  'subject',
  'lastError',
  'nextHop',
  'olderThan',
  'newerThan',
  'largerThan',
] as const satisfies readonly RuleId[];

export const noRules: QueueRules = {
  states: [],
  sender: '',
  recipient: '',
  subject: '',
  lastError: '',
  nextHop: null,
  olderThan: null,
  newerThan: null,
  largerThan: null,
};

/** As the contract bounds them. */
export const longestText = { sender: 320, recipient: 320, subject: 200, lastError: 200 } as const;
export type TextRuleId = keyof typeof longestText;

export const textRuleIds = Object.keys(longestText) as readonly TextRuleId[];
const longestNextHop = 2_000;
/** Ages stay below a century and sizes below a terabyte in every unit. */
export const largestAmount = 999_999;

const agesMs: Readonly<Record<AgeUnit, number>> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
const sizesBytes: Readonly<Record<SizeUnit, number>> = { KB: 1_024, MB: 1_048_576 };

export const ageMs = ({ amount, unit }: Amount<AgeUnit>): number => amount * agesMs[unit];
export const sizeBytes = ({ amount, unit }: Amount<SizeUnit>): number => amount * sizesBytes[unit];

export const isRule = (rules: QueueRules, id: RuleId): boolean => {
  const value = rules[id];
  return value !== null && value.toString() !== '';
};

export const activeRules = (rules: QueueRules): readonly RuleId[] => ruleIds.filter((id) => isRule(rules, id));

export const withoutRule = (rules: QueueRules, id: RuleId): QueueRules => ({ ...rules, [id]: noRules[id] });

/** Ages are relative to now: such rules match other messages as time goes by. */
export const dependsOnTime = (rules: QueueRules): boolean => rules.olderThan !== null || rules.newerThan !== null;

/** The same as the relay knows it. */
export function queueFilterOf(rules: QueueRules, search: string, nowMs: EpochMs): QueueFilter {
  const { states, nextHop, olderThan, newerThan, largerThan } = rules;
  const texts = textRuleIds.filter((id) => rules[id] !== '').map((id) => [id, rules[id]]);
  return {
    ...(search === '' ? {} : { search }),
    ...(states.length === 0 ? {} : { states: [...states] }),
    ...(Object.fromEntries(texts) as Partial<Record<TextRuleId, string>>),
    ...(nextHop === null ? {} : { nextHop }),
    ...(olderThan === null ? {} : { receivedBeforeMs: since(nowMs, olderThan) }),
    ...(newerThan === null ? {} : { receivedAfterMs: since(nowMs, newerThan) }),
    ...(largerThan === null ? {} : { largerThanBytes: sizeBytes(largerThan) }),
  };
}

const since = (nowMs: EpochMs, age: Amount<AgeUnit>): EpochMs => Math.max(0, nowMs - ageMs(age));

/** Whatever is found in the storage becomes rules. */
export function parseRules(raw: unknown): QueueRules {
  if (!isRecord(raw)) return noRules;
  const { states } = raw;
  return {
    states: Array.isArray(states) ? queueStates.filter((state) => states.includes(state)) : [],
    sender: textOf(raw.sender, longestText.sender),
    recipient: textOf(raw.recipient, longestText.recipient),
    subject: textOf(raw.subject, longestText.subject),
    lastError: textOf(raw.lastError, longestText.lastError),
    nextHop: textOf(raw.nextHop, longestNextHop) || null,
    olderThan: amountOf(raw.olderThan, ageUnits),
    newerThan: amountOf(raw.newerThan, ageUnits),
    largerThan: amountOf(raw.largerThan, sizeUnits),
  };
}

const isRecord = (raw: unknown): raw is Readonly<Record<string, unknown>> => typeof raw === 'object' && raw !== null;

const textOf = (raw: unknown, longest: number): string => (typeof raw === 'string' && raw.length <= longest ? raw : '');

function amountOf<Unit extends string>(raw: unknown, units: readonly Unit[]): Amount<Unit> | null {
  if (!isRecord(raw)) return null;
  const unit = units.find((known) => known === raw.unit);
  const { amount } = raw;
  return unit !== undefined && isAmount(amount) ? { amount, unit } : null;
}

export const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= largestAmount;
