/** Collects what becomes of the properties of a server: settings for the new one, and a row for the person who decides. */
import type { MappingReason, MappingRow } from '../../shared/contract/computer/iis-import-calls.ts';
import { testSetting } from '../../shared/settings/check-setting.ts';
import { defaultServerSettings, type ServerSettings, type SettingKey } from '../../shared/settings/server-settings.ts';
import { factsOf } from '../../shared/settings/setting-range.ts';
import type { MetabaseKey } from './metabase-key.ts';

/** Keys whose value is a count, seconds or bytes. */
type NumberKey = {
  [Key in SettingKey]: number extends ServerSettings[Key] ? Key : never;
}[SettingKey];

export interface NumberSource {
  readonly property: string;
  /** Of ours for one of theirs: 60 for minutes. */
  readonly factor?: number;
}

export class Mapping {
  readonly key: MetabaseKey;
  readonly values: Partial<ServerSettings> = {};
  readonly rows: MappingRow[] = [];
  readonly #done = new Set<string>();

  constructor(key: MetabaseKey) {
    this.key = key;
  }

  /** Properties that have their row, or need none. */
  get done(): ReadonlySet<string> {
    return this.#done;
  }

  ignore(properties: Iterable<string>): void {
    for (const property of properties) this.#done.add(property);
  }

  /** One whose value a person can read as it stands. No row when it is not set. */
  set<Key extends SettingKey>(
    property: string,
    setting: Key,
    value: ServerSettings[Key],
    reason: MappingReason | null = null,
  ): void {
    const text = this.key.text(property);
    if (text !== null) this.setAs(property, text, setting, value, reason);
  }

  /** @param text  What the property says, for people. */
  setAs<Key extends SettingKey>(
    property: string,
    text: string,
    setting: Key,
    value: ServerSettings[Key],
    reason: MappingReason | null = null,
  ): void {
    if (!testSetting(setting, value).ok) {
      this.add({
        property,
        value: text,
        setting,
        newValue: defaultServerSettings[setting],
        remark: 'changed',
        reason: 'notUnderstood',
      });
      return;
    }
    this.values[setting] = value as (typeof this.values)[Key];
    this.add({
      property,
      value: text,
      setting,
      newValue: value,
      remark: reason === null ? 'same' : 'changed',
      reason,
    });
  }

  /** A number, brought into the range of the setting. What means "unlimited" there is unlimited here, where we know that. */
  setNumber(setting: NumberKey, { property, factor = 1 }: NumberSource): void {
    const text = this.key.text(property);
    if (text === null) return;
    const given = this.key.number(property);
    if (given === null) {
      this.setAs(property, text, setting, Number.NaN);
      return;
    }
    const { min = 0, max = 0, optional = false } = factsOf(setting);
    const value = given * factor;
    if (optional && (given === 0 || given >= practicallyUnlimited)) {
      const unlimited: number | null = null;
      this.setAs(property, text, setting, unlimited as ServerSettings[NumberKey]);
      return;
    }
    const fitting = Math.min(Math.max(value, min), max);
    this.setAs(property, text, setting, fitting, fitting === value ? null : 'clamped');
  }

  /** @param text  Without it the value as it stands. */
  noEquivalent(property: string, reason: MappingReason, text: string | null = this.key.text(property)): void {
    this.#done.add(property);
    if (text === null || text.trim() === '') return;
    this.add({ property, value: text, setting: null, newValue: null, remark: 'noEquivalent', reason });
  }

  add(row: Omit<MappingRow, 'domain' | 'field'> & Partial<Pick<MappingRow, 'domain' | 'field'>>): void {
    this.#done.add(row.property);
    this.rows.push({ domain: null, field: null, ...row, value: shown(row.value) });
  }
}

/** 2,000,000,000 is what the original writes for "no limit", 4,294,967,295 what its schema calls unlimited. */
const practicallyUnlimited = 2_000_000_000;
const longestValue = 500;
/** 'IcDb': what is encrypted begins with it, and is of no use to anybody. */
const encrypted = /^49634462/;

const shown = (value: string): string => (encrypted.test(value) ? '***' : value.trim().slice(0, longestValue));
