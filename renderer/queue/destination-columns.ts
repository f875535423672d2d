/** The columns of the list of destinations: what a cell says and what it sorts by. Pure. */
import type { TFunction } from 'i18next';
import type { DestinationRow } from '../../shared/contract/messages.ts';
import type { ColumnPlace, ListLayout } from '../app/list-layout.ts';
import { type CellContext, nextAttemptText } from './columns.ts';

export interface DestinationColumn {
  readonly id: DestinationColumnId;
  readonly widthPx: number;
  readonly numeric?: boolean;
  readonly text: (row: DestinationRow, context: CellContext) => string;
  /** More than the cell says; the text itself when absent. */
  readonly tooltip?: (row: DestinationRow, context: CellContext) => string;
  readonly sortValue: (row: DestinationRow) => string | number | null;
}

const destinationStates: readonly DestinationRow['state'][] = ['active', 'ready', 'retry', 'down', 'frozen', 'held'];

export const destinationColumnIds = [
  'nextHop',
  'state',
  'total',
  'oldest',
  'nextAttempt',
  'lastError',
  'ready',
  'sending',
  'retry',
  'held',
  'failed',
  'size',
  'connections',
] as const;
export type DestinationColumnId = (typeof destinationColumnIds)[number];

const countColumn = (id: keyof DestinationRow['counts'], widthPx: number): DestinationColumn => ({
  id,
  widthPx,
  numeric: true,
  // Zeros would hide the counts that matter.
  text: ({ counts }, { format }) => (counts[id] === 0 && id !== 'total' ? '' : format.count(counts[id])),
  sortValue: ({ counts }) => counts[id],
});

export const destinationColumns: readonly DestinationColumn[] = [
  {
    id: 'nextHop',
    widthPx: 200,
    text: ({ nextHop }) => nextHop,
    sortValue: ({ nextHop }) => nextHop.toLowerCase(),
  },
  {
    id: 'state',
    widthPx: 96,
    text: ({ state }, { t }) => t(`destinations.states.${state}`),
    tooltip: (row, { t, format }) => stateTooltip(row, t, format),
    sortValue: ({ state }) => state,
  },
  countColumn('total', 80),
  {
    id: 'oldest',
    widthPx: 100,
    numeric: true,
    text: ({ oldestReceivedAtMs }, { format, nowMs }) =>
      oldestReceivedAtMs === null ? '' : format.duration(nowMs - oldestReceivedAtMs),
    tooltip: ({ oldestReceivedAtMs }, { format }) =>
      oldestReceivedAtMs === null ? '' : format.fullDateTime(oldestReceivedAtMs),
    // The column runs against its value: the oldest has the greatest age.
    sortValue: ({ oldestReceivedAtMs }) => (oldestReceivedAtMs === null ? null : -oldestReceivedAtMs),
  },
  {
    id: 'nextAttempt',
    widthPx: 104,
    text: (row, context) => (row.nextAttemptAtMs === null ? '' : nextAttemptText(row, context)),
    tooltip: ({ nextAttemptAtMs }, { format }) =>
      nextAttemptAtMs === null ? '' : format.fullDateTime(nextAttemptAtMs),
    sortValue: ({ nextAttemptAtMs }) => nextAttemptAtMs,
  },
  {
    id: 'lastError',
    widthPx: 250,
    text: ({ lastError }, { format }) => format.relayText(lastError ?? ''),
    sortValue: ({ lastError }) => lastError?.toLowerCase() ?? null,
  },
  countColumn('ready', 58),
  countColumn('sending', 58),
  countColumn('retry', 58),
  countColumn('held', 58),
  countColumn('failed', 58),
  {
    id: 'size',
    widthPx: 76,
    numeric: true,
    text: ({ sizeBytes }, { format }) => format.size(sizeBytes),
    tooltip: ({ sizeBytes }, { format }) => format.exactSize(sizeBytes),
    sortValue: ({ sizeBytes }) => sizeBytes,
  },
  {
    id: 'connections',
    widthPx: 92,
    numeric: true,
    text: ({ connections }, { format }) => (connections === 0 ? '' : format.count(connections)),
    sortValue: ({ connections }) => connections,
  },
];

const stateTooltip = (
  { state, downSinceMs }: DestinationRow,
  t: TFunction<'queue'>,
  format: CellContext['format'],
): string => {
  const meaning = t(`destinations.meanings.${state}`);
  return downSinceMs === null
    ? meaning
    : t('destinations.downSince', { meaning, time: format.fullDateTime(downSinceMs) });
};

/** Room for a letter, and for what stands around a word, so that longer words of a language are not cut off. */
const letterPx = 7;
const aroundWordPx = 20;
const aroundStatePx = 32;

export const destinationPlaces = (t: TFunction<'queue'>): readonly ColumnPlace[] =>
  destinationColumns.map(({ id, widthPx, numeric = false }) => {
    const heading = t(`destinations.columns.${id}`);
    const words = id === 'state' ? stateWords(t) : [heading];
    const widest = Math.max(...words.map((word) => word.length * letterPx));
    return {
      id,
      widthPx: Math.max(widthPx, widest + (id === 'state' ? aroundStatePx : aroundWordPx)),
      numeric,
      heading,
    };
  });

const stateWords = (t: TFunction<'queue'>): readonly string[] =>
  destinationStates.map((state) => t(`destinations.states.${state}`));

/** Rows without a value come last, equal ones in the order they had. */
export function sortedDestinations(
  rows: readonly DestinationRow[],
  sort: ListLayout['sort'],
): readonly DestinationRow[] {
  const column = destinationColumns.find(({ id }) => id === sort?.by);
  if (column === undefined) return rows;
  const sign = sort?.descending === true ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [one, other] = [column.sortValue(a), column.sortValue(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return sign * (one < other ? -1 : Number(one > other));
  });
}

/** The rows in the order they had, new ones at the end: for as long as somebody points at them. */
export function inFormerOrder(
  rows: readonly DestinationRow[],
  former: readonly DestinationRow[],
): readonly DestinationRow[] {
  const places = new Map(former.map(({ nextHop }, place) => [nextHop, place]));
  const placeOf = ({ nextHop }: DestinationRow): number => places.get(nextHop) ?? former.length;
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
}
