import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { createDelivery } from '../../../electron/delivery/delivery.ts';
import { openSpool } from '../../../electron/spool/spool.ts';
import type { QueueState } from '../../../shared/contract/messages.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { eventually } from '../../fakes/eventually.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { freePort } from '../../fakes/free-port.ts';
import { mailTo } from '../../fakes/mail.ts';
import { MemoryDrop } from '../../fakes/memory-drop.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { startUpstream, type Upstream } from '../../fakes/upstream.ts';

let mailroot: string;
let upstream: Upstream;
const stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
  mailroot = await mkdtemp(join(tmpdir(), 'delivery-'));
  upstream = await startUpstream();
});

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await upstream.stop();
  await rm(mailroot, { recursive: true, force: true });
});

/** Delivery over the spool on disk, as after a start of the program. */
const start = async (change: Partial<ServerSettings> = {}) => {
  const clock = new FakeClock(new Date(Date.now()).toISOString());
  const ports = { ...nodePorts({ log: new MemoryLog() }), clock };
  const settings = {
    ...defaultServerSettings,
    'alerts.freeSpaceFloor': 0,
    'delivery.smartHosts': [`127.0.0.1:${upstream.port}`],
    ...change,
  };
  const spool = await openSpool({
    mailroot,
    ports,
    fullyQualifiedName: () => 'relay.test.invalid',
    settings: () => settings,
  });
  const delivery = createDelivery({
    spool,
    settings: () => settings,
    secret: () => null,
    ports,
    protocolLog: { write: () => undefined },
    drop: new MemoryDrop(),
    stateFolder: mailroot,
    version: '0.0.0',
    threadLoad: () => 0,
  });
  delivery.start();
  const stop = async (): Promise<void> => {
    let isStopped = false;
    const stopping = delivery.stop().then(() => {
      isStopped = true;
    });
    // Past the limits of stopping, and no further: what is in the trash is kept for ten minutes only.
    for (let second = 0; second < 15 && !isStopped; second += 1) await clock.advance(1_000);
    await stopping;
    await spool.close();
  };
  stops.push(stop);
  const accept = async (to: readonly string[], receivedAtMs = clock.now()): Promise<string> => {
    const incoming = await spool.begin(mailTo(to, { receivedAtMs }));
    await incoming.write(Buffer.from('Subject: kept\r\n\r\n.text\r\n'));
    return (await incoming.commit()).id;
  };
  const stateOf = (id: string): QueueState | undefined => {
    const entry = spool.get(id);
    return entry === undefined ? undefined : delivery.view(entry).state;
  };
  return { spool, delivery, clock, accept, stateOf, stop };
};

const queueFiles = async (): Promise<string[]> => (await readdir(join(mailroot, 'Queue'))).sort();

test('a first attempt that succeeds writes nothing beside the message', async () => {
  const { spool, accept } = await start();
  await accept(['a@x.example']);
  await eventually(() => upstream.messages.length).toBe(1);
  await eventually(() => spool.size).toBe(0);
  expect(await queueFiles()).toEqual([]);
  expect(upstream.messages[0]?.bytes.toString()).toMatch(/^Received: (?:.|\r\n)*\r\nSubject: kept\r\n\r\n\.text\r\n$/);
});

test('who has the message, what was tried and when it is tried next survive a restart', async () => {
  upstream.behave({ rcpt: (address) => (address.startsWith('b') ? '450 4.2.1 Busy' : '250 Ok') });
  const first = await start();
  const id = await first.accept(['a@x.example', 'b@x.example']);
  await eventually(() => first.spool.get(id)?.record.recipients[1]?.attempts).toBe(1);
  await first.stop();
  expect(await queueFiles()).toEqual([`${id}.eml`, `${id}.json`]);

  const second = await start();
  await second.spool.recovered;
  const entry = second.spool.get(id);
  if (entry === undefined) throw new Error('the message is gone');
  expect(entry.record.recipients.map(({ state, attempts }) => [state, attempts])).toEqual([
    ['delivered', 1],
    ['pending', 1],
  ]);
  expect(second.delivery.view(entry)).toMatchObject({ state: 'retry', lastError: '450 4.2.1 Busy' });
  upstream.behave({ rcpt: '250 Ok' });
  await eventually(() => second.delivery.view(entry).nextAttemptAtMs).toBeGreaterThan(Date.now());
  await second.delivery.retry([id]);
  await eventually(() => second.spool.size).toBe(0);
  expect(upstream.messages.map(({ recipients }) => recipients.map(({ address }) => address))).toEqual([
    ['a@x.example'],
    ['b@x.example'],
  ]);
});

