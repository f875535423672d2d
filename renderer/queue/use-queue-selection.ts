import { useCallback, useLayoutEffect, useReducer, useRef } from 'react';
import type { MessageId } from '../../shared/contract/messages.ts';
import type { MoveMode } from './grid-keys.ts';
import { isComplete, placesOf, type QueueWindow, rowAt } from './queue-window.ts';
import { type ListRows, readRows } from './row-reader.ts';
import { emptySelection, type RowPlace, type Selection, type SelectionEvent, select } from './selection.ts';

export type SelectMode = MoveMode | 'toggle';

interface QueueSelection {
  readonly selection: Selection;
  readonly change: (event: SelectionEvent) => void;
  /** Goes to a row by its index and selects on the way; rows that are not loaded are asked for. */
  readonly moveTo: (index: number, mode: SelectMode) => void;
}

/** Selection and focus of the list, following the rows as they change. */
export function useQueueSelection(
  window: QueueWindow,
  list: ListRows,
  onFailure: (error: unknown) => void,
): QueueSelection {
  const [selection, dispatch] = useReducer(select, emptySelection);
  /** Only the last move counts when rows had to be asked for. */
  const lastMove = useRef(0);

  useLayoutEffect(() => {
    if (window.known) dispatch({ type: 'seen', rows: placesOf(window), complete: isComplete(window) });
  }, [window]);

  const change = useCallback((event: SelectionEvent): void => {
    lastMove.current += 1;
    dispatch(event);
  }, []);

  const moveTo = (index: number, mode: SelectMode): void => {
    lastMove.current += 1;
    const move = lastMove.current;
    const anchorIndex = selection.anchor?.index ?? selection.focus?.index ?? index;
    const ranged = mode === 'range' || mode === 'addRange';
    const start = ranged ? Math.min(anchorIndex, index) : index;
    const end = ranged ? Math.max(anchorIndex, index) + 1 : index + 1;
    const known = loadedIds(window, start, end);
    if (known !== null || mode === 'focus') {
      dispatch(moveEvent(mode, { index, id: rowAt(window, index)?.id ?? null }, known ?? []));
      return;
    }
    // The focus goes ahead; what is selected follows when its rows are known.
    dispatch({ type: 'focus', place: { index, id: rowAt(window, index)?.id ?? null } });
    readRows(list, start, end).then(
      (rows) => {
        if (lastMove.current !== move) return;
        const ids = rows.map((row) => row.id);
        const id = (index === start ? ids[0] : ids.at(-1)) ?? null;
        dispatch(moveEvent(mode, { index, id }, ids));
      },
      (error: unknown) => {
        if (lastMove.current === move) onFailure(error);
      },
    );
  };

  return { selection, change, moveTo };
}

function moveEvent(mode: SelectMode, place: RowPlace, ids: readonly MessageId[]): SelectionEvent {
  switch (mode) {
    case 'range':
    case 'addRange':
      return { type: 'range', place, ids, add: mode === 'addRange' };
    default:
      return { type: mode, place };
  }
}

/** Null when a row between is not loaded. */
function loadedIds(window: QueueWindow, start: number, end: number): readonly MessageId[] | null {
  const ids: MessageId[] = [];
  for (let index = start; index < end; index += 1) {
    const row = rowAt(window, index);
    if (row === undefined) return null;
    ids.push(row.id);
  }
  return ids;
}
