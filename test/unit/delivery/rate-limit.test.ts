import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RateLimit } from '../../../electron/delivery/rate-limit.ts';

test('below the limit the next message may go at once', () => {
  const rate = new RateLimit();
  expect(rate.nextMs(5_000, 2)).toBe(5_000);
  rate.record(5_000, 1);
  expect(rate.nextMs(5_100, 2)).toBe(5_100);
});

test('at the limit it waits until the oldest messages are a minute old', () => {
  const rate = new RateLimit();
  rate.record(5_000, 1);
  rate.record(9_000, 1);
  expect(rate.nextMs(9_500, 2)).toBe(65_000);
  expect(rate.nextMs(65_000, 2)).toBe(65_000);
});

test('a limit that was lowered below what went out waits for enough of it', () => {
  const rate = new RateLimit();
  for (const nowMs of [1_000, 2_000, 3_000]) rate.record(nowMs, 1);
  expect(rate.nextMs(4_000, 1)).toBe(63_000);
});

test('a clock that was put back keeps nobody waiting', () => {
  const rate = new RateLimit();
  rate.record(9_000_000, 5);
  expect(rate.nextMs(1_000, 1)).toBe(1_000);
});

test('after a minute of rest nothing is left of it', () => {
  const rate = new RateLimit();
  rate.record(1_000, 1);
  expect([rate.isIdle(60_999), rate.isIdle(61_000)]).toEqual([false, true]);
});

test('no sixty seconds ever see more than the limit, and a waiting message is never kept for good', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.integer({ min: 0, max: 20_000 })), (limit, pauses) => {
      const rate = new RateLimit();
      const sentAtMs: number[] = [];
      let nowMs = 1_000_000;
      for (const pause of pauses) {
        nowMs += pause;
        const allowedMs = rate.nextMs(nowMs, limit);
        expect(allowedMs).toBeLessThanOrEqual(nowMs + 60_000);
        if (allowedMs > nowMs) continue;
        rate.record(nowMs, 1);
        sentAtMs.push(nowMs);
      }
      for (const start of sentAtMs) {
        expect(sentAtMs.filter((atMs) => atMs >= start && atMs < start + 60_000).length).toBeLessThanOrEqual(limit);
      }
    }),
  );
});
