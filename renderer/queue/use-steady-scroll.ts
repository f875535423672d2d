import { type PointerEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { placesOf, type QueueWindow, rowAt } from './queue-window.ts';
import { rowShift } from './scroll-anchor.ts';

interface SteadyScrollOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  /** What is known of the scroller without asking the page, which would have to be laid out for the answer. */
  readonly view: { readonly offsetPx: number; readonly heightPx: number };
  readonly window: QueueWindow;
  /** Rows of another query have nothing to do with the last ones: their list starts at the top. */
  readonly query: object;
  readonly rowHeightPx: number;
  readonly headerHeightPx: number;
  /** Told before the page sends its event, so that nothing is drawn for the old place in between. */
  readonly onScrolled: (offsetPx: number) => void;
}

/**
 * Nothing jumps: when rows come or go above, the list is scrolled along, so that what one looks at or points at stays put.
 * At the very top, with the pointer elsewhere, new rows push the others down, as one expects.
 */
export function useSteadyScroll(options: SteadyScrollOptions) {
  const { scroller, view, window, query, rowHeightPx, headerHeightPx, onScrolled } = options;
  /** Below the heads; null when the pointer is elsewhere. */
  const pointerPx = useRef<number | null>(null);
  const last = useRef({ window, query });

  const shift = shiftOf();
  function shiftOf(): number {
    const before = last.current;
    if (before.window === window || before.query !== query) return 0;
    const anchorIndex = anchorOf(view.offsetPx, pointerPx.current, rowHeightPx);
    if (anchorIndex === null) return 0;
    const rowsOnScreen = Math.ceil(view.heightPx / rowHeightPx);
    const rows = rowShift((index) => rowAt(before.window, index)?.id, placesOf(window), anchorIndex, rowsOnScreen);
    return Math.max(rows, -Math.floor(view.offsetPx / rowHeightPx));
  }

  useLayoutEffect(() => {
    const before = last.current;
    last.current = { window, query };
    const element = scroller.current;
    if (element === null || before.window === window) return;
    if (before.query !== query) element.scrollTop = 0;
    else if (shift !== 0) element.scrollTop += shift * rowHeightPx;
    else return;
    onScrolled(element.scrollTop);
  });

  return {
    /** By how many rows the list is about to be scrolled: these rows are drawn already. */
    shift,
    onPointerMove: (event: PointerEvent): void => {
      const y = event.clientY - event.currentTarget.getBoundingClientRect().top - headerHeightPx;
      pointerPx.current = event.pointerType === 'mouse' && y >= 0 ? y : null;
    },
    onPointerLeave: (): void => {
      pointerPx.current = null;
    },
  };
}

/** The row under the pointer, else the first one on the screen; null at the top of the list. */
function anchorOf(offsetPx: number, pointerPx: number | null, rowHeightPx: number): number | null {
  if (pointerPx !== null) return Math.floor((pointerPx + offsetPx) / rowHeightPx);
  return offsetPx > 0 ? Math.ceil(offsetPx / rowHeightPx) : null;
}
