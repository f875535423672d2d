/** The shape of the property sheet's draft, made from the types of the settings. */
import type { ServerSettings, SettingKey } from '../../shared/settings/server-settings.ts';
import type { ShownUnit } from './amounts.ts';

/** A count, time or size as it is being typed. */
export interface AmountDraft {
  readonly text: string;
  /** Undefined: a count. */
  readonly unit: ShownUnit | undefined;
}

/** A limit that can be switched off keeps its number while it is off. */
export interface LimitDraft extends AmountDraft {
  readonly on: boolean;
}

/** The tuples keep unions together: `'a' | 'b'` is one choice, not two. */
type DraftOf<Value> = [Value] extends [number]
  ? AmountDraft
  : [Value] extends [number | null]
    ? LimitDraft
    : [Value] extends [readonly number[]]
      ? readonly string[]
      : [Value] extends [readonly (infer Entry)[]]
        ? readonly Entry[]
        : Value;

export type Draft = { readonly [Key in SettingKey]: DraftOf<ServerSettings[Key]> };

/** Settings whose values have this type exactly: text that is not one of a few words, a switch, a count. */
type KeysOf<Value> = {
  [Key in SettingKey]: [Value, ServerSettings[Key]] extends [ServerSettings[Key], Value] ? Key : never;
}[SettingKey];

export type TextKey = KeysOf<string>;
export type SwitchKey = KeysOf<boolean>;
export type AmountKey = KeysOf<number>;
export type LimitKey = KeysOf<number | null>;
export type ChoiceKey = {
  [Key in SettingKey]: ServerSettings[Key] extends string ? (string extends ServerSettings[Key] ? never : Key) : never;
}[SettingKey];
