/** What a key does in the list. Pure. */

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export interface GridPlace {
  /** The focused row, null before the first. */
  readonly index: number | null;
  /** Rows that match the filter. */
  readonly total: number;
  /** Rows that fit on the screen. */
  readonly rowsPerScreen: number;
}

export type MoveMode = 'only' | 'focus' | 'range' | 'addRange';

export type GridCommand =
  | { readonly type: 'move'; readonly to: number; readonly mode: MoveMode }
  | { readonly type: 'toggle' }
  | { readonly type: 'selectAll' }
  | { readonly type: 'menu' }
  | { readonly type: 'run'; readonly action: 'properties' | 'delete' | 'copy' };

const targets: Readonly<Record<string, (place: GridPlace & { readonly index: number }) => number>> = {
  ArrowUp: ({ index }) => index - 1,
  ArrowDown: ({ index }) => index + 1,
  PageUp: ({ index, rowsPerScreen }) => index - Math.max(1, rowsPerScreen - 1),
  PageDown: ({ index, rowsPerScreen }) => index + Math.max(1, rowsPerScreen - 1),
  Home: () => 0,
  End: ({ total }) => total - 1,
};

export function gridCommand(press: KeyPress, place: GridPlace): GridCommand | null {
  const { key, ctrlKey, shiftKey, altKey } = press;
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) return { type: 'menu' };
  if (key === 'Enter' && !ctrlKey && !shiftKey) return { type: 'run', action: 'properties' };
  if (altKey) return null;
  if (key === 'Delete' && !ctrlKey && !shiftKey) return { type: 'run', action: 'delete' };
  if (ctrlKey && !shiftKey && key.toLowerCase() === 'a') return { type: 'selectAll' };
  if (ctrlKey && !shiftKey && (key.toLowerCase() === 'c' || key === 'Insert')) return { type: 'run', action: 'copy' };
  if (place.total === 0) return null;
  const mode = ctrlKey ? (shiftKey ? 'addRange' : 'focus') : shiftKey ? 'range' : 'only';
  if (key === ' ') {
    if (mode === 'range' || mode === 'addRange') return { type: 'move', to: place.index ?? 0, mode };
    return place.index === null ? { type: 'move', to: 0, mode: 'only' } : { type: 'toggle' };
  }
  const target = targets[key];
  if (target === undefined) return null;
  // Without a focused row the first arrow lands on the first row.
  const to = target({ ...place, index: place.index ?? (key === 'ArrowDown' || key === 'PageDown' ? -1 : 0) });
  return { type: 'move', to: Math.min(Math.max(to, 0), place.total - 1), mode };
}
