/** The columns of the list. What a cell says is a pure function of row, time and language. */
import type { TFunction } from 'i18next';
import type { EpochMs, QueueRow, QueueSortKey } from '../../shared/contract/messages.ts';
import type { QueueFormat } from './format.ts';

export const columnIds = [
  'state',
  'sender',
  'recipient',
  'subject',
  'size',
  'received',
  'age',
  'attempts',
  'lastError',
  'nextAttempt',
  'nextHop',
  'id',
] as const;
export type ColumnId = (typeof columnIds)[number];

export interface CellContext {
  readonly nowMs: EpochMs;
  readonly t: TFunction<'queue'>;
  readonly format: QueueFormat;
}

export interface QueueColumn {
  readonly id: ColumnId;
  readonly sortBy: QueueSortKey;
  /** The column runs against its sort key: the oldest message has the greatest age. */
  readonly reversed?: boolean;
  readonly widthPx: number;
  readonly numeric?: boolean;
  /** Changes as time goes by although the row does not. */
  readonly ticks?: boolean;
  readonly text: (row: QueueRow, context: CellContext) => string;
  /** Stays visible when the text is too long for the cell. */
  readonly tail?: (row: QueueRow, context: CellContext) => string;
  /** More than the cell says; the text itself when absent. */
  readonly tooltip?: (row: QueueRow, context: CellContext) => string;
  /** For files and the clipboard, where a relative time means nothing later; the text itself when absent. */
  readonly exportText?: (row: QueueRow, context: CellContext) => string;
}

export const queueColumns: Readonly<Record<ColumnId, QueueColumn>> = {
  state: {
    id: 'state',
    sortBy: 'state',
    widthPx: 112,
    text: (row, { t }) => t(`states.${row.state}`),
    tooltip: (row, { t }) => t(`stateMeanings.${row.state}`),
  },
  sender: {
    id: 'sender',
    sortBy: 'sender',
    widthPx: 140,
    text: (row, { t }) => senderText(row, t),
    tooltip: (row, { t }) => (row.sender === '' ? t('cell.nullSenderMeaning') : row.sender),
  },
  recipient: {
    id: 'recipient',
    sortBy: 'recipient',
    widthPx: 152,
    text: (row) => row.recipient,
    tail: (row, { format }) => (row.recipientCount > 1 ? `+${format.count(row.recipientCount - 1)}` : ''),
    tooltip: (row, { t }) =>
      row.recipientCount > 1
        ? t('cell.moreMeaning', { first: row.recipient, count: row.recipientCount - 1 })
        : row.recipient,
  },
  subject: {
    id: 'subject',
    sortBy: 'subject',
    widthPx: 170,
    text: (row, { t }) => subjectText(row, t),
  },
  size: {
    id: 'size',
    sortBy: 'sizeBytes',
    widthPx: 66,
    numeric: true,
    text: (row, { format }) => format.size(row.sizeBytes),
    tooltip: (row, { format }) => format.exactSize(row.sizeBytes),
  },
  received: {
    id: 'received',
    sortBy: 'receivedAtMs',
    widthPx: 140,
    text: (row, { format }) => format.shortDateTime(row.receivedAtMs),
    exportText: (row, { format }) => format.dateTime(row.receivedAtMs),
    tooltip: (row, { format }) => format.fullDateTime(row.receivedAtMs),
  },
  age: {
    id: 'age',
    sortBy: 'receivedAtMs',
    reversed: true,
    widthPx: 102,
    numeric: true,
    ticks: true,
    text: (row, { format, nowMs }) => format.duration(nowMs - row.receivedAtMs),
    tooltip: (row, { format }) => format.fullDateTime(row.receivedAtMs),
  },
  attempts: {
    id: 'attempts',
    sortBy: 'attempts',
    widthPx: 76,
    numeric: true,
    text: (row, { format }) => format.count(row.attempts),
  },
  lastError: {
    id: 'lastError',
    sortBy: 'lastError',
    widthPx: 320,
    text: (row, { format }) => format.relayText(row.lastError ?? ''),
  },
  nextAttempt: {
    id: 'nextAttempt',
    sortBy: 'nextAttemptAtMs',
    widthPx: 124,
    ticks: true,
    text: (row, context) => nextAttemptText(row, context),
    tooltip: (row, context) => absoluteNextAttempt(row, context, context.format.fullDateTime),
    exportText: (row, context) => absoluteNextAttempt(row, context, context.format.dateTime),
  },
  nextHop: { id: 'nextHop', sortBy: 'nextHop', widthPx: 160, text: (row) => row.nextHop },
  id: { id: 'id', sortBy: 'id', widthPx: 230, text: (row) => row.id },
};

export const senderText = (row: Pick<QueueRow, 'sender'>, t: TFunction<'queue'>): string =>
  row.sender === '' ? t('cell.nullSender') : row.sender;

export const subjectText = (row: QueueRow, t: TFunction<'queue'>): string =>
  row.subject === '' ? t('cell.noSubject') : row.subject;

/** 'in 5 min', 'now', or a dash where there is no next attempt. */
export function nextAttemptText(
  { nextAttemptAtMs }: Pick<QueueRow, 'nextAttemptAtMs'>,
  { t, format, nowMs }: CellContext,
): string {
  if (nextAttemptAtMs === null) return t('cell.none');
  const leftMs = nextAttemptAtMs - nowMs;
  return leftMs < 1_000 ? t('cell.now') : t('cell.in', { time: format.duration(leftMs) });
}

function absoluteNextAttempt(row: QueueRow, { t, nowMs }: CellContext, time: (atMs: EpochMs) => string): string {
  if (row.state === 'held') return t('cell.notWhileHeld');
  if (row.state === 'sending') return t('cell.underWay');
  if (row.nextAttemptAtMs === null) return t('cell.none');
  return row.nextAttemptAtMs <= nowMs ? t('cell.asSoonAsPossible') : time(row.nextAttemptAtMs);
}

/** All that the cell says. */
export const cellText = (column: QueueColumn, row: QueueRow, context: CellContext): string => {
  const tail = column.tail?.(row, context) ?? '';
  return tail === '' ? column.text(row, context) : `${column.text(row, context)} ${tail}`;
};

export const cellTooltip = (column: QueueColumn, row: QueueRow, context: CellContext): string =>
  column.tooltip?.(row, context) ?? cellText(column, row, context);

export const cellExportText = (column: QueueColumn, row: QueueRow, context: CellContext): string =>
  column.exportText?.(row, context) ?? cellText(column, row, context);
