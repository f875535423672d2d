import { expect, test } from 'vitest';
import {
  type ListSelection,
  type ListSelectionEvent,
  nothingSelected,
  rowAfterKey,
  select,
} from '../../../../renderer/app/list-selection.ts';

const order = ['a', 'b', 'c', 'd'];
type How = Extract<ListSelectionEvent, { type: 'pick' }>['how'];
const pick = (id: string, how: How): ListSelectionEvent => ({ type: 'pick', id, how });
const after = (...events: readonly ListSelectionEvent[]): ListSelection =>
  events.reduce((now, event) => select(now, order, event), nothingSelected);
const chosen = (selection: ListSelection): string => [...selection.selected].sort().join('');

test.each([
  ['a click selects one row', [pick('b', 'only')], 'b', 'b'],
  ['the next click replaces it', [pick('b', 'only'), pick('d', 'only')], 'd', 'd'],
  ['Ctrl adds a row', [pick('b', 'only'), pick('d', 'toggle')], 'bd', 'd'],
  ['Ctrl on a selected row takes it away', [pick('b', 'only'), pick('b', 'toggle')], '', 'b'],
  ['Shift selects down to a row', [pick('b', 'only'), pick('d', 'range')], 'bcd', 'd'],
  ['Shift selects up to a row', [pick('c', 'only'), pick('a', 'range')], 'abc', 'a'],
  ['a second Shift keeps the fixed end', [pick('b', 'only'), pick('d', 'range'), pick('a', 'range')], 'ab', 'a'],
  ['Shift without a fixed end selects the row', [pick('c', 'range')], 'c', 'c'],
  ['Ctrl with an arrow moves only the focus', [pick('b', 'only'), pick('c', 'focusOnly')], 'b', 'c'],
  ['Ctrl+A selects all', [pick('b', 'only'), { type: 'all' }], 'abcd', 'b'],
  ['a click beside the rows selects none', [{ type: 'all' }, { type: 'none' }], '', null],
] as const)('%s', (_name, events, selected, focused) => {
  const selection = after(...events);
  expect(chosen(selection)).toBe(selected);
  expect(selection.focused).toBe(focused);
});

test('a range whose fixed end has gone starts anew', () => {
  const selection = select(after(pick('a', 'only')), ['b', 'c'], pick('c', 'range'));
  expect(chosen(selection)).toBe('c');
  expect(selection.anchor).toBe('c');
});

test.each([
  [null, 'ArrowDown', 'a'],
  [null, 'ArrowUp', 'a'],
  ['a', 'ArrowDown', 'b'],
  ['a', 'ArrowUp', 'a'],
  ['d', 'ArrowDown', 'd'],
  ['a', 'PageDown', 'c'],
  ['d', 'PageUp', 'b'],
  ['b', 'Home', 'a'],
  ['b', 'End', 'd'],
  ['gone', 'ArrowDown', 'a'],
  ['a', 'x', null],
])('from %s, %s leads to %s', (focused, key, target) => {
  expect(rowAfterKey(order, focused, key, 2)).toBe(target);
});

test('an empty list has no row to go to', () => {
  expect(rowAfterKey([], null, 'ArrowDown', 2)).toBeNull();
  expect(rowAfterKey([], null, 'End', 2)).toBeNull();
});
