import { expect, test } from 'vitest';
import { processEnded, startElevated } from '../../../electron/main/restart-elevated.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { ScriptedCommands } from '../../fakes/scripted-commands.ts';

const facts = {
  executable: 'C:\\Program Files\\SMTP Relay Manager\\SMTP Relay Manager.exe',
  appFolder: null,
  dataFolder: 'D:\\relay data',
  listen: ['127.0.0.1:25'],
  processId: 4_711,
  systemRoot: 'C:\\Windows',
};

test('Windows asks, and starts the same application on the same data', async () => {
  const commands = new ScriptedCommands();
  expect(await startElevated(commands, facts)).toBe(true);
  const [command] = commands.ran;
  expect(command?.file).toBe('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe');
  expect(command?.args.at(-1)).toContain('-Verb RunAs');
  expect(command?.args.at(-1)).not.toContain('-Wait');
  expect(command?.args.join(' ')).not.toContain('relay data'); // values travel in the environment only
  expect(command?.environment).toEqual({
    SMTP_RELAY_PROGRAM: facts.executable,
    SMTP_RELAY_ARGUMENTS: '--data "D:\\relay data" --listen 127.0.0.1:25 --after 4711',
  });
});

test('No is an answer', async () => {
  expect(await startElevated(new ScriptedCommands(() => ({ exitCode: 1223 })), facts)).toBe(false);
});

test('the new one waits for the end of the old one', async () => {
  const clock = new FakeClock();
  let alive = true;
  let ended = false;
  void processEnded(() => alive, clock).then(() => {
    ended = true;
  });
  await clock.advance(10_000);
  expect(ended).toBe(false);
  alive = false;
  await clock.advance(100);
  expect(ended).toBe(true);
});

test('an old one that hangs is not waited for', async () => {
  const clock = new FakeClock();
  let ended = false;
  void processEnded(() => true, clock).then(() => {
    ended = true;
  });
  await clock.advance(39_000);
  expect(ended).toBe(false);
  await clock.advance(2_000);
  expect(ended).toBe(true);
});
