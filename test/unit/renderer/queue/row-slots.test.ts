import { expect, test } from 'vitest';
import { createRowSlots, slotNames } from '../../../../renderer/queue/row-slots.ts';

test('a row keeps its element wherever it moves to; one that comes takes over that of one that left', () => {
  const slots = createRowSlots();
  expect(slots.assign(['a', 'b', 'c'])).toEqual([0, 1, 2]);
  expect(slots.assign(['b', 'c', 'd'])).toEqual([1, 2, 0]);
  expect(slots.assign(['b', 'c', 'd'])).toEqual([1, 2, 0]);
  expect(slots.assign(['e', 'f'])).toEqual([0, 1]);
});

test('when all rows are others, no element is new', () => {
  const slots = createRowSlots();
  slots.assign(['a', 'b', 'c']);
  expect(slots.assign(['d', 'e', 'f']).toSorted()).toEqual([0, 1, 2]);
});

test('a message that stands at two places for a moment, and places without a row, have names of their own', () => {
  const names = slotNames([
    { index: 4, id: 'a' },
    { index: 5, id: 'a' },
    { index: 6, id: undefined },
    { index: 7, id: undefined },
  ]);
  expect(names[0]).toBe('a');
  expect(new Set(names).size).toBe(4);
});
