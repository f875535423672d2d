import { type PointerEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { placesOf, type QueueWindow, rowAt } from './queue-window.ts';
import { rowShift } from './scroll-anchor.ts';

interface SteadyScrollOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly window: QueueWindow;
  /** Rows of another query have nothing to do with the last ones: their list starts at the top. */
  readonly query: object;
  readonly rowHeightPx: number;
  readonly headerHeightPx: number;
}

/**
 * Nothing jumps: when rows come or go above, the list is scrolled along, so that what one looks at or points at stays put.
 * At the very top, with the pointer elsewhere, new rows push the others down, as one expects.
 */
export function useSteadyScroll({ scroller, window, query, rowHeightPx, headerHeightPx }: SteadyScrollOptions) {
  const pointerY = useRef<number | null>(null);
  const last = useRef({ window, query });

  useLayoutEffect(() => {
    const before = last.current;
    last.current = { window, query };
    const element = scroller.current;
    if (element === null || before.window === window) return;
    if (before.query !== query) {
      element.scrollTop = 0;
      return;
    }
    const rowsOnScreen = Math.ceil(element.clientHeight / rowHeightPx);
    const anchorIndex = anchorOf(element, pointerY.current, rowHeightPx, headerHeightPx);
    if (anchorIndex === null) return;
    const shift = rowShift((index) => rowAt(before.window, index)?.id, placesOf(window), anchorIndex, rowsOnScreen);
    if (shift !== 0) element.scrollTop += shift * rowHeightPx;
  }, [scroller, window, query, rowHeightPx, headerHeightPx]);

  return {
    onPointerMove: (event: PointerEvent): void => {
      pointerY.current = event.pointerType === 'mouse' ? event.clientY : null;
    },
    onPointerLeave: (): void => {
      pointerY.current = null;
    },
  };
}

/** The row under the pointer, else the first one on the screen; null at the top of the list. */
function anchorOf(
  element: HTMLElement,
  pointerY: number | null,
  rowHeightPx: number,
  headerHeightPx: number,
): number | null {
  if (pointerY !== null) {
    const y = pointerY - element.getBoundingClientRect().top - headerHeightPx;
    if (y >= 0) return Math.floor((y + element.scrollTop) / rowHeightPx);
  }
  return element.scrollTop > 0 ? Math.ceil(element.scrollTop / rowHeightPx) : null;
}
