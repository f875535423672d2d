import { expect, test } from 'vitest';
import { Plan, type PlanLimits } from '../../../electron/delivery/plan.ts';

const unlimited: PlanLimits = { total: null, perDestination: null, perMinute: null };

const startAll = (plan: Plan, nowMs: number, limits: PlanLimits): string[] => {
  const started: string[] = [];
  for (let next = plan.next(nowMs, limits); next !== null; next = plan.next(nowMs, limits)) {
    started.push(`${next.id}@${next.destination}${next.probe ? '?' : ''}`);
  }
  return started;
};

const planOf = (...waiting: readonly (readonly [id: string, destination: string, dueMs: number])[]): Plan => {
  const plan = new Plan();
  for (const [id, destination, dueMs] of waiting) plan.place(id, destination, dueMs);
  return plan;
};

test('what is due starts in the order it became due, the rest waits', () => {
  const plan = planOf(['3', 'x', 30], ['1', 'x', 10], ['2', 'x', 20], ['9', 'x', 90]);
  expect(startAll(plan, 50, unlimited)).toEqual(['1@x', '2@x', '3@x']);
  expect(plan.nextDueMs).toBe(90);
  expect(plan.active).toBe(3);
});

test('destinations take turns, however long one queue is', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'x', 1], ['3', 'x', 1], ['4', 'y', 5], ['5', 'z', 6]);
  expect(startAll(plan, 10, { ...unlimited, total: 4, perDestination: null })).toEqual(['1@x', '4@y', '5@z', '2@x']);
});

test('turns go on where they stopped', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'x', 1], ['3', 'y', 1], ['4', 'y', 1]);
  const one = { ...unlimited, total: 1, perDestination: null };
  const order: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    const next = plan.next(10, one);
    if (next === null) throw new Error('nothing to start');
    order.push(next.id);
    plan.finished(next);
  }
  expect(order).toEqual(['1', '3', '2', '4']);
});

test('limits hold in all and per destination, and a finished attempt makes room', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'x', 1], ['3', 'x', 1], ['4', 'y', 1]);
  const limits = { ...unlimited, total: 3, perDestination: 2 };
  expect(startAll(plan, 10, limits).sort()).toEqual(['1@x', '2@x', '4@y']);
  plan.finished({ id: '4', destination: 'y' });
  expect(startAll(plan, 10, limits)).toEqual([]);
  plan.finished({ id: '1', destination: 'x' });
  expect(startAll(plan, 10, limits)).toEqual(['3@x']);
});

test('a raised limit is used once it is reconsidered', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'x', 1]);
  expect(startAll(plan, 10, { ...unlimited, total: null, perDestination: 1 })).toEqual(['1@x']);
  plan.reconsider();
  expect(startAll(plan, 10, { ...unlimited, total: null, perDestination: 2 })).toEqual(['2@x']);
});

test('a message under way is not placed again until it has finished', () => {
  const plan = planOf(['1', 'x', 1]);
  startAll(plan, 10, unlimited);
  plan.place('1', 'x', 5);
  expect(startAll(plan, 10, unlimited)).toEqual([]);
  plan.finished({ id: '1', destination: 'x' });
  plan.place('1', 'x', 5);
  expect(startAll(plan, 10, unlimited)).toEqual(['1@x']);
});

test('placing again can only make a message due earlier', () => {
  const plan = planOf(['1', 'x', 50]);
  plan.place('1', 'x', 90);
  expect(plan.dueMs('1', 'x')).toBe(50);
  plan.place('1', 'x', 20);
  expect(plan.dueMs('1', 'x')).toBe(20);
});

test('a message that is withdrawn after its destination got its turn leaves the later ones waiting', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'y', 1], ['3', 'y', 99]);
  expect(plan.next(10, { ...unlimited, total: 1, perDestination: null })?.id).toBe('1');
  plan.withdraw('2', 'y'); // y is in turn by now
  expect(startAll(plan, 10, unlimited)).toEqual([]);
  expect(plan.nextDueMs).toBe(99);
});

