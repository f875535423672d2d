import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Plan, type PlannedAttempt } from '../../../electron/delivery/plan.ts';

/** Whatever happens in whatever order: nothing that may start is forgotten, and nothing starts that must not. */

const destinations = ['x', 'y', 'z'] as const;
const ids = ['1', '2', '3', '4', '5'] as const;

type Step =
  | { readonly do: 'place' | 'withdraw'; readonly id: string; readonly destination: string; readonly inMs: number }
  | { readonly do: 'block' | 'release' | 'unblock' | 'finish'; readonly destination: string; readonly inMs: number }
  | { readonly do: 'freeze'; readonly names: readonly string[] }
  | { readonly do: 'start' | 'wait'; readonly inMs: number };

const inMs = fc.integer({ min: 0, max: 90_000 });
const destination = fc.constantFrom(...destinations);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('place', 'withdraw'), id: fc.constantFrom(...ids), destination, inMs }),
  fc.record({ do: fc.constantFrom('block', 'release', 'unblock', 'finish'), destination, inMs }),
  fc.record({ do: fc.constant('freeze' as const), names: fc.subarray([...destinations]) }),
  fc.record({ do: fc.constantFrom('start', 'wait'), inMs }),
);

class Model {
  readonly plan = new Plan();
  readonly blocked = new Map<string, number>();
  readonly active: PlannedAttempt[] = [];
  frozen: ReadonlySet<string> = new Set();
  nowMs = 1_000;

  apply(one: Step, perMinute: number | null): void {
    const { plan } = this;
    switch (one.do) {
      case 'place':
        plan.place(one.id, one.destination, this.nowMs + one.inMs - 45_000);
        return;
      case 'withdraw':
        plan.withdraw(one.id, one.destination);
        return;
      case 'block':
        this.blocked.set(one.destination, this.nowMs + one.inMs);
        plan.block(one.destination, this.nowMs + one.inMs);
        return;
      case 'release':
      case 'unblock':
        this.blocked.delete(one.destination);
        if (one.do === 'release') plan.release(one.destination, this.nowMs);
        else plan.unblock(one.destination);
        return;
      case 'finish': {
        const at = this.active.findIndex((attempt) => attempt.destination === one.destination);
        for (const attempt of at < 0 ? [] : this.active.splice(at, 1)) plan.finished(attempt);
        return;
      }
      case 'freeze':
        for (const [name, probeAtMs] of this.blocked) {
          const thaws = this.frozen.has(name) && !one.names.includes(name);
          if (thaws) this.blocked.set(name, Math.min(probeAtMs, this.nowMs));
        }
        this.frozen = new Set(one.names);
        plan.freeze(this.frozen, this.nowMs);
        return;
      case 'wait':
        this.nowMs += one.inMs;
        return;
      case 'start':
        this.start(perMinute);
        return;
    }
  }

  start(perMinute: number | null): void {
    const limits = { total: null, perDestination: null, perMinute };
    for (;;) {
      const next = this.plan.next(this.nowMs, limits);
      if (next === null) return;
      expect(this.frozen.has(next.destination)).toBe(false);
      const probeAtMs = this.blocked.get(next.destination);
      expect(next.probe).toBe(probeAtMs !== undefined);
      if (probeAtMs !== undefined) {
        expect(this.busy(next.destination)).toBe(false);
        expect(this.nowMs).toBeGreaterThanOrEqual(probeAtMs);
      }
      this.active.push(next);
    }
  }

  busy(name: string): boolean {
    return this.active.some((attempt) => attempt.destination === name);
  }
}

test.each([{ perMinute: null }, { perMinute: 2 }])('with $perMinute messages a minute', ({ perMinute }) => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const model = new Model();
      for (const one of steps) model.apply(one, perMinute);
      model.start(perMinute);
      for (const name of destinations) {
        if (model.frozen.has(name) || (model.blocked.has(name) && model.busy(name))) continue;
        for (const id of ids) {
          const dueMs = model.plan.dueMs(id, name);
          if (dueMs === undefined) continue;
          // It waits, so there must be a time at which it, or another of its destination, gets its chance.
          const wakeMs = model.plan.nextDueMs;
          expect(wakeMs).not.toBeNull();
          expect(wakeMs ?? 0).toBeGreaterThan(model.nowMs);
          const latestMs =
            model.blocked.get(name) ?? (perMinute === null ? dueMs : Math.max(dueMs, model.nowMs + 60_000));
          expect(wakeMs ?? 0).toBeLessThanOrEqual(latestMs);
        }
      }
    }),
    { numRuns: 500 },
  );
});
