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

/**
 * Null when everything passes, so that nobody has to look.
 * @param viewOf  Delivery's view, asked again only for a message that goes more ways than one.
 */
export function rowTest(filter: QueueFilter, viewOf: (entry: QueueEntry) => DeliveryView): RowTest | null {
  const tests = [
    stateTest(filter),
    amountTest(filter),
    partTest(filter),
    nextHopTest(filter.nextHop, viewOf),
    searchTest(filter.search),
  ].filter((test) => test !== null);
  return tests.length === 0 ? null : (entry, view) => tests.every((test) => test(entry, view));
}

function stateTest({ states }: QueueFilter): RowTest | null {
  if (states === undefined) return null;
  const wanted = new Set(states);
  return (_entry, { state }) => wanted.has(state);
}

function amountTest({ receivedAfterMs, receivedBeforeMs, largerThanBytes }: QueueFilter): RowTest | null {
  if (receivedAfterMs === undefined && receivedBeforeMs === undefined && largerThanBytes === undefined) return null;
  return ({ receivedAtMs, sizeBytes }) =>
    (receivedAfterMs === undefined || receivedAtMs > receivedAfterMs) &&
    (receivedBeforeMs === undefined || receivedAtMs < receivedBeforeMs) &&
    (largerThanBytes === undefined || sizeBytes > largerThanBytes);
}

/** A part of one column, whatever its case. */
function partTest({ sender, recipient, subject, lastError }: QueueFilter): RowTest | null {
  const parts = [sender, recipient, subject, lastError].map((part) => part?.toLowerCase());
  if (parts.every((part) => part === undefined)) return null;
  const [inSender, inRecipient, inSubject, inLastError] = parts;
  const has = (text: string, part: string | undefined): boolean =>
    part === undefined || text.toLowerCase().includes(part);
  return (entry, view) =>
    has(entry.sender, inSender) &&
    has(entry.subject, inSubject) &&
    has(view.lastError ?? '', inLastError) &&
    (inRecipient === undefined || entry.record.recipients.some(({ address }) => has(address, inRecipient)));
}

function nextHopTest(nextHop: string | undefined, viewOf: (entry: QueueEntry) => DeliveryView): RowTest | null {
  if (nextHop === undefined) return null;
  return (entry, view) => {
    if (view.nextHop === nextHop) return true;
    // Several next hops stand one behind the other in the view.
    if (!view.nextHop.includes(nextHop)) return false;
    const { recipients } = entry.record;
    const waiting = recipients.filter(({ state }) => state === 'pending');
    return (waiting.length > 0 ? waiting : recipients).some((recipient) => {
      const alone: QueueEntry = { ...entry, record: { ...entry.record, recipients: [recipient] } };
      return viewOf(alone).nextHop === nextHop;
    });
  };
}

function searchTest(search = ''): RowTest | null {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  return ({ sender, subject, id, record }, view) => {
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