test('a destination that is down is probed with one message at its time, due or not', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'x', 1]);
  plan.block('x', 60);
  expect(startAll(plan, 59, unlimited)).toEqual([]);
  expect(plan.nextDueMs).toBe(60);
  expect(startAll(plan, 60, unlimited)).toEqual(['1@x?']);
  expect(plan.nextDueMs).toBeNull(); // the probe under way decides
  plan.block('x', 120);
  plan.finished({ id: '1', destination: 'x' });
  plan.place('1', 'x', 9_000);
  expect(startAll(plan, 120, unlimited)).toEqual(['2@x?']);
});

test('a probe goes even when nothing is due for hours', () => {
  const plan = planOf(['1', 'x', 9_000]);
  plan.block('x', 60);
  expect(startAll(plan, 60, unlimited)).toEqual(['1@x?']);
});

test('when a destination is up again all that waits for it is due', () => {
  const plan = planOf(['1', 'x', 9_000], ['2', 'x', 8_000], ['3', 'y', 9_000]);
  plan.block('x', 60);
  plan.release('x', 30);
  expect(startAll(plan, 30, unlimited)).toEqual(['1@x', '2@x']);
  expect(plan.nextDueMs).toBe(9_000);
});

test('a crowded server gets no more than it serves, until the time is over', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'x', 1], ['3', 'x', 1]);
  expect(plan.next(10, unlimited)?.id).toBe('1');
  plan.crowd('x', 1, 60);
  expect(startAll(plan, 10, unlimited)).toEqual([]);
  plan.finished({ id: '1', destination: 'x' });
  expect(startAll(plan, 10, unlimited)).toEqual(['2@x']);
  plan.finished({ id: '2', destination: 'x' });
  plan.place('4', 'x', 1);
  expect(startAll(plan, 60, unlimited)).toEqual(['3@x', '4@x']);
});

test('cleared, it forgets what waits and which destinations are down, but not what is under way', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'x', 1]);
  plan.next(10, unlimited);
  plan.block('x', 60);
  plan.clear();
  expect(plan.active).toBe(1);
  expect(startAll(plan, 99, unlimited)).toEqual([]);
  plan.place('3', 'x', 1);
  expect(startAll(plan, 10, unlimited)).toEqual(['3@x']);
});

test('a hundred thousand messages come out once each, by age', () => {
  const plan = new Plan();
  const count = 100_000;
  for (let n = count; n > 0; n -= 1) plan.place(n.toString().padStart(6, '0'), `d${n % 7}`, n);
  const seen: string[] = [];
  for (
    let next = plan.next(count, { ...unlimited, total: 10, perDestination: 5 });
    next !== null;
    next = plan.next(count, unlimited)
  ) {
    seen.push(next.id);
    plan.finished(next);
  }
  expect(new Set(seen).size).toBe(count);
  expect(seen[0]).toBe('000001');
});

test('so many messages a minute to one destination; the others wait without being tried', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'x', 1], ['3', 'x', 1], ['4', 'y', 1]);
  const limits = { ...unlimited, perMinute: 2 };
  expect(startAll(plan, 1_000, limits).sort()).toEqual(['1@x', '2@x', '4@y']);
  expect(plan.nextDueMs).toBe(61_000);
  plan.finished({ id: '1', destination: 'x' });
  expect(startAll(plan, 60_999, limits)).toEqual([]);
  expect(plan.dueMs('3', 'x')).toBe(1);
  expect(startAll(plan, 61_000, limits)).toEqual(['3@x']);
});

test('the minute is remembered when nothing waits any more, and further messages of an attempt count', () => {
  const plan = planOf(['1', 'x', 1]);
  const limits = { ...unlimited, perMinute: 3 };
  startAll(plan, 1_000, limits);
  plan.sent('x', 2, 2_000);
  plan.finished({ id: '1', destination: 'x' });
  plan.place('2', 'x', 2_500);
  expect(startAll(plan, 3_000, limits)).toEqual([]);
  expect(plan.nextDueMs).toBe(61_000);
  expect(startAll(plan, 61_000, limits)).toEqual(['2@x']);
});

