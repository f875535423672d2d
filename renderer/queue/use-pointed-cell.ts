import { type MouseEvent, useState } from 'react';

interface PointedCell {
  /** Of the cell under the mouse, counted from the left; null when it is elsewhere. */
  readonly pointed: number | null;
  /** For the row. */
  readonly onMouseOver: (event: MouseEvent) => void;
  readonly onMouseLeave: () => void;
}

/** A tooltip is worked out for the cell somebody points at, not for all that are on the screen. */
export function usePointedCell(): PointedCell {
  const [pointed, setPointed] = useState<number | null>(null);
  return {
    pointed,
    onMouseOver: ({ target, currentTarget }) => setPointed(cellAt(currentTarget, target)),
    onMouseLeave: () => setPointed(null),
  };
}

function cellAt(row: Element, target: EventTarget): number | null {
  const cell = target instanceof Element ? target.closest('[role="gridcell"]') : null;
  const at = cell === null ? -1 : [...row.children].indexOf(cell);
  return at < 0 ? null : at;
}
