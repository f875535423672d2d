/** The rows of the filter dialog: field, condition and value while they are typed. Pure. */
import type { QueueState } from '../../shared/contract/messages.ts';
import {
  type AgeUnit,
  activeRules,
  ageUnits,
  isAmount,
  noRules,
  type QueueRules,
  type RuleId,
  type SizeUnit,
  sizeUnits,
} from './filter-rules.ts';

/** A field of the message and the conditions it can be held against. */
export const ruleFields = {
  state: ['states'],
  sender: ['sender'],
  recipient: ['recipient'],
  subject: ['subject'],
  lastError: ['lastError'],
  nextHop: ['nextHop'],
  age: ['olderThan', 'newerThan'],
  size: ['largerThan'],
} as const satisfies Readonly<Record<string, readonly RuleId[]>>;

export type RuleField = keyof typeof ruleFields;
export const ruleFieldNames = Object.keys(ruleFields) as readonly RuleField[];

export interface RuleDraft {
  /** Tells the rows apart while their conditions change. */
  readonly row: number;
  readonly id: RuleId;
  /** A part of a text, a next hop, or the number of an amount. */
  readonly text: string;
  readonly unit: AgeUnit | SizeUnit;
  readonly states: readonly QueueState[];
}

export type DraftProblem = 'text' | 'nextHop' | 'states' | 'amount';

export type DraftResult =
  | { readonly ok: true; readonly rules: QueueRules }
  | { readonly ok: false; readonly problems: Readonly<Partial<Record<RuleId, DraftProblem>>> };

const conditionsOf = (field: RuleField): readonly RuleId[] => ruleFields[field];

export const fieldOf = (id: RuleId): RuleField =>
  ruleFieldNames.find((field) => conditionsOf(field).includes(id)) ?? 'state';

export const unitsOf = (id: RuleId): readonly (AgeUnit | SizeUnit)[] => (fieldOf(id) === 'size' ? sizeUnits : ageUnits);

export const emptyDraft = (id: RuleId, row = 0): RuleDraft => ({
  row,
  id,
  text: '',
  unit: fieldOf(id) === 'size' ? 'KB' : 'hours',
  states: [],
});

export const draftsOf = (rules: QueueRules): readonly RuleDraft[] =>
  activeRules(rules).map((id, row) => {
    const draft = emptyDraft(id, row);
    const value = rules[id];
    if (typeof value === 'string') return { ...draft, text: value };
    if (value !== null && 'unit' in value) return { ...draft, text: String(value.amount), unit: value.unit };
    return { ...draft, states: value ?? [] };
  });

/** Conditions of a field that no other row has. */
export const freeConditions = (drafts: readonly RuleDraft[], field: RuleField, own: RuleId | null): readonly RuleId[] =>
  conditionsOf(field).filter((id) => id === own || !drafts.some((draft) => draft.id === id));

/** One more row; null when each condition is there already. */
export function nextDraft(drafts: readonly RuleDraft[]): RuleDraft | null {
  for (const field of ruleFieldNames) {
    const [free] = freeConditions(drafts, field, null);
    if (free !== undefined) return emptyDraft(free, Math.max(-1, ...drafts.map(({ row }) => row)) + 1);
  }
  return null;
}

/** A row turned to another condition keeps its value where that can still be one. */
export const withCondition = (draft: RuleDraft, id: RuleId): RuleDraft => {
  const sameUnits = unitsOf(id).includes(draft.unit);
  return { ...draft, id, unit: sameUnits ? draft.unit : emptyDraft(id).unit };
};

/** The rules of all rows, or what is wrong with which row. */
export function rulesOf(drafts: readonly RuleDraft[]): DraftResult {
  const problems: Partial<Record<RuleId, DraftProblem>> = {};
  let rules = noRules;
  for (const draft of drafts) {
    const value = ruleOf(draft);
    if (typeof value === 'object') rules = { ...rules, ...value };
    else problems[draft.id] = value;
  }
  return Object.keys(problems).length === 0 ? { ok: true, rules } : { ok: false, problems };
}

function ruleOf({ id, text, unit, states }: RuleDraft): Partial<QueueRules> | DraftProblem {
  const trimmed = text.trim();
  switch (id) {
    case 'states':
      return states.length === 0 ? 'states' : { states };
    case 'nextHop':
      // Chosen, not typed.
      return text === '' ? 'nextHop' : { nextHop: text };
    case 'olderThan':
    case 'newerThan':
    case 'largerThan': {
      const amount = /^[0-9]{1,6}$/.test(trimmed) ? Number(trimmed) : null;
      return isAmount(amount) ? { [id]: { amount, unit } } : 'amount';
    }
    default:
      return trimmed === '' ? 'text' : { [id]: trimmed };
  }
}