test('mail that can neither be delivered nor returned is found in Badmail', async () => {
  upstream.behave({ rcpt: '550 5.1.1 Unknown' });
  const { spool, accept } = await start();
  await accept(['a@x.example']);
  await eventually(() => spool.badmail.count).toBe(1);
  await eventually(() => spool.size).toBe(0);
  const files = await readdir(join(mailroot, 'Badmail'));
  const reason = files.find((name) => name.endsWith('.txt')) ?? '';
  expect(await readFile(join(mailroot, 'Badmail', reason), 'utf8')).toContain('ca@corp.example.com: 550 5.1.1 Unknown');
  const message = files.find((name) => name.endsWith('.eml')) ?? '';
  expect(await readFile(join(mailroot, 'Badmail', message), 'utf8')).toContain('Final-Recipient: rfc822; a@x.example');
});

test('that the sender was told of a delay survives a restart', async () => {
  const port = await freePort();
  const down = { 'delivery.smartHosts': [`127.0.0.1:${port}`] };
  const first = await start(down);
  const id = await first.accept(['a@x.example'], first.clock.now() - 13 * 3_600_000);
  await eventually(() => first.stateOf(id)).toBe('retry');
  await first.clock.advance(61_000);
  await eventually(() => first.spool.get(id)?.record.delayReported).toBe(true);
  expect(first.spool.size).toBe(2);
  await first.stop();

  const second = await start(down);
  await second.spool.recovered;
  expect(second.spool.get(id)?.record.delayReported).toBe(true);
  await second.clock.advance(300_000);
  expect(second.spool.size).toBe(2);
});

test('a deletion with report and its undoing survive a restart each', async () => {
  upstream.behave({ rcpt: (address) => (address.startsWith('a') ? '450 4.2.1 Busy' : '250 Ok') });
  const first = await start();
  const id = await first.accept(['a@x.example']);
  await eventually(() => first.stateOf(id)).toBe('retry');
  expect((await first.delivery.remove([id], { report: true })).changed).toBe(1);
  await eventually(() => upstream.messages.length).toBe(1);
  expect(upstream.messages[0]?.bytes.toString()).toContain('Status: 4.3.2');
  await eventually(() => first.spool.size).toBe(0);
  await first.stop();

  const second = await start();
  await second.spool.recovered;
  expect([second.spool.size, second.spool.trash.count]).toEqual([0, 1]);
  expect((await second.delivery.restore([id])).changed).toBe(1);
  await eventually(() => second.spool.get(id)?.record.recipients[0]?.attempts).toBe(2);
  await second.stop();

  upstream.behave({ rcpt: '250 Ok' });
  const third = await start();
  await third.spool.recovered;
  expect((await third.delivery.retry([id])).changed).toBe(1);
  await eventually(() => third.spool.size).toBe(0);
  expect(upstream.messages.at(-1)?.recipients[0]?.address).toBe('a@x.example');
});

test('a route of its own survives a restart', async () => {
  const port = await freePort();
  const down = { 'delivery.smartHosts': [`127.0.0.1:${port}`] };
  const first = await start(down);
  const id = await first.accept(['a@x.example']);
  await eventually(() => first.stateOf(id)).toBe('retry');
  expect((await first.delivery.hold([id])).changed).toBe(1);
  const route = [`127.0.0.1:${upstream.port}`];
  expect((await first.delivery.setRoute([id], route)).changed).toBe(1);
  await first.stop();

  const second = await start(down);
  await second.spool.recovered;
  expect(second.spool.get(id)?.record.route).toEqual(route);
  expect((await second.delivery.release([id])).changed).toBe(1);
  expect((await second.delivery.retry([id])).changed).toBe(1);
  await eventually(() => upstream.messages.length).toBe(1);
});
