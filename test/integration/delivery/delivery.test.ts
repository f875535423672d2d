import { expect, test } from 'vitest';
import { problem } from '../../../shared/contract/problem.ts';
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { eventually } from '../../fakes/eventually.ts';
import type { FakeNames } from '../../fakes/fake-dns.ts';
import { freePort } from '../../fakes/free-port.ts';
import { mailTo } from '../../fakes/mail.ts';
import type { UpstreamOptions } from '../../fakes/upstream.ts';
import { atRest, minuteMs, only, relayAtRest, relayTo, relayWith, stop, upstreamWith } from './stage.ts';

test('new mail is sent at once and leaves the queue', async () => {
  const upstream = await upstreamWith();
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example', 'b@y.example']), 'Subject: x\r\n\r\n.dot\r\n');
  await eventually(() => relay.spool.size).toBe(0);
  expect(upstream.messages).toMatchObject([
    { sender: 'ca@corp.example.com', recipients: [{ address: 'a@x.example' }, { address: 'b@y.example' }] },
  ]);
  expect(relay.spool.steps.slice(2)).toEqual(['remove 1']);
  await eventually(() => relay.delivery.totals).toEqual({ delivered: 1, failed: 0 });
  expect(relay.log.entries.map(({ event }) => event)).toEqual(['attempt', 'end']);
});

test('mail that waited for the start is sent after it', async () => {
  const upstream = await upstreamWith();
  const relay = relayAtRest({ 'delivery.smartHosts': [`127.0.0.1:${upstream.port}`] });
  await relay.spool.put(mailTo(['a@x.example']));
  expect(only(relay).view.state).toBe('ready');
  relay.delivery.start();
  await eventually(() => upstream.messages.length).toBe(1);
});

test('a refusal for now is tried again by the intervals, and the start is stored before each later attempt', async () => {
  const upstream = await upstreamWith({ rcpt: (_address, time) => (time <= 2 ? '450 4.2.1 Busy' : '250 Ok') });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  await atRest(relay);
  const start = relay.clock.now();
  expect(only(relay).view).toEqual({
    state: 'retry',
    nextHop: `127.0.0.1:${upstream.port}`,
    attempts: 1,
    lastError: '450 4.2.1 Busy',
    nextAttemptAtMs: start + minuteMs,
  });
  expect(relay.spool.steps.slice(2)).toEqual(['update 1']);

  let dialledAfter: string[] | undefined;
  upstream.behave({
    mail: () => {
      dialledAfter ??= [...relay.spool.steps];
      return '250 Ok';
    },
  });
  await relay.clock.advance(minuteMs);
  await atRest(relay);
  expect(dialledAfter?.slice(2)).toEqual(['update 1', 'update 1']);
  expect(only(relay).view).toMatchObject({ attempts: 2, nextAttemptAtMs: start + 6 * minuteMs });
  const { attempts } = await relay.spool.read(only(relay).entry.id);
  expect(attempts).toHaveLength(2);
  expect(attempts[1]).toMatchObject({
    startedAtMs: start + minuteMs,
    host: `127.0.0.1:${upstream.port}`,
    outcomes: [{ recipient: 'a@x.example', result: 'retry', reply: '450 4.2.1 Busy' }],
  });

  await relay.clock.advance(5 * minuteMs);
  await eventually(() => relay.spool.size).toBe(0);
  expect(upstream.messages).toHaveLength(1);
});

test('who has the message does not get it again', async () => {
  const upstream = await upstreamWith({
    rcpt: (address, time) => (address.startsWith('b') && time === 1 ? '450 4.2.1 Busy' : '250 Ok'),
  });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example', 'b@x.example']));
  await atRest(relay);
  expect(only(relay).record.recipients.map(({ state }) => state)).toEqual(['delivered', 'pending']);
  await relay.clock.advance(minuteMs);
  await eventually(() => relay.spool.size).toBe(0);
  expect(upstream.messages.map(({ recipients }) => recipients.map(({ address }) => address))).toEqual([
    ['a@x.example'],
    ['b@x.example'],
  ]);
});

