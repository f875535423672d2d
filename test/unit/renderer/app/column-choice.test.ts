import { expect, test } from 'vitest';
import {
  everyColumn,
  orderedColumns,
  parseColumnChoice,
  shownColumns,
  withColumnMoved,
  withColumnShown,
} from '../../../../renderer/app/column-choice.ts';

const columns = [{ id: 'user' }, { id: 'from' }, { id: 'time' }];
const ids = (some: readonly { readonly id: string }[]): string => some.map(({ id }) => id).join(' ');

test.each([
  [undefined, everyColumn],
  ['text', everyColumn],
  [{ order: 'x', hidden: 3 }, everyColumn],
  [
    { order: ['from', 7, 'from'], hidden: ['time', null] },
    { order: ['from'], hidden: ['time'] },
  ],
])('%j in the storage becomes a choice', (raw, choice) => {
  expect(parseColumnChoice(raw)).toEqual(choice);
});

test('without a choice every column is shown in its own order', () => {
  expect(ids(shownColumns(columns, everyColumn))).toBe('user from time');
});

test('a column that the storage does not know yet comes last, one that is gone is ignored', () => {
  expect(ids(orderedColumns(columns, { order: ['time', 'gone', 'user'], hidden: [] }))).toBe('time user from');
});

test('a column is hidden and shown again, the last one stays', () => {
  const one = withColumnShown(withColumnShown(everyColumn, columns, 'user', false), columns, 'time', false);
  expect(ids(shownColumns(columns, one))).toBe('from');
  expect(withColumnShown(one, columns, 'from', false)).toBe(one);
  expect(ids(shownColumns(columns, withColumnShown(one, columns, 'user', true)))).toBe('user from');
});

test('a storage that hides everything hides nothing', () => {
  expect(ids(shownColumns(columns, { order: [], hidden: ['user', 'from', 'time'] }))).toBe('user from time');
});

test('a column moves by one place, not beyond the ends, and over hidden ones', () => {
  const moved = withColumnMoved({ order: [], hidden: ['from'] }, columns, 'time', -1);
  expect(moved).toEqual({ order: ['user', 'time', 'from'], hidden: ['from'] });
  expect(withColumnMoved(moved, columns, 'user', -1)).toBe(moved);
  expect(withColumnMoved(moved, columns, 'gone', 1)).toBe(moved);
});
