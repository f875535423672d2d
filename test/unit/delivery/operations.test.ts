import { beforeEach, expect, test } from 'vitest';
import { createOperations, type Operations } from '../../../electron/delivery/operations.ts';
import { Serial } from '../../../electron/delivery/serial.ts';
import { Settlement } from '../../../electron/delivery/settlement.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { mailTo } from '../../fakes/mail.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { MemorySpool } from '../../fakes/memory-spool.ts';

let spool: MemorySpool;
let sending: Set<string>;
let due: string[];
let operations: Operations;

beforeEach(() => {
  spool = new MemorySpool();
  sending = new Set();
  due = [];
  const log = new MemoryLog();
  const isSending = (id: string): boolean => sending.has(id);
  const settlement = new Settlement({
    spool,
    settings: () => defaultServerSettings,
    ports: { clock: new FakeClock(), log, computerName: () => 'ca01.corp.example.com' },
    version: '0.0.0',
    isSending,
  });
  operations = createOperations({
    spool,
    log,
    serial: new Serial(),
    settlement,
    isSending,
    dueNow: ({ id }) => due.push(id),
    finish: (id) => settlement.finish(id),
  });
});

const put = async (sender = 'ca@corp.example.com'): Promise<string> =>
  (await spool.put(mailTo(['a@x.example'], { sender }))).id;

const missing = '00000000000000000000099999';

test('hold and release change what is not so already, and say what they skipped', async () => {
  const [one, two, busy] = [await put(), await put(), await put()];
  sending.add(busy);
  expect(await operations.hold([one])).toEqual({ changed: 1, skipped: [] });
  expect(spool.get(one)?.record.held).toBe(true);
  const outcome = await operations.hold([one, two, busy, missing]);
  expect(outcome.changed).toBe(1);
  expect(outcome.skipped).toHaveLength(3);
  expect(outcome.skipped).toEqual(
    expect.arrayContaining([
      { reason: 'alreadySo', count: 1 },
      { reason: 'beingSent', count: 1 },
      { reason: 'notFound', count: 1 },
    ]),
  );
  expect(await operations.release([one, two])).toEqual({ changed: 2, skipped: [] });
  expect(spool.get(one)?.record.held).toBe(false);
});

test('retry makes due what waits; a held message stays held', async () => {
  const [one, held] = [await put(), await put()];
  await operations.hold([held]);
  expect(await operations.retry([one, held])).toEqual({ changed: 1, skipped: [{ reason: 'alreadySo', count: 1 }] });
  expect(due).toEqual([one]);
});

test('removal without report leaves nothing', async () => {
  const id = await put();
  expect(await operations.remove([id], { report: false })).toEqual({ changed: 1, skipped: [] });
  expect(spool.size).toBe(0);
});

test('removal with report tells the sender before the message goes', async () => {
  const id = await put();
  expect(await operations.remove([id], { report: true })).toEqual({ changed: 1, skipped: [] });
  expect(spool.steps.slice(2)).toEqual(['update 1', 'begin 2', 'commit 2', 'remove 1']);
  const [report] = [...spool.entries()];
  let text = '';
  for await (const chunk of (await spool.read(report?.id ?? '')).content()) text += String(chunk);
  expect(text).toContain('Status: 4.3.2');
  expect(text).toContain('deleted by the administrator');
});

test('a report is removed without a report', async () => {
  const id = await put('');
  expect(await operations.remove([id], { report: true })).toEqual({ changed: 1, skipped: [] });
  expect(spool.size).toBe(0);
  expect(spool.badmail.moved).toEqual([]);
});

test('what is being sent is not removed', async () => {
  const id = await put();
  sending.add(id);
  expect(await operations.remove([id], { report: false })).toEqual({
    changed: 0,
    skipped: [{ reason: 'beingSent', count: 1 }],
  });
});

test('a write that fails is counted, and the others go on', async () => {
  const [one, two] = [await put(), await put()];
  spool.beforeStep = (step, id) => {
    if (step === 'update' && id === one) throw problem('storage', 'The disk is full.');
  };
  expect(await operations.hold([one, two])).toEqual({ changed: 1, skipped: [{ reason: 'failed', count: 1 }] });
});

test('of many messages only a few are written at once, and other work gets its turn', async () => {
  const ids = await Promise.all(Array.from({ length: 2_000 }, () => put()));
  let writing = 0;
  let most = 0;
  let turns = 0;
  let isDone = false;
  const countTurns = (): void => {
    turns += 1;
    if (!isDone) setImmediate(countTurns);
  };
  spool.beforeStep = async () => {
    writing += 1;
    most = Math.max(most, writing);
    await Promise.resolve();
    writing -= 1;
  };
  setImmediate(countTurns);
  expect(await operations.hold(ids)).toEqual({ changed: 2_000, skipped: [] });
  isDone = true;
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(16);
  expect(turns).toBeGreaterThan(5);
});