test('each recipient keeps its DSN parameters within one transaction', async () => {
  const upstream = await upstreamWith();
  const relay = relayTo(upstream);
  await relay.spool.put(
    mailTo([], {
      recipients: [
        { address: 'a@x.example', dsn: { notify: ['NEVER'] } },
        { address: 'b@x.example', dsn: {} },
        { address: 'c@x.example', dsn: { notify: ['NEVER'] } },
      ],
    }),
  );
  await eventually(() => relay.spool.size).toBe(0);
  expect(upstream.messages.map(({ recipients }) => recipients)).toEqual([
    [
      { address: 'a@x.example', parameters: 'NOTIFY=NEVER' },
      { address: 'b@x.example', parameters: '' },
      { address: 'c@x.example', parameters: 'NOTIFY=NEVER' },
    ],
  ]);
});

test('a connection is kept for a few seconds and used again', async () => {
  const upstream = await upstreamWith();
  const relay = relayTo(upstream);
  for (let n = 1; n <= 3; n += 1) {
    await relay.spool.put(mailTo(['a@x.example']));
    await eventually(() => relay.spool.size).toBe(0);
    await eventually(() => relay.delivery.sessions()).toMatchObject([
      { phase: 'idle', messages: n, direction: 'outbound' },
    ]);
  }
  expect(upstream.connections).toBe(1);
  await relay.clock.advance(5_000);
  await eventually(() => upstream.openConnections).toBe(0);
  expect(relay.delivery.sessions()).toEqual([]);
  expect(upstream.commands.at(-1)).toBe('QUIT');
});

test('a kept connection that died meanwhile costs nothing', async () => {
  const upstream = await upstreamWith({ mail: (_address, time) => (time === 2 ? 'drop' : '250 Ok') });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.spool.size).toBe(0);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.spool.size).toBe(0);
  expect(upstream.connections).toBe(2);
  expect(relay.delivery.unreachable()).toEqual([]);
});

test('connections per destination are limited', async () => {
  const upstream = await upstreamWith({ final: 'hang' });
  const relay = relayWith({
    'delivery.smartHosts': [`127.0.0.1:${upstream.port}`],
    'delivery.connectionsPerDestination': 2,
  });
  for (let n = 0; n < 5; n += 1) await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.commands.filter((command) => command === 'DATA').length).toBe(2);
  const states = [...relay.spool.entries()].map((entry) => relay.delivery.view(entry).state);
  expect(states).toEqual(['sending', 'sending', 'ready', 'ready', 'ready']);
  expect(upstream.connections).toBe(2);
});

test.each<{ what: string; first: UpstreamOptions }>([
  { what: 'greets with 421', first: { greeting: '421 4.3.2 Busy' } },
  { what: 'greets with 554', first: { greeting: '554 5.7.1 No' } },
  { what: 'drops the connection', first: { greeting: 'drop' } },
  { what: 'answers MAIL with 421', first: { mail: '421 4.3.2 Bye' } },
  { what: 'wants a login', first: { mail: '530 5.7.0 Login' } },
])('the next host takes the mail when the first $what, and the first rests', async ({ first }) => {
  const [one, two] = [await upstreamWith(first), await upstreamWith()];
  const relay = relayTo(one, two);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => two.messages.length).toBe(1);
  expect(one.connections).toBe(1);
  expect(relay.delivery.unreachable()).toEqual([]);
  // The relay keeps the connection once it has read the last reply; its time must begin before the clock moves on.
  await atRest(relay);
  await relay.clock.advance(10_000); // the kept connection is closed by then
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => two.messages.length).toBe(2);
  expect(one.connections).toBe(1);
  one.behave({ greeting: '220 Ready', mail: '250 Ok' });
  await atRest(relay);
  await relay.clock.advance(5 * minuteMs);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => one.messages.length).toBe(1);
});