test('a probe does not wait for its minute', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'x', 1]);
  const limits = { ...unlimited, perMinute: 1 };
  expect(startAll(plan, 1_000, limits)).toEqual(['1@x']);
  plan.block('x', 2_000);
  plan.finished({ id: '1', destination: 'x' });
  expect(startAll(plan, 2_000, limits)).toEqual(['2@x?']);
});

test('nothing starts for a frozen destination; what is under way ends; thawed, all that waits is due', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'x', 9_000], ['3', 'y', 1]);
  expect(plan.next(10, { ...unlimited, total: 1 })?.id).toBe('1');
  plan.freeze(new Set(['x']), 20);
  plan.place('4', 'x', 1);
  expect(startAll(plan, 20, unlimited)).toEqual(['3@y']);
  plan.finished({ id: '1', destination: 'x' });
  expect(startAll(plan, 10_000, unlimited)).toEqual([]);
  expect(plan.nextDueMs).toBeNull();
  plan.freeze(new Set(), 30);
  expect(startAll(plan, 30, unlimited)).toEqual(['4@x', '2@x']);
});

test('a frozen destination that is down is not probed, but at once when it is thawed', () => {
  const plan = planOf(['1', 'x', 1]);
  plan.block('x', 60);
  plan.freeze(new Set(['x']), 20);
  expect(startAll(plan, 90, unlimited)).toEqual([]);
  plan.block('x', 500);
  plan.freeze(new Set(['z']), 100);
  expect(startAll(plan, 100, unlimited)).toEqual(['1@x?']);
});

test('a destination of which nothing is known any more keeps the times of its messages', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'x', 9_000]);
  plan.block('x', 60);
  plan.unblock('x');
  expect(startAll(plan, 10, unlimited)).toEqual(['1@x']);
  expect(plan.nextDueMs).toBe(9_000);
});

test('it knows which destinations mail waits for or is under way to', () => {
  const plan = planOf(['1', 'x', 1]);
  expect(plan.concerns('x')).toBe(true);
  startAll(plan, 10, unlimited);
  expect([plan.concerns('x'), plan.isActive('1', 'x'), plan.isActive('2', 'x')]).toEqual([true, true, false]);
  plan.block('x', 60);
  plan.finished({ id: '1', destination: 'x' });
  expect([plan.concerns('x'), plan.concerns('y')]).toEqual([false, false]);
});

test('an answered attempt makes room while it is stored, within a bound; it stays under way and is not started again', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'x', 1], ['3', 'x', 1], ['4', 'x', 1]);
  const limits = { total: 1, perDestination: 1, perMinute: null, beingStored: 1 };
  expect(startAll(plan, 10, limits)).toEqual(['1@x']);
  plan.answered({ id: '1', destination: 'x' });
  plan.place('1', 'x', 1);
  expect(startAll(plan, 10, limits)).toEqual(['2@x']);
  plan.answered({ id: '2', destination: 'x' });
  expect(startAll(plan, 10, limits)).toEqual([]);
  expect(plan.active).toBe(2);
  expect(plan.isActive('1', 'x')).toBe(true);
  plan.finished({ id: '1', destination: 'x' });
  expect(startAll(plan, 10, limits)).toEqual(['3@x']);
  plan.finished({ id: '2', destination: 'x' });
  plan.finished({ id: '3', destination: 'x' });
  expect(startAll(plan, 10, limits)).toEqual(['4@x']);
});

test('without a bound for what is being stored an answered attempt keeps its place', () => {
  const plan = planOf(['1', 'x', 1], ['2', 'x', 1]);
  const limits = { ...unlimited, perDestination: 1 };
  expect(startAll(plan, 10, limits)).toEqual(['1@x']);
  plan.answered({ id: '1', destination: 'x' });
  expect(startAll(plan, 10, limits)).toEqual([]);
});
