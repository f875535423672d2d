/**
 * The property sheet's draft: every setting the sheet edits, as it edits it: mostly as text, because half-typed numbers
 * are no numbers. Other settings stay as they are. Pure: from settings to draft, from draft to changes and problems.
 */
import { isHostName, parseEndpoint } from '../../shared/settings/address.ts';
import { type ServerSettings, type SettingKey, settingKeys } from '../../shared/settings/server-settings.ts';
import { factsOf } from '../../shared/settings/setting-range.ts';
import { type AmountProblem, amountText, fittingTimeUnit, parseAmount, type TimeUnit } from './amounts.ts';

export type DraftProblem =
  | AmountProblem
  | { readonly code: 'empty' | 'hostName' | 'address' | 'port' }
  | { readonly code: 'duplicateEndpoint'; readonly endpoint: string }
  /** The relay's own sentence. */
  | { readonly code: 'refused'; readonly detail: string };

/** A limit that can be switched off keeps its number while it is off. */
export interface LimitDraft {
  readonly on: boolean;
  readonly text: string;
}

export interface Draft {
  readonly 'general.name': string;
  readonly 'general.state': ServerSettings['general.state'];
  readonly 'general.listen': readonly string[];
  readonly 'general.connectionLimit': LimitDraft;
  readonly 'general.connectionTimeout': string;
  readonly 'access.relayMode': ServerSettings['access.relayMode'];
  readonly 'access.relayList': readonly string[];
  readonly 'messages.sizeLimit': LimitDraft;
  readonly 'messages.recipientLimit': LimitDraft;
  /** First, second, third and subsequent interval; empty where there is none. */
  readonly 'delivery.retryIntervals': readonly string[];
  readonly 'delivery.expiration': { readonly text: string; readonly unit: TimeUnit };
  readonly 'delivery.smartHosts': readonly string[];
  readonly 'delivery.outboundPort': string;
  readonly 'delivery.connectionLimit': LimitDraft;
  readonly 'delivery.connectionsPerDestination': LimitDraft;
  readonly 'delivery.connectionTimeout': string;
  readonly 'delivery.fullyQualifiedName': string;
}

export type EditedKey = keyof Draft;

/** Of edited settings, and of others that the relay refused. */
export type DraftProblems = { readonly [Key in SettingKey]?: DraftProblem };

type KeysOf<Value> = { [Key in EditedKey]: Draft[Key] extends Value ? Key : never }[EditedKey];
export type LimitKey = KeysOf<LimitDraft>;
export type AmountKey = 'general.connectionTimeout' | 'delivery.outboundPort' | 'delivery.connectionTimeout';

const retryFields = 4;
/** Suggested when a limit is switched on that was off. */
const suggestedLimits: Readonly<Record<LimitKey, number>> = {
  'general.connectionLimit': 1_000,
  'messages.sizeLimit': 10_485_760,
  'messages.recipientLimit': 100,
  'delivery.connectionLimit': 100,
  'delivery.connectionsPerDestination': 10,
};

const amountDraft = (key: AmountKey | LimitKey, value: number): string => amountText(value, factsOf(key).shownIn);

const limitDraft = (key: LimitKey, value: number | null): LimitDraft => ({
  on: value !== null,
  text: amountDraft(key, value ?? suggestedLimits[key]),
});

/** [1, 5] becomes first 1, subsequent 5; the ones between stay empty. */
const retryDraft = (seconds: readonly number[]): readonly string[] => {
  const texts = seconds.map((value) => amountText(value, 'minutes'));
  const gap = Array.from({ length: retryFields - texts.length }, () => '');
  return [...texts.slice(0, -1), ...gap, ...texts.slice(-1)];
};

export const draftOf = (values: ServerSettings): Draft => {
  const unit = fittingTimeUnit(values['delivery.expiration']);
  return {
    'general.name': values['general.name'],
    'general.state': values['general.state'],
    'general.listen': values['general.listen'],
    'general.connectionLimit': limitDraft('general.connectionLimit', values['general.connectionLimit']),
    'general.connectionTimeout': amountDraft('general.connectionTimeout', values['general.connectionTimeout']),
    'access.relayMode': values['access.relayMode'],
    'access.relayList': values['access.relayList'],
    'messages.sizeLimit': limitDraft('messages.sizeLimit', values['messages.sizeLimit']),
    'messages.recipientLimit': limitDraft('messages.recipientLimit', values['messages.recipientLimit']),
    'delivery.retryIntervals': retryDraft(values['delivery.retryIntervals']),
    'delivery.expiration': { text: amountText(values['delivery.expiration'], unit), unit },
    'delivery.smartHosts': values['delivery.smartHosts'],
    'delivery.outboundPort': amountDraft('delivery.outboundPort', values['delivery.outboundPort']),
    'delivery.connectionLimit': limitDraft('delivery.connectionLimit', values['delivery.connectionLimit']),
    'delivery.connectionsPerDestination': limitDraft(
      'delivery.connectionsPerDestination',
      values['delivery.connectionsPerDestination'],
    ),
    'delivery.connectionTimeout': amountDraft('delivery.connectionTimeout', values['delivery.connectionTimeout']),
    'delivery.fullyQualifiedName': values['delivery.fullyQualifiedName'],
  };
};

