import { expect, test } from 'vitest';
import { remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import { eventually } from '../../fakes/eventually.ts';
import { freePort } from '../../fakes/free-port.ts';
import { mailTo } from '../../fakes/mail.ts';
import {
  arrived,
  atRest,
  minuteMs,
  only,
  relayAtRest,
  relayTo,
  relayWith,
  smartHost,
  states,
  upstreamWith,
} from './stage.ts';

const empty = { total: 0, ready: 0, sending: 0, retry: 0, held: 0, failed: 0 };

test('delivery.frozen: nothing starts for it, and thawed all that waits goes at once', async () => {
  const upstream = await upstreamWith({ rcpt: (_address, time) => (time === 1 ? '450 4.2.1 Busy' : '250 Ok') });
  const relay = relayTo(upstream);
  const nextHop = smartHost(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  await atRest(relay);
  relay.change({ 'delivery.frozen': [nextHop] });
  await relay.spool.put(mailTo(['b@x.example']));
  await relay.clock.advance(60 * minuteMs);
  expect(upstream.messages).toHaveLength(0);
  const [tried, fresh] = [...relay.spool.entries()].map((entry) => relay.delivery.view(entry));
  expect(tried).toMatchObject({ state: 'retry', lastError: '450 4.2.1 Busy', nextAttemptAtMs: null });
  expect(fresh).toMatchObject({ state: 'ready', nextAttemptAtMs: null });
  expect(await relay.delivery.destinations()).toMatchObject([
    { nextHop, state: 'frozen', lastError: '450 4.2.1 Busy', nextAttemptAtMs: null, counts: { total: 2 } },
  ]);
  relay.change({ 'delivery.frozen': [] });
  upstream.behave({ rcpt: '250 Ok' });
  await eventually(() => relay.spool.size).toBe(0);
});

test('delivery.frozen: it holds from the start, and the frozen one is listed although nothing waits', async () => {
  const upstream = await upstreamWith();
  const nextHop = smartHost(upstream);
  const relay = relayWith({ 'delivery.smartHosts': [nextHop], 'delivery.frozen': [nextHop] });
  expect(await relay.delivery.destinations()).toEqual([
    {
      nextHop,
      state: 'frozen',
      counts: empty,
      sizeBytes: 0,
      oldestReceivedAtMs: null,
      lastError: null,
      nextAttemptAtMs: null,
      downSinceMs: null,
      connections: 0,
    },
  ]);
  await relay.spool.put(mailTo(['a@x.example']));
  await relay.clock.advance(minuteMs);
  expect(upstream.connections).toBe(0);
});

test('delivery.frozen: a message under way ends, and its connection with it', async () => {
  const upstream = await upstreamWith({ final: 'hang' });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.commands.includes('DATA')).toBe(true);
  relay.change({ 'delivery.frozen': [smartHost(upstream)] });
  upstream.sayToAll('250 2.0.0 Ok');
  await eventually(() => relay.spool.size).toBe(0);
  await eventually(() => relay.delivery.sessions()).toEqual([]);
});

test('the list of destinations: counts by state, sizes, the oldest, the error and the next time of each', async () => {
  const [up, busy] = [await upstreamWith({ final: 'hang' }), await upstreamWith({ rcpt: '450 4.2.1 Busy' })];
  const port = await freePort();
  const entries = [
    { name: 'up.example', smartHosts: [smartHost(up)] },
    { name: 'busy.example', smartHosts: [smartHost(busy)] },
    { name: 'down.example', smartHosts: [smartHost(port)] },
    { name: 'held.example', smartHosts: ['held.test.invalid'], held: true },
  ];
  const relay = relayWith({ 'domains.remote': entries.map((entry) => remoteDomainSchema.parse(entry)) });
  const start = relay.clock.now();
  await relay.spool.put(mailTo(['a@down.example']));
  await eventually(() => relay.delivery.unreachable().length).toBe(1);
  await atRest(relay);
  await relay.spool.put(mailTo(['b@down.example'], { receivedAtMs: start - 5_000 }));
  await relay.spool.put(mailTo(['a@busy.example', 'b@busy.example']));
  await atRest(relay);
  await relay.spool.put(mailTo(['a@held.example', 'a@down.example', 'a@up.example']));
  await relay.spool.put(mailTo(['a@up.example']));
  await eventually(() => up.commands.filter((command) => command === 'DATA').length).toBe(2);

  const sizeBytes = firstOf(relay.spool.entries()).sizeBytes;
  const rows = await relay.delivery.destinations();
  expect(rows).toEqual([
    {
      nextHop: smartHost(port),
      state: 'down',
      counts: { ...empty, total: 3, retry: 3 },
      sizeBytes: 3 * sizeBytes,
      oldestReceivedAtMs: start - 5_000,
      lastError: expect.stringContaining('nothing listens there'),
      nextAttemptAtMs: start + minuteMs,
      downSinceMs: start,
      connections: 0,
    },
    {
      nextHop: smartHost(up),
      state: 'active',
      counts: { ...empty, total: 2, sending: 2 },
      sizeBytes: 2 * sizeBytes,
      oldestReceivedAtMs: start,
      lastError: null,
      nextAttemptAtMs: null,
      downSinceMs: null,
      connections: 2,
    },
    {
      nextHop: smartHost(busy),
      state: 'retry',
      counts: { ...empty, total: 1, retry: 1 },
      sizeBytes,
      oldestReceivedAtMs: start,
      lastError: '450 4.2.1 Busy',
      nextAttemptAtMs: start + minuteMs,
      downSinceMs: null,
      connections: 1,
    },
    {
      nextHop: 'held.test.invalid',
      state: 'held',
      counts: { ...empty, total: 1, held: 1 },
      sizeBytes,
      oldestReceivedAtMs: start,
      lastError: null,
      nextAttemptAtMs: null,
      downSinceMs: null,
      connections: 0,
    },
  ]);
});

const firstOf = <Value>(values: Iterable<Value>): Value => {
  for (const value of values) return value;
  throw new Error('nothing is there');
};

test('the list follows every change of a short queue', async () => {
  const relay = relayAtRest({ 'delivery.smartHosts': ['gw.test.invalid'] });
  const totals = async () => (await relay.delivery.destinations()).map(({ counts }) => counts.total);
  expect(await totals()).toEqual([]);
  const entry = await relay.spool.put(mailTo(['a@x.example']));
  expect(await totals()).toEqual([1]);
  await relay.delivery.hold([entry.id]);
  expect((await relay.delivery.destinations())[0]).toMatchObject({ state: 'ready', counts: { held: 1, total: 1 } });
  await relay.spool.remove(entry.id);
  expect(await totals()).toEqual([]);
});

test('the list of a long queue is made in slices: others get their turn, and whoever asks meanwhile shares it', async () => {
  const relay = relayAtRest({ 'delivery.smartHosts': ['gw.test.invalid'] });
  for (let n = 0; n < 6_000; n += 1) await relay.spool.put(mailTo(['a@x.example']), '');
  let turns = 0;
  let isMade = false;
  const count = (): void => {
    turns += 1;
    if (!isMade) setImmediate(count);
  };
  setImmediate(count);
  const first = relay.delivery.destinations();
  await relay.spool.put(mailTo(['a@x.example']), '');
  expect(relay.delivery.destinations()).toBe(first);
  const rows = await first;
  isMade = true;
  expect(rows[0]?.counts.total).toBeGreaterThanOrEqual(6_000);
  expect(turns).toBeGreaterThan(5);
  expect(relay.delivery.destinations()).toBe(first);
  await relay.clock.advance(1_000);
  expect((await relay.delivery.destinations())[0]?.counts.total).toBe(6_001);
});

test('a destination is tried at once on request: what waits is due, what is held stays', async () => {
  const upstream = await upstreamWith({ rcpt: '450 4.2.1 Busy' });
  const relay = relayTo(upstream);
  for (const address of ['a@x.example', 'b@x.example', 'c@x.example']) await relay.spool.put(mailTo([address]));
  await atRest(relay);
  const { id } = firstOf(relay.spool.entries());
  await relay.delivery.hold([id]);
  upstream.behave({ rcpt: '250 Ok' });
  expect(await relay.delivery.retryDestination(smartHost(upstream))).toEqual({
    changed: 2,
    skipped: [{ reason: 'alreadySo', count: 1 }],
  });
  await eventually(() => arrived(upstream).flat().sort()).toEqual(['b@x.example', 'c@x.example']);
  await eventually(() => states(relay)).toEqual(['held']);
  expect(await relay.delivery.retryDestination('nowhere.example')).toEqual({ changed: 0, skipped: [] });
});

test('a destination that is down is probed at once on request', async () => {
  const port = await freePort();
  const relay = relayTo(port);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.delivery.unreachable().length).toBe(1);
  await atRest(relay);
  const upstream = await upstreamWith({ port });
  expect(await relay.delivery.retryDestination(smartHost(port))).toEqual({ changed: 1, skipped: [] });
  await eventually(() => upstream.messages.length).toBe(1);
});

