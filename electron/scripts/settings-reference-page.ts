/** The reference page of all settings, made from the schema and the English texts. Pure. */
import * as z from 'zod';
import { entryWords } from '../../shared/settings/check-setting.ts';
import { type FieldFacts, type SettingsTab, settingsTabs } from '../../shared/settings/field.ts';
import { outboundSecuritySchema } from '../../shared/settings/outbound-security.ts';
import { microsoft365 } from '../../shared/settings/presets.ts';
import { remoteDomainSchema } from '../../shared/settings/remote-domain.ts';
import { certificatePassphrase, outboundSecret, userSecret } from '../../shared/settings/secrets.ts';
import { isSettingKey, type SettingKey, settingKeys } from '../../shared/settings/server-settings.ts';
import { factsOf } from '../../shared/settings/setting-range.ts';
import { describeSetting, formatSettingText } from '../../shared/settings/setting-text.ts';
import { ldapRouting, security } from '../../shared/texts/en/settings/explained-tabs.ts';
import { settingOptionTexts } from '../../shared/texts/en/settings/options.ts';
import { outboundSecurityTexts } from '../../shared/texts/en/settings/outbound-security.ts';
import { remoteDomainTexts } from '../../shared/texts/en/settings/remote-domain.ts';
import { settingTexts } from '../../shared/texts/en/settings.ts';
import type { SettingText } from '../../shared/texts/setting-texts.ts';

const tabTitles: Readonly<Record<SettingsTab, string>> = {
  general: 'General',
  access: 'Access',
  messages: 'Messages',
  delivery: 'Delivery',
  domains: 'Domains',
  logging: 'Logging',
  alerts: 'Alerts',
};

export const settingsReferencePage = (): string =>
  `${[
    introduction,
    ...settingsTabs.map(tabSection),
    fieldsSection('Fields of a remote domain', remoteDomainIntroduction, remoteDomainSchema, remoteDomainTexts),
    fieldsSection('Fields of its security', securityIntroduction, outboundSecuritySchema, outboundSecurityTexts),
    secretsSection(),
    presetsSection(),
    notBuiltSection,
  ].join('\n\n')}\n`;

const introduction = `# Settings

Made by \`npm run settings-reference\` from the schema in \`shared/settings/\` and the texts in \`shared/texts/en/\`; do not edit.

Every virtual server has these settings. They are stored in \`settings.json\` in the data folder, under the keys below and only where they
differ from the default; durations are seconds there and sizes bytes, \`null\` is unlimited. Earlier files are in \`history\` beside it.

| command | what it does |
| --- | --- |
| \`smtp-relay config show [--changed]\` | shows the settings |
| \`smtp-relay config get KEY\`, \`config set KEY VALUE\` | one setting, with values as they stand below |
| \`smtp-relay config export [FILE]\`, \`config import FILE [--new] [--preview]\` | carries settings to another server |
| \`smtp-relay config history\`, \`config rollback REVISION\` | earlier settings, and back to them |
| \`smtp-relay user …\`, \`domain …\`, \`config secret …\`, \`config preset …\` | users, domains, secrets, and settings that belong together |

All of them take \`--server NUMBER\`, and work on the files while no relay runs. Lists are written with commas (\`a,b\`) or as JSON, tables as JSON;
\`none\` is the empty list.`;

function tabSection(tab: SettingsTab): string {
  const keys = settingKeys.filter((key) => factsOf(key).tab === tab);
  return [`## ${tabTitles[tab]}`, ...keys.map(settingEntry)].join('\n\n');
}

function settingEntry(key: SettingKey): string {
  const facts = factsOf(key);
  const { type, range, default: value } = describeSetting(key);
  const { label, help } = settingTexts[key];
  const takes = facts.kind === 'choice' || facts.kind === 'switch' ? range : [type, range].filter(Boolean).join(', ');
  const shown = facts.shownIn === undefined ? [] : [`The console shows it in ${facts.shownIn}.`];
  const options = optionLines(key, facts);
  return [
    `### \`${key}\`\n`,
    `**${markdown(label)}.** ${markdown(help)}\n`,
    `- Takes: ${takes}. ${shown.join('')}`.trimEnd(),
    `- Default: ${defaultText(value)}`,
    ...options,
  ].join('\n');
}

/** '*.example.org' is no emphasis. */
const markdown = (text: string): string => text.replace(/[*_|<]/g, '\\$&');

const defaultText = (value: string): string => (value === '' || value === '[]' ? 'empty' : `\`${value}\``);

function optionLines(key: SettingKey, { options = [] }: FieldFacts): readonly string[] {
  const words: Readonly<Record<string, string>> = isWithOptions(key) ? settingOptionTexts[key] : {};
  if (options.length === 0) return [];
  return ['- Options:', ...options.map((option) => `  - \`${option}\`: ${words[option] ?? option}`)];
}

