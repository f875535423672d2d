import { expect, test } from 'vitest';
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { eventually } from '../../fakes/eventually.ts';
import { mailTo } from '../../fakes/mail.ts';
import type { Upstream } from '../../fakes/upstream.ts';
import { arrived, atRest, minuteMs, only, relayWith, smartHost, upstreamWith } from './stage.ts';

const dataCommands = ({ commands }: Upstream): number => commands.filter((command) => command === 'DATA').length;

test('delivery.connectionLimit: no more attempts at one time, to whatever destinations', async () => {
  const upstream = await upstreamWith({ final: 'hang' });
  const relay = relayWith(
    { 'delivery.connectionLimit': 2, 'delivery.outboundPort': upstream.port },
    { mx: Object.fromEntries(['x', 'y', 'z'].map((name) => [name, [{ exchange: '127.0.0.1', priority: 10 }]])) },
  );
  for (const name of ['x', 'y', 'z']) await relay.spool.put(mailTo([`a@${name}`]));
  await eventually(() => dataCommands(upstream)).toBe(2);
  expect(upstream.connections).toBe(2);
  upstream.behave({ final: '250 Ok' });
  upstream.sayToAll('250 2.0.0 Ok');
  await eventually(() => relay.spool.size).toBe(0);
});

test('delivery.connectionsPerDestination: a raised limit is used at once', async () => {
  const upstream = await upstreamWith({ final: 'hang' });
  const relay = relayWith({
    'delivery.smartHosts': [smartHost(upstream)],
    'delivery.connectionsPerDestination': 1,
  });
  for (let n = 0; n < 4; n += 1) await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => dataCommands(upstream)).toBe(1);
  relay.change({ 'delivery.connectionsPerDestination': 3 });
  await eventually(() => dataCommands(upstream)).toBe(3);
  expect(upstream.connections).toBe(3);
});

test.each<{ limit: number | null; connections: number[] }>([
  { limit: 1, connections: [1, 2, 3, 4] },
  { limit: 2, connections: [1, 1, 2, 2] },
  { limit: null, connections: [1, 1, 1, 1] },
])('messages.messagesPerConnection: with $limit the messages come by $connections', async ({ limit, connections }) => {
  const upstream = await upstreamWith();
  const relay = relayWith({
    'delivery.smartHosts': [smartHost(upstream)],
    'messages.messagesPerConnection': limit,
  });
  for (let n = 0; n < 4; n += 1) {
    await relay.spool.put(mailTo(['a@x.example']));
    await eventually(() => relay.spool.size).toBe(0);
  }
  expect(upstream.messages.map(({ connection }) => connection)).toEqual(connections);
});

test('messages.recipientLimit: the others follow in further transactions', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(upstream)], 'messages.recipientLimit': 2 });
  await relay.spool.put(mailTo(['a@x.example', 'b@x.example', 'c@y.example', 'd@y.example', 'e@z.example']));
  await eventually(() => relay.spool.size).toBe(0);
  expect(arrived(upstream)).toEqual([['a@x.example', 'b@x.example'], ['c@y.example', 'd@y.example'], ['e@z.example']]);
  expect(upstream.connections).toBe(1);
  expect(relay.log.of('attempt')).toHaveLength(1);
});

test('messages.recipientLimit: null puts all of them into one', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(upstream)], 'messages.recipientLimit': null });
  const recipients = Array.from({ length: 150 }, (_, n) => `r${n}@x.example`);
  await relay.spool.put(mailTo(recipients));
  await eventually(() => arrived(upstream)).toEqual([recipients]);
});

test('both limits together: a message of many transactions goes on over further connections', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith({
    'delivery.smartHosts': [smartHost(upstream)],
    'messages.recipientLimit': 1,
    'messages.messagesPerConnection': 2,
  });
  await relay.spool.put(mailTo(['a@x.example', 'b@x.example', 'c@x.example']));
  await eventually(() => relay.spool.size).toBe(0);
  expect(upstream.messages.map(({ connection }) => connection)).toEqual([1, 1, 2]);
  expect(arrived(upstream)).toEqual([['a@x.example'], ['b@x.example'], ['c@x.example']]);
  expect(relay.log.of('attempt')).toHaveLength(1);
});

