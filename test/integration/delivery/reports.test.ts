import { afterEach, expect, test } from 'vitest';
import type { EnvelopeRecipient } from '../../../electron/spool/types.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { eventually } from '../../fakes/eventually.ts';
import { freePort } from '../../fakes/free-port.ts';
import { mailTo } from '../../fakes/mail.ts';
import { wellBehaved } from '../../fakes/upstream-behaviour.ts';
import type { Relay } from './relay.ts';
import { atRest, createTestBed, through } from './test-bed.ts';

const { upstreamWith, relayWith, stopAll } = createTestBed();
afterEach(stopAll);

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const withoutDsn = { extensions: wellBehaved.extensions.filter((extension) => extension !== 'DSN') };
const wantsAll = { notify: ['SUCCESS', 'FAILURE', 'DELAY'] as const };
const to = (address: string, dsn: EnvelopeRecipient['dsn'] = wantsAll): EnvelopeRecipient => ({ address, dsn });

/** What waits in the queue with a null sender, as text. */
const queuedReports = async ({ spool }: Relay): Promise<string[]> => {
  const texts: string[] = [];
  for (const { id, sender } of spool.entries()) {
    if (sender !== '') continue;
    let text = '';
    for await (const chunk of (await spool.read(id)).content()) text += String(chunk);
    texts.push(text);
  }
  return texts;
};

test('a next hop without DSN takes the mail: the sender who asked for success hears that it was relayed', async () => {
  const upstream = await upstreamWith(withoutDsn);
  const relay = relayWith(through(upstream));
  await relay.spool.put(
    mailTo([], { recipients: [to('a@x.example'), to('b@x.example', {})], dsn: { envid: 'QQ1', ret: 'FULL' } }),
  );
  await eventually(() => upstream.messages.length).toBe(2);
  await eventually(() => relay.spool.size).toBe(0);
  const [mail, report] = upstream.messages;
  expect(mail?.sender).toBe('ca@corp.example.com');
  expect(report).toMatchObject({ sender: '', recipients: [{ address: 'ca@corp.example.com' }] });
  const text = report?.bytes.toString() ?? '';
  expect(text).toContain('Subject: Delivery Status Notification (Relay)\r\n');
  expect(text).toContain('Original-Envelope-Id: QQ1\r\n');
  expect(text).toContain('Final-Recipient: rfc822; a@x.example\r\nAction: relayed\r\nStatus: 2.0.0\r\n');
  expect(text).toContain('Diagnostic-Code: smtp; 250 2.0.0 Ok: queued\r\n');
  expect(text).not.toContain('b@x.example');
  expect(text).toContain('Content-Type: text/rfc822-headers');
  await eventually(() => relay.delivery.totals).toEqual({ delivered: 2, failed: 0 });
});

test('a next hop that knows DSN makes the reports itself', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith(through(upstream));
  await relay.spool.put(mailTo([], { recipients: [to('a@x.example')] }));
  await eventually(() => relay.spool.size).toBe(0);
  expect(upstream.messages).toHaveLength(1);
});

test('mail whose sender did not ask for success costs no write, whatever the next hop knows', async () => {
  const upstream = await upstreamWith(withoutDsn);
  const relay = relayWith(through(upstream));
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.spool.size).toBe(0);
  expect(relay.spool.steps).toEqual(['begin 1', 'commit 1', 'remove 1']);
});

test('mail in the Drop folder is reported as delivered when that was asked for, and a local sender gets the report', async () => {
  const relay = relayWith({ 'domains.default': 'local.example' });
  const { id } = await relay.spool.put(
    mailTo([], { sender: 'ca@local.example', recipients: [to('a@local.example'), to('b@local.example', {})] }),
  );
  await eventually(() => relay.drop.delivered.length).toBe(2);
  await eventually(() => relay.spool.size).toBe(0);
  expect(relay.drop.delivered[0]).toEqual({ id, recipients: ['a@local.example', 'b@local.example'] });
  expect(relay.drop.delivered[1]?.recipients).toEqual(['ca@local.example']);
});

test('a recipient that is refused and one that is relayed are told in reports of their own', async () => {
  const upstream = await upstreamWith({
    ...withoutDsn,
    rcpt: (address) => (address.startsWith('b') ? '550 5.1.1 Unknown' : '250 Ok'),
  });
  const relay = relayWith(through(upstream));
  await relay.spool.put(mailTo([], { recipients: [to('a@x.example'), to('b@x.example')] }));
  await eventually(() => upstream.messages.length).toBe(3);
  await eventually(() => relay.spool.size).toBe(0);
  const reports = upstream.messages.slice(1).map(({ bytes }) => bytes.toString());
  expect(reports.map((text) => /^Action: (.*)\r$/m.exec(text)?.[1]).sort()).toEqual(['failed', 'relayed']);
});

test('delivery.delayNotification: senders hear of an outage once, although only one message probes', async () => {
  const port = await freePort();
  const relay = relayWith({ ...through(port), 'delivery.delayNotification': 3_600 });
  for (let count = 0; count < 3; count += 1) await relay.spool.put(mailTo(['a@x.example']));
  await atRest(relay);
  await relay.clock.advance(59 * minuteMs);
  expect(await queuedReports(relay)).toEqual([]);
  await relay.clock.advance(2 * minuteMs);
  await eventually(() => relay.spool.size).toBe(6);
  const reports = await queuedReports(relay);
  for (const text of reports) {
    expect(text).toContain('Subject: Delivery Status Notification (Delay)\r\n');
    expect(text).toContain('Action: delayed\r\nStatus: 4.4.1\r\n');
  }
  await relay.clock.advance(3 * hourMs);
  expect(await queuedReports(relay)).toHaveLength(3);

  const upstream = await upstreamWith({ port });
  await relay.clock.advance(10 * minuteMs);
  await eventually(() => upstream.messages.length).toBe(6);
  await eventually(() => relay.spool.size).toBe(0);
});