test('terminate cuts the sessions that are named; their mail is tried again and nothing is called down', async () => {
  const upstream = await upstreamWith({ final: 'hang' });
  const relay = relayTo(upstream);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.commands.includes('DATA')).toBe(true);
  const [session] = relay.delivery.sessions();
  expect(relay.delivery.terminate(['no such session'])).toBe(0);
  expect(relay.delivery.terminate([session?.id ?? ''])).toBe(1);
  expect(relay.delivery.sessions()).toEqual([]);
  await eventually(() => upstream.openConnections).toBe(0);
  await atRest(relay);
  expect(only(relay).view).toMatchObject({ state: 'retry', attempts: 1 });
  expect(relay.delivery.unreachable()).toEqual([]);
  expect(upstream.connections).toBe(1);
  upstream.behave({ final: '250 Ok' });
  await relay.clock.advance(minuteMs);
  await eventually(() => upstream.messages.length).toBe(1);
});

test.each([
  { what: 'is greeted', behaviour: { greeting: 'hang' } as const },
  { what: 'waits for an answer before DATA', behaviour: { mail: 'hang' } as const },
])('terminate cuts a session that $what, with the reason in the queue', async ({ behaviour }) => {
  const [upstream, second] = [await upstreamWith(behaviour), await upstreamWith()];
  const relay = relayTo(upstream, second);
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.connections).toBe(1);
  if ('mail' in behaviour) await eventually(() => upstream.commands.join()).toContain('MAIL FROM');
  expect(relay.delivery.terminate(null)).toBe(1);
  await atRest(relay);
  expect(only(relay).view).toMatchObject({
    state: 'retry',
    lastError: 'The connection was ended by the administrator.',
  });
  expect(relay.delivery.unreachable()).toEqual([]);
  expect(second.connections).toBe(0);
});

