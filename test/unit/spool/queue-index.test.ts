import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { QueueIndex } from '../../../electron/spool/queue-index.ts';
import type { QueueEntry } from '../../../electron/spool/types.ts';

const entry = (id: string, subject = ''): QueueEntry => ({
  id,
  sender: 'a@b',
  subject,
  sizeBytes: 1,
  receivedAtMs: 0,
  record: { held: false, failed: false, recipients: [] },
});

const ids = (index: QueueIndex): string[] => [...index.entries()].map(({ id }) => id);

test('it behaves as a sorted map, whatever is added, replaced, removed and added again', () => {
  const step = fc.record({
    kind: fc.constantFrom('set' as const, 'set' as const, 'delete' as const, 'read' as const),
    id: fc.nat({ max: 30 }).map((number) => String(number).padStart(2, '0')),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const index = new QueueIndex();
      const model = new Map<string, QueueEntry>();
      for (const [number, { kind, id }] of steps.entries()) {
        if (kind === 'set') {
          index.set(entry(id, String(number)));
          model.set(id, entry(id, String(number)));
        } else if (kind === 'delete') {
          expect(index.delete(id)).toBe(model.delete(id));
        } else {
          expect(ids(index)).toEqual([...model.keys()].sort());
        }
        expect(index.size).toBe(model.size);
        expect(index.get(id)).toEqual(model.get(id));
      }
      expect([...index.entries()]).toEqual([...model.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
    }),
    { numRuns: 300 },
  );
});

test('old messages found at start stand below new ones, and many removed ones are tidied up', () => {
  const index = new QueueIndex();
  const number = (value: number): string => String(value).padStart(6, '0');
  for (let value = 10_000; value < 10_100; value += 1) index.set(entry(number(value)));
  for (let value = 9_999; value >= 0; value -= 1) index.set(entry(number(value)));
  expect(ids(index)).toEqual(Array.from({ length: 10_100 }, (_, value) => number(value)));
  for (let value = 0; value < 10_090; value += 1) index.delete(number(value));
  expect(ids(index)).toEqual(Array.from({ length: 10 }, (_, value) => number(10_090 + value)));
});

test('an iterator under way survives removals and additions', () => {
  const index = new QueueIndex();
  for (const id of ['1', '2', '3', '4']) index.set(entry(id));
  const seen: string[] = [];
  for (const { id } of index.entries()) {
    seen.push(id);
    index.delete(id);
    if (id === '2') {
      index.set(entry('0'));
      expect(ids(index)).toEqual(['0', '3', '4']);
    }
  }
  expect(seen).toEqual(['1', '2', '3', '4']);
  expect(ids(index)).toEqual(['0']);
});

test('the revision grows with every change and with nothing else', () => {
  const index = new QueueIndex();
  index.set(entry('1'));
  index.set(entry('1', 'again'));
  index.delete('1');
  const { revision } = index;
  expect(revision).toBe(3);
  index.delete('1');
  ids(index);
  expect(index.revision).toBe(revision);
});
