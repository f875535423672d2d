import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNodeDisk } from '../../../electron/base/node-disk.ts';
import { createProtocolLog } from '../../../electron/logging/protocol-log.ts';
import type { ProtocolLog, ProtocolLogEntry } from '../../../electron/logging/types.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const patience = { timeout: 20_000, interval: 5 };
const disk = createNodeDisk({ platform: process.platform, wait: async () => undefined });
const start = '2026-11-24T12:00:00Z';
/** The timer of the library, a real one, looks again half a second later; each look of a wait moves the date by 5 ms. */
const justBeforeMidnight = new Date('2026-11-24T23:59:59.500Z');
const nextDay = new Date('2026-11-25T00:00:01Z');

let root = '';
let logs: ProtocolLog[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'relay-log-'));
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(start) });
});
afterEach(async () => {
  for (const log of logs) await log.close();
  logs = [];
  vi.useRealTimers();
  await rm(root, { recursive: true, force: true });
});

interface Opened {
  readonly log: ProtocolLog;
  readonly clock: FakeClock;
  set(changes: Partial<ServerSettings>): void;
}

function open(changes: Partial<ServerSettings> = {}): Opened {
  let values: ServerSettings = { ...defaultServerSettings, 'logging.enabled': true, ...changes };
  const clock = new FakeClock(start);
  const log = createProtocolLog({
    serverId: '1',
    settings: () => values,
    usualFolder: root,
    version: '1.2.3',
    ports: { clock, disk, log: new MemoryLog(), computerName: () => 'CA01' },
  });
  logs.push(log);
  return {
    log,
    clock,
    set(next) {
      values = { ...values, ...next };
      log.settingsChanged();
    },
  };
}

/** Lines wait that long for others to leave with. */
const gatherMs = 100;

const entry = (query: string): ProtocolLogEntry => ({
  direction: 'inbound',
  sessionId: 's1',
  peerAddress: '127.0.0.1',
  user: 'ca01',
  serverAddress: '127.0.0.1',
  serverPort: 25,
  method: 'MAIL',
  query,
  status: 250,
  bytesSent: 10,
  bytesReceived: 20,
  timeTakenMs: 1,
});

const filesOf = async (folder = join(root, 'SMTPSVC1')): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).toSorted();
const textOf = (name: string): Promise<string> => readFile(join(root, 'SMTPSVC1', name), 'utf8').catch(() => '');
const linesOf = async (name: string): Promise<readonly string[]> => (await textOf(name)).split('\r\n').filter(Boolean);

test('logging.enabled writes a file of the day with its header first; a restart appends to it', async () => {
  const first = open();
  first.log.write(entry('FROM:<a@example.org>'));
  await first.log.close();
  const second = open();
  second.log.write(entry('FROM:<b@example.org>'));
  await second.log.close();
  expect(await filesOf()).toEqual(['ex261124.log']);
  const lines = await linesOf('ex261124.log');
  expect(lines.map((line) => line.slice(0, 9))).toEqual([
    '#Software',
    '#Version:',
    '#Date: 20',
    '#Fields: ',
    '2026-11-2',
    '#Software',
    '#Version:',
    '#Date: 20',
    '#Fields: ',
    '2026-11-2',
  ]);
  expect(lines[4]).toBe('2026-11-24 12:00:00 127.0.0.1 ca01 MAIL FROM:<a@example.org> 250 1');
});

test('switched off, nothing is written, but the latest lines are in memory', async () => {
  const { log } = open({ 'logging.enabled': false });
  log.write(entry('one'));
  log.write(entry('two'));
  expect(log.tail({ after: 0, limit: 10 }).map(({ query }) => query)).toEqual(['one', 'two']);
  expect(log.tail({ after: 1, limit: 10 }).map(({ sequence }) => sequence)).toEqual([2]);
  expect(log.tail({ after: 0, limit: 10, search: 'TWO mail' }).map(({ query }) => query)).toEqual(['two']);
  await log.close();
  expect(await filesOf()).toEqual([]);
});

test('only the latest 2,000 lines are kept in memory, and the limit keeps the latest of them', () => {
  const { log } = open({ 'logging.enabled': false });
  for (let count = 1; count <= 2_500; count += 1) log.write(entry(String(count)));
  const kept = log.tail({ after: 0, limit: 5_000 });
  expect([kept.length, kept[0]?.query, kept.at(-1)?.query]).toEqual([2_000, '501', '2500']);
  expect(log.tail({ after: 0, limit: 2 }).map(({ query }) => query)).toEqual(['2499', '2500']);
});

