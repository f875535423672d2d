import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFailure } from '../../../electron/delivery/failure.ts';
import { LateMail } from '../../../electron/delivery/late-mail.ts';
import { Reporter } from '../../../electron/delivery/reporter.ts';
import { createRoutes } from '../../../electron/delivery/routes.ts';
import { Serial } from '../../../electron/delivery/serial.ts';
import { Settlement } from '../../../electron/delivery/settlement.ts';
import type { Envelope, QueueEntry } from '../../../electron/spool/types.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { eventually } from '../../fakes/eventually.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { mailTo } from '../../fakes/mail.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { MemorySpool } from '../../fakes/memory-spool.ts';

const hourMs = 3_600_000;

let spool: MemorySpool;
let clock: FakeClock;
let log: MemoryLog;
let settings: ServerSettings;
let sending: Set<string>;
/** Next hops that are down. */
let down: Set<string>;
let downMs: number;
let lateMail: LateMail;

beforeEach(() => {
  spool = new MemorySpool();
  clock = new FakeClock('2030-01-10T00:00:00.000Z');
  log = new MemoryLog();
  settings = { ...defaultServerSettings, 'domains.default': 'local.example' };
  sending = new Set();
  down = new Set();
  downMs = 0;
  lateMail = startLateMail();
});

afterEach(() => lateMail.stop());

const startLateMail = (): LateMail => {
  const options = { spool, log, isSending: (id: string) => sending.has(id) };
  const reporter = new Reporter({
    spool,
    settings: () => settings,
    ports: { clock, log, computerName: () => 'ca01.corp.example.com' },
    version: '0.0.0',
  });
  const settlement = new Settlement({ ...options, reporter, isLocal: (address) => address.endsWith('@local.example') });
  const serial = new Serial();
  const started = new LateMail({
    ...options,
    settings: () => settings,
    routes: () => createRoutes(settings),
    ports: { clock, log },
    destinations: {
      outage: (name) => (down.has(name) ? { failure: temporaryFailure('connect', 'Connection refused') } : undefined),
      downMs: () => downMs,
    },
    serial,
    settlement,
    reporter,
    finish: (id) => serial.run(id, () => settlement.finish(id)),
  });
  started.start();
  return started;
};

const waitingFor = (hours: number, change: Partial<Envelope> = {}, to = ['a@x.example']): Promise<QueueEntry> =>
  spool.put(mailTo(to, { receivedAtMs: clock.now() - hours * hourMs, ...change }));

/** One look over the queue, to its end or to its next pause. */
const look = async (afterMs = 60_000): Promise<void> => {
  await clock.advance(afterMs);
  await eventually(() => clock.pendingTimers).toBe(1);
};

const reports = (): QueueEntry[] => [...spool.entries()].filter(({ sender }) => sender === '');

const textOf = async (entry: QueueEntry | undefined): Promise<string> => {
  let text = '';
  for await (const chunk of (await spool.read(entry?.id ?? '')).content()) text += String(chunk);
  return text;
};

test('delivery.delayNotification: the sender is told once, durably before that is stored', async () => {
  settings = { ...settings, 'delivery.delayNotification': 6 * 3_600 };
  const { id } = await waitingFor(6);
  await waitingFor(5);
  spool.steps.length = 0;
  await look();
  expect(spool.steps).toEqual(['begin 3', 'commit 3', 'update 1']);
  expect(spool.get(id)?.record.delayReported).toBe(true);
  const text = await textOf(reports()[0]);
  expect(text).toContain('Subject: Delivery Status Notification (Delay)');
  expect(text).toContain('Action: delayed');
  expect(text).toContain('Will-Retry-Until: Mon, 14 Jan 2030 18:00:00 +0000');
  await look();
  expect(reports()).toHaveLength(1);
});

test('delivery.delayNotification: null tells nobody', async () => {
  settings = { ...settings, 'delivery.delayNotification': null };
  await waitingFor(1_000);
  await look();
  expect(reports()).toEqual([]);
});

