import { expect, test } from 'vitest';
import { addUp, ageUnitFor, axisTop, mostOf, pointsOf, totalOf } from '../../../../renderer/overview/load-series.ts';
import type { LoadSample } from '../../../../shared/contract/servers.ts';

const minuteMs = 60_000;
const noonMs = Date.parse('2030-01-01T12:00:00.000Z');

const sample = (minutesAgo: number, more: Partial<LoadSample> = {}): LoadSample => ({
  atMs: noonMs - minutesAgo * minuteMs,
  queued: 1,
  oldestAgeMs: 1_000,
  accepted: 1,
  delivered: 0,
  failed: 0,
  refused: 0,
  ...more,
});

test.each([
  [1, 60, minuteMs],
  [6, 72, 5 * minuteMs],
  [24, 96, 15 * minuteMs],
] as const)('%i hours are %i points of equal length up to now', (hours, count, stepMs) => {
  const points = pointsOf([], noonMs + 30_000, hours);
  expect(points.length).toBe(count);
  expect(points.at(-1)?.atMs).toBe(noonMs);
  expect(new Set(points.slice(1).map(({ atMs }, index) => atMs - (points[index]?.atMs ?? 0)))).toEqual(
    new Set([stepMs]),
  );
});

test('minutes without a sample are gaps, not zeros', () => {
  const points = pointsOf([sample(2), sample(0)], noonMs + 1, 1);
  expect(points.slice(-3).map(({ load }) => load?.queued ?? null)).toEqual([1, null, 1]);
});

test('several minutes in one point: the deepest, the oldest, and the sums', () => {
  const [a, b] = [sample(59, { queued: 3, oldestAgeMs: 9 }), sample(58, { queued: 7, oldestAgeMs: 5, failed: 2 })];
  const point = pointsOf([a, b], noonMs, 6).find(({ load }) => load !== null);
  expect(point?.load).toMatchObject({ queued: 7, oldestAgeMs: 9, accepted: 2, failed: 2 });
});

test('samples from before the time shown are left out', () => {
  expect(pointsOf([sample(61)], noonMs, 1).every(({ load }) => load === null)).toBe(true);
});

test('servers side by side: their queues add up, the oldest message counts', () => {
  const sum = addUp([
    [sample(1), sample(0, { queued: 4, oldestAgeMs: 7 })],
    [sample(0, { queued: 2, oldestAgeMs: 9, refused: 3 })],
  ]);
  expect(sum.map(({ queued }) => queued)).toEqual([1, 6]);
  expect(sum[1]).toMatchObject({ oldestAgeMs: 9, accepted: 2, refused: 3 });
});

test.each([
  [0, 'minute'],
  [2 * 60 * minuteMs, 'minute'],
  [5 * 60 * minuteMs, 'hour'],
  [62 * 60 * minuteMs, 'hour'],
  [4 * 24 * 60 * minuteMs, 'day'],
])('an age of %i ms is drawn by the %s', (oldestMs, unit) => {
  expect(ageUnitFor(oldestMs)).toBe(unit);
});

test('an axis has room above the line, and small numbers do not fill it', () => {
  expect(axisTop(0)).toBeGreaterThan(4);
  expect(axisTop(1)).toBe(axisTop(0));
  expect(axisTop(100)).toBeCloseTo(110);
});

test('what the summary says is taken from the points', () => {
  const points = pointsOf([sample(1, { queued: 9 }), sample(0, { accepted: 4 })], noonMs, 1);
  expect(mostOf(points, ({ queued }) => queued)).toBe(9);
  expect(totalOf(points, 'accepted')).toBe(5);
  expect(mostOf(pointsOf([], noonMs, 1), ({ queued }) => queued)).toBe(0);
});
