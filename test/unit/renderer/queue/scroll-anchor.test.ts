import { expect, test } from 'vitest';
import { rowShift } from '../../../../renderer/queue/scroll-anchor.ts';

const letters = (text: string): string[] => [...text];

test.each([
  { name: 'nothing changed', before: 'abcdef', after: 'abcdef', anchor: 2, shift: 0 },
  { name: 'two arrived above', before: 'abcdef', after: 'xyabcdef', anchor: 2, shift: 2 },
  { name: 'two left above', before: 'abcdef', after: 'cdef', anchor: 3, shift: -2 },
  { name: 'one arrived below the anchor', before: 'abcdef', after: 'abcdxef', anchor: 1, shift: 0 },
  { name: 'the anchor itself left', before: 'abcdef', after: 'abdef', anchor: 2, shift: 0 },
  { name: 'the anchor left and others arrived above', before: 'abcdef', after: 'xyabdef', anchor: 2, shift: 2 },
  { name: 'the anchor alone moved down', before: 'abcdef', after: 'abdecf', anchor: 2, shift: 0 },
  { name: 'everything is new', before: 'abcdef', after: 'uvwxyz', anchor: 2, shift: 0 },
  { name: 'the first row is the anchor', before: 'abcdef', after: 'xabcdef', anchor: 0, shift: 1 },
])('$name', ({ before, after, anchor, shift }) => {
  const places = new Map(letters(after).map((id, index) => [id, index]));
  expect(rowShift((index) => letters(before)[index], places, anchor, 6)).toBe(shift);
});

test('rows that went farther than a screen do not take the list along', () => {
  const places = new Map([
    ['a', 500],
    ['b', 501],
  ]);
  expect(rowShift((index) => ['a', 'b'][index], places, 0, 30)).toBe(0);
});
