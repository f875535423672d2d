import { checkSettingKey, testSetting } from '../../shared/settings/check-setting.ts';
import { type SettingKey, settingKeys } from '../../shared/settings/server-settings.ts';
import {
  describeSetting,
  formatSettingText,
  parseSettingText,
  type SettingDescription,
} from '../../shared/settings/setting-text.ts';
import { type AddCommands, type JsonOption, jsonFlag } from './cli.ts';
import { type Column, formatJson, formatTable, oneLine } from './output.ts';
import { type SettingsDesk, type SettingsSnapshot, withSettings } from './settings-desk.ts';

export const addConfigCommands: AddCommands = (program, cli) => {
  const config = program
    .command('config')
    .description('show and change the settings of a virtual server, also while no relay runs');

  config
    .command('show')
    .description('show every setting')
    .option(...jsonFlag)
    .action(async ({ json }: JsonOption) => {
      const snapshot = await withSettings(cli, (desk) => desk.get());
      cli.terminal.out(json === true ? formatJson(snapshot) : formatTable(showColumns(snapshot), settingKeys));
    });

  config
    .command('get')
    .description('print the value of one setting')
    .argument('<key>')
    .action(async (keyText: string) => {
      const key = checkSettingKey(keyText);
      const { values } = await withSettings(cli, (desk) => desk.get());
      cli.terminal.out(`${oneLine(textOf(key, values[key]))}\n`);
    });

  config
    .command('set')
    .description('change one setting; "config keys" lists what each one takes')
    .argument('<key>')
    .argument('<value>', 'durations as 30s, 15m, 4h, 5d; sizes as 512KB, 10MB; lists separated by commas')
    .action(async (keyText: string, valueText: string) => {
      const key = checkSettingKey(keyText);
      const value = parseSettingText(key, valueText);
      const note = await withSettings(cli, async (desk) => noteOn(desk, key, await desk.save({ [key]: value })));
      cli.terminal.out(`${key} = ${oneLine(textOf(key, value))}${note}\n`);
    });

  config
    .command('keys')
    .description('list every setting with type, default and range')
    .option(...jsonFlag)
    .action(({ json }: JsonOption) => {
      const descriptions = settingKeys.map(describeSetting);
      cli.terminal.out(json === true ? formatJson(descriptions) : formatTable(keyColumns, descriptions));
    });
};

const showColumns = ({ values, overridden }: SettingsSnapshot): readonly Column<SettingKey>[] => [
  { title: 'KEY', text: (key) => key },
  {
    title: 'VALUE',
    text: (key) => `${textOf(key, values[key])}${overridden.includes(key) ? ' (for this run only)' : ''}`,
  },
];

const keyColumns: readonly Column<SettingDescription>[] = [
  { title: 'KEY', text: ({ key }) => key },
  { title: 'TYPE', text: ({ type }) => type },
  { title: 'DEFAULT', text: (description) => description.default },
  { title: 'RANGE', text: ({ range }) => range },
];

/** A relay of another version may know values that this command line does not. */
function textOf(key: SettingKey, value: unknown): string {
  const check = testSetting(key, value);
  return check.ok ? formatSettingText(key, check.value) : JSON.stringify(value);
}

function noteOn(desk: SettingsDesk, key: SettingKey, saved: SettingsSnapshot): string {
  if (!desk.isRunning) return ' (saved; no relay is running)';
  return saved.overridden.includes(key) ? ' (saved; this run of the relay keeps the value of its command line)' : '';
}
