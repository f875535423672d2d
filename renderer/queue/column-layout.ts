/** Which columns are shown, in which order, how wide; and the sort. Remembered, so every value is checked when it comes back. Pure. */
import { type ColumnId, columnIds, queueColumns } from './columns.ts';
import type { QueueQuery } from './queue-loader.ts';

export interface ColumnLayout {
  /** All columns, hidden ones included. */
  readonly order: readonly ColumnId[];
  readonly hidden: readonly ColumnId[];
  /** Only those that were changed, in pixels. */
  readonly widths: Readonly<Partial<Record<ColumnId, number>>>;
}

export interface QueueSort {
  readonly column: ColumnId;
  /** As the column's own values go: the greatest age first is descending. */
  readonly descending: boolean;
}

export const defaultLayout: ColumnLayout = { order: columnIds, hidden: [], widths: {} };
/** The longest waiting first, as in the folder. */
export const defaultSort: QueueSort = { column: 'received', descending: false };

const minWidthPx = 40;
const maxWidthPx = 1_500;

export const visibleColumns = ({ order, hidden }: ColumnLayout): readonly ColumnId[] =>
  order.filter((id) => !hidden.includes(id));

/** The same sort as the relay knows it. */
export function querySort({ column, descending }: QueueSort): QueueQuery['sort'] {
  const { sortBy, reversed = false } = queueColumns[column];
  return { by: sortBy, descending: descending !== reversed };
}

const isRecord = (raw: unknown): raw is Readonly<Record<string, unknown>> => typeof raw === 'object' && raw !== null;
const knownOf = <Word extends string>(words: readonly Word[], raw: unknown): Word[] =>
  Array.isArray(raw) ? words.filter((word) => raw.includes(word)) : [];

/** What an earlier version remembered may lack columns or name some that are gone. */
export function parseLayout(raw: unknown): ColumnLayout {
  if (!isRecord(raw)) return defaultLayout;
  const remembered = Array.isArray(raw.order) ? raw.order : [];
  const order = columnIds.toSorted((one, other) => place(remembered, one) - place(remembered, other));
  const hidden = knownOf(columnIds, raw.hidden);
  return { order, hidden: hidden.length === columnIds.length ? [] : hidden, widths: parseWidths(raw.widths) };
}

/** Widths of columns that exist, within the bounds of the header's grips. */
export function parseWidths(raw: unknown): ColumnLayout['widths'] {
  const widths: Partial<Record<ColumnId, number>> = {};
  for (const id of columnIds) {
    const width = isRecord(raw) ? raw[id] : undefined;
    if (typeof width === 'number' && width >= minWidthPx && width <= maxWidthPx) widths[id] = width;
  }
  return widths;
}

const place = (remembered: readonly unknown[], id: ColumnId): number => {
  const at = remembered.indexOf(id);
  return at < 0 ? columnIds.length + columnIds.indexOf(id) : at;
};

export function parseSort(raw: unknown): QueueSort {
  if (!isRecord(raw)) return defaultSort;
  const column = columnIds.find((id) => id === raw.column);
  return column === undefined ? defaultSort : { column, descending: raw.descending === true };
}
