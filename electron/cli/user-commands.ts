/** Who may log on to a virtual server. */
import type { Command } from 'commander';
import { problem } from '../../shared/contract/problem.ts';
import { checkSetting, quoted } from '../../shared/settings/check-setting.ts';
import { userSecret } from '../../shared/settings/secrets.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { type Column, formatJson, formatTable, oneLine } from './output.ts';
import { savedNote } from './setting-words.ts';
import { withSettings } from './settings-desk.ts';
import type { SettingsSnapshot } from './settings-desk-types.ts';

export const addUserCommands: AddCommands = (program, cli) => {
  const user = program
    .command('user')
    .description('users of basic authentication; it is switched on with "config set access.basic on"');
  addList(user, cli);
  addAdd(user, cli);
  addPassword(user, cli);
  addRemove(user, cli);
};

interface UserRow {
  readonly name: string;
  readonly hasPassword: boolean;
}

function addList(user: Command, cli: Cli): void {
  user
    .command('list')
    .description('list the users')
    .option(...jsonFlag)
    .action(async ({ json }: JsonOption) => {
      const snapshot = await withSettings(cli, (desk) => desk.get());
      const secrets = new Set(snapshot.secrets.map((name) => name.toLowerCase()));
      const rows = usersOf(snapshot).map((name) => ({
        name,
        hasPassword: secrets.has(userSecret(name).toLowerCase()),
      }));
      if (json === true) cli.terminal.out(formatJson(rows));
      else cli.terminal.out(rows.length === 0 ? 'There are no users.\n' : formatTable(columns, rows));
    });
}

const columns: readonly Column<UserRow>[] = [
  { title: 'USER', text: ({ name }) => name },
  { title: 'PASSWORD', text: ({ hasPassword }) => (hasPassword ? 'set' : 'not set: cannot log on') },
];

function addAdd(user: Command, cli: Cli): void {
  user
    .command('add')
    .description('add a user; the password is asked for, or read from standard input')
    .argument('<name>')
    .action(async (name: string) => {
      checkSetting('access.users', [name]);
      requireUnknown(await withSettings(cli, (desk) => desk.get()), name);
      const password = await cli.terminal.readSecret('password');
      const note = await withSettings(cli, async (desk) => {
        const saved = await desk.save((snapshot) => {
          requireUnknown(snapshot, name);
          return { 'access.users': [...usersOf(snapshot), name] };
        });
        await desk.setSecret(userSecret(name), password);
        return savedNote(desk, ['access.users'], saved);
      });
      cli.terminal.out(`User ${oneLine(name)} was added${note}.\n`);
    });
}

function addPassword(user: Command, cli: Cli): void {
  user
    .command('password')
    .description('give a user another password; it is asked for, or read from standard input')
    .argument('<name>')
    .action(async (text: string) => {
      const name = requireKnown(await withSettings(cli, (desk) => desk.get()), text);
      const password = await cli.terminal.readSecret('password');
      await withSettings(cli, (desk) => desk.setSecret(userSecret(name), password));
      cli.terminal.out(`The password of ${oneLine(name)} was changed.\n`);
    });
}

function addRemove(user: Command, cli: Cli): void {
  user
    .command('remove')
    .description('remove a user and its password')
    .argument('<name>')
    .action(async (text: string) => {
      const { name, note } = await withSettings(cli, async (desk) => {
        const known = requireKnown(await desk.get(), text);
        const saved = await desk.save((snapshot) => ({
          'access.users': usersOf(snapshot).filter((other) => other !== known),
        }));
        return { name: known, note: savedNote(desk, ['access.users'], saved) };
      });
      cli.terminal.out(`User ${oneLine(name)} was removed${note}.\n`);
    });
}

const usersOf = ({ values }: SettingsSnapshot): readonly string[] =>
  checkSetting('access.users', values['access.users']);

/** User names are the same in upper and lower case. */
const findUser = (snapshot: SettingsSnapshot, name: string): string | undefined =>
  usersOf(snapshot).find((user) => user.toLowerCase() === name.toLowerCase());

function requireUnknown(snapshot: SettingsSnapshot, name: string): void {
  const user = findUser(snapshot, name);
  if (user === undefined) return;
  throw problem(
    'notPossible',
    `There is a user ${quoted(user)} already. Change the password with "smtp-relay user password".`,
  );
}

function requireKnown(snapshot: SettingsSnapshot, name: string): string {
  const user = findUser(snapshot, name);
  if (user !== undefined) return user;
  throw problem('notFound', `There is no user ${quoted(name)}. "smtp-relay user list" shows them.`);
}
