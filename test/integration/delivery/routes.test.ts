import { expect, test } from 'vitest';
import { problem } from '../../../shared/contract/problem.ts';
import { outboundSecuritySchema } from '../../../shared/settings/outbound-security.ts';
import { type RemoteDomain, remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import { eventually } from '../../fakes/eventually.ts';
import { freePort } from '../../fakes/free-port.ts';
import { mailTo } from '../../fakes/mail.ts';
import { arrived, atRest, minuteMs, only, relayWith, smartHost, states, upstreamWith } from './stage.ts';

const remote = (name: string, more: Partial<RemoteDomain> = {}): RemoteDomain => ({
  ...remoteDomainSchema.parse({ name }),
  ...more,
});

test('domains.remote: mail goes by the longest wildcard, the exact name, or the usual way', async () => {
  const [usual, wide, exact] = [await upstreamWith(), await upstreamWith(), await upstreamWith()];
  const relay = relayWith({
    'delivery.smartHosts': [smartHost(usual)],
    'domains.remote': [
      remote('*.example.org', { smartHosts: [smartHost(wide)] }),
      remote('exact.example.org', { smartHosts: ['127.0.0.1'], port: exact.port }),
    ],
  });
  await relay.spool.put(mailTo(['a@exact.example.org', 'b@other.example.org', 'c@example.org', 'd@x.example']));
  await eventually(() => relay.spool.size).toBe(0);
  expect([usual, wide, exact].map(arrived)).toEqual([
    [['c@example.org', 'd@x.example']],
    [['b@other.example.org']],
    [['a@exact.example.org']],
  ]);
});

test('domains.remote: without smart hosts it goes by MX although the server has some', async () => {
  const [usual, direct] = [await upstreamWith(), await upstreamWith()];
  const relay = relayWith(
    {
      'delivery.smartHosts': [smartHost(usual)],
      'domains.remote': [remote('x.example', { port: direct.port })],
    },
    { mx: { 'x.example': [{ exchange: '127.0.0.1', priority: 10 }] } },
  );
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => arrived(direct)).toEqual([['a@x.example']]);
  expect(usual.connections).toBe(0);
});

test('domains.remote: HELO instead of EHLO', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith({
    'domains.remote': [remote('x.example', { smartHosts: [smartHost(upstream)], helo: true })],
  });
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.messages.length).toBe(1);
  expect(upstream.commands[0]).toBe('HELO relay.test.invalid');
});

test('domains.remote: its own login with its own secret, on connections of its own', async () => {
  const upstream = await upstreamWith({ startTls: 'works', auth: ['PLAIN'] });
  const own = outboundSecuritySchema.parse({ authentication: 'basic', userName: 'for-x' });
  const relay = relayWith(
    {
      'delivery.smartHosts': [smartHost(upstream)],
      'delivery.authentication': 'basic',
      'delivery.userName': 'for-all',
      'domains.remote': [remote('x.example', { smartHosts: [smartHost(upstream)], security: own })],
    },
    {},
    undefined,
    { secrets: { 'delivery.password': 'one', 'domain:x.example:password': 'two' } },
  );
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.messages.length).toBe(1);
  await relay.spool.put(mailTo(['a@y.example']));
  await eventually(() => upstream.messages.length).toBe(2);
  expect(upstream.logins.map(({ user, secret }) => [user, secret])).toEqual([
    ['for-x', 'two'],
    ['for-all', 'one'],
  ]);
  expect(upstream.connections).toBe(2);
});

test('delivery.directFirst: direct when the domain can be reached, with what it says', async () => {
  const [gateway, direct] = [await upstreamWith(), await upstreamWith({ rcpt: '550 5.1.1 Unknown' })];
  const relay = relayWith(
    {
      'delivery.directFirst': true,
      'delivery.smartHosts': [smartHost(gateway)],
      'delivery.outboundPort': direct.port,
    },
    { mx: { 'x.example': [{ exchange: '127.0.0.1', priority: 10 }] } },
  );
  await relay.spool.put(mailTo(['a@x.example'], { sender: '' }));
  await eventually(() => relay.spool.badmail.count).toBe(1);
  expect(gateway.connections).toBe(0);
});

test.each([
  { what: 'does not exist', names: {} },
  { what: 'cannot be looked up', names: { mx: { 'x.example': 'ESERVFAIL' } } },
  { what: 'cannot be reached', names: { mx: { 'x.example': [{ exchange: '127.0.0.1', priority: 10 }] } } },
])('delivery.directFirst: the smart hosts in the same attempt when the domain $what', async ({ names }) => {
  const gateway = await upstreamWith();
  const relay = relayWith(
    {
      'delivery.directFirst': true,
      'delivery.smartHosts': [smartHost(gateway)],
      'delivery.outboundPort': await freePort(),
    },
    names,
  );
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => arrived(gateway)).toEqual([['a@x.example']]);
  await eventually(() => relay.spool.size).toBe(0);
  expect(relay.log.of('attempt')).toHaveLength(1);
  expect(relay.delivery.unreachable()).toEqual([]);
});

