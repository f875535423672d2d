import { expect, test } from 'vitest';
import { createQueueDesk, type QueueQuery } from '../../../electron/host/queue-desk.ts';
import { queueSortKeys } from '../../../shared/contract/messages.ts';
import { DeskQueue } from '../../fakes/desk-queue.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const byArrival: QueueQuery = { filter: {}, sort: { by: 'receivedAtMs', descending: false }, offset: 0, limit: 50 };

function deskOn(queue: DeskQueue, clock = new FakeClock(), pause = async () => {}) {
  let outdated = 0;
  const desk = createQueueDesk({
    ...queue.options,
    clock,
    pause,
    onOutdated: () => {
      outdated += 1;
    },
  });
  const numbers = async (query: Partial<QueueQuery> = {}): Promise<number[]> =>
    (await desk.list({ ...byArrival, ...query })).rows.map(({ id }) => Number(id));
  return { desk, clock, numbers, outdated: () => outdated };
}

const sample = (): DeskQueue => {
  const queue = new DeskQueue();
  queue.add({ subject: 'beta', sizeBytes: 300, state: 'retry', lastError: '450 greylisted', nextAttemptAtMs: 20 });
  queue.add({ subject: 'Ägypten', sizeBytes: 100, state: 'held', sender: '', attempts: 3 });
  queue.add({ subject: 'alpha', sizeBytes: 200, state: 'sending', recipients: ['anna@b.example', 'eva@c.example'] });
  queue.add({ subject: 'Beta', sizeBytes: 300, nextAttemptAtMs: 10, nextHop: '[10.0.0.1]:25' });
  return queue;
};

test('a page by arrival, either way round', async () => {
  const { numbers } = deskOn(sample());
  const newestFirst = { by: 'receivedAtMs', descending: true } as const;
  expect(await numbers()).toEqual([1, 2, 3, 4]);
  expect(await numbers({ offset: 1, limit: 2 })).toEqual([2, 3]);
  expect(await numbers({ sort: newestFirst })).toEqual([4, 3, 2, 1]);
  expect(await numbers({ sort: newestFirst, offset: 3, limit: 9 })).toEqual([1]);
  expect(await numbers({ offset: 9 })).toEqual([]);
});

test('when the clock of the computer was set back, times are in order by time and ids by arrival', async () => {
  const queue = new DeskQueue();
  for (const receivedAtMs of [100, 300, 200]) queue.add({ receivedAtMs });
  const { numbers } = deskOn(queue);
  expect(await numbers()).toEqual([1, 3, 2]);
  expect(await numbers({ sort: { by: 'id', descending: false } })).toEqual([1, 2, 3]);
});

test.each([
  { by: 'subject', up: [2, 3, 1, 4], down: [1, 4, 3, 2] },
  { by: 'sizeBytes', up: [2, 3, 1, 4], down: [1, 4, 3, 2] },
  { by: 'state', up: [4, 3, 1, 2], down: [2, 1, 3, 4] },
  { by: 'nextAttemptAtMs', up: [4, 1, 2, 3], down: [2, 3, 1, 4] },
  { by: 'lastError', up: [1, 2, 3, 4], down: [2, 3, 4, 1] },
  { by: 'recipient', up: [3, 1, 2, 4], down: [1, 2, 4, 3] },
  { by: 'attempts', up: [1, 3, 4, 2], down: [2, 1, 3, 4] },
  { by: 'id', up: [1, 2, 3, 4], down: [4, 3, 2, 1] },
] as const)('sorted by $by; equal ones by arrival', async ({ by, up, down }) => {
  const queue = sample();
  const { numbers } = deskOn(queue);
  expect(await numbers({ sort: { by, descending: false } })).toEqual(up);
  expect(await numbers({ sort: { by, descending: true } })).toEqual(down);
});

test('every column can be sorted by', async () => {
  const { numbers } = deskOn(sample());
  for (const by of queueSortKeys) expect(await numbers({ sort: { by, descending: false } })).toHaveLength(4);
});

