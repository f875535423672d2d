import { expect, test } from 'vitest';
import { Destinations } from '../../../electron/delivery/destinations.ts';
import { temporaryFailure } from '../../../electron/delivery/failure.ts';

const refused = temporaryFailure('connect', 'refused');
const timedOut = temporaryFailure('connect', 'time-out');
const delayMs = (probes: number): number => probes * 100;

test('the first failure takes a destination down, and each failed probe moves the next one on', () => {
  const destinations = new Destinations();
  expect(destinations.failed('gw', refused, { nowMs: 1_000, probe: false, delayMs })).toBe(1_100);
  expect(destinations.failed('gw', timedOut, { nowMs: 1_100, probe: true, delayMs })).toBe(1_300);
  expect(destinations.unreachable()).toEqual([
    { nextHop: 'gw', sinceMs: 1_000, lastError: 'time-out', nextProbeAtMs: 1_300 },
  ]);
});

test('attempts that were under way when it went down do not move the probes', () => {
  const destinations = new Destinations();
  destinations.failed('gw', refused, { nowMs: 1_000, probe: false, delayMs });
  expect(destinations.failed('gw', refused, { nowMs: 1_050, probe: false, delayMs })).toBe(1_100);
});

test('an operator can have it probed at once, never later', () => {
  const destinations = new Destinations();
  destinations.failed('gw', refused, { nowMs: 1_000, probe: false, delayMs });
  destinations.probeAt('gw', 1_020);
  expect(destinations.outage('gw')?.nextProbeAtMs).toBe(1_020);
  destinations.probeAt('gw', 5_000);
  expect(destinations.outage('gw')?.nextProbeAtMs).toBe(1_020);
});

test('an answer brings it up', () => {
  const destinations = new Destinations();
  expect(destinations.succeeded('gw', 900)).toBe(false);
  destinations.failed('gw', refused, { nowMs: 1_000, probe: false, delayMs });
  expect(destinations.succeeded('gw', 1_500)).toBe(true);
  expect(destinations.unreachable()).toEqual([]);
});

test('time down is counted within the asked span, the present outage included', () => {
  const destinations = new Destinations();
  destinations.failed('gw', refused, { nowMs: 1_000, probe: false, delayMs });
  destinations.succeeded('gw', 2_000);
  destinations.failed('gw', refused, { nowMs: 5_000, probe: false, delayMs });
  expect(destinations.downMs('gw', 0, 6_000)).toBe(2_000);
  expect(destinations.downMs('gw', 1_800, 5_100)).toBe(300);
  expect(destinations.downMs('gw', 2_500, 4_000)).toBe(0);
  expect(destinations.downMs('other', 0, 9_000)).toBe(0);
});
