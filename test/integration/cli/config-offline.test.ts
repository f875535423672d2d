/** `config` on the file itself, while no relay runs. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { holdDataFolder } from '../../../electron/host/hold-data-folder.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { runCliHere } from '../../fakes/memory-terminal.ts';
import { type CliResult, newDataFolder, removeDataFolder } from '../../fakes/relay-process.ts';

const ports = nodePorts({ log: new MemoryLog() });
let dataFolder = '';

beforeEach(async () => {
  dataFolder = await newDataFolder();
});
afterEach(() => removeDataFolder(dataFolder));

const cli = (...args: readonly string[]): Promise<CliResult> => runCliHere(['--data', dataFolder, ...args], ports);
const settingsFile = (): string => join(dataFolder, 'settings.json');

test('reading shows the defaults and leaves nothing behind', async () => {
  const show = await cli('config', 'show', '--json');
  expect(JSON.parse(show.stdout)).toEqual({
    revision: 0,
    values: defaultServerSettings,
    overridden: [],
    secrets: [],
  });
  expect((await cli('config', 'get', 'messages.sizeLimit')).stdout).toBe('10MB\n');
  expect(await readdir(dataFolder)).toEqual([]);
});

test('setting writes the file, says that no relay runs, and gives the lock back', async () => {
  expect(await cli('config', 'set', 'general.listen', '127.0.0.1:2525,[::1]:2525')).toEqual({
    exitCode: 0,
    stdout: 'general.listen = 127.0.0.1:2525,[::1]:2525 (saved; no relay is running)\n',
    stderr: '',
  });
  expect(await cli('config', 'set', 'delivery.smartHosts', 'mail.example.org')).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(await readFile(settingsFile(), 'utf8'))).toMatchObject({
    revision: 2,
    servers: [
      { settings: { 'general.listen': ['127.0.0.1:2525', '[::1]:2525'], 'delivery.smartHosts': ['mail.example.org'] } },
    ],
  });
  expect((await cli('config', 'get', 'general.listen')).stdout).toBe('127.0.0.1:2525,[::1]:2525\n');
  expect((await readdir(dataFolder)).toSorted()).toEqual(['history', 'settings.json']);
});

test('setting before the first start makes the data folder', async () => {
  const later = join(dataFolder, 'not', 'yet');
  expect(await runCliHere(['config', 'set', 'general.name', 'CA mail', '--data', later], ports)).toMatchObject({
    exitCode: 0,
  });
  expect(await readdir(later)).toEqual(['settings.json']);
});

test('another virtual server is named by its number', async () => {
  await writeFile(
    settingsFile(),
    JSON.stringify({ version: 1, revision: 1, servers: [1, 2].map((id) => ({ id: String(id), settings: {} })) }),
  );
  await cli('config', 'set', 'general.name', 'Second', '--server', '2');
  expect((await cli('--server', '2', 'config', 'get', 'general.name')).stdout).toBe('Second\n');
  expect((await cli('config', 'get', 'general.name')).stdout).toBe('SMTP Virtual Server #1\n');
  expect(await cli('config', 'get', 'general.name', '--server', '3')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'There is no virtual server 3.\n',
  });
});

test('a folder whose owner does not answer is left alone', async () => {
  const lock = await holdDataFolder({ dataFolder, program: 'service', ports });
  const { exitCode, stderr } = await cli('config', 'set', 'general.name', 'x');
  await lock.release();
  expect(stderr).toMatch(new RegExp(`is already in use by process ${process.pid} \\(service\\)\\..*\n$`));
  expect(exitCode).toBe(1);
  expect(await readdir(dataFolder)).not.toContain('settings.json');
});

describe('errors are one sentence, and the file stays as it is', () => {
  test.each([
    [['get', 'general.lissten'], /^There is no setting 'general\.lissten'\. Did you mean 'general\.listen'\?\n$/],
    [['set', 'general.lissten', 'x'], /^There is no setting 'general\.lissten'\. Did you mean 'general\.listen'\?\n$/],
    [['set', 'delivery.expiration', '1y'], /^delivery\.expiration: '1y' is not a duration from 1s to 365d \(.*\)\.\n$/],
    [['set', 'general.listen', '127.0.0.1'], /^general\.listen: '127\.0\.0\.1' is not an address and port, .*\.\n$/],
  ])('config %j', async (args, sentence) => {
    const { exitCode, stdout, stderr } = await cli('config', ...args);
    expect(stderr).toMatch(sentence);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(await readdir(dataFolder)).toEqual([]);
  });

  test.each(['show', 'get', 'set'])('config %s with a file that does not fit', async (verb) => {
    const content =
      '{ "version": 1, "revision": 1, "servers": [{ "id": "1", "settings": { "general.lissten": [] } }] }';
    await writeFile(settingsFile(), content);
    const args = { show: [], get: ['general.name'], set: ['general.name', 'x'] }[verb] ?? [];
    const { exitCode, stderr } = await cli('config', verb, ...args);
    expect(stderr).toContain(
      "settings.json: unknown setting 'general.lissten' of server 1. Did you mean 'general.listen'?",
    );
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(exitCode).toBe(1);
    expect(await readFile(settingsFile(), 'utf8')).toBe(content);
  });

  test('a file in the place of the data folder', async () => {
    await mkdir(join(dataFolder, 'x'));
    await writeFile(join(dataFolder, 'file'), '');
    const { exitCode, stderr } = await runCliHere(
      ['--data', join(dataFolder, 'file'), 'config', 'set', 'general.name', 'x'],
      ports,
    );
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(exitCode).toBe(1);
  });
});
