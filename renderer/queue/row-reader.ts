/** Reads rows that are not on the screen: for a long Shift range, for the clipboard and for files. */
import type { MessageId, QueueRow } from '../../shared/contract/messages.ts';
import type { ProgressControl } from '../app/ProgressBar.tsx';
import type { QueueAnswer } from './queue-window.ts';
import { type Chosen, chosenCount, isChosen } from './selection.ts';

/** One page of the sorted and filtered queue. */
export type ListRows = (page: { readonly offset: number; readonly limit: number }) => Promise<QueueAnswer>;

/** The most that one call brings. */
const rowsPerCall = 500;

/**
 * Rows from `start` to before `end`, or to the end of the list. A row that moves while they are read comes once.
 * @throws the reason of `control.signal` once it is aborted.
 */
export async function readRows(
  list: ListRows,
  start: number,
  end: number,
  control?: ProgressControl,
): Promise<readonly QueueRow[]> {
  const rows = new Map<MessageId, QueueRow>();
  let offset = start;
  for (;;) {
    const limit = Math.min(end - offset, rowsPerCall);
    if (limit <= 0) break;
    const answer = await list({ offset, limit });
    control?.signal.throwIfAborted();
    for (const row of answer.rows) rows.set(row.id, row);
    offset += limit;
    const total = Math.min(end, answer.total) - start;
    control?.onProgress({ done: Math.min(rows.size, total), total });
    if (answer.rows.length === 0 || offset >= answer.total) break;
  }
  return [...rows.values()];
}

/** The chosen rows in the order of the list. Stops as soon as all of them were found. */
export async function readChosen(
  list: ListRows,
  chosen: Chosen,
  control?: ProgressControl,
): Promise<readonly QueueRow[]> {
  const rows = new Map<MessageId, QueueRow>();
  for (let offset = 0; ; offset += rowsPerCall) {
    const answer = await list({ offset, limit: rowsPerCall });
    control?.signal.throwIfAborted();
    for (const row of answer.rows) if (isChosen(chosen, row.id)) rows.set(row.id, row);
    control?.onProgress({ done: rows.size, total: chosenCount(chosen, answer.total) });
    const foundAll = chosen.kind === 'ids' && rows.size === chosen.ids.size;
    if (foundAll || answer.rows.length === 0 || offset + rowsPerCall >= answer.total) return [...rows.values()];
  }
}
