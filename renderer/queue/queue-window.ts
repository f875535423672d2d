/**
 * The part of the queue that the list holds: pages of rows by index, at their places in the sorted and filtered queue.
 * Pure. Pages keep showing their last rows while newer ones are on the way; pages far from what is visible are dropped.
 */
import type { AnswerOf } from '../../shared/contract/calls.ts';
import type { MessageId, QueueRow } from '../../shared/contract/messages.ts';

export type QueueAnswer = AnswerOf<'queue.list'>;

/** Row indexes, `end` not included. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

interface Page {
  readonly rows: readonly QueueRow[];
  readonly stale: boolean;
}

export interface QueueWindow {
  /** False until the first answer to this query came. */
  readonly known: boolean;
  readonly pages: ReadonlyMap<number, Page>;
  readonly revision: number;
  readonly total: number;
  readonly queueTotal: number;
  readonly recovering: boolean;
}

export interface PageRequest {
  readonly offset: number;
  readonly limit: number;
  /** Rows are missing on the screen; otherwise they are only out of date. */
  readonly urgent: boolean;
}

export const rowsPerPage = 50;
/** One request: what a common screen shows, as one consistent answer. */
const pagesPerRequest = 4;
const rowsPerRequest = pagesPerRequest * rowsPerPage;
const keptPagesAround = 8;

export const emptyWindow: QueueWindow = {
  known: false,
  pages: new Map(),
  revision: -1,
  total: 0,
  queueTotal: 0,
  recovering: false,
};

export const rowAt = (window: QueueWindow, index: number): QueueRow | undefined =>
  window.pages.get(Math.floor(index / rowsPerPage))?.rows[index % rowsPerPage];

/** Everything on the screen may be out of date. */
export const outdated = (window: QueueWindow): QueueWindow => ({
  ...window,
  pages: new Map([...window.pages].map(([number, page]) => [number, page.stale ? page : { ...page, stale: true }])),
});

/** The pages that should be fresh: what is visible, or the whole list when one request can bring it. */
function pagesOf(window: QueueWindow, visible: RowRange): { first: number; last: number } {
  const pageCount = Math.max(1, Math.ceil(window.total / rowsPerPage));
  const firstVisible = Math.floor(visible.start / rowsPerPage);
  if (!window.known) return { first: firstVisible, last: firstVisible + pagesPerRequest - 1 };
  if (pageCount <= pagesPerRequest) return { first: 0, last: pageCount - 1 };
  const last = Math.min(Math.max(firstVisible, Math.ceil(visible.end / rowsPerPage) - 1), pageCount - 1);
  return { first: Math.min(firstVisible, last), last };
}

/** What to ask for next so that `visible` can be drawn from fresh rows; null when it can be. */
export function nextRequest(window: QueueWindow, visible: RowRange): PageRequest | null {
  const { first, last } = pagesOf(window, visible);
  const wanted: number[] = [];
  let urgent = false;
  for (let number = first; number <= last; number += 1) {
    const page = window.pages.get(number);
    if (page === undefined || page.stale) wanted.push(number);
    if (page === undefined) urgent = true;
  }
  const [start] = wanted;
  const stop = wanted.at(-1);
  if (start === undefined || stop === undefined) return null;
  const offset = start * rowsPerPage;
  return { offset, limit: Math.min((stop + 1) * rowsPerPage - offset, rowsPerRequest), urgent };
}

/**
 * Takes an answer in. Pages of another revision no longer fit seamlessly beside it and count as out of date.
 * @param request  What was asked for; its offset is that of a page.
 */
export function withAnswer(
  window: QueueWindow,
  request: PageRequest,
  answer: QueueAnswer,
  visible: RowRange,
): QueueWindow {
  const pages = new Map<number, Page>();
  const around = pagesOf({ ...window, known: true, total: answer.total }, visible);
  for (const [number, page] of window.pages) {
    const near = number >= around.first - keptPagesAround && number <= around.last + keptPagesAround;
    if (!near || number * rowsPerPage >= answer.total) continue;
    pages.set(number, answer.revision === window.revision ? page : { ...page, stale: true });
  }
  const rows = answer.rows.map(sameIfUnchanged(window));
  const firstPage = request.offset / rowsPerPage;
  const askedPages = Math.ceil(request.limit / rowsPerPage);
  for (let number = firstPage; number < firstPage + askedPages; number += 1) {
    const at = number * rowsPerPage - request.offset;
    if (number > 0 && number * rowsPerPage >= answer.total) break;
    pages.set(number, { rows: rows.slice(at, at + rowsPerPage), stale: false });
  }
  const { revision, total, queueTotal, recovering } = answer;
  return { known: true, pages, revision, total, queueTotal, recovering };
}

/** Rows that did not change keep their identity, so that they are not drawn again. */
function sameIfUnchanged(window: QueueWindow): (row: QueueRow) => QueueRow {
  const known = new Map<MessageId, QueueRow>();
  for (const page of window.pages.values()) for (const row of page.rows) known.set(row.id, row);
  return (row) => {
    const last = known.get(row.id);
    if (last === undefined) return row;
    const keys = Object.keys(row) as (keyof QueueRow)[];
    return keys.every((key) => row[key] === last[key]) ? last : row;
  };
}

/** Where each loaded message is. A message that moved between two answers counts where the fresher page has it. */
export function placesOf(window: QueueWindow): ReadonlyMap<MessageId, number> {
  const places = new Map<MessageId, number>();
  for (const stale of [true, false]) {
    for (const [number, page] of window.pages) {
      if (page.stale !== stale) continue;
      for (const [at, row] of page.rows.entries()) places.set(row.id, number * rowsPerPage + at);
    }
  }
  return places;
}

/** True when the rows at hand are the whole list, all of one revision. */
export const isComplete = (window: QueueWindow): boolean => {
  if (!window.known) return false;
  let fresh = 0;
  for (const page of window.pages.values()) {
    if (page.stale) return false;
    fresh += page.rows.length;
  }
  return fresh === window.total;
};
