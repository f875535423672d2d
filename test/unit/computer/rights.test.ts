import { expect, test } from 'vitest';
import { createElevatedCheck } from '../../../electron/computer/rights.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { ScriptedCommands } from '../../fakes/scripted-commands.ts';

const groups = (level: string): string =>
  `"Jeder","Bekannte Gruppe","S-1-1-0","Verbindliche Gruppe"\r\n"Verbindliche Beschriftung","Bezeichnung","${level}",""\r\n`;

const onWindows = (commands: ScriptedCommands) =>
  createElevatedCheck({ commands, platform: 'win32', systemRoot: 'D:\\Windows', userId: null });

test.each([
  { who: 'an elevated administrator', level: 'S-1-16-12288', elevated: true },
  { who: 'the system', level: 'S-1-16-16384', elevated: true },
  { who: 'an administrator before the question of Windows', level: 'S-1-16-8192', elevated: false },
  { who: 'a program without trust', level: 'S-1-16-4096', elevated: false },
])('$who', async ({ level, elevated }) => {
  const commands = new ScriptedCommands(() => ({ stdout: groups(level) }));
  expect(await onWindows(commands)()).toBe(elevated);
  expect(commands.ran).toEqual([{ file: 'D:\\Windows\\System32\\whoami.exe', args: ['/groups', '/fo', 'csv', '/nh'] }]);
});

test('Windows is asked once', async () => {
  const commands = new ScriptedCommands(() => ({ stdout: groups('S-1-16-12288') }));
  const elevated = onWindows(commands);
  await Promise.all([elevated(), elevated()]);
  expect(commands.ran).toHaveLength(1);
});

test.each([{ exitCode: 1 }, problem('notPossible', 'whoami.exe could not be run.')])(
  'no rights where Windows does not say: %o',
  async (answer) => {
    expect(await onWindows(new ScriptedCommands(() => answer))()).toBe(false);
  },
);

test.each([
  { userId: 0, elevated: true },
  { userId: 1_000, elevated: false },
])('user $userId elsewhere', async ({ userId, elevated }) => {
  const commands = new ScriptedCommands();
  const check = createElevatedCheck({ commands, platform: 'linux', systemRoot: null, userId });
  expect(await check()).toBe(elevated);
  expect(commands.ran).toHaveLength(0);
});
