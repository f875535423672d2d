import { beforeEach, describe, expect, test } from 'vitest';
import { IntakePriority } from '../../../electron/delivery/intake-priority.ts';

const startMs = 1_790_000_000_000;

describe('attempts while messages come in', () => {
  let load: number;
  let nowMs: number;
  let intake: IntakePriority;

  beforeEach(() => {
    load = 1;
    nowMs = startMs;
    intake = new IntakePriority({ threadLoad: () => load });
  });

  const arrive = (): void => intake.arrived(nowMs, nowMs);

  test('are not limited before any message came', () => {
    expect(intake.limit(nowMs)).toBeNull();
  });

  test('are a few on a thread without time left, and never none', () => {
    arrive();
    const limit = intake.limit(nowMs);
    expect(limit?.attempts).toBeGreaterThan(0);
    expect(limit?.attempts).toBeLessThanOrEqual(4);
  });

  test('are not limited on a thread that has time left: a slow next hop does not make mail pile up', () => {
    load = 0.6;
    arrive();
    expect(intake.limit(nowMs)).toBeNull();
  });

  test('are not limited any more soon after the last message, however busy the thread is', () => {
    arrive();
    expect(intake.limit(nowMs + 249)).not.toBeNull();
    expect(intake.limit(nowMs + 250)).toBeNull();
  });

  test('stay few while holding back makes the thread less busy, until it has much time left', () => {
    arrive();
    intake.limit(nowMs);
    nowMs += 100;
    load = 0.6;
    arrive();
    expect(intake.limit(nowMs)).not.toBeNull();
    nowMs += 100;
    load = 0.4;
    arrive();
    expect(intake.limit(nowMs)).toBeNull();
  });

  test('follow the load of a tenth of a second, not of a moment', () => {
    load = 0;
    arrive();
    intake.limit(nowMs);
    load = 1;
    expect(intake.limit(nowMs + 99)).toBeNull();
    expect(intake.limit(nowMs + 100)).not.toBeNull();
  });

  test('are looked at again without anything happening', () => {
    arrive();
    expect(intake.limit(nowMs)?.askAgainMs).toBe(nowMs + 100);
  });

  test('are not limited by old mail: what is read at the start, taken from the trash or took minutes to arrive', () => {
    intake.arrived(nowMs - 60_000, nowMs);
    expect(intake.limit(nowMs)).toBeNull();
  });

  test('are not limited for hours after the clock was put back', () => {
    arrive();
    expect(intake.limit(nowMs - 3_600_000)).toBeNull();
  });
});
