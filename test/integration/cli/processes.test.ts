/** What only a real process can show: exit statuses, bytes, a reader that goes away. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveContract } from '../../../electron/host/contract-server.ts';
import { pipeAddressOf } from '../../../electron/host/pipe-client.ts';
import { type PipeServer, servePipe } from '../../../electron/host/pipe-server.ts';
import type { Handlers } from '../../../shared/contract/calls.ts';
import { createFakeRelay } from '../../fakes/fake-relay.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { newDataFolder, removeDataFolder, runCli } from '../../fakes/relay-process.ts';

const cliEntry = resolve(import.meta.dirname, '../../../electron/cli/index.ts');
const messageId = '01KAT5Q2VFM8ZT4E0000000000';
/** Every byte there is, larger than several calls. */
const source = Buffer.from(Array.from({ length: 700_000 }, (_, index) => (index * 7) % 256));

let dataFolder = '';
let pipe: PipeServer;

beforeAll(async () => {
  dataFolder = await newDataFolder();
  const log = new MemoryLog();
  const fake = await createFakeRelay({ rows: 20_000, emit: () => {}, now: () => Date.now(), troubled: true });
  const handlers: Handlers = {
    ...fake.handlers,
    'queue.source': async ({ offsetBytes, limitBytes }) => ({
      totalBytes: source.byteLength,
      text: source.toString('latin1', offsetBytes, offsetBytes + limitBytes),
    }),
  };
  pipe = await servePipe({
    address: pipeAddressOf(dataFolder),
    log,
    onChannel: (channel) => void serveContract(channel, handlers, log),
  });
});
afterAll(async () => {
  await pipe.close();
  await removeDataFolder(dataFolder);
});

test.each([
  [0, ['config', 'keys']],
  [1, ['queue', 'show', 'nonsense']],
  [2, ['queue', 'frobnicate']],
  [4, ['status', '--json']],
])('exit status %d of %j', async (status, args) => {
  const { exitCode, stderr } = await runCli(['--data', dataFolder, ...args]);
  expect(exitCode).toBe(status);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr === '').toBe(status === 0 || status === 4);
});

test('queue show --source gives the message byte by byte', async () => {
  const child = spawn(process.execPath, [cliEntry, '--data', dataFolder, 'queue', 'show', messageId, '--source']);
  expect(Buffer.concat(await child.stdout.toArray()).equals(source)).toBe(true);
});

test('a reader that has enough, as head does, ends the command without complaint', async () => {
  const child = spawn(process.execPath, [
    cliEntry,
    '--data',
    dataFolder,
    'queue',
    'list',
    '--limit',
    '20000',
    '--json',
  ]);
  const complaints = child.stderr.toArray();
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [code] = await once(child, 'exit');
  expect(Buffer.concat(await complaints).toString('utf8')).toBe('');
  expect(code).toBe(0);
});
