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

const dayMs = 86_400_000;

test('what is stored brings an outage back: down since then, probed at once', () => {
  const before = new Destinations();
  before.failed('gw', refused, { nowMs: 1_000, probe: false, delayMs });
  before.failed('other', refused, { nowMs: 1_000, probe: false, delayMs });
  before.succeeded('other', 3_000);
  const after = new Destinations();
  after.restore(before.record(), 900_000, 0);
  expect(after.unreachable()).toEqual([
    { nextHop: 'gw', sinceMs: 1_000, lastError: 'refused', nextProbeAtMs: 900_000 },
  ]);
  expect(after.downMs('gw', 0, 900_000)).toBe(899_000);
  expect(after.downMs('other', 0, 900_000)).toBe(2_000);
});

test('after a crash it is not probed again within an interval of the last probe, crash after crash', () => {
  const before = new Destinations();
  before.failed('gw', refused, { nowMs: 1_000, probe: false, delayMs });
  const first = new Destinations();
  first.restore(before.record(), 61_000, 60_000);
  expect(first.outage('gw')?.nextProbeAtMs).toBe(61_000);
  const second = new Destinations();
  second.restore(first.record(), 62_000, 60_000);
  expect(second.outage('gw')?.nextProbeAtMs).toBe(121_000);
});

test('a stored time that lies ahead of the clock is not believed', () => {
  const before = new Destinations();
  before.failed('gw', refused, { nowMs: 900_000, probe: false, delayMs });
  const after = new Destinations();
  after.restore(before.record(), 5_000, 1_000);
  expect(after.unreachable()).toMatchObject([{ sinceMs: 5_000, nextProbeAtMs: 6_000 }]);
});

test('past outages are forgotten after thirty days', () => {
  const destinations = new Destinations();
  destinations.failed('gw', refused, { nowMs: 1_000, probe: false, delayMs });
  destinations.succeeded('gw', 2_000);
  destinations.forgetOld(30 * dayMs);
  expect(destinations.downMs('gw', 0, 9_000)).toBe(1_000);
  destinations.forgetOld(30 * dayMs + 2_000);
  expect(destinations.downMs('gw', 0, 9_000)).toBe(0);
});

test('of very many outages the closest ones are joined: never is time down lost', () => {
  const destinations = new Destinations();
  for (let n = 0; n < 200; n += 1) {
    destinations.failed('gw', refused, { nowMs: n * 1_000, probe: false, delayMs });
    destinations.succeeded('gw', n * 1_000 + (n === 7 ? 995 : 100));
  }
  expect(destinations.record().past.get('gw')).toHaveLength(50);
  expect(destinations.downMs('gw', 0, 200_000)).toBeGreaterThanOrEqual(200 * 100);
});

test('a destination that nobody has mail for is not called down for ever', () => {
  const destinations = new Destinations();
  destinations.failed('gw', refused, { nowMs: 1_000, probe: false, delayMs });
  destinations.forgetUnasked(2 * dayMs, () => true);
  expect(destinations.names()).toEqual(['gw']);
  destinations.forgetUnasked(2 * dayMs, () => false);
  expect(destinations.names()).toEqual([]);
});

test('what leads elsewhere now is forgotten, the rest is kept', () => {
  const destinations = new Destinations();
  for (const name of ['gw', 'x.example']) {
    destinations.failed(name, refused, { nowMs: 1_000, probe: false, delayMs });
    destinations.succeeded(name, 2_000);
    destinations.failed(name, refused, { nowMs: 3_000, probe: false, delayMs });
  }
  expect(destinations.keep((name) => name === 'x.example')).toEqual(['gw']);
  expect(destinations.names()).toEqual(['x.example']);
  expect([destinations.downMs('gw', 0, 4_000), destinations.downMs('x.example', 0, 4_000)]).toEqual([0, 2_000]);
});

test('a clock that was put back does not lengthen an outage, and has it probed now', () => {
  const destinations = new Destinations();
  destinations.failed('gw', refused, { nowMs: 900_000, probe: false, delayMs });
  destinations.clockSetTo(5_000);
  expect(destinations.unreachable()).toMatchObject([{ sinceMs: 5_000, nextProbeAtMs: 5_000 }]);
  expect(destinations.downMs('gw', 0, 6_000)).toBe(1_000);
});

test('domains without number are not all remembered', () => {
  const destinations = new Destinations();
  for (let n = 0; n < 3_000; n += 1) {
    destinations.failed(`d${n}`, refused, { nowMs: n, probe: false, delayMs });
    destinations.succeeded(`d${n}`, n + 1);
  }
  const { past } = destinations.record();
  expect(past.size).toBe(2_000);
  expect([past.has('d0'), past.has('d2999')]).toEqual([false, true]);
});