type Check<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: DraftProblem };

const good = <Value>(value: Value): Check<Value> => ({ ok: true, value });
const bad = (problem: DraftProblem): Check<never> => ({ ok: false, problem });

const amountOf = (key: AmountKey | LimitKey, text: string): Check<number> => {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, shownIn } = factsOf(key);
  return parseAmount(text, { min, max, unit: shownIn });
};

const limitOf = (key: LimitKey, { on, text }: LimitDraft): Check<number | null> =>
  on ? amountOf(key, text) : good(null);

const listenOf = (endpoints: readonly string[]): Check<string[]> => {
  const broken = endpoints.find((endpoint) => parseEndpoint(endpoint) === null);
  // An address comes from a list; what is typed is the port.
  if (broken !== undefined) return bad({ code: 'port' });
  const repeated = endpoints.find((endpoint, index) => endpoints.indexOf(endpoint) < index);
  if (repeated !== undefined) return bad({ code: 'duplicateEndpoint', endpoint: repeated });
  return endpoints.length === 0 ? bad({ code: 'empty' }) : good([...endpoints]);
};

const retryOf = (texts: readonly string[]): Check<number[]> => {
  const checks = texts
    .filter((text) => text.trim() !== '')
    .map((text) => parseAmount(text, { min: 1, max: 604_800, unit: 'minutes' }));
  if (checks.length === 0) return bad({ code: 'amount' });
  const values: number[] = [];
  for (const check of checks) {
    if (!check.ok) return check;
    values.push(check.value);
  }
  return good(values);
};

const expirationOf = ({ text, unit }: Draft['delivery.expiration']): Check<number> => {
  const { min = 1, max = Number.MAX_SAFE_INTEGER } = factsOf('delivery.expiration');
  return parseAmount(text, { min, max, unit });
};

const checks: { readonly [Key in EditedKey]: (draft: Draft[Key]) => Check<ServerSettings[Key]> } = {
  'general.name': (text) => (text.trim() === '' ? bad({ code: 'empty' }) : good(text.trim())),
  'general.state': good,
  'general.listen': listenOf,
  'general.connectionLimit': (limit) => limitOf('general.connectionLimit', limit),
  'general.connectionTimeout': (text) => amountOf('general.connectionTimeout', text),
  'access.relayMode': good,
  'access.relayList': (entries) => good([...entries]),
  'messages.sizeLimit': (limit) => limitOf('messages.sizeLimit', limit),
  'messages.recipientLimit': (limit) => limitOf('messages.recipientLimit', limit),
  'delivery.retryIntervals': retryOf,
  'delivery.expiration': expirationOf,
  'delivery.smartHosts': (hosts) => good([...hosts]),
  'delivery.outboundPort': (text) => amountOf('delivery.outboundPort', text),
  'delivery.connectionLimit': (limit) => limitOf('delivery.connectionLimit', limit),
  'delivery.connectionsPerDestination': (limit) => limitOf('delivery.connectionsPerDestination', limit),
  'delivery.connectionTimeout': (text) => amountOf('delivery.connectionTimeout', text),
  'delivery.fullyQualifiedName': (text) =>
    text.trim() === '' || isHostName(text.trim()) ? good(text.trim()) : bad({ code: 'hostName' }),
};

/** In the order of the tabs and of the fields on them. */
export const editedKeys: readonly EditedKey[] = settingKeys.filter(isEditedKey);

export function isEditedKey(key: SettingKey): key is EditedKey {
  return Object.hasOwn(checks, key);
}

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
  const evaluate = <Key extends EditedKey>(key: Key): void => {
    // What was not touched is not judged and not rounded: 90 s shown as 1.5 minutes stays 90 s.
    if (same(draft[key], untouched[key])) return;
    const check = checks[key](draft[key]);
    if (!check.ok) problems[key] = check.problem;
    else if (!same(check.value, base[key])) changes[key] = check.value;
  };
  for (const key of editedKeys) evaluate(key);
  return { changes: changes as Partial<ServerSettings>, problems };
}

/** Whether there is something to apply: a change, or something that would be one if it were valid. */
export const isTouched = ({ changes, problems }: DraftResult): boolean =>
  Object.keys(changes).length > 0 || Object.keys(problems).length > 0;