test('a message that is refused for now is told as late with the words of the server', async () => {
  const upstream = await upstreamWith({
    rcpt: (address) => (address.startsWith('a') ? '450 4.2.2 Mailbox full' : '250 Ok'),
  });
  const relay = relayWith({ ...through(upstream), 'delivery.delayNotification': 3_600 });
  const { id } = await relay.spool.put(mailTo(['a@x.example']));
  await atRest(relay);
  await relay.clock.advance(62 * minuteMs);
  await eventually(() => upstream.messages.length).toBe(1);
  const text = upstream.messages[0]?.bytes.toString();
  expect(text).toContain('Status: 4.2.2\r\n');
  expect(text).toContain('Diagnostic-Code: smtp; 450 4.2.2 Mailbox full\r\n');
  expect(relay.spool.get(id)?.record.delayReported).toBe(true);
});

test('delivery.expireDuringOutage: on, all mail for a destination that is down expires in time, tried or not', async () => {
  const port = await freePort();
  const relay = relayWith({
    ...through(port),
    'delivery.delayNotification': null,
    'delivery.expiration': 2 * 3_600,
    'delivery.expireDuringOutage': true,
  });
  for (let count = 0; count < 3; count += 1) await relay.spool.put(mailTo(['a@x.example']));
  await atRest(relay);
  await relay.clock.advance(119 * minuteMs);
  expect([...relay.spool.entries()].map(({ sender }) => sender)).toEqual(Array(3).fill('ca@corp.example.com'));
  await relay.clock.advance(3 * minuteMs);
  await eventually(() => [...relay.spool.entries()].map(({ sender }) => sender)).toEqual(['', '', '']);
  for (const text of await queuedReports(relay)) expect(text).toContain('Action: failed\r\nStatus: 4.4.7\r\n');
  // The reports wait for the same gateway: they expire in turn and are found in Badmail.
  await relay.clock.advance(123 * minuteMs);
  await eventually(() => relay.spool.size).toBe(0);
  expect(relay.spool.badmail.count).toBe(3);
});

test('delivery.expireDuringOutage: on, the probe itself lets its message expire', async () => {
  const relay = relayWith({
    ...through(await freePort()),
    'delivery.retryIntervals': [100],
    'delivery.expiration': 90,
    'delivery.expireDuringOutage': true,
  });
  const { id } = await relay.spool.put(mailTo(['a@x.example']));
  await atRest(relay);
  await relay.clock.advance(95_000); // past a look for late mail at 60 s, before the next one at 120 s
  expect(relay.spool.get(id)).toBeDefined();
  await relay.clock.advance(10_000);
  await eventually(() => relay.spool.get(id)).toBeUndefined();
});

test('delivery.localExpiration: mail for a Drop folder that is full expires in its own time', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith({
    ...through(upstream),
    'domains.default': 'local.example',
    'delivery.localExpiration': 3_600,
    'delivery.retryIntervals': [600],
  });
  relay.drop.beforeDelivery = () => {
    throw problem('storage', 'The Drop folder is full.', { parameters: { reason: 'quota' } });
  };
  const { id } = await relay.spool.put(mailTo(['a@local.example']));
  await atRest(relay);
  await relay.clock.advance(55 * minuteMs);
  await atRest(relay);
  expect(relay.spool.get(id)?.record.recipients).toMatchObject([{ attempts: 6, lastFailure: { enhanced: '4.2.2' } }]);
  await relay.clock.advance(10 * minuteMs);
  await eventually(() => upstream.messages.length).toBe(1);
  expect(relay.spool.size).toBe(0);
  const text = upstream.messages[0]?.bytes.toString();
  expect(text).toContain('Status: 4.4.7\r\nDiagnostic-Code: x-local; Not delivered in time;');
});

test('messages.reportCopyTo: the copy of a report goes with it, and a copy that is refused is found in Badmail, unanswered', async () => {
  const upstream = await upstreamWith({
    rcpt: (address) => (address.startsWith('ca@') ? '250 Ok' : '550 5.1.1 Unknown'),
  });
  const relay = relayWith({ ...through(upstream), 'messages.reportCopyTo': 'pki@x.example' });
  await relay.spool.put(mailTo(['gone@x.example']));
  await eventually(() => relay.spool.badmail.count).toBe(1);
  expect(relay.spool.size).toBe(0);
  expect(upstream.messages).toMatchObject([{ sender: '', recipients: [{ address: 'ca@corp.example.com' }] }]);
  expect(relay.spool.badmail.moved[0]?.reason).toContain('pki@x.example: 550 5.1.1 Unknown');
});

test('messages.reportCopyTo: both get the report', async () => {
  const upstream = await upstreamWith({
    rcpt: (address) => (address.startsWith('gone') ? '550 5.1.1 Unknown' : '250 Ok'),
  });
  const relay = relayWith({ ...through(upstream), 'messages.reportCopyTo': 'pki@x.example' });
  await relay.spool.put(mailTo(['gone@x.example']));
  await eventually(() => upstream.messages.length).toBe(1);
  expect(upstream.messages[0]?.recipients.map(({ address }) => address)).toEqual([
    'ca@corp.example.com',
    'pki@x.example',
  ]);
});
