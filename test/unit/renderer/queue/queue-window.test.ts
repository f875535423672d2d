import { expect, test } from 'vitest';
import {
  emptyWindow,
  isComplete,
  nextRequest,
  outdated,
  placesOf,
  type QueueWindow,
  type RowRange,
  rowAt,
  rowsPerPage,
  withAnswer,
} from '../../../../renderer/queue/queue-window.ts';
import type { QueueRow } from '../../../../shared/contract/messages.ts';
import { queueAnswer, queueOf, queueRow } from './rows.ts';

/** Asks as long as there is something to ask for. */
function load(from: QueueWindow, all: readonly QueueRow[], visible: RowRange, revision = 1): QueueWindow {
  let window = from;
  for (let request = nextRequest(window, visible); request !== null; request = nextRequest(window, visible)) {
    window = withAnswer(window, request, queueAnswer(all, request, revision), visible);
  }
  return window;
}

test('the first request asks for what fits into one', () => {
  expect(nextRequest(emptyWindow, { start: 0, end: 1 })).toEqual({ offset: 0, limit: 200, urgent: true });
});

test('an empty queue is known after one answer', () => {
  const window = load(emptyWindow, [], { start: 0, end: 1 });
  expect(window.known).toBe(true);
  expect(window.total).toBe(0);
  expect(isComplete(window)).toBe(true);
  expect(rowAt(window, 0)).toBeUndefined();
});

test('a small queue is loaded as a whole, whatever is visible', () => {
  const all = queueOf(180);
  const window = load(emptyWindow, all, { start: 0, end: 20 });
  expect(isComplete(window)).toBe(true);
  expect(rowAt(window, 179)).toEqual(all[179]);
  expect(rowAt(window, 180)).toBeUndefined();
});

test('scrolling far asks for the pages there and for nothing between', () => {
  const all = queueOf(20_000);
  const window = load(emptyWindow, all, { start: 0, end: 40 });
  expect(nextRequest(window, { start: 17_010, end: 17_060 })).toEqual({ offset: 17_000, limit: 100, urgent: true });
  const there = load(window, all, { start: 17_010, end: 17_060 });
  expect(rowAt(there, 17_059)).toEqual(all[17_059]);
  expect(isComplete(there)).toBe(false);
});

test('more rows than one request brings are asked for in several', () => {
  const all = queueOf(20_000);
  const window = load(emptyWindow, all, { start: 400, end: 780 });
  for (let index = 400; index < 780; index += 1) expect(rowAt(window, index)).toEqual(all[index]);
});

test('pages far from the screen are dropped', () => {
  const all = queueOf(20_000);
  let window = load(emptyWindow, all, { start: 0, end: 40 });
  for (let start = 0; start < 20_000; start += 500) window = load(window, all, { start, end: start + 40 });
  expect(rowAt(window, 0)).toBeUndefined();
  expect(window.pages.size).toBeLessThan(30);
});

test('outdated rows stay on the screen until newer ones come', () => {
  const all = queueOf(100);
  const window = outdated(load(emptyWindow, all, { start: 0, end: 40 }));
  expect(rowAt(window, 10)).toEqual(all[10]);
  expect(isComplete(window)).toBe(false);
  expect(nextRequest(window, { start: 0, end: 40 })).toEqual({ offset: 0, limit: 100, urgent: false });
});

test('an answer of a newer revision puts the pages beside it out of date', () => {
  const all = queueOf(1_000);
  const window = load(emptyWindow, all, { start: 0, end: 40 });
  const visible = { start: 190, end: 240 };
  const request = nextRequest(window, visible);
  if (request === null) throw new Error('nothing to ask for');
  const mixed = withAnswer(window, request, queueAnswer(all.slice(1), request, 2), visible);
  expect(nextRequest(mixed, visible)).toEqual({ offset: 150, limit: rowsPerPage, urgent: false });
});

test('a queue that became shorter loses its pages behind the end', () => {
  const window = outdated(load(emptyWindow, queueOf(190), { start: 150, end: 190 }));
  const shorter = load(window, queueOf(20), { start: 150, end: 190 }, 2);
  expect(shorter.total).toBe(20);
  expect(rowAt(shorter, 160)).toBeUndefined();
  expect(isComplete(shorter)).toBe(true);
});

test('rows that did not change keep their identity, changed ones do not', () => {
  const window = load(emptyWindow, queueOf(3), { start: 0, end: 3 });
  const next = [queueRow(0), queueRow(1, { attempts: 2 }), queueRow(2)];
  const later = load(outdated(window), next, { start: 0, end: 3 }, 2);
  expect(rowAt(later, 0)).toBe(rowAt(window, 0));
  expect(rowAt(later, 1)).not.toBe(rowAt(window, 1));
  expect(rowAt(later, 1)?.attempts).toBe(2);
});

test('a message that moved counts where the fresher page has it', () => {
  const all = queueOf(1_000);
  const visible = { start: 0, end: 40 };
  const window = outdated(load(emptyWindow, all, { start: 0, end: 40 }));
  // Row 120 jumped to the top; only the first page has been asked for again.
  const moved = [queueRow(120), ...all.filter((_, index) => index !== 120)];
  const mixed = withAnswer(
    window,
    { offset: 0, limit: rowsPerPage, urgent: false },
    queueAnswer(moved, { offset: 0, limit: rowsPerPage }, 2),
    visible,
  );
  expect(placesOf(mixed).get(queueRow(120).id)).toBe(0);
});
