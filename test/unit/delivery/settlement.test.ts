import { beforeEach, expect, test } from 'vitest';
import { permanentFailure } from '../../../electron/delivery/failure.ts';
import { noRetry, step } from '../../../electron/delivery/lifecycle.ts';
import { Reporter } from '../../../electron/delivery/reporter.ts';
import { Settlement } from '../../../electron/delivery/settlement.ts';
import type { DeliveryRecord, Envelope, QueueEntry } from '../../../electron/spool/types.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { mailTo } from '../../fakes/mail.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { MemorySpool } from '../../fakes/memory-spool.ts';

let spool: MemorySpool;
let sending: Set<string>;
let settings: Partial<ServerSettings>;
let settlement: Settlement;

beforeEach(() => {
  spool = new MemorySpool();
  sending = new Set();
  settings = {};
  settlement = newSettlement();
});

const newSettlement = (): Settlement => {
  const log = new MemoryLog();
  const reporter = new Reporter({
    spool,
    settings: () => ({ ...defaultServerSettings, ...settings }),
    ports: { clock: new FakeClock(), log, computerName: () => 'CA01' },
    version: '0.0.0',
  });
  return new Settlement({
    spool,
    log,
    reporter,
    isSending: (id) => sending.has(id),
    isLocal: (address) => address.endsWith('@local.example'),
  });
};

const unknown = permanentFailure('rcpt', '5.1.1', 'User unknown');

/** The record after these recipients failed and these got the mail. */
const after = (entry: QueueEntry, failed: readonly string[], delivered: readonly string[] = []): DeliveryRecord => ({
  ...entry.record,
  recipients: entry.record.recipients.map((recipient) => {
    if (failed.includes(recipient.address)) return { ...recipient, state: 'failed', lastFailure: unknown };
    if (delivered.includes(recipient.address)) return { ...recipient, state: 'delivered', deliveredAtMs: 1 };
    return recipient;
  }),
});

const reports = (): QueueEntry[] => [...spool.entries()].filter(({ sender }) => sender === '');

const textOf = async (id: string): Promise<string> => {
  let text = '';
  for await (const chunk of (await spool.read(id)).content()) text += String(chunk);
  return text;
};

test('what is delivered to all leaves the queue by one step', async () => {
  const entry = await spool.put(mailTo(['a@x.example', 'b@x.example']));
  expect(await settlement.store(entry, after(entry, [], ['a@x.example', 'b@x.example']))).toBe(true);
  expect(spool.steps.slice(2)).toEqual(['remove 1']);
  expect(settlement.totals).toEqual({ delivered: 1, failed: 0 });
});

test('a failure is stored, then the report is durable, and only then the message goes', async () => {
  const entry = await spool.put(mailTo(['a@x.example', 'b@x.example']));
  await settlement.store(entry, after(entry, ['a@x.example'], ['b@x.example']));
  expect(spool.get(entry.id)?.record.failed).toBe(true);
  await settlement.finish(entry.id);
  expect(spool.steps.slice(2)).toEqual(['update 1', 'begin 2', 'commit 2', 'remove 1']);
  const [report] = reports();
  expect(report).toMatchObject({ sender: '', record: { recipients: [{ address: 'ca@corp.example.com' }] } });
  const { envelope } = await spool.read(report?.id ?? '');
  expect(envelope).toMatchObject({ protocol: 'local', recipients: [{ dsn: { notify: ['NEVER'] } }] });
  const text = await textOf(report?.id ?? '');
  expect(text).toContain('a@x.example');
  expect(text).not.toContain('b@x.example');
  expect(settlement.totals).toEqual({ delivered: 0, failed: 1 });
});

test('while others still wait, the failed ones are reported once and the message stays', async () => {
  const entry = await spool.put(mailTo(['a@x.example', 'b@y.example', 'c@y.example']));
  await settlement.store(entry, after(entry, ['a@x.example']));
  await settlement.finish(entry.id);
  const waiting = spool.get(entry.id);
  expect(waiting?.record.failed).toBe(false);
  expect(reports()).toHaveLength(1);
  if (waiting === undefined) throw new Error('the message is gone');
  await settlement.store(waiting, after(waiting, ['b@y.example'], ['c@y.example']));
  await settlement.finish(entry.id);
  expect(spool.get(entry.id)).toBeUndefined();
  const second = await textOf(reports()[1]?.id ?? '');
  expect(second).toContain('b@y.example');
  expect(second).not.toContain('a@x.example');
});

test('attempts that end one after the other share a report', async () => {
  const entry = await spool.put(mailTo(['a@x.example', 'b@y.example']));
  sending.add(entry.id);
  await settlement.store(entry, after(entry, ['a@x.example']));
  await settlement.finish(entry.id);
  expect(reports()).toHaveLength(0);
  const current = spool.get(entry.id) ?? entry;
  await settlement.store(current, after(current, ['b@y.example']));
  sending.delete(entry.id);
  await settlement.finish(entry.id);
  expect(reports()).toHaveLength(1);
  const text = await textOf(reports()[0]?.id ?? '');
  expect(text).toContain('a@x.example');
  expect(text).toContain('b@y.example');
});

test('a report that cannot be stored leaves the message failed, and nothing is lost or half made', async () => {
  const entry = await spool.put(mailTo(['a@x.example']));
  await settlement.store(entry, after(entry, ['a@x.example']));
  let isFull = true;
  spool.beforeStep = (step) => {
    if (isFull && step === 'commit') throw problem('storage', 'The disk is full.');
  };
  await expect(settlement.finish(entry.id)).rejects.toThrow('The disk is full.');
  expect(spool.get(entry.id)?.record.failed).toBe(true);
  isFull = false;
  await settlement.finish(entry.id);
  expect(spool.get(entry.id)).toBeUndefined();
  expect(reports()).toHaveLength(1);
});

