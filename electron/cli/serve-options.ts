/** The options of `serve` as settings for one run. Pure. */
import { problem } from '../../shared/contract/problem.ts';
import { checkSetting, checkSettingKey, quoted } from '../../shared/settings/check-setting.ts';
import { parseSettingText } from '../../shared/settings/setting-text.ts';
import type { SettingOverrides } from '../settings/types.ts';

export interface ServeOptions {
  readonly listen?: readonly string[];
  readonly smartHost?: readonly string[];
  /** 'KEY=VALUE' */
  readonly set?: readonly string[];
  /** Port of the browser console, 0 for any free one. */
  readonly console?: number;
}

/** @throws {ProblemError} 'invalidSetting', 'unknownSetting', 'badArgument' */
export function overridesOf({ listen, smartHost, set = [] }: ServeOptions): SettingOverrides {
  return {
    ...Object.fromEntries(set.map(parseAssignment)),
    ...(listen === undefined ? {} : { 'general.listen': checkSetting('general.listen', listen) }),
    ...(smartHost === undefined ? {} : { 'delivery.smartHosts': checkSetting('delivery.smartHosts', smartHost) }),
  };
}

function parseAssignment(text: string): readonly [string, unknown] {
  const [, keyText, valueText] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (keyText === undefined || valueText === undefined) {
    throw problem('badArgument', `--set takes KEY=VALUE, such as messages.sizeLimit=20MB, not ${quoted(text)}.`);
  }
  const key = checkSettingKey(keyText.trim());
  return [key, parseSettingText(key, valueText)];
}
