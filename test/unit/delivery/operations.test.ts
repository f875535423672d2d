import { beforeEach, expect, test } from 'vitest';
import { permanentFailure } from '../../../electron/delivery/failure.ts';
import { createOperations, type Operations } from '../../../electron/delivery/operations.ts';
import { Reporter } from '../../../electron/delivery/reporter.ts';
import { Serial } from '../../../electron/delivery/serial.ts';
import { Settlement } from '../../../electron/delivery/settlement.ts';
import type { HeldPart } from '../../../electron/delivery/waiting-list.ts';
import type { DeliveryRecord } from '../../../electron/spool/types.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { mailTo } from '../../fakes/mail.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { MemorySpool } from '../../fakes/memory-spool.ts';

let spool: MemorySpool;
let sending: Set<string>;
let due: string[];
/** Messages whose end was asked to be completed. */
let finished: string[];
let domainHolds: HeldPart;
let operations: Operations;

beforeEach(() => {
  spool = new MemorySpool();
  sending = new Set();
  due = [];
  finished = [];
  domainHolds = 'none';
  const log = new MemoryLog();
  const isSending = (id: string): boolean => sending.has(id);
  const reporter = new Reporter({
    spool,
    settings: () => defaultServerSettings,
    ports: { clock: new FakeClock(), log, computerName: () => 'ca01.corp.example.com' },
    version: '0.0.0',
  });
  const settlement = new Settlement({ spool, log, reporter, isSending, isLocal: () => false });
  operations = createOperations({
    spool,
    log,
    serial: new Serial(),
    settlement,
    isSending,
    heldByDomain: () => domainHolds,
    dueNow: ({ id }) => due.push(id),
    finish: async (id) => void finished.push(id),
  });
});

const put = async (sender = 'ca@corp.example.com'): Promise<string> =>
  (await spool.put(mailTo(['a@x.example'], { sender }))).id;

const waitingUntil = (nextAttemptAtMs: number, record?: DeliveryRecord): DeliveryRecord => ({
  held: false,
  failed: false,
  recipients: (record?.recipients ?? []).map((recipient) => ({ ...recipient, attempts: 2, nextAttemptAtMs })),
});

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

test('removal without report goes to the trash, and nobody is told', async () => {
  const id = await put();
  expect(await operations.remove([id], { report: false })).toEqual({ changed: 1, skipped: [] });
  expect(spool.size).toBe(0);
  expect(spool.trash.list()).toMatchObject([{ id }]);
});

