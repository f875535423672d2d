import { describe, expect, test } from 'vitest';
import {
  type ColumnLayout,
  defaultLayout,
  defaultSort,
  parseLayout,
  parseSort,
  querySort,
  visibleColumns,
} from '../../../../renderer/queue/column-layout.ts';
import { columnIds, queueColumns } from '../../../../renderer/queue/columns.ts';

test('columns that are hidden are not shown, the others are in their order', () => {
  const layout: ColumnLayout = { ...defaultLayout, order: columnIds.toReversed(), hidden: ['subject'] };
  expect(visibleColumns(layout)).toEqual(columnIds.filter((id) => id !== 'subject').toReversed());
});

test('the youngest message has the least age: ascending age is descending arrival', () => {
  expect(querySort({ column: 'age', descending: false })).toEqual({ by: 'receivedAtMs', descending: true });
  expect(querySort({ column: 'age', descending: true })).toEqual({ by: 'receivedAtMs', descending: false });
  expect(querySort({ column: 'received', descending: false })).toEqual({ by: 'receivedAtMs', descending: false });
});

describe('what was remembered', () => {
  test.each<{ name: string; raw: unknown; layout: ColumnLayout }>([
    { name: 'nothing', raw: undefined, layout: defaultLayout },
    { name: 'not an object', raw: 'abc', layout: defaultLayout },
    { name: 'an array', raw: [1, 2], layout: defaultLayout },
    {
      name: 'columns that no longer exist',
      raw: { order: ['gone', ...columnIds], hidden: ['gone'], widths: { gone: 5 } },
      layout: defaultLayout,
    },
    {
      name: 'columns that are new since: they come last',
      raw: { order: ['id', 'state'], hidden: ['id'], widths: { id: 99 } },
      layout: {
        order: ['id', 'state', ...columnIds.filter((id) => id !== 'id' && id !== 'state')],
        hidden: ['id'],
        widths: { id: 99 },
      },
    },
    { name: 'everything hidden', raw: { hidden: [...columnIds] }, layout: defaultLayout },
    {
      name: 'widths that are none',
      raw: { widths: { id: 'wide', size: Number.NaN, age: 1e9, subject: 3, state: 120 } },
      layout: { ...defaultLayout, widths: { state: 120 } },
    },
  ])('$name', ({ raw, layout }) => {
    expect(parseLayout(raw)).toEqual(layout);
  });

  test('survives a round trip', () => {
    const layout: ColumnLayout = { order: columnIds.toReversed(), hidden: ['id'], widths: { age: 200 } };
    expect(parseLayout(JSON.parse(JSON.stringify(layout)))).toEqual(layout);
  });

  test('the sort is checked as well', () => {
    expect(parseSort({ column: 'nonsense', descending: true })).toEqual(defaultSort);
    expect(parseSort({ column: 'size', descending: true })).toEqual({ column: 'size', descending: true });
  });
});

test('every column has a key of its own id', () => {
  for (const id of columnIds) expect(queueColumns[id].id).toBe(id);
});
