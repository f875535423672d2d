/** The commands, against a relay in memory behind a real pipe. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { serveContract } from '../../../electron/host/contract-server.ts';
import { pipeAddressOf } from '../../../electron/host/pipe-client.ts';
import { type PipeServer, servePipe } from '../../../electron/host/pipe-server.ts';
import type { Handlers } from '../../../shared/contract/calls.ts';
import { createFakeRelay } from '../../fakes/fake-relay.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { runCliHere } from '../../fakes/memory-terminal.ts';
import { type CliResult, newDataFolder, removeDataFolder } from '../../fakes/relay-process.ts';

const ports = nodePorts({ log: new MemoryLog() });
let dataFolder = '';
let pipe: PipeServer;
let handlers: Handlers;

const firstId = '01KAT5Q2VFM8ZT4E0000000000';
const secondId = '01KAT5Q2VFM8ZT4E0000000001';
const unknownId = '01KAT5Q2VFM8ZT4EZZZZZZZZZZ';

beforeAll(async () => {
  dataFolder = await newDataFolder();
  pipe = await openPipe();
});
afterAll(async () => {
  await pipe.close();
  await removeDataFolder(dataFolder);
});
beforeEach(async () => {
  handlers = await relayWith(1_200);
});

const openPipe = (): Promise<PipeServer> => {
  const log = new MemoryLog();
  return servePipe({
    address: pipeAddressOf(dataFolder),
    log,
    onChannel: (channel) => void serveContract(channel, handlers, log),
  });
};

const relayWith = async (rows: number, troubled = false): Promise<Handlers> =>
  (await createFakeRelay({ rows, emit: () => {}, now: () => Date.now(), troubled })).handlers;

const cli = (...args: readonly string[]): Promise<CliResult> => runCliHere(['--data', dataFolder, ...args], ports);

const json = async (...args: readonly string[]): Promise<unknown> => {
  const { stdout, stderr } = await cli(...args, '--json');
  expect(stderr).toBe('');
  return JSON.parse(stdout);
};

describe('status', () => {
  test('all well: a table, exit status 0', async () => {
    handlers = await relayWith(0);
    const { exitCode, stdout, stderr } = await cli('status');
    expect(stdout).toMatch(/^Relay: +SMTP Relay Manager 0\.1\.0 on CA01$/m);
    expect(stdout).toMatch(/^1 +SMTP Virtual Server #1 +started +127\.0\.0\.1:25, \[::1\]:25 +0 /m);
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  test('with a listener that is not bound: exit status 4, the warnings in words', async () => {
    handlers = await relayWith(3, true);
    const { exitCode, stdout } = await cli('status');
    expect(stdout).toContain('[::1]:25 (not bound)');
    expect(stdout).toMatch(/^Warning: \[::1\]:25 is in use by another program\. /m);
    expect(exitCode).toBe(4);
    expect((await cli('status', '--json')).exitCode).toBe(4);
  });

  test('--json is the answer of the contract, and --data may stand behind the verb', async () => {
    const { stdout } = await runCliHere(['status', '--json', '--data', dataFolder], ports);
    expect(JSON.parse(stdout)).toEqual(await handlers['status.get'](null));
  });
});

describe('queue list', () => {
  test('shows the oldest, and says how many there are', async () => {
    const { stdout } = await cli('queue', 'list', '--limit', '2');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^ID +STATE +AGE +SIZE +FROM +TO +SUBJECT +TRIES +NEXT +LAST ERROR$/);
    expect(lines[1]).toMatch(
      new RegExp(`^${firstId}  held +2d 14h +900 B +ca@ca01.example.org +pki-team@example.org \\(\\+11\\) `),
    );
    expect(lines[3]).toBe('2 of 1200 messages; --limit shows more.');
  });

  test('gets more rows than one call gives, each once', async () => {
    const page = (await json('queue', 'list', '--limit', '1100')) as { total: number; rows: { id: string }[] };
    expect(page.total).toBe(1_200);
    expect(new Set(page.rows.map(({ id }) => id)).size).toBe(1_100);
  });

  test('filters by state and by words', async () => {
    const page = await json(
      'queue',
      'list',
      '--state',
      'held',
      '--state',
      'FAILED',
      '--search',
      'helpdesk crl',
      '--limit',
      '5',
    );
    expect(page).toMatchObject({ queueTotal: 1_200 });
    const states = (page as { rows: { state: string }[] }).rows.map(({ state }) => state);
    expect(new Set([...states, 'held', 'failed'])).toEqual(new Set(['held', 'failed']));
    const { stdout } = await cli('queue', 'list', '--search', 'no such words');
    expect(stdout).toBe('None of the 1200 queued messages matches.\n');
  });

  test('an empty queue is said to be empty', async () => {
    handlers = await relayWith(0);
    expect(await cli('queue', 'list')).toEqual({ exitCode: 0, stdout: 'The queue is empty.\n', stderr: '' });
  });
});

describe('queue show', () => {
  test('in words, as JSON, and in small letters', async () => {
    const { stdout } = await cli('queue', 'show', firstId.toLowerCase());
    expect(stdout).toMatch(new RegExp(`^Message: +${firstId}$`, 'm'));
    expect(stdout).toMatch(/^Recipients$/m);
    expect(await json('queue', 'show', firstId)).toMatchObject({ row: { id: firstId }, recipients: { length: 12 } });
  });

  test('--source on a terminal shows no control characters of a stranger', async () => {
    handlers = {
      ...handlers,
      'queue.source': async () => ({ totalBytes: 12, text: 'a\r\n\u{1b}[2J\u{c3}\u{bc}\tb\n' }),
    };
    const { stdout } = await runCliHere(['--data', dataFolder, 'queue', 'show', firstId, '--source'], ports, true);
    expect(stdout).toBe('a\n\u{FFFD}[2Jü\tb\n');
  });

  test.each([unknownId, 'nonsense'])('an unknown id is named: %s', async (id) => {
    const { exitCode, stdout, stderr } = await cli('queue', 'show', id);
    expect(stderr).toMatch(new RegExp(`^There is no message ${id} in the queue.*\\.\n$`));
    expect([exitCode, stdout]).toEqual([1, '']);
  });
});

describe('queue retry, hold, release, delete', () => {
  // The first of them is held.
  test.each([
    ['retry', '2 changed'],
    ['hold', '1 changed, 1 skipped: already so'],
    ['release', '1 changed, 1 skipped: already so'],
    ['delete', '2 changed'],
  ])('%s changes the messages named: %s', async (verb, outcome) => {
    expect(await cli('queue', verb, firstId, secondId, firstId)).toEqual({
      exitCode: 0,
      stdout: `${outcome}\n`,
      stderr: '',
    });
  });

  test('--all changes the whole queue', async () => {
    expect(await json('queue', 'delete', '--all')).toEqual({ changed: 1_200, skipped: [] });
    expect(
      await handlers['queue.list']({
        serverId: '1',
        filter: {},
        sort: { by: 'id', descending: false },
        offset: 0,
        limit: 1,
      }),
    ).toMatchObject({ total: 0 });
  });

  test.each([
    [[], false],
    [['--ndr'], true],
  ])('delete %j asks for a report: %j', async (flags, report) => {
    const asked: unknown[] = [];
    const { 'queue.delete': remove } = handlers;
    handlers = {
      ...handlers,
      'queue.delete': (argument) => {
        asked.push(argument);
        return remove(argument);
      },
    };
    await cli('queue', 'delete', firstId, ...flags);
    expect(asked).toEqual([{ serverId: '1', target: { ids: [firstId] }, report }]);
  });

  test('an unknown id is named and the exit status 1, the others are handled', async () => {
    expect(await cli('queue', 'hold', secondId, unknownId)).toEqual({
      exitCode: 1,
      stdout: '1 changed\n',
      stderr: `There is no message ${unknownId} in the queue of server 1.\n`,
    });
    expect(await cli('queue', 'hold', unknownId)).toMatchObject({ exitCode: 1, stdout: '' });
  });

  test('a mistyped id stops the command before anything is done', async () => {
    expect(await cli('queue', 'delete', firstId, 'oops')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'There is no message oops in the queue of server 1.\n',
    });
    expect(await json('queue', 'list', '--limit', '1')).toMatchObject({ total: 1_200 });
  });

  test('what was skipped is counted by reason', async () => {
    handlers = {
      ...handlers,
      'queue.retry': async () => ({ changed: 0, skipped: [{ reason: 'beingSent', count: 1 }] }),
    };
    expect((await cli('queue', 'retry', firstId, secondId)).stdout).toBe('0 changed, 2 skipped: being sent\n');
  });
});

describe('server, session, send-test', () => {
  test.each([
    ['stop', 'stopped'],
    ['pause', 'paused'],
    ['start', 'started'],
  ])('server %s', async (verb, state) => {
    expect(await cli('server', verb)).toEqual({
      exitCode: 0,
      stdout: `Virtual server 1 (SMTP Virtual Server #1) is ${state}.\n`,
      stderr: '',
    });
  });

  test('server start tells what could not be bound', async () => {
    handlers = await relayWith(0, true);
    const { exitCode, stderr } = await cli('server', 'start');
    expect(stderr).toMatch(/^\[::1\]:25 is in use by another program\..*\n$/);
    expect(exitCode).toBe(1);
  });

  test('server list and session list', async () => {
    expect((await cli('server', 'list')).stdout).toMatch(/^1 +SMTP Virtual Server #1 +started .*2 in, 1 out$/m);
    expect(await json('server', 'list')).toMatchObject([{ id: '1', state: 'started' }]);
    expect((await cli('session', 'list')).stdout).toMatch(/^in-1 +inbound +CA01 +127\.0\.0\.1 +1\ds +DATA +4 +no$/m);
    expect(await json('session', 'list')).toMatchObject([{ id: 'in-1' }, { id: 'in-2' }, { id: 'out-1' }]);
  });

  test('send-test names the message it made', async () => {
    const { stdout } = await cli('send-test', '--to', 'admin@example.org');
    expect(stdout).toMatch(/^Message [0-9A-Z]{26} is queued\./);
  });
});

describe('config through the running relay', () => {
  test('get, set and show', async () => {
    const { revision } = (await json('config', 'show')) as { revision: number };
    expect((await cli('config', 'get', 'delivery.smartHosts')).stdout).toBe('mail.example.org,mail2.example.org:587\n');
    expect(await cli('config', 'set', 'delivery.retryIntervals', '2s,15m')).toEqual({
      exitCode: 0,
      stdout: 'delivery.retryIntervals = 2s,15m\n',
      stderr: '',
    });
    expect((await cli('config', 'show')).stdout).toMatch(/^delivery\.retryIntervals +2s,15m$/m);
    expect(await json('config', 'show')).toMatchObject({
      revision: revision + 1,
      values: { 'delivery.retryIntervals': [2, 900] },
    });
  });

  test('a value given on the command line of this run is marked', async () => {
    const { 'settings.get': get, 'settings.save': save } = handlers;
    handlers = {
      ...handlers,
      'settings.get': async (argument) => ({ ...(await get(argument)), overridden: ['general.listen'] }),
      'settings.save': async (argument) => ({ ...(await save(argument)), overridden: ['general.listen'] }),
    };
    expect((await cli('config', 'show')).stdout).toMatch(/^general\.listen .*\(for this run only\)$/m);
    expect((await cli('config', 'set', 'general.listen', '*:26')).stdout).toBe(
      'general.listen = *:26 (saved; this run of the relay keeps the value of its command line)\n',
    );
  });

  test('a failure inside the relay is one sentence', async () => {
    handlers = {
      ...handlers,
      'settings.save': async () => {
        throw new Error('not for everybody');
      },
    };
    const { exitCode, stderr } = await cli('config', 'set', 'general.name', 'x');
    expect(stderr).toBe('The relay could not answer settings.save. Its log has the details.\n');
    expect(exitCode).toBe(1);
  });
});

test('a relay that goes away in the middle of a call is an error, not a hang', async () => {
  const asked = new Promise<void>((resolve) => {
    handlers = {
      ...handlers,
      'status.get': () => {
        resolve();
        return new Promise(() => {});
      },
    };
  });
  const answer = cli('status');
  await asked;
  await pipe.close();
  expect(await answer).toEqual({ exitCode: 1, stdout: '', stderr: 'The connection to the relay was lost.\n' });
  expect(await cli('status')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `No relay is running on ${dataFolder}. Start it with "smtp-relay --data ${dataFolder} serve", or name the folder of a running one with --data.\n`,
  });
  pipe = await openPipe();
});