test('delivery.messagesPerMinute: the rest waits for its minute without being tried', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(upstream)], 'delivery.messagesPerMinute': 2 });
  for (let n = 0; n < 5; n += 1) await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.spool.size).toBe(3);
  await relay.clock.advance(minuteMs - 1);
  expect(upstream.messages).toHaveLength(2);
  for (const entry of relay.spool.entries()) {
    expect(relay.delivery.view(entry)).toMatchObject({ state: 'ready', attempts: 0, lastError: null });
  }
  await relay.clock.advance(1);
  await eventually(() => relay.spool.size).toBe(1);
  expect(upstream.messages).toHaveLength(4);
  relay.change({ 'delivery.messagesPerMinute': null });
  await eventually(() => relay.spool.size).toBe(0);
});

test('delivery.messagesPerMinute: each transaction of a message counts', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith({
    'delivery.smartHosts': [smartHost(upstream)],
    'delivery.messagesPerMinute': 3,
    'messages.recipientLimit': 1,
  });
  await relay.spool.put(mailTo(['a@x.example', 'b@x.example', 'c@x.example']));
  await eventually(() => relay.spool.size).toBe(0);
  await relay.spool.put(mailTo(['d@x.example']));
  await relay.clock.advance(minuteMs - 1);
  expect(only(relay).view.state).toBe('ready');
  await relay.clock.advance(1);
  await eventually(() => upstream.messages.length).toBe(4);
});

test.each<{ setting: Extract<keyof ServerSettings, `delivery.${string}Timeout`>; behaviour: object; error: string }>([
  { setting: 'delivery.greetingTimeout', behaviour: { greeting: 'hang' }, error: 'within 30 seconds' },
  { setting: 'delivery.commandTimeout', behaviour: { mail: 'hang' }, error: 'within 30 seconds' },
  { setting: 'delivery.finalReplyTimeout', behaviour: { final: 'hang' }, error: 'may have been delivered' },
])('$setting reaches the conversation', async ({ setting, behaviour, error }) => {
  const upstream = await upstreamWith(behaviour);
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(upstream)], [setting]: 30 });
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.connections).toBe(1);
  await eventually(() => {
    void relay.clock.advance(1_000);
    return only(relay).view.state;
  }).toBe('retry');
  await atRest(relay);
  expect(only(relay).view.lastError).toContain(error);
  const waitedMs = relay.clock.now() - Date.parse('2030-01-01T00:00:00.000Z');
  expect(waitedMs).toBeGreaterThanOrEqual(30_000);
});

test('While messages come in on a busy thread a few attempts run at a time; soon after the last one all that may', async () => {
  const upstream = await upstreamWith({ final: 'hang' });
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(upstream)] }, {}, undefined, {
    threadLoad: () => 1,
  });
  for (let n = 0; n < 5; n += 1) await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => dataCommands(upstream)).toBe(2);
  expect(upstream.connections).toBe(2);
  await relay.clock.advance(250);
  await eventually(() => dataCommands(upstream)).toBe(5);
});

test('A connection goes on while removals are flushed, for ten messages beyond the limit and no more', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith({
    'delivery.smartHosts': [smartHost(upstream)],
    'delivery.connectionsPerDestination': 1,
  });
  let flush = (): void => undefined;
  const flushed = new Promise<void>((resolve) => {
    flush = resolve;
  });
  relay.spool.beforeStep = (step) => (step === 'remove' ? flushed : undefined);
  for (let n = 0; n < 15; n += 1) await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.messages.length).toBe(11);
  await relay.clock.advance(minuteMs);
  expect(upstream.messages.length).toBe(11);
  expect(upstream.connections).toBe(1);
  flush();
  await eventually(() => relay.spool.size).toBe(0);
  expect(upstream.messages.length).toBe(15);
});
