import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createQueueLoader, type QueueQuery } from '../../../../renderer/queue/queue-loader.ts';
import { type PageRequest, type QueueAnswer, rowAt } from '../../../../renderer/queue/queue-window.ts';
import { problem } from '../../../../shared/contract/problem.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { queueAnswer, queueOf, queueRow } from './rows.ts';

const byArrival: QueueQuery = { filter: {}, sort: { by: 'receivedAtMs', descending: false } };
const onlyHeld: QueueQuery = { filter: { states: ['held'] }, sort: byArrival.sort };

interface Asked {
  readonly query: QueueQuery;
  readonly request: PageRequest;
  readonly answer: (answer: QueueAnswer) => Promise<void>;
  readonly refuse: (error: Error) => Promise<void>;
}

/** A loader whose every request waits until the test answers it. */
function startLoader() {
  const clock = new FakeClock();
  const asked: Asked[] = [];
  const loader = createQueueLoader(
    {
      nowMs: () => clock.now(),
      after: (delayMs, action) => clock.after(delayMs, action),
      list: (query, request) =>
        new Promise((resolve, reject) => {
          asked.push({
            query,
            request,
            answer: async (answer) => {
              resolve(answer);
              await setImmediate();
            },
            refuse: async (error) => {
              reject(error);
              await setImmediate();
            },
          });
        }),
    },
    byArrival,
  );
  const stop = loader.start();
  const latest = (): Asked => {
    const last = asked.at(-1);
    if (last === undefined) throw new Error('nothing was asked');
    return last;
  };
  const answerAll = async (all = queueOf(30), revision = 1): Promise<void> => {
    await latest().answer(queueAnswer(all, latest().request, revision));
  };
  return { clock, asked, loader, stop, latest, answerAll };
}

test('asks once and shows what was answered', async () => {
  const { asked, loader, answerAll } = startLoader();
  expect(loader.state().window.known).toBe(false);
  await answerAll();
  expect(loader.state().window.total).toBe(30);
  expect(asked.length).toBe(1);
});

test('many changes in a second lead to two requests at the most', async () => {
  const { clock, asked, loader, answerAll } = startLoader();
  await answerAll();
  for (let revision = 2; revision <= 41; revision += 1) {
    loader.changed();
    await clock.advance(25);
    if (asked.length > 1) await answerAll(queueOf(30), revision);
  }
  expect(asked.length).toBeGreaterThanOrEqual(2);
  expect(asked.length).toBeLessThanOrEqual(3);
});

test('a change while an answer is on its way is not missed', async () => {
  const { clock, asked, loader, answerAll } = startLoader();
  loader.changed();
  await answerAll();
  await clock.advance(500);
  expect(asked.length).toBe(2);
  await answerAll([queueRow(7)], 2);
  expect(loader.state().window.total).toBe(1);
  await clock.advance(5_000);
  expect(asked.length).toBe(2);
});

test('rows that come into view are asked for without waiting', async () => {
  const { asked, loader, latest } = startLoader();
  const all = queueOf(10_000);
  await latest().answer(queueAnswer(all, latest().request));
  loader.changed();
  loader.setVisible({ start: 5_000, end: 5_040 });
  expect(asked.length).toBe(2);
  expect(latest().request.offset).toBe(5_000);
});

test('while paused nothing is asked, and the list says that it is behind; F5 asks once', async () => {
  const { clock, asked, loader, answerAll } = startLoader();
  await answerAll();
  loader.setLive(false);
  loader.changed();
  await clock.advance(5_000);
  expect(asked.length).toBe(1);
  expect(loader.state().behind).toBe(true);
  loader.refresh();
  expect(asked.length).toBe(2);
  expect(loader.state().behind).toBe(false);
});

test('going live again catches up', async () => {
  const { clock, asked, loader, answerAll } = startLoader();
  await answerAll();
  loader.setLive(false);
  loader.changed();
  loader.setLive(true);
  await clock.advance(500);
  expect(asked.length).toBe(2);
  expect(loader.state().behind).toBe(false);
});

test('another query keeps the last rows until its own arrive, and ignores late answers', async () => {
  const { asked, loader, answerAll } = startLoader();
  await answerAll();
  loader.refresh();
  const late = asked[1];
  loader.setQuery(onlyHeld);
  expect(asked.length).toBe(3);
  expect(loader.state().window.total).toBe(30);
  expect(loader.state().shownQuery).toBe(byArrival);
  await late?.answer(queueAnswer(queueOf(99), late.request, 9));
  expect(loader.state().window.total).toBe(30);
  await answerAll([queueRow(4, { state: 'held' })], 2);
  expect(loader.state().shownQuery).toBe(onlyHeld);
  expect(rowAt(loader.state().window, 0)?.state).toBe('held');
});

test('a failure keeps the rows, says why, and is tried again', async () => {
  const { clock, asked, loader, latest, answerAll } = startLoader();
  await answerAll();
  loader.refresh();
  await latest().refuse(problem('disconnected', 'The connection to the relay was lost.'));
  expect(loader.state().problem?.code).toBe('disconnected');
  expect(loader.state().window.total).toBe(30);
  expect(asked.length).toBe(2);
  await clock.advance(1_000);
  expect(asked.length).toBe(3);
  await answerAll(queueOf(2), 5);
  expect(loader.state().problem).toBeNull();
  expect(loader.state().window.total).toBe(2);
});

test('while the folder is being read it asks again by itself', async () => {
  const { clock, asked, latest } = startLoader();
  await latest().answer({ ...queueAnswer(queueOf(5), latest().request), recovering: true });
  expect(asked.length).toBe(1);
  await clock.advance(1_000);
  expect(asked.length).toBe(2);
});

test('after a stop nothing runs and a late answer is ignored; a new start asks again', async () => {
  const { clock, asked, loader, stop, answerAll } = startLoader();
  stop();
  await answerAll();
  loader.changed();
  await clock.advance(5_000);
  expect(loader.state().window.known).toBe(false);
  expect(asked.length).toBe(1);
  expect(clock.pendingTimers).toBe(0);
  loader.start();
  expect(asked.length).toBe(2);
});
