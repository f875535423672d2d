/** What the queue verbs ask the relay for, and how they tell the answer. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import type { BulkOutcome, DestinationRow, QueueRow } from '../../../shared/contract/messages.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { runCliHere } from '../../fakes/memory-terminal.ts';
import { type RecordingRelay, startRecordingRelay } from '../../fakes/recording-relay.ts';
import { newDataFolder, removeDataFolder } from '../../fakes/relay-process.ts';

const clock = new FakeClock();
const ports = { ...nodePorts({ log: new MemoryLog() }), clock };
const nowMs = clock.now();
const firstId = '01KAT5Q2VFM8ZT4E0000000000';
const secondId = '01KAT5Q2VFM8ZT4E0000000001';
const unknownId = '01KAT5Q2VFM8ZT4EZZZZZZZZZZ';
const none: BulkOutcome = { changed: 0, skipped: [] };
const manySkipped: BulkOutcome = {
  changed: 12,
  skipped: [
    { reason: 'beingSent', count: 2 },
    { reason: 'alreadySo', count: 1 },
  ],
};

let dataFolder = '';
let relay: RecordingRelay;

beforeAll(async () => {
  dataFolder = await newDataFolder();
  relay = await startRecordingRelay(dataFolder);
});
afterAll(async () => {
  await relay.close();
  await removeDataFolder(dataFolder);
});
beforeEach(() => relay.clear());

const cli = (...args: readonly string[]) => runCliHere(['--data', dataFolder, ...args], ports);

const row = (id: string): QueueRow => ({
  id,
  state: 'retry',
  sender: 'ca@example.org',
  recipient: 'eva@example.org',
  recipientCount: 1,
  subject: 'issued',
  sizeBytes: 900,
  receivedAtMs: nowMs - 60_000,
  attempts: 1,
  lastError: '450 greylisted',
  nextAttemptAtMs: nowMs + 60_000,
  nextHop: 'mail.example.org',
});

const filterArguments = [
  ...['--from', 'ca@', '--to', 'eva', '--subject', 'issued', '--error', '450', '--next-hop', 'mail.example.org'],
  ...['--older-than', '2h', '--newer-than', '3d', '--larger-than', '10KB', '--state', 'retry'],
];
const filter = {
  states: ['retry'],
  sender: 'ca@',
  recipient: 'eva',
  subject: 'issued',
  lastError: '450',
  nextHop: 'mail.example.org',
  receivedBeforeMs: nowMs - 2 * 3_600_000,
  receivedAfterMs: nowMs - 3 * 86_400_000,
  largerThanBytes: 10_240,
};

test('list narrows by every option', async () => {
  relay.answer('queue.list', async () => ({
    revision: 1,
    total: 1,
    queueTotal: 5,
    recovering: false,
    rows: [row(firstId)],
  }));
  const { stdout, exitCode } = await cli('queue', 'list', ...filterArguments);
  expect(stdout).toContain(firstId);
  expect(exitCode).toBe(0);
  expect(relay.argumentsOf('queue.list')).toMatchObject([{ serverId: '1', filter }]);
});

describe.each([
  ['retry', 'queue.retry', [], {}],
  ['hold', 'queue.hold', [], {}],
  ['release', 'queue.release', [], {}],
  ['delete', 'queue.delete', [], { report: false }],
  ['delete', 'queue.delete', ['--ndr'], { report: true }],
  [
    'route',
    'queue.setRoute',
    ['--smart-host', 'a.example', '--smart-host', 'b.example:587'],
    { smartHosts: ['a.example', 'b.example:587'] },
  ],
  ['route', 'queue.setRoute', ['--usual'], { smartHosts: null }],
] as const)('%s (%s %j)', (verb, call, options, more) => {
  test('by options: one call, exact counts', async () => {
    relay.answer(call, async () => manySkipped);
    expect(await cli('queue', verb, ...options, ...filterArguments)).toEqual({
      exitCode: 0,
      stdout: '12 changed, 3 skipped: 2 being sent, 1 already so\n',
      stderr: '',
    });
    expect(relay.asked).toEqual([[call, { serverId: '1', target: { filter }, ...more }]]);
  });

  test('all of them, and by ids', async () => {
    relay.answer(call, async () => ({ changed: 1, skipped: [] }));
    await cli('queue', verb, ...options, '--all');
    await cli('queue', verb, firstId, ...options);
    expect(relay.argumentsOf(call)).toEqual([
      { serverId: '1', target: { filter: {} }, ...more },
      { serverId: '1', target: { ids: [firstId] }, ...more },
    ]);
  });

  test('two ways of choosing at once, or none, is wrong usage', async () => {
    for (const choice of [[], [firstId, '--all'], [firstId, '--from', 'x'], ['--all', '--from', 'x']]) {
      expect(await cli('queue', verb, ...options, ...choice)).toMatchObject({ exitCode: 2, stdout: '' });
    }
    expect(relay.asked).toEqual([]);
  });
});

test('a route needs a way, and only one', async () => {
  expect((await cli('queue', 'route', firstId)).stderr).toContain('--smart-host, or take the usual one with --usual');
  const both = await cli('queue', 'route', firstId, '--usual', '--smart-host', 'a.example');
  expect(both).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('cannot be used with') });
});

describe('export', () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 256));
  const arrange = (): void =>
    relay.answer('queue.source', async ({ id, offsetBytes, limitBytes }) => {
      if (id === unknownId) throw problem('notFound', 'It is gone.');
      return {
        totalBytes: bytes.byteLength,
        text: bytes.toString('latin1', offsetBytes, offsetBytes + limitBytes),
      };
    });

  test('writes each message byte for byte, and names the ones that are gone', async () => {
    arrange();
    const folder = join(dataFolder, 'export-ids');
    expect(await cli('queue', 'export', firstId, unknownId, secondId, '--into', folder)).toEqual({
      exitCode: 1,
      stdout: `2 exported to ${folder}\n`,
      stderr: `There is no message ${unknownId} in the queue of server 1.\n`,
    });
    expect((await readdir(folder)).sort()).toEqual([`${firstId}.eml`, `${secondId}.eml`]);
    expect((await readFile(join(folder, `${firstId}.eml`))).equals(bytes)).toBe(true);
  });

  test('takes what the options choose, page by page', async () => {
    arrange();
    const ids = Array.from({ length: 501 }, (_, at) => `01KAT5Q2VFM8ZT4E${String(at).padStart(10, '0')}`);
    relay.answer('queue.list', async ({ offset, limit }) => ({
      revision: 1,
      total: ids.length,
      queueTotal: ids.length,
      recovering: false,
      rows: ids.slice(offset, offset + limit).map(row),
    }));
    relay.answer('queue.source', async () => ({ totalBytes: 1, text: 'x' }));
    const folder = join(dataFolder, 'export-filter');
    const { stdout } = await cli('queue', 'export', '--from', 'ca@', '--into', folder, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ exported: 501, notFound: [] });
    expect(await readdir(folder)).toHaveLength(501);
  });

  test('a file that is there stays as it is', async () => {
    arrange();
    await writeFile(join(dataFolder, `${firstId}.eml`), 'precious');
    const { exitCode, stderr } = await cli('queue', 'export', firstId, '--into', dataFolder);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('There is a file')]);
    expect(await readFile(join(dataFolder, `${firstId}.eml`), 'utf8')).toBe('precious');
  });

  test('one message to standard output; several are wrong usage', async () => {
    relay.answer('queue.source', async () => ({ totalBytes: 3, text: 'a\r\n' }));
    expect(await cli('queue', 'export', firstId, '--into', '-')).toEqual({ exitCode: 0, stdout: 'a\r\n', stderr: '' });
    expect(await cli('queue', 'export', firstId, secondId, '--into', '-')).toMatchObject({ exitCode: 2 });
  });
});

describe('trash and undo', () => {
  test('lists what can be taken back', async () => {
    const { sender, recipient, recipientCount, subject, sizeBytes, receivedAtMs, id } = row(firstId);
    const deleted = { id, sender, recipient, recipientCount, subject, sizeBytes, receivedAtMs };
    const times = { deletedAtMs: nowMs - 120_000, keptUntilMs: nowMs + 480_000 };
    relay.answer('trash.list', async () => ({ total: 1, rows: [{ ...deleted, ...times }] }));
    const { stdout } = await cli('queue', 'trash');
    expect(stdout).toMatch(new RegExp(`^${firstId} +2m 0s ago +in 8m 0s +900 B +ca@example.org `, 'm'));
    relay.answer('trash.list', async () => ({ total: 0, rows: [] }));
    expect((await cli('queue', 'trash')).stdout).toBe('There are no deleted messages to take back.\n');
  });

  test('takes back by ids or all; what is not there is named', async () => {
    relay.answer('trash.restore', async ({ target }) =>
      'ids' in target && target.ids.includes(unknownId)
        ? { changed: 0, skipped: [{ reason: 'notFound', count: 1 }] }
        : { changed: 1, skipped: [] },
    );
    expect(await cli('queue', 'undo', firstId, unknownId)).toMatchObject({
      exitCode: 1,
      stdout: '1 changed\n',
      stderr: expect.stringContaining(unknownId),
    });
    await cli('queue', 'undo', '--all');
    expect(relay.argumentsOf('trash.restore').at(-1)).toEqual({ serverId: '1', target: { all: true } });
    expect(await cli('queue', 'undo')).toMatchObject({ exitCode: 2 });
  });
});

describe('next hops', () => {
  const destination: DestinationRow = {
    nextHop: 'mail.example.org',
    state: 'down',
    counts: { total: 12, ready: 0, sending: 0, retry: 12, held: 0, failed: 0 },
    sizeBytes: 10_000,
    oldestReceivedAtMs: nowMs - 3_600_000,
    lastError: 'connect refused',
    nextAttemptAtMs: nowMs + 30_000,
    downSinceMs: nowMs - 600_000,
    connections: 0,
  };

  test('destinations', async () => {
    relay.answer('destination.list', async () => [destination]);
    expect((await cli('queue', 'destinations')).stdout).toMatch(
      /^mail\.example\.org +down +12 +0 +0 +12 +0 +1h 0m +in 30s +connect refused$/m,
    );
    expect(JSON.parse((await cli('queue', 'destinations', '--json')).stdout)).toEqual([destination]);
    relay.answer('destination.list', async () => []);
    expect((await cli('queue', 'destinations')).stdout).toBe('Nothing waits for any next hop.\n');
  });

  test.each([
    ['freeze', true],
    ['thaw', false],
  ])('%s', async (verb, frozen) => {
    relay.answer('destination.freeze', async () => null);
    expect(await cli('queue', verb, 'mail.example.org')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(relay.asked).toEqual([['destination.freeze', { serverId: '1', nextHop: 'mail.example.org', frozen }]]);
  });

  test('force', async () => {
    relay.answer('destination.retry', async () => none);
    expect((await cli('queue', 'force', 'mail.example.org', '--server', '2')).stdout).toBe('0 changed\n');
    expect(relay.asked).toEqual([['destination.retry', { serverId: '2', nextHop: 'mail.example.org' }]]);
  });

  test('explain tells the rule, the hosts and what is wrong', async () => {
    relay.answer('route.explain', async () => ({
      nextHop: 'gw.example',
      kind: 'smartHosts',
      rule: 'remoteDomain',
      remoteDomain: '*.example.org',
      frozen: true,
      held: false,
      tlsMode: 'verified',
      authentication: 'none',
      hosts: ['gw.example [192.0.2.1]:25'],
      problems: ['gw2.example is not known.'],
    }));
    const { stdout } = await cli('queue', 'explain', 'eva@a.example.org', '--id', firstId);
    expect(stdout).toMatch(/^By: +a remote domain: \*\.example\.org$/m);
    expect(stdout).toMatch(/^1\. gw\.example \[192\.0\.2\.1\]:25$/m);
    expect(stdout).toContain('frozen');
    expect(stdout).toContain('Problem: gw2.example is not known.');
    expect(relay.asked).toEqual([['route.explain', { serverId: '1', address: 'eva@a.example.org', id: firstId }]]);
  });
});