test('explain tells the rule, the hosts as DNS answers now, and what is wrong with the others', async () => {
  const relay = relayAtRest(
    {
      'delivery.smartHosts': ['gw.test.invalid'],
      'delivery.tlsMode': 'required',
      'delivery.frozen': ['x.example'],
      'domains.default': 'home.example',
      'domains.remote': [remoteDomainSchema.parse({ name: 'x.example', held: true })],
    },
    {
      mx: {
        'x.example': [
          { exchange: 'gone.x.example', priority: 10 },
          { exchange: 'mx.x.example', priority: 20 },
        ],
      },
      addresses: { 'mx.x.example': ['192.0.2.1', '2001:db8::1'], 'gw.test.invalid': ['192.0.2.9'] },
    },
  );
  expect(await relay.delivery.explain('a@x.example')).toEqual({
    nextHop: 'x.example',
    kind: 'domain',
    rule: 'remoteDomain',
    remoteDomain: 'x.example',
    frozen: true,
    held: true,
    tlsMode: 'required',
    authentication: 'none',
    hosts: ['mx.x.example [192.0.2.1]:25', 'mx.x.example [2001:db8::1]:25'],
    problems: ['The name gone.x.example could not be resolved (ENOTFOUND).'],
  });
  expect(await relay.delivery.explain('a@y.example')).toMatchObject({
    rule: 'smartHosts',
    nextHop: 'gw.test.invalid',
    hosts: ['gw.test.invalid [192.0.2.9]:25'],
    problems: [],
  });
  expect(await relay.delivery.explain('a@home.example')).toMatchObject({
    rule: 'localDomain',
    kind: 'drop',
    nextHop: 'Drop',
    tlsMode: 'off',
    hosts: [],
    problems: [],
  });
});

test('explain takes the route of the message that is named', async () => {
  const relay = relayAtRest({ 'delivery.smartHosts': ['gw.test.invalid'] });
  const { id } = await relay.spool.put(mailTo(['a@x.example']));
  await relay.delivery.setRoute([id], ['192.0.2.7:26']);
  expect(await relay.delivery.explain('a@x.example', id)).toMatchObject({
    rule: 'messageRoute',
    hosts: ['192.0.2.7:26'],
  });
  await relay.spool.remove(id);
  await expect(relay.delivery.explain('a@x.example', id)).rejects.toMatchObject({ problem: { code: 'notFound' } });
});

test('a message that one of its domains holds: retry tries the rest now, and release sends what is held', async () => {
  const [busy, calm] = [await upstreamWith({ rcpt: '450 4.2.1 Busy' }), await upstreamWith()];
  const entries = [
    { name: 'busy.example', smartHosts: [smartHost(busy)] },
    { name: 'held.example', smartHosts: [smartHost(calm)], held: true },
  ];
  const relay = relayWith({ 'domains.remote': entries.map((entry) => remoteDomainSchema.parse(entry)) });
  const { id } = await relay.spool.put(mailTo(['a@busy.example', 'a@held.example']));
  await atRest(relay);
  busy.behave({ rcpt: '250 Ok' });
  expect(await relay.delivery.retry([id])).toEqual({ changed: 1, skipped: [] });
  await eventually(() => arrived(busy)).toEqual([['a@busy.example']]);
  await eventually(() => states(relay)).toEqual(['held']);
  expect(calm.connections).toBe(0);
  // Now all that is left is held.
  expect(await relay.delivery.retry([id])).toEqual({ changed: 0, skipped: [{ reason: 'alreadySo', count: 1 }] });
  expect(await relay.delivery.release([id])).toEqual({ changed: 1, skipped: [] });
  await eventually(() => arrived(calm)).toEqual([['a@held.example']]);
});
