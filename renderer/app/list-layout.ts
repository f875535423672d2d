/** Widths and sort order of a short list, as they are remembered. Pure. */

export interface ColumnPlace {
  readonly id: string;
  readonly heading: string;
  readonly widthPx: number;
  readonly numeric?: boolean;
}

export interface ListLayout {
  /** Pixels by column id, where the user has changed them. */
  readonly widths: Readonly<Record<string, number>>;
  readonly sort: { readonly by: string; readonly descending: boolean } | null;
}

export const narrowestColumnPx = 40;
export const widestColumnPx = 1_500;

/** Whatever is found in the storage becomes a layout. */
export const parseListLayout = (raw: unknown): ListLayout => {
  const { widths, sort } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const known = Object.entries(typeof widths === 'object' && widths !== null ? widths : {}).filter(
    ([, width]) => typeof width === 'number' && width >= narrowestColumnPx && width <= widestColumnPx,
  );
  const { by, descending } = (typeof sort === 'object' && sort !== null ? sort : {}) as Record<string, unknown>;
  return {
    widths: Object.fromEntries(known),
    sort: typeof by === 'string' ? { by, descending: descending === true } : null,
  };
};

export const widthOf = ({ id, widthPx }: ColumnPlace, layout: ListLayout): number => layout.widths[id] ?? widthPx;

/** For `grid-template-columns`. */
export const templateOf = (columns: readonly ColumnPlace[], layout: ListLayout): string =>
  columns.map((column) => `${widthOf(column, layout)}px`).join(' ');

export const withWidth = (layout: ListLayout, id: string, widthPx: number): ListLayout => ({
  ...layout,
  widths: { ...layout.widths, [id]: Math.round(Math.max(narrowestColumnPx, Math.min(widestColumnPx, widthPx))) },
});

/** Ascending first; a second time on the same column turns it round. */
export const sortedBy = (layout: ListLayout, id: string): ListLayout => ({
  ...layout,
  sort: { by: id, descending: layout.sort?.by === id && !layout.sort.descending },
});
