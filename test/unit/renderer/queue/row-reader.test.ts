import { expect, test } from 'vitest';
import type { Progress } from '../../../../renderer/app/ProgressBar.tsx';
import { type ListRows, readChosen, readRows } from '../../../../renderer/queue/row-reader.ts';
import type { QueueRow } from '../../../../shared/contract/messages.ts';
import { queueAnswer, queueOf, queueRow } from './rows.ts';

const listOf =
  (all: readonly QueueRow[], asked: number[] = []): ListRows =>
  (page) => {
    asked.push(page.offset);
    return Promise.resolve(queueAnswer(all, page));
  };
const numbers = (rows: readonly QueueRow[]): number[] => rows.map(({ id }) => Number(id.slice(-10)));

test.each([
  { start: 0, end: 3, total: 10, first: 0, count: 3 },
  { start: 4, end: 5, total: 10, first: 4, count: 1 },
  { start: 8, end: 20, total: 10, first: 8, count: 2 },
  { start: 0, end: Number.POSITIVE_INFINITY, total: 1_201, first: 0, count: 1_201 },
  { start: 400, end: 1_100, total: 2_000, first: 400, count: 700 },
  { start: 0, end: 5, total: 0, first: undefined, count: 0 },
])('rows $start to $end of $total', async ({ start, end, total, first, count }) => {
  const rows = numbers(await readRows(listOf(queueOf(total)), start, end));
  expect(rows.length).toBe(count);
  expect(rows[0]).toBe(first);
  expect(new Set(rows).size).toBe(count);
});

test('a row that moves down while the list is read comes once', async () => {
  const all = queueOf(600);
  let calls = 0;
  const rows = await readRows(
    (page) => {
      calls += 1;
      return Promise.resolve(queueAnswer(calls === 1 ? all : [queueRow(9_999), ...all], page));
    },
    0,
    Number.POSITIVE_INFINITY,
  );
  expect(numbers(rows).filter((number) => number === 499).length).toBe(1);
});

test('chosen rows come in the order of the list, and reading stops once all were found', async () => {
  const asked: number[] = [];
  const rows = await readChosen(listOf(queueOf(5_000), asked), {
    kind: 'ids',
    ids: new Set([queueRow(700).id, queueRow(3).id]),
  });
  expect(numbers(rows)).toEqual([3, 700]);
  expect(asked).toEqual([0, 500]);
});

test('a chosen row that left the queue does not keep the reader going', async () => {
  const rows = await readChosen(listOf(queueOf(3)), { kind: 'ids', ids: new Set([queueRow(1).id, queueRow(77).id]) });
  expect(numbers(rows)).toEqual([1]);
});

test('everything but the exceptions', async () => {
  const rows = await readChosen(listOf(queueOf(1_200)), { kind: 'all', except: new Set([queueRow(1_000).id]) });
  expect(rows.length).toBe(1_199);
  expect(numbers(rows)).not.toContain(1_000);
});

test('a long list tells how far it is, and whoever cancels gets nothing more read', async () => {
  const asked: number[] = [];
  const controller = new AbortController();
  const seen: Progress[] = [];
  const control = {
    signal: controller.signal,
    onProgress: (progress: Progress) => {
      seen.push(progress);
      if (seen.length === 2) controller.abort();
    },
  };
  await expect(readRows(listOf(queueOf(1_700), asked), 0, Number.POSITIVE_INFINITY, control)).rejects.toThrow('abort');
  expect(seen).toEqual([
    { done: 500, total: 1_700 },
    { done: 1_000, total: 1_700 },
  ]);
  expect(asked).toEqual([0, 500, 1_000]);
});

test('chosen rows are counted against what was chosen', async () => {
  const seen: Progress[] = [];
  const control = { signal: new AbortController().signal, onProgress: (progress: Progress) => seen.push(progress) };
  await readChosen(listOf(queueOf(600)), { kind: 'all', except: new Set([queueRow(0).id]) }, control);
  expect(seen).toEqual([
    { done: 499, total: 599 },
    { done: 599, total: 599 },
  ]);
});
