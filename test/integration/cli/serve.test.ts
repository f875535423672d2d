/** `serve` as a real process: how it starts, refuses to start, and ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { freePort } from '../../fakes/free-port.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { runCliHere } from '../../fakes/memory-terminal.ts';
import {
  type CliResult,
  eventually,
  newDataFolder,
  type RelayProcess,
  removeDataFolder,
  runCli,
  startRelayProcess,
} from '../../fakes/relay-process.ts';
import { writeServers } from '../../fakes/test-host.ts';

const ports = nodePorts({ log: new MemoryLog() });
const cliEntry = resolve(import.meta.dirname, '../../../electron/cli/index.ts');
let dataFolder = '';
const relays: RelayProcess[] = [];

beforeEach(async () => {
  dataFolder = await newDataFolder();
});
afterEach(async () => {
  for (const relay of relays.splice(0)) await relay.stop();
  await removeDataFolder(dataFolder);
});

async function start(options: Parameters<typeof startRelayProcess>[0] = {}): Promise<RelayProcess> {
  const relay = await startRelayProcess({ dataFolder, smartHost: `127.0.0.1:${await freePort()}`, ...options });
  relays.push(relay);
  return relay;
}

/** Through the real pipe, without a process for each verb. */
const cli = (...args: readonly string[]): Promise<CliResult> => runCliHere(['--data', dataFolder, ...args], ports);
const json = async (...args: readonly string[]): Promise<unknown> => JSON.parse((await cli(...args, '--json')).stdout);

const settingsFile = (): string => join(dataFolder, 'settings.json');

test('prints ready when it listens, answers, and ends with 0 on SIGTERM', async () => {
  const relay = await start();
  const endpoint = `127.0.0.1:${relay.port}`;
  const status = await json('status');
  expect(status).toMatchObject({
    hostedBy: 'service',
    dataFolder,
    servers: [{ listeners: [{ endpoint, boundTo: endpoint, problem: null }] }],
  });
  expect(await relay.stop()).toBe(0);
  expect(await readdir(dataFolder)).not.toContain('lock');
  expect(await runCli(['status', '--data', dataFolder])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^No relay is running on /),
  });
});

test('its options count for this run and are never written', async () => {
  const relay = await start({ settings: { 'delivery.retryIntervals': '2s', 'general.name': 'For this run' } });
  expect((await cli('config', 'get', 'delivery.retryIntervals')).stdout).toBe('2s\n');
  expect(await cli('config', 'set', 'delivery.expiration', '2d')).toMatchObject({ exitCode: 0 });
  expect((await cli('config', 'set', 'general.name', 'Saved')).stdout).toContain('keeps the value of its command line');
  expect(JSON.parse(await readFile(settingsFile(), 'utf8'))).toEqual({
    version: 1,
    revision: 2,
    servers: [{ id: '1', settings: { 'general.name': 'Saved', 'delivery.expiration': 172_800 } }],
  });
  await relay.stop();
  expect((await cli('config', 'get', 'general.name')).stdout).toBe('Saved\n');
});

test('the queue is handled from the command line', async () => {
  await start({ settings: { 'delivery.retryIntervals': '1h' } });
  expect((await cli('queue', 'list')).stdout).toBe('The queue is empty.\n');
  const sent = await cli('send-test', '--to', 'admin@example.org', '--from', 'ca@example.org');
  const id = /Message (\S+) is queued/.exec(sent.stdout)?.[1] ?? '';
  expect(await json('queue', 'list')).toMatchObject({ total: 1, rows: [{ id, sender: 'ca@example.org' }] });
  const source = (await cli('queue', 'show', id, '--source')).stdout;
  expect(source).toMatch(/^Received: /);
  expect(source).toContain('Subject: SMTP Relay Manager test message');
  expect((await cli('queue', 'show', id)).stdout).toMatch(/^ {2}admin@example\.org +pending/m);
  expect(await cli('queue', 'delete', id, '01KAT5Q2VFM8ZT4EZZZZZZZZZZ')).toMatchObject({
    exitCode: 1,
    stderr: 'There is no message 01KAT5Q2VFM8ZT4EZZZZZZZZZZ in the queue of server 1.\n',
  });
  await cli('queue', 'delete', '--all');
  expect((await cli('queue', 'list')).stdout).toBe('The queue is empty.\n');
});