test.each([
  { filter: { search: 'BETA' }, found: [1, 4] },
  { filter: { search: 'beta greylisted' }, found: [1] },
  { filter: { search: 'eva@c' }, found: [3] },
  { filter: { search: '10.0.0.1' }, found: [4] },
  { filter: { search: '00003' }, found: [3] },
  { filter: { search: 'alphaca@example' }, found: [] },
  { filter: { search: '  ' }, found: [1, 2, 3, 4] },
  { filter: { states: ['held', 'sending'] }, found: [2, 3] },
  { filter: { states: ['retry'], search: 'alpha' }, found: [] },
  { filter: { states: [] }, found: [] },
  { filter: { sender: 'CA@example' }, found: [1, 3, 4] },
  { filter: { recipient: 'eva@C' }, found: [3] },
  { filter: { subject: 'BET' }, found: [1, 4] },
  { filter: { subject: 'bet', largerThanBytes: 300 }, found: [] },
  { filter: { lastError: 'Grey' }, found: [1] },
  { filter: { nextHop: '[10.0.0.1]:25' }, found: [4] },
  { filter: { nextHop: '10.0.0.1' }, found: [] },
  { filter: { largerThanBytes: 199 }, found: [1, 3, 4] },
  { filter: { largerThanBytes: 200 }, found: [1, 4] },
  { filter: { receivedAfterMs: 1_900_000_000_002 }, found: [3, 4] },
  { filter: { receivedBeforeMs: 1_900_000_000_002 }, found: [1] },
  { filter: { receivedAfterMs: 1_900_000_000_001, receivedBeforeMs: 1_900_000_000_004, sender: 'ca@' }, found: [3] },
] as const)('filter $filter keeps $found', async ({ filter, found }) => {
  const { desk, numbers } = deskOn(sample());
  const asGiven = filter as QueueQuery['filter'];
  expect(await numbers({ filter: asGiven })).toEqual(found);
  expect(await desk.list({ ...byArrival, filter: asGiven, limit: 1 })).toMatchObject({
    total: found.length,
    queueTotal: 4,
  });
  expect((await desk.select({ filter: asGiven })).map(Number)).toEqual(found);
});

test('a message that goes two ways is found by either next hop, and by no part of one', async () => {
  const queue = new DeskQueue();
  queue.add({ recipients: ['eva@b.example', 'anna@c.example'], nextHopByDomain: true });
  queue.add({ recipients: ['eva@b.example', 'anna@c.example'], delivered: ['anna@c.example'], nextHopByDomain: true });
  queue.add({ recipients: ['eva@bb.example'], nextHopByDomain: true });
  const { numbers } = deskOn(queue);
  expect(await numbers({ filter: { nextHop: 'c.example' } })).toEqual([1]);
  expect(await numbers({ filter: { nextHop: 'b.example' } })).toEqual([1, 2]);
});

test('a row shows the first recipient still waiting', async () => {
  const queue = new DeskQueue();
  queue.add({ recipients: ['a@x.example', 'b@x.example'], delivered: ['a@x.example'] });
  const { desk } = deskOn(queue);
  const { rows } = await desk.list(byArrival);
  expect(rows[0]).toMatchObject({ recipient: 'b@x.example', recipientCount: 2 });
});

test('an action on everything that matches leaves out what was taken out of the selection', async () => {
  const { desk } = deskOn(sample());
  const except = ['1', '4'].map((id) => id.padStart(26, '0'));
  expect((await desk.select({ filter: {}, except })).map(Number)).toEqual([2, 3]);
  expect(await desk.select({ ids: [...except, ...except] })).toEqual(except);
});

test('counts by state, and the oldest message', async () => {
  const { desk } = deskOn(sample());
  expect(await desk.counts()).toEqual({
    total: 4,
    ready: 1,
    sending: 1,
    retry: 1,
    held: 1,
    failed: 0,
    oldestReceivedAtMs: 1_900_000_000_001,
    oldestWaitingAtMs: 1_900_000_000_001,
  });
  const nothing = { total: 0, oldestReceivedAtMs: null, oldestWaitingAtMs: null };
  expect(await deskOn(new DeskQueue()).desk.counts()).toMatchObject(nothing);
});

