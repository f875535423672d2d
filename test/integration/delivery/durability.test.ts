import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { createDelivery } from '../../../electron/delivery/delivery.ts';
import { openSpool } from '../../../electron/spool/spool.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';
import { eventually } from '../../fakes/eventually.ts';
import { mailTo } from '../../fakes/mail.ts';
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
const start = async () => {
  const ports = nodePorts({ log: new MemoryLog() });
  const settings = { ...defaultServerSettings, 'delivery.smartHosts': [`127.0.0.1:${upstream.port}`] };
  const spool = await openSpool({
    mailroot,
    ports,
    fullyQualifiedName: () => 'relay.test.invalid',
    freeSpaceFloorBytes: 0,
  });
  const delivery = createDelivery({ spool, settings: () => settings, ports, version: '0.0.0' });
  delivery.start();
  const stop = async (): Promise<void> => {
    await delivery.stop();
    await spool.close();
  };
  stops.push(stop);
  const accept = async (to: readonly string[]): Promise<string> => {
    const incoming = await spool.begin(mailTo(to, { receivedAtMs: Date.now() }));
    await incoming.write(Buffer.from('Subject: kept\r\n\r\n.text\r\n'));
    return (await incoming.commit()).id;
  };
  return { spool, delivery, accept, stop };
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