test('a stopped server stays stopped over a restart, and serve says so', async () => {
  const first = await start();
  expect((await cli('server', 'stop')).stdout).toContain('is stopped.');
  await first.stop();
  const second = await start();
  expect(second.output).toContain(
    'Virtual server 1 is stopped. Let it take mail with "smtp-relay server start --server 1".',
  );
  expect((await cli('server', 'start')).stdout).toContain('is started.');
});

test('a server whose port is taken is told of, and keeps no other one from serving', async () => {
  const [port, taken] = [await freePort(), createServer()];
  await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
  const address = taken.address();
  const endpoint = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  await writeServers(dataFolder, { 1: {}, 2: { 'general.listen': [endpoint] } });
  const relay = await start({ port });
  await new Promise((closed) => taken.close(closed));
  expect(relay.output).toContain(endpoint);
  expect(await json('server', 'list')).toMatchObject([
    { id: '1', listeners: [{ boundTo: `127.0.0.1:${port}` }] },
    { id: '2', listeners: [{ problem: { code: 'addressInUse' } }] },
  ]);
});

test.runIf(process.platform !== 'win32')('it does not outlive the shell that npm puts in front of it', async () => {
  const command = `"$NODE" "$CLI" serve --data "$DATA" --listen 127.0.0.1:${await freePort()}; exit $?`;
  const shell = spawn('/bin/sh', ['-c', command], {
    env: { ...process.env, NODE: process.execPath, CLI: cliEntry, DATA: dataFolder, npm_lifecycle_event: 'cli' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(shell.stdout, 'data');
  expect(await readdir(dataFolder)).toContain('lock');
  shell.kill('SIGTERM');
  await eventually(
    () => readdir(dataFolder),
    (names) => !names.includes('lock'),
  );
});

/** In a fresh checkout the console is not built yet, and that is worth a sentence. */
const consoleIsBuilt = existsSync(resolve(import.meta.dirname, '../../../dist/renderer/index.html'));

test('the console is offered to a browser when asked for', async () => {
  const console = start({ withConsole: true }).then(({ consoleUrl }) => consoleUrl);
  if (consoleIsBuilt) expect(await console).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=\S+$/);
  else await expect(console).rejects.toThrow('Build the console first: npm run build.');
});

test('the log goes to standard error once the relay is ready', async () => {
  const relay = await start();
  expect(await relay.stop()).toBe(0);
  expect(relay.output).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z /m);
});

describe('a start that fails ends with 1 and one sentence', () => {
  const serve = (...args: readonly string[]) => runCli(['serve', '--data', dataFolder, ...args]);

  test('a port in use', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { exitCode, stdout, stderr } = await serve(
      '--listen',
      `127.0.0.1:${await freePort()}`,
      '--listen',
      `127.0.0.1:${port}`,
    );
    await new Promise((closed) => other.close(closed));
    expect(stderr).toContain(`127.0.0.1:${port}`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(await readdir(dataFolder)).not.toContain('lock');
  });

  test('a data folder in use', async () => {
    await start();
    const { exitCode, stderr } = await serve('--listen', `127.0.0.1:${await freePort()}`);
    expect(stderr).toMatch(/^The data folder .* is already in use by process \d+ \(service\)\..*\n$/);
    expect(exitCode).toBe(1);
    expect(await json('status')).toMatchObject({ dataFolder });
  });

  test.each([
    ['cut off', '{ "version": 1, ', /^\S+settings\.json: not valid JSON: .*\n$/],
    [
      'with an unknown setting',
      '{ "version": 1, "revision": 1, "servers": [{ "id": "1", "settings": { "general.lissten": [] } }] }',
      /^\S+settings\.json: unknown setting 'general\.lissten' of server 1\. Did you mean 'general\.listen'\?.*\n$/,
    ],
  ])('settings %s', async (_name, content, sentence) => {
    await writeFile(settingsFile(), content);
    const { exitCode, stdout, stderr } = await serve('--listen', `127.0.0.1:${await freePort()}`);
    expect(stderr).toMatch(sentence);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(await readFile(settingsFile(), 'utf8')).toBe(content);
  });

  test.each([
    [['--listen', '2525'], "general.listen: '2525' is not an address and port"],
    [['--set', 'general.lissten=x'], "There is no setting 'general.lissten'. Did you mean 'general.listen'?"],
  ])('%j', async (args, sentence) => {
    const { exitCode, stderr } = await cli('serve', ...args);
    expect(stderr).toContain(sentence);
    expect(exitCode).toBe(1);
    expect(await readdir(dataFolder)).toEqual([]);
  });
});
