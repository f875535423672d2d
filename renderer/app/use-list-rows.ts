/** Order and selection of the rows of a short list. */
import { useMemo, useState } from 'react';
import type { ListColumn } from './list-column.ts';
import type { ListLayout } from './list-layout.ts';
import { type ListSelectionEvent, nothingSelected, select } from './list-selection.ts';

interface ListRowsOptions<Row> {
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly columns: readonly ListColumn<Row>[];
  readonly sort: ListLayout['sort'];
}

export function useListRows<Row>({ rows, rowId, columns, sort }: ListRowsOptions<Row>) {
  const [selection, setSelection] = useState(nothingSelected);
  const shown = useMemo(() => {
    const column = columns.find(({ id }) => id === sort?.by);
    if (column === undefined) return rows;
    const value = column.sortValue ?? column.text;
    const sign = sort?.descending === true ? -1 : 1;
    return rows.toSorted((one, other) => sign * compareValues(value(one), value(other)));
  }, [rows, columns, sort]);
  const order = useMemo(() => shown.map(rowId), [shown, rowId]);
  const selectedRows = useMemo(
    () => shown.filter((row) => selection.selected.has(rowId(row))),
    [shown, rowId, selection.selected],
  );
  const change = (event: ListSelectionEvent): void => setSelection((now) => select(now, order, event));
  return { shown, order, selection, selectedRows, change };
}

const compareValues = (one: string | number, other: string | number): number =>
  typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other), undefined, { numeric: true });
