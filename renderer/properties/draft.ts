/**
 * The property sheet's draft: every setting as a dialog edits it, by its kind. Numbers are text, because half-typed
 * numbers are no numbers. Pure: from settings to draft, from draft to changes and problems.
 */
import type { FieldFacts } from '../../shared/settings/field.ts';
import { type ServerSettings, type SettingKey, settingKeys } from '../../shared/settings/server-settings.ts';
import { factsOf } from '../../shared/settings/setting-range.ts';
import { amountText, fittingTimeUnit, isUnitChosen } from './amounts.ts';
import { checkDraft, type DraftProblem } from './draft-check.ts';
import type { AmountDraft, Draft } from './draft-types.ts';
import { suggestedLimit } from './suggested-limit.ts';

export type DraftProblems = { readonly [Key in SettingKey]?: DraftProblem };

const amountDraft = ({ shownIn }: FieldFacts, value: number): AmountDraft => {
  const unit = isUnitChosen(shownIn) ? fittingTimeUnit(value) : shownIn;
  return { text: amountText(value, unit), unit };
};

/** First, second, third and subsequent interval: [1, 5] becomes first 1, subsequent 5; the ones between stay empty. */
const intervalsDraft = ({ max = 0, shownIn }: FieldFacts, seconds: readonly number[]): readonly string[] => {
  const texts = seconds.map((value) => amountText(value, shownIn));
  const gap = Array.from({ length: max - texts.length }, () => '');
  return [...texts.slice(0, -1), ...gap, ...texts.slice(-1)];
};

function fieldDraft(key: SettingKey, value: unknown): unknown {
  const facts = factsOf(key);
  if (facts.entries === 'duration') return intervalsDraft(facts, value as readonly number[]);
  if (facts.kind !== 'whole' && facts.kind !== 'duration' && facts.kind !== 'size') return value;
  if (facts.optional !== true) return amountDraft(facts, value as number);
  return { ...amountDraft(facts, (value as number | null) ?? suggestedLimit(key)), on: value !== null };
}

/** The facts of a setting and the type of its value are declared in one place, so the shapes agree. */
export const draftOf = (values: ServerSettings): Draft =>
  Object.fromEntries(settingKeys.map((key) => [key, fieldDraft(key, values[key])])) as unknown as Draft;

export interface DraftResult {
  /** Only what differs from the settings the draft began with. */
  readonly changes: Partial<ServerSettings>;
  readonly problems: DraftProblems;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export function evaluateDraft(base: ServerSettings, draft: Draft): DraftResult {
  const untouched = draftOf(base);
  const changes: Partial<Record<SettingKey, unknown>> = {};
  const problems: Partial<Record<SettingKey, DraftProblem>> = {};
  for (const key of settingKeys) {
    // What was not touched is not judged.
    if (same(draft[key], untouched[key])) continue;
    const check = checkDraft(key, draft[key]);
    if (!check.ok) problems[key] = check.problem;
    else if (!same(check.value, base[key])) changes[key] = check.value;
  }
  return { changes: changes as Partial<ServerSettings>, problems };
}

/** Whether there is something to apply: a change, or something that would be one if it were valid. */
export const isTouched = ({ changes, problems }: DraftResult): boolean =>
  Object.keys(changes).length > 0 || Object.keys(problems).length > 0;