test('what is held on purpose does not make the queue old', async () => {
  const queue = new DeskQueue();
  queue.add({ state: 'held', receivedAtMs: 100 });
  expect(await deskOn(queue).desk.counts()).toMatchObject({ oldestReceivedAtMs: 100, oldestWaitingAtMs: null });
  queue.add({ state: 'retry', receivedAtMs: 200 });
  expect(await deskOn(queue).desk.counts()).toMatchObject({ oldestReceivedAtMs: 100, oldestWaitingAtMs: 200 });
});

test('what changed in a short queue shows at once', async () => {
  const queue = sample();
  const { desk, numbers } = deskOn(queue);
  const sort = { by: 'subject', descending: false } as const;
  const { revision } = await desk.list({ ...byArrival, sort });
  queue.remove('3'.padStart(26, '0'));
  expect(await numbers({ sort })).toEqual([2, 1, 4]);
  expect(await numbers()).toEqual([1, 2, 4]);
  expect(await desk.counts()).toMatchObject({ total: 3 });
  desk.viewChanged();
  expect((await desk.list(byArrival)).revision).toBe(desk.revision);
  expect(desk.revision).toBe(revision + 2);
});

const longQueue = (length = 100_000): DeskQueue => {
  const queue = new DeskQueue();
  for (let count = 0; count < length; count += 1) queue.add({ subject: `subject ${(count * 7_919) % length}` });
  return queue;
};

test('100,000 messages: a page by arrival asks delivery for nothing but its own rows, and scrolling makes no new order', async () => {
  const queue = longQueue();
  const { desk, numbers } = deskOn(queue);
  for (let offset = 0; offset < 100_000; offset += 10_000) {
    expect(await numbers({ offset, limit: 2 })).toEqual([offset + 1, offset + 2]);
  }
  expect(queue.passes).toBe(1);
  expect(queue.views).toBe(20);
  desk.viewChanged(); // an attempt changed what delivery says, not the order
  await numbers();
  expect(queue.passes).toBe(1);
});

test('scrolling through a long sorted list sorts once', async () => {
  const queue = longQueue(20_000);
  const { numbers } = deskOn(queue);
  const sort = { by: 'subject', descending: false } as const;
  const page = await numbers({ sort, limit: 3 });
  expect(page.map((id) => ((id - 1) * 7_919) % 20_000)).toEqual([0, 1, 10]);
  expect(queue.views).toBe(20_000 + 3);
  for (let offset = 3; offset < 30; offset += 3) await numbers({ sort, offset, limit: 3 });
  expect(queue.passes).toBe(1);
  expect(queue.views).toBe(20_000 + 30);
});

test('an order that is expensive serves for a while although the queue changes, and the list is told when it may ask again', async () => {
  const queue = longQueue(20_000);
  const clock = new FakeClock();
  const { desk, numbers, outdated } = deskOn(queue, clock, async () => {
    clock.setTo(clock.now() + 1); // 40 slices and more: the sort takes longer than a cheap one
  });
  const sort = { by: 'subject', descending: false } as const;
  const { revision } = await desk.list({ ...byArrival, sort });
  queue.remove('1'.padStart(26, '0'));
  const after = await desk.list({ ...byArrival, sort });
  expect(after.revision).toBe(revision);
  expect(after.rows).toHaveLength(49); // what is gone is not shown
  await numbers({ sort });
  expect(queue.passes).toBe(1);
  expect(outdated()).toBe(0);
  await clock.advance(60_000);
  expect(outdated()).toBe(1);
  expect((await desk.list({ ...byArrival, sort })).revision).toBe(revision + 1);
  expect(queue.passes).toBe(2);
  desk.close();
});

test('the thread is given back in between', async () => {
  const queue = longQueue(20_000);
  let pauses = 0;
  const { desk } = deskOn(queue, new FakeClock(), async () => {
    pauses += 1;
  });
  await desk.counts();
  expect(pauses).toBe(40);
});
