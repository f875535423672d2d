import { expect, test } from 'vitest';
import { serveContract } from '../../../electron/host/contract-server.ts';
import type { Handlers } from '../../../shared/contract/calls.ts';
import type { FrameChannel } from '../../../shared/contract/frames.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

/** The client's end of a channel in memory. */
function openChannel() {
  const sent: unknown[] = [];
  let receive: (frame: unknown) => void = () => {};
  let closed = false;
  const closeListeners: (() => void)[] = [];
  const channel: FrameChannel = {
    send: (frame) => void sent.push(frame),
    onFrame: (listener) => {
      receive = listener;
    },
    onClose: (listener) => void closeListeners.push(listener),
    close() {
      closed = true;
      for (const listener of closeListeners) listener();
    },
  };
  return { channel, sent, send: (frame: unknown) => receive(frame), isClosed: () => closed };
}

const handlersWith = (some: Partial<Handlers>): Handlers =>
  new Proxy(some, {
    get: (target, name) =>
      Reflect.get(target, name) ?? (() => Promise.reject(new Error(`not expected: ${String(name)}`))),
  }) as Handlers;

function serve(some: Partial<Handlers> = {}) {
  const log = new MemoryLog();
  const client = openChannel();
  const connection = serveContract(client.channel, handlersWith(some), log);
  return { ...client, log, connection };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('an answer carries the number of its call', async () => {
  const { send, sent } = serve({ 'network.addresses': async () => [] });
  send({ type: 'call', id: 7, name: 'network.addresses', argument: null });
  await settled();
  expect(sent).toEqual([{ type: 'answer', id: 7, value: [] }]);
});

test.each([
  { title: 'no object', frame: 'call' },
  { title: 'nothing', frame: null },
  { title: 'a host frame', frame: { type: 'answer', id: 1, value: null } },
  { title: 'no number', frame: { type: 'call', name: 'status.get', argument: null } },
  { title: 'a number below 1', frame: { type: 'call', id: 0, name: 'status.get', argument: null } },
  { title: 'a name without end', frame: { type: 'call', id: 1, name: 'x'.repeat(101), argument: null } },
])('$title ends the channel', async ({ frame }) => {
  const { send, sent, isClosed } = serve();
  send(frame);
  await settled();
  expect(isClosed()).toBe(true);
  expect(sent).toEqual([]);
});

test.each(['status.set', '__proto__', 'constructor', 'toString', ''])('no such call: %s', async (name) => {
  const { send, sent, isClosed } = serve();
  send({ type: 'call', id: 1, name, argument: null });
  await settled();
  expect(sent).toMatchObject([{ type: 'refusal', id: 1, problem: { code: 'unknownCall' } }]);
  expect(isClosed()).toBe(false);
});

test.each([
  { name: 'queue.list', argument: null, field: undefined },
  { name: 'queue.show', argument: { serverId: '1', id: '../../etc/passwd' }, field: 'id' },
  { name: 'queue.show', argument: { serverId: '../2', id: '0'.repeat(26) }, field: 'serverId' },
  {
    name: 'queue.source',
    argument: { serverId: '1', id: '0'.repeat(26), offsetBytes: -1, limitBytes: 1 },
    field: 'offsetBytes',
  },
])('$name with a bad argument never reaches its handler', async ({ name, argument, field }) => {
  const { send, sent } = serve();
  send({ type: 'call', id: 1, name, argument });
  await settled();
  expect(sent).toMatchObject([{ type: 'refusal', id: 1, problem: { code: 'badArgument', ...(field && { field }) } }]);
});

test('what people may read travels; what is our fault goes to the log only', async () => {
  const { send, sent, log } = serve({
    'network.addresses': () => Promise.reject(problem('notPossible', 'Not now.')),
    'status.get': () => Promise.reject(new Error('secret path /etc/shadow')),
  });
  send({ type: 'call', id: 1, name: 'network.addresses', argument: null });
  send({ type: 'call', id: 2, name: 'status.get', argument: null });
  await settled();
  expect(sent).toContainEqual({ type: 'refusal', id: 1, problem: { code: 'notPossible', message: 'Not now.' } });
  expect(sent).toContainEqual({ type: 'refusal', id: 2, problem: expect.objectContaining({ code: 'internal' }) });
  expect(JSON.stringify(sent)).not.toContain('shadow');
  expect(log.of('call failed')).toHaveLength(1);
});

test('a client with more calls under way than any screen has is cut off', async () => {
  const { send, isClosed } = serve({ 'status.get': () => new Promise(() => {}) });
  for (let id = 1; id <= 256; id += 1) send({ type: 'call', id, name: 'status.get', argument: null });
  expect(isClosed()).toBe(false);
  send({ type: 'call', id: 257, name: 'status.get', argument: null });
  expect(isClosed()).toBe(true);
});

test('after the end nothing is sent any more', async () => {
  const { send, sent, channel, connection } = serve({ 'network.addresses': async () => [] });
  send({ type: 'call', id: 1, name: 'network.addresses', argument: null });
  channel.close();
  connection.sendEvent('queue.changed', { serverId: '1', revision: 1 });
  await settled();
  expect(sent).toEqual([]);
});

test('who has asked nothing is told nothing: a pipe may be opened by somebody who can only read', async () => {
  const { send, sent, connection } = serve({ 'network.addresses': async () => [] });
  const event = { serverId: '1', revision: 1 };
  connection.sendEvent('queue.changed', event);
  expect(sent).toEqual([]);
  send({ type: 'call', id: 1, name: 'network.addresses', argument: null });
  await settled();
  connection.sendEvent('queue.changed', event);
  expect(sent).toEqual([
    { type: 'answer', id: 1, value: [] },
    { type: 'event', name: 'queue.changed', value: event },
  ]);
});
