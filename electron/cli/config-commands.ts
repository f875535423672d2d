import { checkSettingKey } from '../../shared/settings/check-setting.ts';
import { defaultServerSettings, type SettingKey, settingKeys } from '../../shared/settings/server-settings.ts';
import { describeSetting, parseSettingText, type SettingDescription } from '../../shared/settings/setting-text.ts';
import { type AddCommands, type JsonOption, jsonFlag } from './cli.ts';
import { addHistoryCommands } from './config-history-commands.ts';
import { addTransferCommands } from './config-transfer-commands.ts';
import { type Column, formatJson, formatTable, oneLine } from './output.ts';
import { addPresetCommands } from './preset-commands.ts';
import { addSecretCommands } from './secret-commands.ts';
import { savedNote, settingText } from './setting-words.ts';
import { withSettings } from './settings-desk.ts';
import type { SettingsSnapshot } from './settings-desk-types.ts';

export const addConfigCommands: AddCommands = (program, cli) => {
  const config = program
    .command('config')
    .description('show and change the settings of a virtual server, also while no relay runs');

  config
    .command('show')
    .description('show every setting')
    .option('--changed', 'only those that differ from the default')
    .option(...jsonFlag)
    .action(async ({ json, changed }: JsonOption & { readonly changed?: true }) => {
      const snapshot = await withSettings(cli, (desk) => desk.get());
      const keys = settingKeys.filter((key) => changed !== true || !isDefault(key, snapshot.values[key]));
      if (json !== true) cli.terminal.out(formatTable(showColumns(snapshot), keys));
      else {
        const values = Object.fromEntries(keys.map((key) => [key, snapshot.values[key]]));
        cli.terminal.out(formatJson({ ...snapshot, values }));
      }
    });

  config
    .command('get')
    .description('print the value of one setting')
    .argument('<key>')
    .option(...jsonFlag)
    .action(async (keyText: string, { json }: JsonOption) => {
      const key = checkSettingKey(keyText);
      const { values } = await withSettings(cli, (desk) => desk.get());
      cli.terminal.out(json === true ? formatJson(values[key]) : `${oneLine(settingText(key, values[key]))}\n`);
    });

  config
    .command('set')
    .description('change one setting; "config keys" lists what each one takes')
    .argument('<key>')
    .argument(
      '<value>',
      'on or off; durations as 30s, 15m, 4h, 5d; sizes as 512KB, 10MB; lists separated by commas or as JSON',
    )
    .action(async (keyText: string, valueText: string) => {
      const key = checkSettingKey(keyText);
      const value = parseSettingText(key, valueText);
      const note = await withSettings(cli, async (desk) =>
        savedNote(desk, [key], await desk.save(() => ({ [key]: value }))),
      );
      cli.terminal.out(`${key} = ${oneLine(settingText(key, value))}${note}\n`);
    });

  config
    .command('keys')
    .description('list every setting with type, default and range')
    .option(...jsonFlag)
    .action(({ json }: JsonOption) => {
      const descriptions = settingKeys.map(describeSetting);
      cli.terminal.out(json === true ? formatJson(descriptions) : formatTable(keyColumns, descriptions));
    });

  addTransferCommands(config, cli);
  addHistoryCommands(config, cli);
  addSecretCommands(config, cli);
  addPresetCommands(config, cli);
};

const showColumns = ({ values, overridden }: SettingsSnapshot): readonly Column<SettingKey>[] => [
  { title: 'KEY', text: (key) => key },
  {
    title: 'VALUE',
    text: (key) => `${settingText(key, values[key])}${overridden.includes(key) ? ' (for this run only)' : ''}`,
  },
];

const keyColumns: readonly Column<SettingDescription>[] = [
  { title: 'KEY', text: ({ key }) => key },
  { title: 'TYPE', text: ({ type }) => type },
  { title: 'DEFAULT', text: (description) => description.default },
  { title: 'RANGE', text: ({ range }) => range },
];

const isDefault = (key: SettingKey, value: unknown): boolean =>
  JSON.stringify(value) === JSON.stringify(defaultServerSettings[key]);
