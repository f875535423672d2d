/** The tree's pane, as it is remembered. Pure. */

export const narrowestTreePx = 120;
export const widestTreePx = 700;

interface TreeLayout {
  readonly shown: boolean;
  readonly widthPx: number;
}

/** Whatever is found in the storage becomes a layout. */
export const parseTreeLayout = (raw: unknown): TreeLayout => {
  const { shown, widthPx } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const valid = typeof widthPx === 'number' && widthPx >= narrowestTreePx && widthPx <= widestTreePx;
  return { shown: shown !== false, widthPx: valid ? widthPx : 270 };
};