test('a destination that is down is probed by one message, and drained at once when it answers', async () => {
  const port = await freePort();
  const relay = relayTo(port);
  const start = relay.clock.now();
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.delivery.unreachable().length).toBe(1);
  await atRest(relay);
  for (let n = 2; n <= 20; n += 1) await relay.spool.put(mailTo(['a@x.example']));

  const lastError = expect.stringContaining('nothing listens there');
  expect(relay.delivery.unreachable()).toEqual([
    { nextHop: `127.0.0.1:${port}`, sinceMs: start, lastError, nextProbeAtMs: start + minuteMs },
  ]);
  for (const entry of relay.spool.entries()) {
    expect(relay.delivery.view(entry)).toMatchObject({ state: 'retry', lastError, nextAttemptAtMs: start + minuteMs });
  }

  // Two probes fail: one attempt each, the second at most by the second interval after the first.
  const attempts = (): number => relay.log.of('attempt').length;
  await relay.clock.advance(minuteMs);
  await eventually(attempts).toBe(2);
  await eventually(() => relay.delivery.unreachable()[0]?.nextProbeAtMs).toBe(start + 6 * minuteMs);
  await atRest(relay);
  await relay.clock.advance(5 * minuteMs);
  await eventually(attempts).toBe(3);
  await atRest(relay);
  expect(relay.delivery.unreachable()[0]).toMatchObject({ sinceMs: start, nextProbeAtMs: start + 11 * minuteMs });

  const upstream = await upstreamWith({ port });
  await relay.clock.advance(5 * minuteMs);
  await eventually(() => relay.spool.size).toBe(0);
  expect(upstream.messages).toHaveLength(20);
  expect(relay.delivery.unreachable()).toEqual([]);
  expect(relay.log.of('destination down')).toHaveLength(1);
  expect(relay.log.of('destination up')).toHaveLength(1);
});

test('a message that a server drops the connection for does not keep the others from it', async () => {
  const upstream = await upstreamWith({ greeting: '421 4.3.2 Busy' });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example'], { sender: 'poison@corp.example.com' }));
  await eventually(() => relay.delivery.unreachable().length).toBe(1);
  await atRest(relay);
  await relay.spool.put(mailTo(['a@x.example']));
  upstream.behave({
    greeting: '220 Ready',
    final: (sender) => (sender.startsWith('poison') ? 'drop' : '250 Ok'),
  });
  for (let probe = 0; probe < 2; probe += 1) {
    await relay.clock.advance(5 * minuteMs);
    await atRest(relay);
  }
  await eventually(() => upstream.messages.length).toBe(1);
  expect(relay.delivery.unreachable()).toEqual([]);
  expect(only(relay).view).toMatchObject({ lastError: expect.stringContaining('may have been delivered') });
});

test('retry wakes the probe of a destination that is down', async () => {
  const port = await freePort();
  const relay = relayTo(port);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.delivery.unreachable().length).toBe(1);
  await atRest(relay);
  const upstream = await upstreamWith({ port });
  expect(await relay.delivery.retry([only(relay).entry.id])).toEqual({ changed: 1, skipped: [] });
  await eventually(() => upstream.messages.length).toBe(1);
});

test('retry makes a message due that waits for its time', async () => {
  const upstream = await upstreamWith({ rcpt: (_address, time) => (time === 1 ? '450 4.2.1 Busy' : '250 Ok') });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  await atRest(relay);
  await relay.delivery.retry([only(relay).entry.id]);
  await eventually(() => upstream.messages.length).toBe(1);
});

test('a server that is full does not count as down, and gets no more connections than it takes', async () => {
  const upstream = await upstreamWith({
    greeting: (_address, time) => (time <= 2 ? '220 Ready' : '421 4.3.2 Too many connections'),
    final: 'hang',
  });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.commands.filter((command) => command === 'DATA').length).toBe(1);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.commands.filter((command) => command === 'DATA').length).toBe(2);
  for (let n = 0; n < 5; n += 1) await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.log.of('attempt').length).toBeGreaterThan(0);
  expect(relay.delivery.unreachable()).toEqual([]);
  expect(upstream.connections).toBeLessThanOrEqual(7);
});

test('held mail stays, and goes when it is released', async () => {
  const upstream = await upstreamWith({ rcpt: (_address, time) => (time === 1 ? '450 4.2.1 Busy' : '250 Ok') });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  await atRest(relay);
  const { id } = only(relay).entry;
  expect(await relay.delivery.hold([id])).toEqual({ changed: 1, skipped: [] });
  expect(only(relay).view).toMatchObject({ state: 'held', nextAttemptAtMs: null });
  await relay.clock.advance(60 * minuteMs);
  expect(upstream.commands.filter((command) => command.startsWith('RCPT'))).toHaveLength(1);
  expect(await relay.delivery.release([id])).toEqual({ changed: 1, skipped: [] });
  await eventually(() => upstream.messages.length).toBe(1);
});