test('domains.default and domains.aliases: local mail goes into Drop, the rest its way', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith({
    'delivery.smartHosts': [smartHost(upstream)],
    'domains.default': 'home.example',
    'domains.aliases': ['alias.example'],
  });
  const { id } = await relay.spool.put(mailTo(['a@home.example', 'b@alias.example', 'c@x.example']));
  await eventually(() => relay.spool.size).toBe(0);
  expect(relay.drop.delivered).toEqual([{ id, recipients: ['a@home.example', 'b@alias.example'] }]);
  expect(arrived(upstream)).toEqual([['c@x.example']]);
});

test.each([
  { reason: 'quota', enhanced: '4.2.2' },
  { reason: 'ENOSPC', enhanced: '4.3.0' },
])('a Drop folder that takes nothing ($reason) is tried again by the intervals', async ({ reason, enhanced }) => {
  const relay = relayWith({ 'domains.default': 'home.example' });
  relay.drop.beforeDelivery = () => {
    throw problem('storage', 'The folder Drop is full.', { parameters: { reason } });
  };
  await relay.spool.put(mailTo(['a@home.example']));
  await atRest(relay);
  const start = relay.clock.now();
  expect(only(relay)).toMatchObject({
    view: {
      state: 'retry',
      nextHop: 'Drop',
      lastError: 'The folder Drop is full.',
      nextAttemptAtMs: start + minuteMs,
    },
    record: { recipients: [{ lastFailure: { stage: 'drop', permanent: false, enhanced } }] },
  });
  expect(relay.delivery.unreachable()).toEqual([]);
  relay.drop.beforeDelivery = () => undefined;
  await relay.clock.advance(minuteMs);
  await eventually(() => relay.drop.delivered.length).toBe(1);
  await eventually(() => relay.spool.size).toBe(0);
});

test("a message's own route is taken at once, for all its recipients", async () => {
  const busy = await upstreamWith({ rcpt: '450 4.2.1 Busy' });
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(busy)], 'domains.remote': [remote('x.example')] });
  await relay.spool.put(mailTo(['a@y.example', 'b@z.example']));
  await atRest(relay);
  const other = await upstreamWith();
  const { id } = only(relay).entry;
  expect(await relay.delivery.setRoute([id], [smartHost(other)])).toEqual({ changed: 1, skipped: [] });
  await eventually(() => arrived(other)).toEqual([['a@y.example', 'b@z.example']]);
  await eventually(() => relay.spool.size).toBe(0);
});

test('a remote domain that holds its mail sends nothing until the mail is released', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith({
    'domains.remote': [remote('x.example', { smartHosts: [smartHost(upstream)], held: true })],
  });
  await relay.spool.put(mailTo(['a@x.example']));
  await relay.spool.put(mailTo(['b@x.example']));
  expect(states(relay)).toEqual(['held', 'held']);
  const [first] = [...relay.spool.entries()];
  if (first === undefined) throw new Error('nothing is queued');
  expect(await relay.delivery.retry([first.id])).toEqual({ changed: 0, skipped: [{ reason: 'alreadySo', count: 1 }] });
  await relay.clock.advance(60 * minuteMs);
  expect(upstream.connections).toBe(0);
  expect(await relay.delivery.release([first.id])).toEqual({ changed: 1, skipped: [] });
  await eventually(() => arrived(upstream)).toEqual([['a@x.example']]);
  await eventually(() => states(relay)).toEqual(['held']);
  relay.change({ 'domains.remote': [remote('x.example', { smartHosts: [smartHost(upstream)] })] });
  await eventually(() => arrived(upstream)).toEqual([['a@x.example'], ['b@x.example']]);
});

test('a new remote domain takes its own mail at once and leaves the rest, and what is known of it, alone', async () => {
  const port = await freePort();
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(port)] });
  await relay.spool.put(mailTo(['a@x.example', 'b@y.example']));
  await eventually(() => relay.delivery.unreachable().length).toBe(1);
  await atRest(relay);
  await relay.clock.advance(30_000);
  const upstream = await upstreamWith();
  relay.change({ 'domains.remote': [remote('x.example', { smartHosts: [smartHost(upstream)] })] });
  await eventually(() => arrived(upstream)).toEqual([['a@x.example']]);
  await eventually(() => relay.log.of('attempt').length).toBe(3);
  await atRest(relay);
  expect(relay.delivery.unreachable()).toMatchObject([
    { nextHop: smartHost(port), sinceMs: relay.clock.now() - 30_000 },
  ]);
});

