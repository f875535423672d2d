/** `npm start` where there is no desktop window: the same relay, the console in a browser. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { build } from '../../../electron/scripts/build.ts';
import { freePort } from '../../fakes/free-port.ts';
import { eventually } from '../../fakes/relay-process.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';

const entry = resolve(import.meta.dirname, '../../../electron/scripts/start.ts');

let folder = '';
let started: Started[] = [];

beforeAll(async () => {
  if (!existsSync('dist/renderer/index.html')) await build(['renderer']);
}, 120_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smtp-relay-start-'));
});
afterEach(async () => {
  for (const { child, exitCode } of started) {
    child.kill('SIGKILL');
    await exitCode;
  }
  started = [];
  rmSync(folder, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly exitCode: Promise<number | null>;
  readonly output: () => string;
}

function start(...args: readonly string[]): Started {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
  const child = spawn(process.execPath, [entry, '--no-build', '--data', join(folder, 'data'), ...args], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const one = {
    child,
    exitCode: new Promise<number | null>((settle) => child.once('exit', (code) => settle(code))),
    output: () => output,
  };
  started.push(one);
  return one;
}

const consoleAddress = async ({ output }: Started): Promise<string> => {
  const find = () => /^Console: (\S+)$/m.exec(output())?.[1];
  await eventually(output, () => find() !== undefined, 50_000);
  return String(find());
};

test('opens the console on a relay that takes mail in, and stops in good order with Ctrl+C', async () => {
  const port = await freePort();
  const console = start('--listen', `127.0.0.1:${port}`, '--browser');
  const opened = await fetch(await consoleAddress(console), { redirect: 'manual' });
  expect([opened.status, opened.headers.get('location')]).toEqual([303, '/']);
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(new URL('/', await consoleAddress(console)), { headers: { cookie } });
  expect(await page.text()).toContain('<div id="root">');

  const dialogue = await SmtpDialogue.connect(port);
  await dialogue.expect('220');
  await dialogue.send('QUIT', '221');
  dialogue.socket.destroy();

  console.child.kill('SIGINT');
  expect(await console.exitCode).toBe(0);
});

test.runIf(process.platform !== 'win32')('it does not outlive the shell that npm puts in front of it', async () => {
  const data = join(folder, 'data');
  const command = `"$NODE" "$START" --no-build --browser --data "$DATA" --listen 127.0.0.1:${await freePort()}; exit $?`;
  const shell = spawn('/bin/sh', ['-c', command], {
    env: { ...process.env, NODE: process.execPath, START: entry, DATA: data, npm_lifecycle_event: 'start' },
    stdio: 'ignore',
  });
  await eventually(
    () => existsSync(join(data, 'lock')),
    (locked) => locked,
  );
  shell.kill('SIGTERM');
  await eventually(
    () => existsSync(join(data, 'lock')),
    (locked) => !locked,
  );
});

test('a port that is taken is a warning in the terminal, not the end', async () => {
  const [port, other] = [await freePort(), await freePort()];
  const first = start('--listen', `127.0.0.1:${port}`, '--browser');
  await consoleAddress(first);
  const second = start(
    '--data',
    join(folder, 'second'),
    '--listen',
    `127.0.0.1:${port}`,
    '--listen',
    `127.0.0.1:${other}`,
  );
  await consoleAddress(second);
  expect(second.output()).toMatch(new RegExp(`^Warning: .*127\\.0\\.0\\.1:${port}`, 'm'));
  expect(second.output()).toContain(`Listening on 127.0.0.1:${other}.`);
});

test.runIf(process.platform === 'linux')('without a display one sentence says why it is the browser', async () => {
  const console = start('--listen', `127.0.0.1:${await freePort()}`);
  await consoleAddress(console);
  expect(console.output()).toContain(
    'This session has no display for the desktop window: opening the browser console.',
  );
});

test('a data folder in use ends the start with the sentence that names the process', async () => {
  const first = start('--listen', `127.0.0.1:${await freePort()}`, '--browser');
  await consoleAddress(first);
  const second = start('--listen', `127.0.0.1:${await freePort()}`, '--browser');
  expect(await second.exitCode).toBe(1);
  expect(second.output()).toContain(`already in use by process ${first.child.pid}`);
  expect(second.output()).not.toMatch(/^\s+at /m);
});

test('an option that does not exist is a usage error', async () => {
  const mistaken = start('--borwser');
  expect(await mistaken.exitCode).toBe(2);
  expect(mistaken.output()).toContain('--borwser');
});