test('after a restart a failed message is reported in full', async () => {
  const entry = await spool.put(mailTo(['a@x.example', 'b@x.example']));
  await settlement.store(entry, after(entry, ['a@x.example', 'b@x.example']));
  settlement = newSettlement();
  await settlement.finish(entry.id);
  const text = await textOf(reports()[0]?.id ?? '');
  expect(text).toContain('a@x.example');
  expect(text).toContain('b@x.example');
});

test('a report that fails goes to Badmail with the reason, and is not answered', async () => {
  const entry = await spool.put(mailTo(['a@x.example'], { sender: '' }));
  await settlement.store(entry, after(entry, ['a@x.example']));
  await settlement.finish(entry.id);
  expect(spool.size).toBe(0);
  expect(spool.badmail.moved).toEqual([{ id: entry.id, reason: expect.stringContaining('a@x.example: User unknown') }]);
});

test('a report for several waits for all of them before it goes to Badmail', async () => {
  const entry = await spool.put(mailTo(['a@x.example', 'b@y.example'], { sender: '' }));
  await settlement.store(entry, after(entry, ['a@x.example']));
  await settlement.finish(entry.id);
  expect(spool.badmail.moved).toEqual([]);
  const current = spool.get(entry.id) ?? entry;
  await settlement.store(current, after(current, ['b@y.example']));
  await settlement.finish(entry.id);
  expect(spool.badmail.moved).toHaveLength(1);
});

type Notify = NonNullable<Envelope['recipients'][number]['dsn']['notify']>;

const withNotify = (addresses: readonly string[], notify: Notify): Envelope =>
  mailTo([], { recipients: addresses.map((address) => ({ address, dsn: { notify } })) });

test.each([
  { envelope: withNotify(['a@x.example'], ['NEVER']), wanted: 0 },
  { envelope: withNotify(['a@x.example'], ['SUCCESS', 'DELAY']), wanted: 0 },
  { envelope: withNotify(['a@x.example'], ['FAILURE']), wanted: 1 },
  { envelope: mailTo(['a@x.example']), wanted: 1 },
])('$wanted reports for $envelope.recipients', async ({ envelope, wanted }) => {
  const entry = await spool.put(envelope);
  await settlement.store(entry, after(entry, ['a@x.example']));
  await settlement.finish(entry.id);
  expect(spool.get(entry.id)).toBeUndefined();
  expect(reports()).toHaveLength(wanted);
});

test('who was reported is not reported again when the last one gets the mail', async () => {
  const entry = await spool.put(mailTo(['a@x.example', 'b@y.example']));
  await settlement.store(entry, after(entry, ['a@x.example']));
  await settlement.finish(entry.id);
  const waiting = spool.get(entry.id) ?? entry;
  await settlement.store(waiting, after(waiting, [], ['b@y.example']));
  await settlement.finish(entry.id);
  expect(spool.get(entry.id)).toBeUndefined();
  expect(reports()).toHaveLength(1);
});

test('a success that is to be told is stored, told durably, and only then the message goes', async () => {
  const entry = await spool.put(withNotify(['a@x.example'], ['SUCCESS']));
  const left = await settlement.store(
    entry,
    after(entry, [], ['a@x.example']),
    undefined,
    new Map([['a@x.example', 'relayed']]),
  );
  expect(left).toBe(false);
  await settlement.finish(entry.id);
  expect(spool.steps.slice(2)).toEqual(['update 1', 'begin 2', 'commit 2', 'remove 1']);
  expect(await textOf(reports()[0]?.id ?? '')).toContain('Action: relayed');
  expect(settlement.totals).toEqual({ delivered: 1, failed: 0 });
});

test('after a restart a success that was still to be told is told', async () => {
  const addresses = ['a@x.example', 'b@local.example'];
  const entry = await spool.put(withNotify(addresses, ['SUCCESS']));
  const successes = new Map([
    ['a@x.example', 'relayed' as const],
    ['b@local.example', 'delivered' as const],
  ]);
  await settlement.store(entry, after(entry, [], addresses), undefined, successes);
  settlement = newSettlement();
  await settlement.finish(entry.id);
  const texts = await Promise.all(reports().map(({ id }) => textOf(id)));
  expect(texts.map((text) => /^Action: (.*)\r$/m.exec(text)?.[1])).toEqual(['relayed', 'delivered']);
  expect(spool.get(entry.id)).toBeUndefined();
});

test('failures and successes of one attempt are two reports', async () => {
  const entry = await spool.put(withNotify(['a@x.example', 'b@x.example'], ['SUCCESS', 'FAILURE']));
  const record = after(entry, ['a@x.example'], ['b@x.example']);
  await settlement.store(entry, record, undefined, new Map([['b@x.example', 'relayed']]));
  await settlement.finish(entry.id);
  const [failed = '', relayed = ''] = await Promise.all(reports().map(({ id }) => textOf(id)));
  expect(failed).toContain('Action: failed');
  expect(failed).not.toContain('b@x.example');
  expect(relayed).toContain('Action: relayed');
  expect(relayed).not.toContain('a@x.example');
});

test('a deletion with report ends in the trash, also when a crash came between', async () => {
  const entry = await spool.put(mailTo(['a@x.example']));
  const recipients = entry.record.recipients.map((recipient) => step(recipient, { type: 'giveUp' }, noRetry));
  await settlement.store(entry, { ...entry.record, recipients });
  settlement = newSettlement();
  await settlement.finish(entry.id);
  expect(spool.steps.slice(2)).toEqual(['update 1', 'begin 2', 'commit 2', 'discard 1']);
  expect(spool.trash.list()).toMatchObject([{ id: entry.id }]);
});
