/** From the samples of a day to what a chart draws. Pure. */
import type { LoadSample } from '../../shared/contract/servers.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export const ranges = [1, 6, 24] as const;
export type RangeHours = (typeof ranges)[number];

/** About a hundred points are all that a chart of this width can show. */
const stepMinutes: Readonly<Record<RangeHours, number>> = { 1: 1, 6: 5, 24: 15 };

export interface LoadPoint {
  /** When its time begins. */
  readonly atMs: number;
  /** Over its time: the most, the oldest, and the sums. Null when the relay did not run. */
  readonly load: Omit<LoadSample, 'atMs'> | null;
}

/** Points of equal length up to the running minute, without a gap in time. */
export function pointsOf(samples: readonly LoadSample[], nowMs: number, hours: RangeHours): readonly LoadPoint[] {
  const stepMs = stepMinutes[hours] * minuteMs;
  const last = Math.floor(nowMs / stepMs);
  const first = last + 1 - (hours * hourMs) / stepMs;
  const byStep = merged(samples, ({ atMs }) => Math.floor(atMs / stepMs), together);
  return Array.from({ length: last + 1 - first }, (_, index) => ({
    atMs: (first + index) * stepMs,
    load: byStep.get(first + index) ?? null,
  }));
}

function merged(
  samples: readonly LoadSample[],
  keyOf: (sample: LoadSample) => number,
  merge: (a: LoadSample, b: LoadSample) => LoadSample,
): ReadonlyMap<number, LoadSample> {
  const byKey = new Map<number, LoadSample>();
  for (const sample of samples) {
    const before = byKey.get(keyOf(sample));
    byKey.set(keyOf(sample), before === undefined ? sample : merge(before, sample));
  }
  return byKey;
}

/** Two minutes of one server as one. */
const together = (a: LoadSample, b: LoadSample): LoadSample => ({
  ...sumsOf(a, b),
  atMs: a.atMs,
  queued: Math.max(a.queued, b.queued),
  oldestAgeMs: Math.max(a.oldestAgeMs, b.oldestAgeMs),
});

/** The same minute of two servers as one. */
const sideBySide = (a: LoadSample, b: LoadSample): LoadSample => ({
  ...sumsOf(a, b),
  atMs: a.atMs,
  queued: a.queued + b.queued,
  oldestAgeMs: Math.max(a.oldestAgeMs, b.oldestAgeMs),
});

const sumsOf = (a: LoadSample, b: LoadSample) => ({
  accepted: a.accepted + b.accepted,
  delivered: a.delivered + b.delivered,
  failed: a.failed + b.failed,
  refused: a.refused + b.refused,
});

/** Several servers as one. */
export function addUp(histories: readonly (readonly LoadSample[])[]): readonly LoadSample[] {
  const byMinute = merged(histories.flat(), ({ atMs }) => atMs, sideBySide);
  return [...byMinute.values()].sort((a, b) => a.atMs - b.atMs);
}

export type AgeUnit = 'minute' | 'hour' | 'day';
export const ageUnitMs: Readonly<Record<AgeUnit, number>> = { minute: minuteMs, hour: hourMs, day: dayMs };

/** The unit in which the axis has small round numbers. */
export const ageUnitFor = (oldestMs: number): AgeUnit => {
  if (oldestMs >= 3 * dayMs) return 'day';
  return oldestMs >= 3 * hourMs ? 'hour' : 'minute';
};

export const mostOf = (points: readonly LoadPoint[], value: (load: Omit<LoadSample, 'atMs'>) => number): number =>
  points.reduce((most, { load }) => (load === null ? most : Math.max(most, value(load))), 0);

export const totalOf = (points: readonly LoadPoint[], key: 'accepted' | 'delivered' | 'failed' | 'refused'): number =>
  points.reduce((sum, { load }) => sum + (load?.[key] ?? 0), 0);

/** The top of an axis: room above the line, also above a line of small numbers. */
export const axisTop = (most: number): number => Math.max(4, most) * 1.1;
