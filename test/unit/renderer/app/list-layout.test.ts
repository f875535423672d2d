import { expect, test } from 'vitest';
import { parseListLayout, sortedBy, templateOf, withWidth } from '../../../../renderer/app/list-layout.ts';
import { parseTreeLayout } from '../../../../renderer/app/tree-layout.ts';

const untouched = { widths: {}, sort: null };

test.each([
  [undefined, untouched],
  [null, untouched],
  ['text', untouched],
  [{ widths: 'x', sort: 3 }, untouched],
  [
    { widths: { name: 5, state: 'wide', port: 120 }, sort: { by: 'name' } },
    { widths: { port: 120 }, sort: { by: 'name', descending: false } },
  ],
  [{ widths: { a: 9_999 }, sort: { by: 7, descending: true } }, untouched],
])('%j in the storage becomes a layout', (raw, layout) => {
  expect(parseListLayout(raw)).toEqual(layout);
});

test('a width that the user has changed replaces the one of the column, within bounds', () => {
  const columns = [
    { id: 'a', heading: 'A', widthPx: 100 },
    { id: 'b', heading: 'B', widthPx: 200 },
  ];
  expect(templateOf(columns, withWidth(untouched, 'b', 150.4))).toBe('100px 150px');
  expect(templateOf(columns, withWidth(untouched, 'b', -5))).toBe('100px 40px');
});

test('sorting by a column begins ascending and turns round the second time', () => {
  const once = sortedBy(untouched, 'a');
  const twice = sortedBy(once, 'a');
  expect(once.sort).toEqual({ by: 'a', descending: false });
  expect(twice.sort).toEqual({ by: 'a', descending: true });
  expect(sortedBy(twice, 'b').sort).toEqual({ by: 'b', descending: false });
});

test.each([
  [undefined, { shown: true, widthPx: 270, folded: [] }],
  [
    { shown: false, widthPx: 300, folded: ['server/1', 7] },
    { shown: false, widthPx: 300, folded: ['server/1'] },
  ],
  [
    { shown: 'no', widthPx: 10, folded: 'all' },
    { shown: true, widthPx: 270, folded: [] },
  ],
])('%j in the storage becomes a tree pane', (raw, layout) => {
  expect(parseTreeLayout(raw)).toEqual(layout);
});