test('logging.period daily: at midnight a new file begins, with its own header', async () => {
  vi.setSystemTime(justBeforeMidnight);
  const { log, clock } = open();
  log.write(entry('before'));
  await clock.advance(gatherMs);
  await vi.waitFor(async () => expect(await textOf('ex261124.log')).toContain('before'), patience);
  vi.setSystemTime(nextDay);
  await vi.waitFor(async () => expect(await filesOf()).toContain('ex261125.log'), patience);
  log.write(entry('after'));
  await clock.advance(gatherMs);
  await vi.waitFor(async () => expect(await textOf('ex261125.log')).toContain('after'), patience);
  expect((await linesOf('ex261125.log'))[0]).toMatch(/^#Software/);
  expect(await textOf('ex261124.log')).not.toContain('after');
});

test('logging.period weekly and monthly go on in one file over midnight', async () => {
  vi.setSystemTime(justBeforeMidnight);
  const { log, set, clock } = open({ 'logging.period': 'weekly' });
  log.write(entry('one'));
  await clock.advance(gatherMs);
  await vi.waitFor(async () => expect(await textOf('ex261104.log')).toContain('one'), patience);
  vi.setSystemTime(nextDay);
  log.write(entry('two'));
  await clock.advance(gatherMs);
  await vi.waitFor(async () => expect(await textOf('ex261104.log')).toContain('two'), patience);
  set({ 'logging.period': 'monthly' });
  log.write(entry('three'));
  await clock.advance(gatherMs);
  await vi.waitFor(async () => expect(await textOf('ex2611.log')).toContain('three'), patience);
  expect(await filesOf()).toEqual(['ex2611.log', 'ex261104.log']);
});

test('logging.fileSizeLimit begins the next file, and an unlimited file grows', async () => {
  const limit = 1_048_576;
  const { log, set, clock } = open({ 'logging.period': 'bySize', 'logging.fileSizeLimit': limit });
  log.write(entry('x'.repeat(1_900)));
  await clock.advance(gatherMs);
  await vi.waitFor(async () => expect((await textOf('extend1.log')).length).toBeGreaterThan(0), patience);
  for (let count = 0; count < limit / 1_900 + 1; count += 1) log.write(entry('x'.repeat(1_900)));
  await clock.advance(gatherMs);
  await vi.waitFor(async () => expect((await textOf('extend1.log')).length).toBeGreaterThanOrEqual(limit), patience);
  log.write(entry('second'));
  await clock.advance(gatherMs);
  await vi.waitFor(async () => expect(await textOf('extend2.log')).toContain('second'), patience);
  expect((await linesOf('extend2.log'))[0]).toMatch(/^#Software/);
  set({ 'logging.period': 'unlimited' });
  log.write(entry('more'));
  await clock.advance(gatherMs);
  await vi.waitFor(async () => expect(await textOf('extend1.log')).toContain('more'), patience);
});

test('logging.fields: other fields begin anew with another header', async () => {
  const { log, set, clock } = open({ 'logging.fields': ['time', 'cs-method'] });
  log.write(entry('one'));
  await clock.advance(gatherMs);
  await vi.waitFor(async () => expect(await textOf('ex261124.log')).toContain('MAIL'), patience);
  set({ 'logging.fields': ['sc-status'] });
  log.write(entry('two'));
  await clock.advance(gatherMs);
  await vi.waitFor(async () => expect((await linesOf('ex261124.log')).at(-1)).toBe('250'), patience);
  expect((await linesOf('ex261124.log')).filter((line) => line.startsWith('#Fields'))).toEqual([
    '#Fields: time cs-method',
    '#Fields: sc-status',
  ]);
});

test('logging.filesKept removes the oldest of our own files only', async () => {
  const folder = join(root, 'SMTPSVC1');
  await mkdir(folder);
  for (const [name, day] of [
    ['ex261120.log', 20],
    ['ex261121.log', 21],
    ['ex261122.log', 22],
  ] as const) {
    await writeFile(join(folder, name), 'old');
    await utimes(join(folder, name), new Date(Date.UTC(2026, 10, day)), new Date(Date.UTC(2026, 10, day)));
  }
  await writeFile(join(folder, 'notes.log'), 'mine');
  const { log } = open({ 'logging.filesKept': 2 });
  log.write(entry('new'));
  await vi.waitFor(
    async () => expect(await filesOf()).toEqual(['ex261122.log', 'ex261124.log', 'notes.log']),
    patience,
  );
});

test('logging.folder moves the files', async () => {
  const other = join(root, 'elsewhere');
  const { log } = open({ 'logging.folder': other });
  log.write(entry('here'));
  await log.close();
  expect(await filesOf(join(other, 'SMTPSVC1'))).toEqual(['ex261124.log']);
  expect(log.folder).toBe(join(other, 'SMTPSVC1'));
});

test('a folder that cannot be used is a problem, not the end: it is tried again', async () => {
  await writeFile(join(root, 'SMTPSVC1'), 'a file in the way');
  const { log, clock } = open();
  let changes = 0;
  log.onChange(() => {
    changes += 1;
  });
  log.write(entry('kept for later'));
  await vi.waitFor(() => expect(log.problem).not.toBeNull(), patience);
  expect(changes).toBeGreaterThan(0);
  await rm(join(root, 'SMTPSVC1'));
  await clock.advance(60_000);
  await vi.waitFor(async () => expect(await textOf('ex261124.log')).toContain('kept+for+later'), patience);
  expect(log.problem).toBeNull();
});