test('operations leave alone what is being sent', async () => {
  const upstream = await upstreamWith({ final: 'hang' });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.commands.includes('DATA')).toBe(true);
  const { id } = only(relay).entry;
  const skipped = { changed: 0, skipped: [{ reason: 'beingSent', count: 1 }] };
  expect(await relay.delivery.hold([id])).toEqual(skipped);
  expect(await relay.delivery.retry([id])).toEqual(skipped);
  expect(await relay.delivery.remove([id], { report: false })).toEqual(skipped);
});

test('mail by MX goes to each domain, the second exchanger if need be', async () => {
  const upstream = await upstreamWith();
  const names: FakeNames = {
    mx: {
      'x.example': [
        { exchange: 'dead.x.example', priority: 10 },
        { exchange: 'mx.x.example', priority: 20 },
      ],
      'y.example': 'ENODATA',
    },
    addresses: { 'mx.x.example': ['127.0.0.1'], 'y.example': ['127.0.0.1'] },
  };
  const relay = relayWith({ 'delivery.outboundPort': upstream.port }, names);
  expect(relay.delivery.nextHopOf('a@x.example')).toBe('x.example');
  await relay.spool.put(mailTo(['a@x.example', 'b@y.example']));
  await eventually(() => relay.spool.size).toBe(0);
  expect(upstream.messages.map(({ recipients }) => recipients[0]?.address).sort()).toEqual([
    'a@x.example',
    'b@y.example',
  ]);
});

test('an unknown domain fails for good and its neighbour gets the mail; one report tells the sender', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith(
    { 'delivery.outboundPort': upstream.port },
    { mx: { 'x.example': 'ENODATA' }, addresses: { 'x.example': ['127.0.0.1'], 'corp.example.com': ['127.0.0.1'] } },
  );
  await relay.spool.put(mailTo(['a@x.example', 'b@nowhere.example']));
  await eventually(() => upstream.messages.length).toBe(2);
  await eventually(() => relay.spool.size).toBe(0);
  const report = upstream.messages.find(({ sender }) => sender === '');
  expect(report?.recipients).toMatchObject([{ address: 'ca@corp.example.com', parameters: 'NOTIFY=NEVER' }]);
  expect(report?.bytes.toString()).toMatch(/b@nowhere\.example\r\nAction: failed\r\nStatus: 5\.1\.2/);
  expect(report?.bytes.toString()).not.toContain('a@x.example');
});

test('mail that stays refused for now fails after its time, and the sender is told', async () => {
  const upstream = await upstreamWith({ rcpt: (address) => (address.startsWith('a') ? '450 4.2.1 Busy' : '250 Ok') });
  const relay = relayWith({
    'delivery.smartHosts': [`127.0.0.1:${upstream.port}`],
    'delivery.retryIntervals': [3_600],
    'delivery.expiration': 7_200,
  });
  await relay.spool.put(mailTo(['a@x.example']));
  await atRest(relay);
  await relay.clock.advance(60 * minuteMs);
  await atRest(relay);
  expect(only(relay).view).toMatchObject({ state: 'retry', attempts: 2 });
  await relay.clock.advance(60 * minuteMs);
  await eventually(() => upstream.messages.length).toBe(1);
  expect(upstream.messages[0]?.bytes.toString()).toContain('Status: 4.4.7');
  expect(upstream.messages[0]?.bytes.toString()).toContain('the last answer was: 450 4.2.1 Busy');
  await eventually(() => relay.delivery.totals).toEqual({ delivered: 1, failed: 1 });
});

test('an outage of the destination does not let mail expire, nor right after it', async () => {
  const port = await freePort();
  const relay = relayWith({
    'delivery.smartHosts': [`127.0.0.1:${port}`],
    'delivery.retryIntervals': [60, 3_600],
    'delivery.expiration': 7_200,
  });
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.delivery.unreachable().length).toBe(1);
  for (let hour = 0; hour < 4; hour += 1) {
    const attempts = relay.log.of('attempt').length;
    await relay.clock.advance(60 * minuteMs);
    await eventually(() => relay.log.of('attempt').length).toBeGreaterThan(attempts);
    await atRest(relay);
  }
  expect(only(relay).view.state).toBe('retry');
  const upstream = await upstreamWith({ port, rcpt: '450 4.2.1 Busy' });
  await relay.clock.advance(60 * minuteMs);
  await eventually(() => upstream.commands.length).toBeGreaterThan(0);
  await atRest(relay);
  expect(only(relay)).toMatchObject({ view: { lastError: '450 4.2.1 Busy' }, record: { failed: false } });
});