test('delivery.localDelayNotification and delivery.localExpiration are for mail that stays on this computer', async () => {
  settings = {
    ...settings,
    'delivery.delayNotification': null,
    'delivery.localDelayNotification': 3_600,
    'delivery.localExpiration': 7_200,
  };
  await waitingFor(1, {}, ['b@local.example', 'a@x.example']);
  await look();
  expect(reports()).toHaveLength(1);
  const text = await textOf(reports()[0]);
  expect(text).toContain('Final-Recipient: rfc822; b@local.example');
  expect(text).not.toContain('Final-Recipient: rfc822; a@x.example');
  expect(text).toContain('Will-Retry-Until: Thu, 10 Jan 2030 01:00:00 +0000');
});

test('a sender on this computer is told like any other', async () => {
  await waitingFor(13, { sender: 'ca@local.example' });
  await look();
  expect(reports()).toMatchObject([{ record: { recipients: [{ address: 'ca@local.example' }] } }]);
});

test('while a destination is down the notice says why, and until when it is tried at least', async () => {
  down.add('x.example');
  downMs = 2 * hourMs;
  await waitingFor(12);
  await look();
  const text = await textOf(reports()[0]);
  expect(text).toContain('Diagnostic-Code: x-local; Connection refused');
  expect(text).toContain('Will-Retry-Until: Mon, 14 Jan 2030 14:00:00 +0000');
});

test.each<{ what: string; change: Partial<Envelope> }>([
  { what: 'a report', change: { sender: '' } },
  { what: 'NOTIFY=NEVER', change: { recipients: [{ address: 'a@x.example', dsn: { notify: ['NEVER'] } }] } },
  { what: 'NOTIFY=FAILURE', change: { recipients: [{ address: 'a@x.example', dsn: { notify: ['FAILURE'] } }] } },
])('$what that is late brings no notice', async ({ change }) => {
  await waitingFor(13, change);
  await look();
  await look();
  expect(spool.size).toBe(1);
});

test('NOTIFY is looked up once, not at every look', async () => {
  const { id } = await waitingFor(13, { recipients: [{ address: 'a@x.example', dsn: { notify: ['FAILURE'] } }] });
  await look();
  expect(spool.get(id)?.record.delayReported).toBe(true);
  spool.steps.length = 0;
  await look();
  expect(spool.steps).toEqual([]);
});

test('what an operator or its remote domain holds back is not late until it is released', async () => {
  const remote = remoteDomainSchema.parse({ name: 'held.example', held: true });
  settings = { ...settings, 'domains.remote': [remote] };
  const held = await waitingFor(13);
  await spool.update(held.id, { ...held.record, held: true });
  const domainHeld = await waitingFor(13, {}, ['a@held.example']);
  await look();
  expect(reports()).toEqual([]);
  await spool.update(domainHeld.id, { ...domainHeld.record, released: true });
  await look();
  expect(reports()).toHaveLength(1);
});

test('what is being sent is looked at the next time', async () => {
  const { id } = await waitingFor(13);
  sending.add(id);
  await look();
  expect(reports()).toEqual([]);
  sending.delete(id);
  await look();
  expect(reports()).toHaveLength(1);
});

test('an outage does not double the queue in a moment: ten notices a second', async () => {
  for (let count = 0; count < 25; count += 1) await waitingFor(13);
  await look();
  expect(reports()).toHaveLength(10);
  await look(1_000);
  expect(reports()).toHaveLength(20);
  await look(1_000);
  expect(reports()).toHaveLength(25);
});

test('a notice that was sent but not stored is stored without being sent again', async () => {
  const { id } = await waitingFor(13);
  let isFull = true;
  spool.beforeStep = (step) => {
    if (isFull && step === 'update') throw problem('storage', 'The disk is full.');
  };
  await look();
  expect(spool.get(id)?.record.delayReported).toBeUndefined();
  isFull = false;
  await look();
  expect(spool.get(id)?.record.delayReported).toBe(true);
  expect(reports()).toHaveLength(1);
});

