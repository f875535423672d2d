/** Rows of the queue list: what is shown, what a filter keeps, what comes before what. Pure. */
import { type QueueFilter, type QueueRow, type QueueSortKey, queueStates } from '../../shared/contract/messages.ts';
import type { DeliveryView } from '../delivery/types.ts';
import type { QueueEntry } from '../spool/types.ts';

export function queueRow(
  { id, sender, subject, sizeBytes, receivedAtMs, record }: QueueEntry,
  view: DeliveryView,
): QueueRow {
  const { recipients } = record;
  const shown = recipients.find(({ state }) => state === 'pending') ?? recipients[0];
  return {
    id,
    state: view.state,
    sender,
    recipient: shown?.address ?? '',
    recipientCount: recipients.length,
    subject,
    sizeBytes,
    receivedAtMs,
    attempts: view.attempts,
    lastError: view.lastError,
    nextAttemptAtMs: view.nextAttemptAtMs,
    nextHop: view.nextHop,
  };
}

export type RowTest = (entry: QueueEntry, view: DeliveryView) => boolean;

/** Null when everything passes, so that nobody has to look. */
export function rowTest({ search = '', states }: QueueFilter): RowTest | null {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && states === undefined) return null;
  const wanted = states === undefined ? null : new Set(states);
  return (entry, view) => {
    if (wanted !== null && !wanted.has(view.state)) return false;
    if (words.length === 0) return true;
    const { sender, subject, id, record } = entry;
    // A line each: a word of the search never matches across two of them.
    const text = [
      sender,
      subject,
      id,
      view.nextHop,
      view.lastError ?? '',
      ...record.recipients.map(({ address }) => address),
    ]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

export interface SortedRow {
  readonly id: string;
  readonly key: string | number | null;
}

export function sortKeyOf(row: QueueRow, by: QueueSortKey): SortedRow['key'] {
  if (by === 'state') return queueStates.indexOf(row.state);
  const value = row[by];
  return typeof value === 'string' ? foldedText(value) : value;
}

/** 'Ä' beside 'a', upper and lower case alike. Folded once for each row: a collator, asked at every comparison, is slow. */
const foldedText = (text: string): string => {
  const lower = text.toLowerCase();
  return /^[\x20-\x7e]*$/.test(lower) ? lower : lower.normalize('NFD').replaceAll(/\p{M}/gu, '');
};

/** Rows without a value come last; equal ones by arrival, in both directions. */
export function compareRows(descending: boolean): (a: SortedRow, b: SortedRow) => number {
  const sign = descending ? -1 : 1;
  return (a, b) => sign * compareKeys(a.key, b.key) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function compareKeys(a: SortedRow['key'], b: SortedRow['key']): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