test('a route that changes while a message is under way does not send it twice', async () => {
  const slow = await upstreamWith({ final: 'hang' });
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(slow)] });
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => slow.commands.includes('DATA')).toBe(true);
  const other = await upstreamWith();
  relay.change({ 'delivery.smartHosts': [smartHost(other)] });
  await relay.spool.put(mailTo(['b@x.example']));
  await eventually(() => arrived(other)).toEqual([['b@x.example']]);
  await relay.clock.advance(10_000);
  slow.sayToAll('250 2.0.0 Ok');
  await eventually(() => relay.spool.size).toBe(0);
  await relay.clock.advance(10_000);
  expect(arrived(other)).toEqual([['b@x.example']]);
});

test('routes that change twice while the queue is looked through move every message at once', async () => {
  const busy = await upstreamWith({ rcpt: '450 4.2.1 Busy' });
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(busy)] });
  for (let n = 0; n < 600; n += 1) await relay.spool.put(mailTo([`r${n}@x.example`]), '');
  await eventually(() => relay.log.of('attempt').length).toBe(600);
  await atRest(relay);
  const upstream = await upstreamWith();
  relay.change({ 'delivery.smartHosts': [smartHost(upstream)] });
  relay.change({ 'domains.remote': [remote('y.example')] });
  await eventually(() => relay.spool.size).toBe(0);
  expect(upstream.messages).toHaveLength(600);
});

test('settings that changed while delivery was stopped hold from the start', async () => {
  const [one, two] = [await upstreamWith(), await upstreamWith()];
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(one)] });
  await relay.delivery.stop();
  await relay.spool.put(mailTo(['a@x.example']));
  relay.setSilently({ 'delivery.smartHosts': [smartHost(two)] });
  relay.delivery.start();
  await eventually(() => arrived(two)).toEqual([['a@x.example']]);
  expect(one.connections).toBe(0);
});

test('a changed security of the same smart host is used for the next message', async () => {
  const upstream = await upstreamWith({ startTls: 'works' });
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(upstream)], 'delivery.tlsMode': 'off' });
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.delivery.sessions()).toMatchObject([{ phase: 'idle', encrypted: false }]);
  relay.change({ 'delivery.tlsMode': 'required' });
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.messages.map(({ encrypted }) => encrypted)).toEqual([false, true]);
});

test('a changed password is used at once for what waited because of the old one', async () => {
  const upstream = await upstreamWith({
    startTls: 'works',
    auth: ['PLAIN'],
    login: (_user, time) => (time === 1 ? '535 5.7.8 Wrong' : '235 2.7.0 Welcome'),
  });
  const relay = relayWith(
    {
      'delivery.smartHosts': [smartHost(upstream)],
      'delivery.authentication': 'basic',
      'delivery.userName': 'relay',
    },
    {},
    undefined,
    { secrets: { 'delivery.password': 'old' } },
  );
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.delivery.unreachable().length).toBe(1);
  await atRest(relay);
  relay.secrets.set('delivery.password', 'new');
  relay.delivery.settingsChanged();
  await eventually(() => upstream.messages.length).toBe(1);
  expect(upstream.logins.map(({ secret }) => secret)).toEqual(['old', 'new']);
});

test('a changed password is used for the next message although a connection is kept', async () => {
  const upstream = await upstreamWith({ startTls: 'works', auth: ['PLAIN'] });
  const relay = relayWith(
    {
      'delivery.smartHosts': [smartHost(upstream)],
      'delivery.authentication': 'basic',
      'delivery.userName': 'relay',
    },
    {},
    undefined,
    { secrets: { 'delivery.password': 'old' } },
  );
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.delivery.sessions()).toMatchObject([{ phase: 'idle' }]);
  relay.secrets.set('delivery.password', 'new');
  relay.delivery.settingsChanged();
  await relay.spool.put(mailTo(['b@x.example']));
  await eventually(() => upstream.messages.length).toBe(2);
  expect(upstream.logins.map(({ secret }) => secret)).toEqual(['old', 'new']);
});

test('changed settings give a host that rests another chance', async () => {
  const [first, second] = [await upstreamWith({ greeting: '421 4.3.2 Busy' }), await upstreamWith()];
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(first), smartHost(second)] });
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => second.messages.length).toBe(1);
  await atRest(relay);
  first.behave({ greeting: '220 Ready' });
  relay.change({ 'delivery.commandTimeout': 60 });
  await relay.spool.put(mailTo(['b@x.example']));
  await eventually(() => arrived(first)).toEqual([['b@x.example']]);
});

test('delivery.masqueradeDomain takes the place of the local domains', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith({
    'delivery.smartHosts': [smartHost(upstream)],
    'delivery.masqueradeDomain': 'public.example',
    'domains.default': 'home.example',
  });
  await relay.spool.put(mailTo(['a@x.example'], { sender: 'ca@home.example' }));
  await eventually(() => upstream.messages.map(({ sender }) => sender)).toEqual(['ca@public.example']);
});