test('a report that is refused goes to Badmail', async () => {
  const upstream = await upstreamWith({ rcpt: '550 5.1.1 Unknown' });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.spool.badmail.count).toBe(1);
  expect(relay.spool.size).toBe(0);
  expect(relay.spool.badmail.moved[0]?.reason).toContain('ca@corp.example.com: 550 5.1.1 Unknown');
});

test('a result that the disk does not take is kept until it does, and the mail is not sent twice', async () => {
  const upstream = await upstreamWith();
  const relay = relayTo(upstream);
  let isFull = true;
  relay.spool.beforeStep = (step) => {
    if (isFull && step === 'remove') throw problem('storage', 'The disk is full.');
  };
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.log.of('store attempt').length).toBe(1);
  expect(only(relay).view.state).toBe('sending');
  isFull = false;
  await relay.clock.advance(5_000);
  await eventually(() => relay.spool.size).toBe(0);
  expect(upstream.messages).toHaveLength(1);
});

test('a report that the disk does not take is made later', async () => {
  const upstream = await upstreamWith({
    rcpt: (address) => (address.startsWith('a') ? '550 5.1.1 Unknown' : '250 Ok'),
  });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  let isFull = true;
  relay.spool.beforeStep = (step) => {
    if (isFull && step === 'begin') throw problem('storage', 'The disk is full.');
  };
  await eventually(() => relay.log.of('report').length).toBe(1);
  expect(only(relay)).toMatchObject({
    view: { state: 'failed', lastError: '550 5.1.1 Unknown' },
    record: { failed: true },
  });
  isFull = false;
  await relay.clock.advance(minuteMs);
  await eventually(() => upstream.messages.length).toBe(1);
  await eventually(() => relay.spool.size).toBe(0);
});

test('a message whose file cannot be read waits with the reason', async () => {
  const upstream = await upstreamWith();
  const relay = relayTo(upstream);
  relay.spool.read = () => Promise.reject(problem('storage', 'The file 1.eml cannot be read.'));
  await relay.spool.put(mailTo(['a@x.example']));
  await atRest(relay);
  expect(only(relay).view).toMatchObject({ state: 'retry', lastError: 'The file 1.eml cannot be read.' });
  expect(upstream.connections).toBe(0);
});

test('stopping lets a conversation end and starts nothing new', async () => {
  const upstream = await upstreamWith({ final: 'hang' });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.commands.includes('DATA')).toBe(true);
  const stopped = relay.delivery.stop();
  await relay.spool.put(mailTo(['b@x.example']));
  upstream.sayToAll('250 2.0.0 Ok');
  await stopped;
  expect(only(relay)).toMatchObject({ view: { state: 'ready' }, record: { recipients: [{ address: 'b@x.example' }] } });
  await eventually(() => upstream.openConnections).toBe(0);
  expect(upstream.commands.at(-1)).toBe('QUIT');
});

test('stopping cuts what does not end, and the mail stays as it was', async () => {
  const upstream = await upstreamWith({ final: 'hang' });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.commands.includes('DATA')).toBe(true);
  await stop(relay);
  expect(only(relay).record.recipients).toMatchObject([{ state: 'pending', attempts: 0, lastFailure: null }]);
  expect(relay.delivery.unreachable()).toEqual([]);
  upstream.behave({ final: '250 Ok' });
  relay.delivery.start();
  await eventually(() => upstream.messages.length).toBe(1);
});

test('a restart completes what was left: mail that waits, and a report that was not made', async () => {
  const upstream = await upstreamWith({ rcpt: '450 4.2.1 Busy' });
  const before = relayTo(upstream);
  await before.spool.put(mailTo(['a@x.example']));
  await atRest(before);
  const { entry, record } = only(before);
  await before.delivery.stop();
  await before.spool.update(entry.id, {
    ...record,
    failed: true,
    recipients: record.recipients.map((recipient) => ({ ...recipient, state: 'failed' })),
  });
  await before.spool.put(mailTo(['b@x.example']));
  upstream.behave({ rcpt: '250 Ok' });
  relayWith({ 'delivery.smartHosts': [`127.0.0.1:${upstream.port}`] }, {}, before.spool);
  await eventually(() => before.spool.size).toBe(0);
  expect(upstream.messages.map(({ recipients }) => recipients[0]?.address).sort()).toEqual([
    'b@x.example',
    'ca@corp.example.com',
  ]);
});

