import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DueHeap } from '../../../electron/delivery/due-heap.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const change = fc.oneof(
  fc.record({ type: fc.constant('set' as const), name, dueMs: fc.nat(9) }),
  fc.record({ type: fc.constant('remove' as const), name }),
);

test('whatever is set and removed, names come out by due time, then by name', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const heap = new DueHeap();
      const model = new Map<string, number>();
      for (const one of changes) {
        if (one.type === 'set') {
          heap.set(one.name, one.dueMs);
          model.set(one.name, one.dueMs);
        } else {
          heap.remove(one.name);
          model.delete(one.name);
        }
        expect(heap.size).toBe(model.size);
      }
      const expected = [...model].sort(([a, dueA], [b, dueB]) => dueA - dueB || a.localeCompare(b)).map(([key]) => key);
      const drained: string[] = [];
      for (let first = heap.first; first !== undefined; first = heap.first) {
        expect(heap.dueMs(first.name)).toBe(first.dueMs);
        drained.push(first.name);
        heap.remove(first.name);
      }
      expect(drained).toEqual(expected);
    }),
  );
});
