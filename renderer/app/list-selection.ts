/** Selection of a short list, as in Windows: click, Ctrl, Shift, arrow keys, space. Pure. Rows are known by id. */

export interface ListSelection {
  readonly selected: ReadonlySet<string>;
  /** The row with the keyboard. */
  readonly focused: string | null;
  /** The fixed end of a Shift range. */
  readonly anchor: string | null;
}

export const nothingSelected: ListSelection = { selected: new Set(), focused: null, anchor: null };

export type ListSelectionEvent =
  | { readonly type: 'pick'; readonly id: string; readonly how: 'only' | 'toggle' | 'range' | 'focusOnly' }
  | { readonly type: 'all' }
  | { readonly type: 'none' };

/** @param order  The ids as shown, top to bottom. */
export function select(now: ListSelection, order: readonly string[], event: ListSelectionEvent): ListSelection {
  switch (event.type) {
    case 'all':
      return { ...now, selected: new Set(order) };
    case 'none':
      return { ...now, selected: new Set(), anchor: null };
    case 'pick':
      return pick(now, order, event.id, event.how);
  }
}

function pick(
  now: ListSelection,
  order: readonly string[],
  id: string,
  how: 'only' | 'toggle' | 'range' | 'focusOnly',
): ListSelection {
  switch (how) {
    case 'only':
      return { selected: new Set([id]), focused: id, anchor: id };
    case 'focusOnly':
      return { ...now, focused: id };
    case 'toggle': {
      const selected = new Set(now.selected);
      if (!selected.delete(id)) selected.add(id);
      return { selected, focused: id, anchor: id };
    }
    case 'range': {
      const anchor = now.anchor ?? id;
      const [from, to] = [order.indexOf(anchor), order.indexOf(id)];
      // The anchor's row may be gone meanwhile.
      if (from < 0) return { selected: new Set([id]), focused: id, anchor: id };
      return { selected: new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1)), focused: id, anchor };
    }
  }
}

/** The row an arrow key leads to; null when the list is empty. */
export function rowAfterKey(
  order: readonly string[],
  focused: string | null,
  key: string,
  pageRows: number,
): string | null {
  const at = focused === null ? -1 : order.indexOf(focused);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? 0 : at - 1,
    PageDown: at + pageRows,
    PageUp: at - pageRows,
    Home: 0,
    End: order.length - 1,
  };
  const target = steps[key];
  if (target === undefined) return null;
  return order[Math.max(0, Math.min(order.length - 1, target))] ?? null;
}
