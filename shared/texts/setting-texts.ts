/** The shapes of the texts about settings. A setting, field or option without its words does not compile. */
import type { SettingsTab } from '../settings/field.ts';
import type { OutboundSecurity } from '../settings/outbound-security.ts';
import type { RemoteDomain } from '../settings/remote-domain.ts';
import type { ServerSettings, SettingKey } from '../settings/server-settings.ts';

export interface SettingText {
  /** As on the property sheet; the unit in parentheses is the one the field is shown in. */
  readonly label: string;
  /** The effect, and where it differs from IIS 6 on purpose. */
  readonly help: string;
}

/** Every setting of one tab. */
export type TabTexts<Tab extends SettingsTab> = Readonly<Record<Extract<SettingKey, `${Tab}.${string}`>, SettingText>>;

export type RemoteDomainTexts = Readonly<Record<keyof RemoteDomain, SettingText>>;
export type OutboundSecurityTexts = Readonly<Record<keyof OutboundSecurity, SettingText>>;

type OptionOf<Key extends SettingKey> = ServerSettings[Key] extends readonly (infer Entry)[]
  ? Entry
  : ServerSettings[Key];

/** Settings whose values are words of ours: choices, and lists of choices. */
type ChoiceKey = {
  [Key in SettingKey]: OptionOf<Key> extends string ? (string extends OptionOf<Key> ? never : Key) : never;
}[SettingKey];

/** The options of a remote domain's security are those of the server's (`delivery.tlsMode`, `delivery.authentication`). */
export type SettingOptionTexts = {
  readonly [Key in ChoiceKey]: Readonly<Record<OptionOf<Key> & string, string>>;
};

/** A tab that explains and has nothing to set. */
export interface ExplainedTab {
  readonly title: string;
  readonly explanation: string;
}
