import { expect, test } from 'vitest';
import { keepConnected, reconnectDelayMs } from '../../../../renderer/api/reconnecting-client.ts';
import type { FrameChannel } from '../../../../shared/contract/frames.ts';

const status = {
  version: '1',
  computerName: 'CA01',
  dataFolder: '/data',
  hostedBy: 'service',
  processId: 1,
  startedAtMs: 0,
  servers: [],
  warnings: [],
};

interface FakeChannel extends FrameChannel {
  readonly deliver: (frame: unknown) => void;
  readonly lose: () => void;
}

type Answer = 'status' | 'refusal' | 'silence';

/** A relay at the other end of a channel that answers every call the same way. */
const createChannel = (answer: Answer = 'status'): FakeChannel => {
  const frames = new Set<(frame: unknown) => void>();
  const closes = new Set<() => void>();
  const deliver = (frame: unknown): void => {
    for (const listener of frames) listener(frame);
  };
  const lose = (): void => {
    for (const listener of [...closes]) listener();
    closes.clear();
  };
  return {
    deliver,
    lose,
    send: (frame) => {
      const { id } = frame as { id: number };
      if (answer === 'status') queueMicrotask(() => deliver({ type: 'answer', id, value: status }));
      if (answer === 'refusal') {
        queueMicrotask(() => deliver({ type: 'refusal', id, problem: { code: 'internal', message: 'No.' } }));
      }
    },
    onFrame: (listener) => frames.add(listener),
    onClose: (listener) => closes.add(listener),
    close: lose,
  };
};

/** Opens what the test hands out, and runs the waiting retry when the test says so. */
const createWorld = (channels: readonly (FakeChannel | Error)[]) => {
  const left = [...channels];
  const delays: number[] = [];
  let retry: (() => void) | null = null;
  const connection = keepConnected({
    open: async () => {
      const next = left.shift() ?? new Error('nobody there');
      if (next instanceof Error) throw next;
      return next;
    },
    after: (delayMs, action) => {
      delays.push(delayMs);
      retry = action;
      return () => {
        retry = null;
      };
    },
  });
  const states: string[] = [];
  connection.onStateChange(() => states.push(connection.state()));
  return {
    connection,
    delays,
    states,
    isRetryWaiting: () => retry !== null,
    retryNow: () => retry?.(),
    settle: () => new Promise<void>((done) => setImmediate(done)),
  };
};

test('a call made before the first connection waits for it', async () => {
  const { connection } = createWorld([createChannel()]);
  expect(connection.state()).toBe('connecting');
  await expect(connection.client.call('status.get', null)).resolves.toMatchObject({ computerName: 'CA01' });
  expect(connection.state()).toBe('connected');
});

test('a lost connection is opened again; events move over and everybody is told to fetch anew', async () => {
  const [first, second] = [createChannel(), createChannel()];
  const world = createWorld([first, second]);
  const seen: unknown[] = [];
  let reconnects = 0;
  world.connection.client.on('server.changed', (event) => seen.push(event));
  world.connection.onReconnect(() => {
    reconnects += 1;
  });
  await world.settle();
  first.deliver({ type: 'event', name: 'server.changed', value: { serverId: '1' } });
  first.lose();
  expect(world.connection.state()).toBe('lost');
  await expect(world.connection.client.call('status.get', null)).rejects.toMatchObject({
    problem: { code: 'disconnected' },
  });
  world.retryNow();
  await world.settle();
  second.deliver({ type: 'event', name: 'server.changed', value: { serverId: '2' } });
  expect(world.states).toEqual(['connected', 'lost', 'connected']);
  expect(seen).toEqual([{ serverId: '1' }, { serverId: '2' }]);
  expect(reconnects).toBe(1);
});

test('the waiting grows with each failure and starts short again after a success', async () => {
  const channel = createChannel();
  const world = createWorld([new Error('down'), new Error('down'), channel]);
  await world.settle();
  world.retryNow();
  await world.settle();
  world.retryNow();
  await world.settle();
  channel.lose();
  expect(world.delays).toEqual([500, 1_000, 500]);
});

test.each([
  [1, 500],
  [2, 1_000],
  [4, 4_000],
  [6, 10_000],
  [50, 10_000],
])('after %i failures it waits %i ms', (failures, delayMs) => {
  expect(reconnectDelayMs(failures)).toBe(delayMs);
});

test('a channel without a relay behind it is no connection', async () => {
  const silent = createChannel('silence');
  const world = createWorld([silent]);
  await world.settle();
  expect(world.connection.state()).toBe('connecting');
  silent.lose();
  await world.settle();
  expect(world.connection.state()).toBe('connecting');
  expect(world.isRetryWaiting()).toBe(true);
});

test('a relay that refuses is there all the same', async () => {
  const world = createWorld([createChannel('refusal')]);
  await world.settle();
  expect(world.connection.state()).toBe('connected');
});

test('once closed it stays closed', async () => {
  const world = createWorld([createChannel(), createChannel()]);
  await world.settle();
  world.connection.client.close();
  expect(world.isRetryWaiting()).toBe(false);
  await expect(world.connection.client.call('status.get', null)).rejects.toMatchObject({
    problem: { code: 'disconnected' },
  });
});