test('a crash between the two repeats the notice once at most', async () => {
  const { id } = await waitingFor(13);
  let isDead = true;
  spool.beforeStep = (step) => {
    if (isDead && step === 'update') throw problem('storage', 'The process is gone.');
  };
  await look();
  await lateMail.stop();
  isDead = false;
  lateMail = startLateMail();
  await look();
  await look();
  expect(spool.get(id)?.record.delayReported).toBe(true);
  expect(reports()).toHaveLength(2);
});

test('a disk that takes nothing ends the look; the next one goes on', async () => {
  for (let count = 0; count < 5; count += 1) await waitingFor(13);
  let isFull = true;
  let tries = 0;
  spool.beforeStep = (step) => {
    if (step !== 'begin' || !isFull) return;
    tries += 1;
    throw problem('storage', 'The disk is full.');
  };
  await look();
  expect(tries).toBe(1);
  isFull = false;
  await look();
  expect(reports()).toHaveLength(5);
});

test('delivery.expireDuringOutage: off, mail waits for a destination that is down; on, it expires without being tried', async () => {
  down.add('x.example');
  settings = { ...settings, 'delivery.delayNotification': null, 'delivery.expiration': 24 * 3_600 };
  downMs = 30 * hourMs;
  const { id } = await waitingFor(30);
  await look();
  expect(spool.get(id)).toBeDefined();
  settings = { ...settings, 'delivery.expireDuringOutage': true };
  await look();
  expect(spool.get(id)).toBeUndefined();
  const text = await textOf(reports()[0]);
  expect(text).toContain('Action: failed');
  expect(text).toContain('Status: 4.4.7');
  expect(text).toContain('the last answer was: Connection refused');
});

test('while its destination is up, or an operator holds it, mail expires by an attempt only', async () => {
  settings = { ...settings, 'delivery.delayNotification': null, 'delivery.expireDuringOutage': true };
  const up = await waitingFor(200);
  down.add('y.example');
  const held = await waitingFor(200, {}, ['a@y.example']);
  await spool.update(held.id, { ...held.record, held: true });
  spool.steps.length = 0;
  await look();
  expect([spool.get(up.id), spool.get(held.id)]).not.toContain(undefined);
  expect(spool.steps).toEqual([]);
});

test('only the recipients at the destination that is down expire', async () => {
  down.add('x.example');
  settings = { ...settings, 'delivery.delayNotification': null, 'delivery.expireDuringOutage': true };
  const { id } = await waitingFor(200, {}, ['a@x.example', 'b@y.example']);
  await look();
  expect(spool.get(id)?.record).toMatchObject({
    failed: false,
    recipients: [{ state: 'failed' }, { state: 'pending', lastFailure: null }],
  });
  expect(reports()).toHaveLength(1);
});

test('many messages that wait cost no timers and no writes', async () => {
  for (let count = 0; count < 2_000; count += 1) await waitingFor(1);
  spool.steps.length = 0;
  await look();
  expect(clock.pendingTimers).toBe(1);
  expect(spool.steps).toEqual([]);
});

test('stop ends the looks', async () => {
  await waitingFor(13);
  await lateMail.stop();
  await clock.advance(600_000);
  expect(clock.pendingTimers).toBe(0);
  expect(reports()).toEqual([]);
});

test('stop in the middle of a look waits for the message at hand only', async () => {
  for (let count = 0; count < 25; count += 1) await waitingFor(13);
  let stopped: Promise<void> | undefined;
  spool.beforeStep = (step) => {
    if (step === 'update' && reports().length === 10) stopped ??= lateMail.stop();
  };
  await clock.advance(60_000);
  await eventually(() => stopped !== undefined).toBe(true);
  await stopped;
  expect(reports()).toHaveLength(10);
  expect([...spool.entries()].filter(({ record }) => record.delayReported)).toHaveLength(10);
});
