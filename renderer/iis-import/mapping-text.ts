/** A row of the mapping in the words of the console. Pure. */
import type { MappingRow } from '../../shared/contract/computer/iis-import-calls.ts';
import type { SettingKey } from '../../shared/settings/server-settings.ts';
import { factsOf } from '../../shared/settings/setting-range.ts';
import type { Texts } from '../../shared/texts/index.ts';
import type { QueueFormat } from '../queue/format.ts';

export interface MappingWords {
  readonly texts: Pick<Texts, 'settings' | 'settingOptions' | 'remoteDomain' | 'outboundSecurity' | 'iisImport'>;
  readonly format: Pick<QueueFormat, 'count' | 'size' | 'duration'>;
}

/** The label of the setting, or of the field of a remote domain; empty where there is none. */
export function placeText({ texts }: MappingWords, { setting, field }: MappingRow): string {
  if (setting === null) return '';
  if (field === null) return texts.settings[setting].label;
  const labels: Readonly<Record<string, { readonly label: string }>> = field.startsWith(securityPrefix)
    ? texts.outboundSecurity
    : texts.remoteDomain;
  return labels[field.replace(securityPrefix, '')]?.label ?? field;
}

const securityPrefix = 'security.';

export function newValueText(words: MappingWords, { setting, field, domain, newValue }: MappingRow): string {
  if (setting === null) return '';
  if (domain === null) return settingValueText(words, setting, newValue);
  // Those of a domain have the options of the server's own.
  const key = field === 'security.tlsMode' || field === 'security.authentication' ? deliveryKey(field) : null;
  return key === null ? plainText(words, newValue) : (optionsOf(words, key)[String(newValue)] ?? String(newValue));
}

const deliveryKey = (field: string): SettingKey =>
  field === 'security.tlsMode' ? 'delivery.tlsMode' : 'delivery.authentication';

function settingValueText(words: MappingWords, setting: SettingKey, value: unknown): string {
  const { kind, entries, content } = factsOf(setting);
  const { value: simple } = words.texts.iisImport;
  const options = optionsOf(words, setting);
  if (value === null) return kind === 'duration' ? simple.never : simple.unlimited;
  if (Array.isArray(value)) {
    const texts = value.map((entry: unknown) =>
      entries === 'duration' ? durationText(words, entry) : (options[String(entry)] ?? String(entry)),
    );
    return texts.length === 0 ? simple.none : texts.join(', ');
  }
  if (kind === 'duration') return durationText(words, value);
  if (kind === 'size' && typeof value === 'number') return words.format.size(value);
  if (kind === 'choice') return options[String(value)] ?? String(value);
  if (content === 'folder' && value === '') return simple.usualFolder;
  return plainText(words, value);
}

const durationText = ({ format }: MappingWords, seconds: unknown): string => format.duration(Number(seconds) * 1_000);

function plainText({ texts, format }: MappingWords, value: unknown): string {
  const { value: words } = texts.iisImport;
  if (typeof value === 'boolean') return value ? words.on : words.off;
  if (typeof value === 'number') return format.count(value);
  if (Array.isArray(value)) return value.join(', ');
  return value === '' || value === null ? words.none : String(value);
}

function optionsOf({ texts }: MappingWords, setting: SettingKey): Readonly<Record<string, string>> {
  const options: Readonly<Record<string, Readonly<Record<string, string>>>> = texts.settingOptions;
  return options[setting] ?? {};
}
