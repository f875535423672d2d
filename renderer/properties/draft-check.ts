/** From one field of the draft to the value of its setting, or to what is wrong with it. Pure. */
import { parseEndpoint } from '../../shared/settings/address.ts';
import { testSetting } from '../../shared/settings/check-setting.ts';
import type { FieldFacts } from '../../shared/settings/field.ts';
import type { SettingKey } from '../../shared/settings/server-settings.ts';
import { factsOf } from '../../shared/settings/setting-range.ts';
import { type AmountProblem, parseAmount } from './amounts.ts';
import type { AmountDraft, LimitDraft } from './draft-types.ts';

export type DraftProblem =
  | AmountProblem
  | { readonly code: 'empty' | 'path' | 'hostName' | 'mailDomain' | 'mailAddress' | 'webAddress' | 'port' }
  | { readonly code: 'duplicateEndpoint'; readonly endpoint: string }
  /** A sentence of the schema or of the relay. */
  | { readonly code: 'refused'; readonly detail: string };

export type FieldCheck =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: DraftProblem };

const bad = (problem: DraftProblem): FieldCheck => ({ ok: false, problem });

const contentProblems = {
  folder: 'path',
  file: 'path',
  hostName: 'hostName',
  mailDomain: 'mailDomain',
  address: 'mailAddress',
  webAddress: 'webAddress',
} as const satisfies Record<NonNullable<FieldFacts['content']>, DraftProblem['code']>;

export function checkDraft(key: SettingKey, draft: unknown): FieldCheck {
  const facts = factsOf(key);
  const read = readDraft(facts, draft);
  if (!read.ok) return read;
  const check = testSetting(key, read.value);
  if (check.ok) return check;
  return bad(problemOfValue(facts, read.value) ?? { code: 'refused', detail: check.reason });
}

function readDraft(facts: FieldFacts, draft: unknown): FieldCheck {
  switch (facts.kind) {
    case 'text':
      return { ok: true, value: (draft as string).trim() };
    case 'whole':
    case 'duration':
    case 'size':
      return facts.optional === true && !(draft as LimitDraft).on
        ? { ok: true, value: null }
        : readAmount(facts, draft as AmountDraft);
    default:
      return facts.entries === 'duration'
        ? readIntervals(facts, draft as readonly string[])
        : { ok: true, value: draft };
  }
}

const readAmount = ({ min = 0, max = Number.MAX_SAFE_INTEGER }: FieldFacts, { text, unit }: AmountDraft): FieldCheck =>
  parseAmount(text, { min, max, unit });

/** Empty fields are left out. */
function readIntervals({ shownIn }: FieldFacts, texts: readonly string[]): FieldCheck {
  const values: unknown[] = [];
  for (const text of texts) {
    if (text.trim() === '') continue;
    const check = parseAmount(text, { ...intervalRange, unit: shownIn });
    if (!check.ok) return check;
    values.push(check.value);
  }
  return values.length === 0 ? bad({ code: 'amount' }) : { ok: true, value: values };
}

/** Seconds; the schema does not tell the range of entries. */
const intervalRange = { min: 1, max: 604_800 };

/** What the console has a sentence of its own for. */
function problemOfValue({ kind, content, entries, min = 0 }: FieldFacts, value: unknown): DraftProblem | undefined {
  if (kind === 'text') {
    if (content !== undefined) return { code: contentProblems[content] };
    return value === '' ? { code: 'empty' } : undefined;
  }
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (kind === 'list' && min > 0 && list.length === 0) return { code: 'empty' };
  return entries === 'endpoint' ? endpointProblem(list as readonly string[]) : undefined;
}

function endpointProblem(endpoints: readonly string[]): DraftProblem | undefined {
  // An address comes from a list; what is typed is the port.
  if (endpoints.some((endpoint) => parseEndpoint(endpoint) === null)) return { code: 'port' };
  const repeated = endpoints.find((endpoint, index) => endpoints.indexOf(endpoint) < index);
  return repeated === undefined ? undefined : { code: 'duplicateEndpoint', endpoint: repeated };
}
