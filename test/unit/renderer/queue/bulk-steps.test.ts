import { expect, test } from 'vitest';
import type { Progress } from '../../../../renderer/app/ProgressBar.tsx';
import { type ListIds, messagesPerStep, stepsOf } from '../../../../renderer/queue/bulk-steps.ts';
import type { QueueTarget } from '../../../../shared/contract/messages.ts';
import { queueRow } from './rows.ts';

const idsTo = (count: number): string[] => Array.from({ length: count }, (_, number) => queueRow(number).id);
const listOf =
  (all: () => readonly string[]): ListIds =>
  (_, { offset, limit }) =>
    Promise.resolve({ revision: 1, total: all().length, ids: all().slice(offset, offset + limit) });
const control = (seen: Progress[] = [], signal = new AbortController().signal) => ({
  signal,
  onProgress: (progress: Progress) => seen.push(progress),
});
const idsIn = (steps: readonly QueueTarget[]): string[] => steps.flatMap((step) => ('ids' in step ? step.ids : []));

test('up to a thousand messages are one step, as they were named', async () => {
  const list = listOf(() => idsTo(messagesPerStep));
  expect(await stepsOf({ filter: { states: ['held'] } }, list, control())).toEqual([{ filter: { states: ['held'] } }]);
  const few = { ids: idsTo(3) };
  expect(await stepsOf(few, list, control())).toEqual([few]);
});

test('more become steps that name each message once, without the exceptions', async () => {
  const seen: Progress[] = [];
  const all = idsTo(2_500);
  const steps = await stepsOf(
    { filter: {}, except: all.slice(0, 1) },
    listOf(() => all),
    control(seen),
  );
  expect(steps.length).toBe(3);
  expect(idsIn(steps)).toEqual(all.slice(1));
  expect(seen.at(-1)).toEqual({ done: 2_500, total: 2_500 });
  expect(
    idsIn(
      await stepsOf(
        { ids: all },
        listOf(() => all),
        control(),
      ),
    ),
  ).toEqual(all);
});

test('messages that leave while the list is read take nobody out of it', async () => {
  const all = idsTo(2_500);
  let calls = 0;
  // Ten that were read already leave: ten others move to places that were read.
  const list: ListIds = (_, { offset, limit }) => {
    calls += 1;
    const now = calls > 3 ? all.slice(10) : all;
    return Promise.resolve({ revision: Math.min(calls, 4), total: now.length, ids: now.slice(offset, offset + limit) });
  };
  const steps = await stepsOf({ filter: {} }, list, control());
  expect(idsIn(steps).toSorted()).toEqual(all);
});

test('whoever stops while the list is read changes nothing', async () => {
  const stop = new AbortController();
  stop.abort();
  await expect(
    stepsOf(
      { filter: {} },
      listOf(() => idsTo(2_500)),
      control([], stop.signal),
    ),
  ).rejects.toThrow();
});
