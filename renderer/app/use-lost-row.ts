import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * A row that goes away while it has the keyboard hands it to the row that is now in its place: nobody who works with the
 * keyboard falls out of a list because a session ended.
 * @param order  Ids of the rows as shown.
 * @param focus  Focuses a row by its id.
 */
export function useLostRow(
  pane: RefObject<HTMLElement | null>,
  order: readonly string[],
  focused: string | null,
  focus: (id: string) => void,
): void {
  const last = useRef<{ readonly id: string; readonly index: number } | null>(null);
  useLayoutEffect(() => {
    const before = last.current;
    const index = focused === null ? -1 : order.indexOf(focused);
    const lostFocus = document.activeElement === null || document.activeElement === document.body;
    if (before !== null && before.id === focused && index < 0 && lostFocus) {
      const next = order[Math.min(before.index, order.length - 1)];
      last.current = null;
      if (next !== undefined) focus(next);
      else pane.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
      return;
    }
    const hasFocus = pane.current?.contains(document.activeElement) === true;
    last.current = hasFocus && focused !== null && index >= 0 ? { id: focused, index } : null;
  });
}
