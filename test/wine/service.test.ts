/** The bundled relay as a service: Wine's service control manager in place of Windows' own, called through the same functions. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../fakes/free-port.ts';
import { eventually, programPath, removeDataFolder } from '../fakes/relay-process.ts';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { startUpstream } from '../fakes/upstream.ts';

const name = 'SmtpRelay';

interface Result {
  readonly exitCode: number;
  readonly stdout: string;
}

const run = (file: string, ...args: readonly string[]): Promise<Result> =>
  new Promise((settle) => {
    execFile(file, [...args], (error, stdout) => {
      settle({ exitCode: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout });
    });
  });
const sc = (...args: readonly string[]): Promise<Result> => run('sc.exe', ...args);

/** Numbers of winsvc.h, as sc.exe prints them. */
async function stateOf(): Promise<{ readonly state: number; readonly exitCode: number; readonly ownCode: number }> {
  const { stdout } = await sc('query', name);
  const number = (label: string): number => Number(new RegExp(`${label}\\s*: (\\d+)`).exec(stdout)?.[1] ?? -1);
  return { state: number('STATE'), exitCode: number('WIN32_EXIT_CODE'), ownCode: number('SERVICE_EXIT_CODE') };
}
const reaches = (wanted: number) =>
  eventually(
    () => stateOf(),
    ({ state }) => state === wanted,
    60_000,
  );
const [stopped, running] = [1, 4];

const cli = (...args: readonly string[]): Promise<Result> =>
  run(execPath, programPath('cli'), '--data', dataFolder, ...args);

let dataFolder: string;
let port: number;

async function createService(smartHostPort: number): Promise<void> {
  const settings = { 'general.listen': [`127.0.0.1:${port}`], 'delivery.smartHosts': [`127.0.0.1:${smartHostPort}`] };
  const file = { version: 1, revision: 1, servers: [{ id: '1', settings }] };
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify(file));
  const program = [execPath, programPath('service'), '--data', dataFolder].map((word) => `"${word}"`);
  const created = await sc('create', name, 'type=', 'own', 'start=', 'demand', 'binPath=', program.join(' '));
  expect(created.exitCode).toBe(0);
}

beforeEach(async () => {
  await sc('delete', name); // of a run that was cut off
  dataFolder = await mkdtemp(join(tmpdir(), 'relay service '));
  port = await freePort();
});

afterEach(async () => {
  await sc('stop', name);
  await reaches(stopped);
  await sc('delete', name);
  await removeDataFolder(dataFolder);
});

test('it starts, takes mail, delivers it, answers the command line and stops in order', async () => {
  const upstream = await startUpstream();
  await createService(upstream.port);
  await sc('start', name);
  await reaches(running);
  const client = await SmtpDialogue.connect(port);
  await client.expect('220');
  await client.send('EHLO ca01', '250');
  await client.mail({ from: 'ca@example.org', to: ['admin@example.org'] }, 'Subject: one\r\n\r\ntext\r\n');
  client.close();
  await eventually(
    () => upstream.messages.length,
    (count) => count === 1,
  );
  const status = await cli('status', '--json');
  expect(JSON.parse(status.stdout)).toMatchObject({ hostedBy: 'service', dataFolder });
  await sc('stop', name);
  expect(await reaches(stopped)).toEqual({ state: stopped, exitCode: 0, ownCode: 0 });
  expect(await readFile(join(dataFolder, 'settings.json'), 'utf8')).toContain('general.listen');
  await upstream.stop();
});

test('a relay that can not run is an error of the service, for its recovery actions', async () => {
  await createService(25);
  await writeFile(join(dataFolder, 'settings.json'), '{');
  await sc('start', name);
  const serviceSpecificError = 1066;
  expect(await reaches(stopped)).toEqual({ state: stopped, exitCode: serviceSpecificError, ownCode: 1 });
});
