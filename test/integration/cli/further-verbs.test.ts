/** Badmail, servers, sessions, log, checks and status: what they ask the relay for, and how they tell the answer. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { runCli } from '../../../electron/cli/program.ts';
import type { BadmailRow } from '../../../shared/contract/messages.ts';
import { problem } from '../../../shared/contract/problem.ts';
import type { ProtocolLogLine, RelayStatus, ServerStatus } from '../../../shared/contract/servers.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { runCliHere } from '../../fakes/memory-terminal.ts';
import { type RecordingRelay, startRecordingRelay } from '../../fakes/recording-relay.ts';
import { newDataFolder, removeDataFolder } from '../../fakes/relay-process.ts';

const ports = nodePorts({ log: new MemoryLog() });
const badmailName = '01KAT5Q2VFM8ZT4E0000000000';
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

const serverStatus = (change: Partial<ServerStatus> = {}): ServerStatus => ({
  id: '2',
  name: 'Second',
  state: 'started',
  listeners: [{ endpoint: '127.0.0.1:2525', boundTo: '127.0.0.1:2525', problem: null, implicitTls: false }],
  queue: {
    total: 0,
    ready: 0,
    sending: 0,
    retry: 0,
    held: 0,
    failed: 0,
    badmail: 0,
    trash: 0,
    oldestReceivedAtMs: null,
    oldestWaitingAtMs: null,
  },
  inboundSessions: 0,
  outboundSessions: 0,
  totals: { accepted: 0, delivered: 0, failed: 0, refused: 0 },
  unreachable: [],
  certificate: null,
  mailroot: '/srv/mail/2',
  queueFolder: '/srv/mail/2/Queue',
  badmailFolder: '/srv/mail/2/Badmail',
  pickupFolder: '/srv/mail/2/Pickup',
  dropFolder: '/srv/mail/2/Drop',
  logFolder: '/srv/logs',
  ...change,
});

const relayStatus = (change: Partial<RelayStatus> = {}): RelayStatus => ({
  version: '1.0.0',
  computerName: 'CA01',
  dataFolder: '/srv',
  hostedBy: 'service',
  processId: 1,
  startedAtMs: 0,
  servers: [serverStatus()],
  warnings: [],
  ...change,
});

describe('badmail', () => {
  const row: BadmailRow = {
    name: badmailName,
    sender: '',
    recipient: 'eva@example.org',
    recipientCount: 2,
    subject: 'Undeliverable',
    sizeBytes: 900,
    movedAtMs: 1_900_000_000_000,
    reason: '550 no such user',
  };
  const content = {
    headers: [{ name: 'To', value: 'eva@example.org' }],
    text: 'Hello',
    textTruncated: false,
    attachments: [],
  };

  test('list', async () => {
    relay.answer('badmail.list', async () => ({ total: 1, rows: [row] }));
    expect((await cli('badmail', 'list')).stdout).toMatch(
      / <> +eva@example\.org \(\+1\) +Undeliverable +550 no such user$/m,
    );
    expect(JSON.parse((await cli('badmail', 'list', '--json')).stdout)).toEqual({ total: 1, rows: [row] });
    relay.answer('badmail.list', async () => ({ total: 0, rows: [] }));
    expect((await cli('badmail', 'list')).stdout).toBe('There is no badmail.\n');
  });

  test('show, in words and the message itself', async () => {
    const recipients = ['eva@example.org', 'anna@example.org'];
    relay.answer('badmail.show', async () => ({ row, note: 'The reason.\r\nMore.', recipients, ...content }));
    relay.answer('badmail.source', async () => ({ totalBytes: 5, text: 'a: b\n' }));
    const { stdout } = await cli('badmail', 'show', badmailName);
    expect(stdout).toMatch(/^To: +eva@example\.org, anna@example\.org$/m);
    expect(stdout).toContain('Reason\n  The reason.\n  More.\n');
    expect((await cli('badmail', 'show', badmailName, '--source')).stdout).toBe('a: b\n');
  });

  test.each([
    ['resubmit', 'badmail.resubmit'],
    ['delete', 'badmail.delete'],
  ] as const)('%s by name or all; what is not there is named', async (verb, call) => {
    relay.answer('badmail.list', async () => ({ total: 1, rows: [row] }));
    relay.answer(call, async ({ names }) =>
      names.includes('gone')
        ? { changed: 0, skipped: [{ reason: 'notFound', count: 1 }] }
        : { changed: names.length, skipped: [] },
    );
    expect(await cli('badmail', verb, badmailName, 'gone')).toEqual({
      exitCode: 1,
      stdout: '1 changed\n',
      stderr: 'Not in the Badmail folder of server 1: gone.\n',
    });
    expect(await cli('badmail', verb, '--all')).toMatchObject({ exitCode: 0, stdout: '1 changed\n' });
    expect(relay.argumentsOf(call).at(-1)).toEqual({ serverId: '1', names: [badmailName] });
    expect(await cli('badmail', verb)).toMatchObject({ exitCode: 2 });
    expect(await cli('badmail', verb, '../secret')).toMatchObject({ exitCode: 1 });
  });

  test('export', async () => {
    relay.answer('badmail.source', async () => ({ totalBytes: 3, text: 'a\xff\n' }));
    const folder = join(dataFolder, 'badmail-export');
    expect(await cli('badmail', 'export', badmailName, '--into', folder)).toMatchObject({ exitCode: 0 });
    expect(await readFile(join(folder, `${badmailName}.eml`), 'latin1')).toBe('a\xff\n');
  });
});

describe('server', () => {
  test('create', async () => {
    relay.answer('server.create', async () => serverStatus());
    const listen = ['--listen', '127.0.0.1:2525', '--listen', '[::1]:2525'];
    expect(await cli('server', 'create', '--name', 'Second', ...listen, '--default-domain', 'example.org')).toEqual({
      exitCode: 0,
      stdout: 'Virtual server 2 (Second) was made and is started.\n',
      stderr: '',
    });
    expect(relay.asked).toEqual([
      [
        'server.create',
        { name: 'Second', listen: ['127.0.0.1:2525', '[::1]:2525'], mailroot: '', defaultDomain: 'example.org' },
      ],
    ]);
    expect(await cli('server', 'create', '--name', 'x')).toMatchObject({ exitCode: 2 });
  });

  test('delete says where the mail stays, and needs the number', async () => {
    relay.answer('status.get', async () => relayStatus());
    relay.answer('server.delete', async () => null);
    expect((await cli('server', 'delete', '2')).stdout).toBe(
      'Virtual server 2 was deleted. Its mail stays in /srv/mail/2.\n',
    );
    expect(relay.argumentsOf('server.delete')).toEqual([{ serverId: '2' }]);
    expect(await cli('server', 'delete')).toMatchObject({ exitCode: 2 });
  });

  test('rename keeps the revision it read', async () => {
    const snapshot = { values: { ...defaultServerSettings }, overridden: [], secrets: [] };
    relay.answer('settings.get', async () => ({ revision: 7, ...snapshot }));
    relay.answer('settings.save', async () => ({ revision: 8, ...snapshot }));
    expect(await cli('server', 'rename', '2', 'Backup')).toMatchObject({ exitCode: 0 });
    expect(relay.argumentsOf('settings.save')).toEqual([
      { serverId: '2', revision: 7, changes: { 'general.name': 'Backup' } },
    ]);
  });

  test.each(['start', 'stop', 'pause'] as const)('%s takes the number behind the verb, or --server', async (verb) => {
    const call = `server.${verb}` as const;
    relay.answer(call, async () => serverStatus());
    await cli('server', verb, '2');
    await cli('server', verb, '--server', '3');
    expect(relay.argumentsOf(call)).toEqual([{ serverId: '2' }, { serverId: '3' }]);
    expect(JSON.parse((await cli('server', verb, '--json')).stdout)).toMatchObject({ id: '2' });
  });
});

describe('session terminate', () => {
  test('by ids, with a complaint about those that had ended', async () => {
    relay.answer('session.terminate', async () => ({ terminated: 1 }));
    expect(await cli('session', 'terminate', 'in-1', 'out-7', 'in-1')).toEqual({
      exitCode: 1,
      stdout: '1 terminated\n',
      stderr: '1 of them had ended already or are not there.\n',
    });
    expect(relay.argumentsOf('session.terminate')).toEqual([{ serverId: '1', ids: ['in-1', 'out-7'] }]);
  });

  test('all', async () => {
    relay.answer('session.terminate', async () => ({ terminated: 0 }));
    expect(await cli('session', 'terminate', '--all')).toMatchObject({ exitCode: 0, stdout: '0 terminated\n' });
    expect(relay.argumentsOf('session.terminate')).toEqual([{ serverId: '1', ids: null }]);
    expect(await cli('session', 'terminate')).toMatchObject({ exitCode: 2 });
  });
});

describe('log tail', () => {
  const line = (sequence: number): ProtocolLogLine => ({
    sequence,
    atMs: 1_900_000_000_000 + sequence,
    direction: 'inbound',
    sessionId: 'in-1',
    peer: '127.0.0.1',
    user: 'CA01',
    method: 'MAIL',
    query: `FROM:<ca${sequence}@example.org>`,
    status: 250,
    timeTakenMs: 2,
  });

  test('the latest lines, searched', async () => {
    relay.answer('log.tail', async () => ({ sequence: 1, lines: [line(1)] }));
    expect((await cli('log', 'tail', '--lines', '10', '--search', 'ca1')).stdout).toMatch(
      / < 127\.0\.0\.1 CA01 MAIL FROM:<ca1@example\.org> 250 \(2 ms\)\n$/,
    );
    expect(relay.argumentsOf('log.tail')).toEqual([{ serverId: '1', after: 0, limit: 10, search: 'ca1' }]);
  });

  test('--follow prints what comes, each line once, until the relay ends', async () => {
    const written = [line(1), line(2)];
    relay.answer('log.tail', async ({ after }) => ({
      sequence: written.length,
      lines: written.filter(({ sequence }) => sequence > after),
    }));
    const printed: string[] = [];
    const complaints: string[] = [];
    const terminal = {
      out: (text: string) => void printed.push(text),
      outBytes: async () => undefined,
      complain: (sentence: string) => void complaints.push(sentence),
      readSecret: async () => '',
      isWatched: false,
    };
    const folder = await newDataFolder();
    const other = await startRecordingRelay(folder);
    other.answer('log.tail', async ({ after }) => ({
      sequence: written.length,
      lines: written.filter(({ sequence }) => sequence > after),
    }));
    const following = runCli(['--data', folder, 'log', 'tail', '--follow', '--json'], terminal, ports);
    const sequences = (): number[] => printed.map((text) => (JSON.parse(text) as ProtocolLogLine).sequence);
    await vi.waitUntil(() => printed.length === 2, { timeout: 20_000 });
    written.push(line(3));
    other.emit('log.changed', { serverId: '2', sequence: 9 });
    other.emit('log.changed', { serverId: '1', sequence: 3 });
    await vi.waitUntil(() => printed.length === 3, { timeout: 20_000 });
    expect(sequences()).toEqual([1, 2, 3]);
    await other.close();
    expect(await following).toBe(1);
    expect(complaints).toEqual(['The connection to the relay was lost.']);
    await removeDataFolder(folder);
  });
});

describe('check: exit status 0 yes, 6 no', () => {
  beforeEach(() => {
    const values = { ...defaultServerSettings, 'access.connectionList': ['10.0.0.0/8'] };
    relay.answer('settings.get', async () => ({ revision: 1, values, overridden: [], secrets: [] }));
  });

  test('relay, under the rules of the server', async () => {
    relay.answer('relay.check', async () => ({ allowed: false, reason: 'notListed', entry: null, clientName: null }));
    expect(await cli('check', 'relay', '192.0.2.1', '--recipient', 'eva@example.org', '--authenticated')).toEqual({
      exitCode: 6,
      stdout: '192.0.2.1 may not relay: it is not in the list.\n',
      stderr: '',
    });
    expect(relay.argumentsOf('relay.check')).toEqual([
      {
        serverId: '1',
        clientAddress: '192.0.2.1',
        mode: 'onlyListed',
        list: ['host'],
        authenticated: true,
        recipient: 'eva@example.org',
      },
    ]);
    expect(await cli('check', 'relay', 'nonsense')).toMatchObject({ exitCode: 2 });
  });

  test('connection', async () => {
    const verdict = { allowed: true, reason: 'notListed', entry: null, clientName: 'ca01.example.org' } as const;
    relay.answer('connection.check', async () => verdict);
    expect(await cli('check', 'connection', '192.0.2.1')).toMatchObject({
      exitCode: 0,
      stdout: '192.0.2.1 may connect: it is not in the list (its name is ca01.example.org).\n',
    });
    expect(relay.argumentsOf('connection.check')).toMatchObject([{ mode: 'allExceptListed', list: ['10.0.0.0/8'] }]);
    expect(JSON.parse((await cli('check', 'connection', '192.0.2.1', '--json')).stdout)).toEqual(verdict);
  });

  test('name', async () => {
    const message = 'ca01.example.org is not known.';
    relay.answer('name.check', async () => ({ valid: false, addresses: [], own: false, message }));
    expect(await cli('check', 'name', 'ca01.example.org')).toEqual({ exitCode: 6, stdout: `${message}\n`, stderr: '' });
  });
});

describe('status: the exit status tells the worst', () => {
  const warning = (code: 'badmail' | 'diskLow') => ({ code, serverId: '1', message: 'Look here.', parameters: {} });
  test.each([
    ['all is well', relayStatus(), 0],
    ['a warning', relayStatus({ warnings: [warning('badmail')] }), 3],
    ['an error', relayStatus({ warnings: [warning('badmail'), warning('diskLow')] }), 4],
    ['stopped', relayStatus({ servers: [serverStatus({ state: 'stopped' })], warnings: [warning('badmail')] }), 5],
    ['paused', relayStatus({ servers: [serverStatus({ state: 'paused' })] }), 5],
    [
      'stopped and failing',
      relayStatus({ servers: [serverStatus({ state: 'stopped' })], warnings: [warning('diskLow')] }),
      4,
    ],
  ])('%s', async (_name, status, expected) => {
    relay.answer('status.get', async () => status);
    expect((await cli('status')).exitCode).toBe(expected);
    expect((await cli('status', '--json')).exitCode).toBe(expected);
  });

  test('a refusal of the relay is 1 with its sentence', async () => {
    relay.answer('status.get', async () => {
      throw problem('storage', 'The disk is gone.');
    });
    expect(await cli('status')).toEqual({ exitCode: 1, stdout: '', stderr: 'The disk is gone.\n' });
  });
});