test('new smart hosts take what waited for the old ones at once', async () => {
  const port = await freePort();
  const relay = relayTo(port);
  await relay.spool.put(mailTo(['a@x.example']));
  await relay.spool.put(mailTo(['b@x.example']));
  await eventually(() => relay.delivery.unreachable().length).toBe(1);
  await atRest(relay);
  const upstream = await upstreamWith();
  relay.change({ 'delivery.smartHosts': [`127.0.0.1:${upstream.port}`] });
  expect(relay.delivery.unreachable()).toEqual([]);
  await eventually(() => upstream.messages.length).toBe(2);
});

test('new smart hosts take what the old one had refused for now, but not what is held', async () => {
  const busy = await upstreamWith({ rcpt: '450 4.2.1 Busy' });
  const relay = relayTo(busy);
  await relay.spool.put(mailTo(['held@x.example']));
  await atRest(relay);
  await relay.delivery.hold([only(relay).entry.id]);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => busy.commands.filter((line) => line.startsWith('RCPT')).length).toBe(2);
  await atRest(relay);
  const upstream = await upstreamWith();
  relay.change({ 'delivery.smartHosts': [`127.0.0.1:${upstream.port}`] });
  await eventually(() => upstream.messages.length).toBe(1);
  await atRest(relay);
  expect(upstream.messages.map(({ recipients }) => recipients[0]?.address)).toEqual(['a@x.example']);
});

test('after a restart that knows nothing of the outage, its mail waits for one short interval only', async () => {
  const port = await freePort();
  const intervals: Partial<ServerSettings> = { 'delivery.retryIntervals': [60, 3_600, 3_600, 3_600] };
  const before = relayWith({ 'delivery.smartHosts': [`127.0.0.1:${port}`], ...intervals });
  await before.spool.put(mailTo(['a@x.example']));
  await eventually(() => before.delivery.unreachable().length).toBe(1);
  await atRest(before);
  await before.clock.advance(minuteMs);
  await eventually(() => only(before).entry.record.recipients[0]?.attempts).toBe(2);
  await atRest(before);
  await before.delivery.stop();

  const upstream = await upstreamWith({ port });
  const after = relayAtRest({ 'delivery.smartHosts': [`127.0.0.1:${port}`], ...intervals }, {}, before.spool);
  await after.clock.advance(minuteMs);
  after.delivery.start();
  await atRest(after);
  expect(upstream.messages).toHaveLength(0);
  await after.clock.advance(minuteMs);
  await eventually(() => upstream.messages.length).toBe(1);
});

test('other changed settings have a destination that is down probed at once', async () => {
  const port = await freePort();
  const relay = relayTo(port);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.delivery.unreachable().length).toBe(1);
  await atRest(relay);
  const upstream = await upstreamWith({ port });
  relay.change({ 'delivery.connectionTimeout': 30 });
  await eventually(() => upstream.messages.length).toBe(1);
});

test('changes that the spool does not show are announced', async () => {
  const upstream = await upstreamWith();
  const relay = relayTo(upstream);
  const seen = new Set<string>();
  const stopListening = relay.delivery.onChange(() => {
    for (const { phase } of relay.delivery.sessions()) seen.add(phase);
  });
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => [...seen]).toEqual(['connecting', 'sending', 'idle']);
  stopListening();
});

test('mail does not wait for the years that a wrong clock was ahead', async () => {
  const upstream = await upstreamWith({ rcpt: (_address, time) => (time === 1 ? '450 4.2.1 Busy' : '250 Ok') });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  await atRest(relay);
  relay.clock.setTo(Date.parse('2026-01-01T00:00:00Z'));
  await relay.spool.put(mailTo(['b@x.example'], { receivedAtMs: relay.clock.now() }));
  await eventually(() => relay.log.of('clock set back').length).toBe(1);
  await eventually(() => relay.log.of('attempt').length).toBe(2);
  await relay.clock.advance(66 * minuteMs);
  await eventually(() => relay.spool.size).toBe(0);
});