const isWithOptions = (key: SettingKey): key is keyof typeof settingOptionTexts & SettingKey =>
  Object.hasOwn(settingOptionTexts, key);

const remoteDomainIntroduction = `Of each entry of \`domains.remote\`; at most ${factsOf('domains.remote').max} ${entryWords(factsOf('domains.remote'))}.`;
const securityIntroduction =
  'The object in `security` of a remote domain; the server itself has the same fields as settings of the tab Delivery.';

/** What of JSON Schema our field types become. */
const jsonFieldSchema = z.object({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  anyOf: z.array(z.object({ type: z.string() }).loose()).optional(),
  items: z.object({ type: z.string() }).loose().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
  maxLength: z.number().optional(),
  default: z.unknown().optional(),
});
type JsonField = z.infer<typeof jsonFieldSchema>;

function fieldsSection<Name extends string>(
  title: string,
  text: string,
  schema: z.ZodType,
  texts: Readonly<Record<Name, SettingText>>,
): string {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
  const rows = (Object.entries(texts) as [Name, SettingText][]).map(([name, { label, help }]) => {
    const field = jsonFieldSchema.parse(properties[name]);
    const value = 'default' in field ? `\`${JSON.stringify(field.default)}\`` : 'none: it must be given';
    return `| \`${name}\` | ${fieldType(field)} | ${value} | **${markdown(label)}.** ${markdown(help)} |`;
  });
  return `## ${title}\n\n${text}\n\n| field | takes | default | meaning |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
}

function fieldType({ type, enum: options, anyOf, minimum, maximum, maxItems, maxLength }: JsonField): string {
  if (options !== undefined) return options.map((option) => `\`"${option}"\``).join(', ');
  if (anyOf !== undefined) {
    return anyOf.map((one) => (one.type === 'null' ? '`null`' : fieldType(jsonFieldSchema.parse(one)))).join(' or ');
  }
  switch (type) {
    case 'boolean':
      return '`true`, `false`';
    case 'integer':
      return `a whole number from ${minimum} to ${maximum}`;
    case 'array':
      return `a list of texts, at most ${maxItems}`;
    case 'object':
      return 'an object';
    default:
      return maxLength === undefined ? 'text' : `text, at most ${maxLength} characters`;
  }
}

function secretsSection(): string {
  const rows: readonly (readonly [string, string])[] = [
    [certificatePassphrase, 'Passphrase of the private key or PFX file of `access.certificateFile`.'],
    [
      userSecret('NAME'),
      'Password of a user of `access.users`; stored as a slow hash. `smtp-relay user add NAME` sets it as well.',
    ],
    [outboundSecret(null, 'password'), 'Password that goes with `delivery.userName`.'],
    [outboundSecret(null, 'clientSecret'), 'Client secret that goes with `delivery.oauthClientId`.'],
    ['domain:NAME:password', 'The same for the security of one remote domain.'],
    ['domain:NAME:clientSecret', 'The same for the security of one remote domain.'],
  ];
  return `## Secrets

Passwords and passphrases are in \`secrets.json\`, readable for the account of the relay only and on Windows sealed by the system: in no export, history or log, and never shown.
\`smtp-relay config secret set NAME\` asks for the value or reads it from standard input; \`config secret list\` shows the names of those that are set.

| name | what it is |
| --- | --- |
${rows.map(([name, text]) => `| \`${name}\` | ${text} |`).join('\n')}`;
}

function presetsSection(): string {
  const settings = microsoft365('TENANT', 'CLIENT-ID', 'MAILBOX');
  const rows = Object.keys(settings)
    .filter(isSettingKey)
    .map((key) => `| \`${key}\` | ${defaultText(presetText(key, settings))} |`);
  return `## Presets

\`smtp-relay config preset microsoft365 --tenant TENANT --client-id CLIENT-ID --mailbox MAILBOX\` sends everything by a mailbox of Microsoft 365. The
secret \`delivery.clientSecret\` goes with it.

| setting | value |
| --- | --- |
${rows.join('\n')}`;
}

function presetText<Key extends SettingKey>(key: Key, settings: ReturnType<typeof microsoft365>): string {
  const value = settings[key];
  return value === undefined ? '' : formatSettingText(key, value);
}

const notBuiltSection = `## Not built

**${ldapRouting.title}.** ${ldapRouting.explanation}

**Integrated Windows authentication.** It needs the Kerberos or NTLM of the domain, which a relay that has to work while the network is down must not depend
on. Programs on this computer are let in by the relay list, others by basic authentication with TLS; towards other servers there are basic authentication and OAuth 2.0.

**${security.title}: operators.** ${security.explanation}`;