test('removal with report tells the sender before the message goes', async () => {
  const id = await put();
  expect(await operations.remove([id], { report: true })).toEqual({ changed: 1, skipped: [] });
  expect(spool.steps.slice(2)).toEqual(['update 1', 'begin 2', 'commit 2', 'discard 1']);
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

test('a report about a deletion that cannot be made is tried again, and the mail is not sent meanwhile', async () => {
  const id = await put();
  spool.beforeStep = (step) => {
    if (step === 'begin') throw problem('storage', 'The disk is full.');
  };
  expect(await operations.remove([id], { report: true })).toEqual({
    changed: 0,
    skipped: [{ reason: 'failed', count: 1 }],
  });
  expect(finished).toEqual([id]);
  expect(spool.get(id)?.record).toMatchObject({ failed: true, recipients: [{ state: 'failed' }] });
});

test.each([true, false])(
  'a deletion (with report: %s) is taken back: the mail waits again and is due',
  async (report) => {
    const id = await put();
    await spool.update(id, waitingUntil(99_000, spool.get(id)?.record));
    await operations.remove([id], { report });
    expect(await operations.restore([id, id, missing])).toEqual({
      changed: 1,
      skipped: expect.arrayContaining([
        { reason: 'alreadySo', count: 1 },
        { reason: 'notFound', count: 1 },
      ]),
    });
    expect(spool.get(id)?.record).toMatchObject({ failed: false, recipients: [{ state: 'pending', attempts: 2 }] });
    expect(due).toEqual([id]);
    expect(spool.trash.count).toBe(0);
  },
);

test('taking back wakes only whom the deletion gave up', async () => {
  const { id, record } = await spool.put(mailTo(['a@x.example', 'b@x.example', 'c@x.example']));
  const [a, b, c] = record.recipients;
  if (a === undefined || b === undefined || c === undefined) throw new Error('three were put in');
  const refused = { ...a, state: 'failed' as const, lastFailure: permanentFailure('rcpt', '5.1.1', 'Unknown') };
  const delivered = { ...b, state: 'delivered' as const, deliveredAtMs: 1 };
  await spool.update(id, { ...record, recipients: [refused, delivered, c] });
  await operations.remove([id], { report: true });
  await operations.restore([id]);
  expect(spool.get(id)?.record.recipients).toEqual([refused, delivered, c]);
});

test('a message that cannot be made to wait again stays in the trash', async () => {
  const id = await put();
  await operations.remove([id], { report: true });
  spool.beforeStep = (step) => {
    if (step === 'update') throw problem('storage', 'The disk is full.');
  };
  expect(await operations.restore([id])).toEqual({ changed: 0, skipped: [{ reason: 'failed', count: 1 }] });
  expect(spool.get(id)).toBeUndefined();
  expect(spool.trash.list()).toMatchObject([{ id }]);
});

test('what had failed before it was deleted without report is reported once it is back', async () => {
  const id = await put();
  const record = spool.get(id)?.record;
  if (record === undefined) throw new Error('it was put in');
  const recipients = record.recipients.map((recipient) => ({ ...recipient, state: 'failed' as const }));
  await spool.update(id, { ...record, failed: true, recipients });
  await operations.remove([id], { report: false });
  await operations.restore([id]);
  expect(finished).toEqual([id]);
  expect(due).toEqual([]);
});

test('another route is stored and tried at once; null is the usual one', async () => {
  const [one, busy] = [await put(), await put()];
  sending.add(busy);
  const hosts = ['a.example', 'b.example:587'];
  expect(await operations.setRoute([one, busy], hosts)).toEqual({
    changed: 1,
    skipped: [{ reason: 'beingSent', count: 1 }],
  });
  expect(spool.get(one)?.record.route).toEqual(hosts);
  expect(due).toEqual([one]);
  expect(await operations.setRoute([one], hosts)).toEqual({ changed: 0, skipped: [{ reason: 'alreadySo', count: 1 }] });
  expect((await operations.setRoute([one], null)).changed).toBe(1);
  expect(spool.get(one)?.record).not.toHaveProperty('route');
  expect(await operations.setRoute([one], null)).toEqual({ changed: 0, skipped: [{ reason: 'alreadySo', count: 1 }] });
});

test('release frees a message from a domain that holds its mail; retry alone does not', async () => {
  const id = await put();
  domainHolds = 'all';
  expect(await operations.retry([id])).toEqual({ changed: 0, skipped: [{ reason: 'alreadySo', count: 1 }] });
  expect((await operations.release([id])).changed).toBe(1);
  expect(spool.get(id)?.record).toMatchObject({ held: false, released: true });
  expect(await operations.release([id])).toEqual({ changed: 0, skipped: [{ reason: 'alreadySo', count: 1 }] });
  expect((await operations.retry([id])).changed).toBe(1);
  expect((await operations.hold([id])).changed).toBe(1);
  expect(spool.get(id)?.record).not.toHaveProperty('released');
});

test('a message that some of its domains hold: retry acts on the rest, release frees what is held', async () => {
  const id = await put();
  domainHolds = 'some';
  expect((await operations.retry([id])).changed).toBe(1);
  expect(due).toEqual([id]);
  expect((await operations.release([id])).changed).toBe(1);
  expect(spool.get(id)?.record).toMatchObject({ held: false, released: true });
});

test('release of a message nobody else holds leaves no mark', async () => {
  const id = await put();
  await operations.hold([id]);
  await operations.release([id]);
  expect(spool.get(id)?.record).not.toHaveProperty('released');
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
