/** The tree's pane, as it is remembered. Pure. */

export const narrowestTreePx = 120;
export const widestTreePx = 700;

export interface TreeLayout {
  readonly shown: boolean;
  readonly widthPx: number;
  /** Ids of the nodes that somebody has folded; the others are open, those of a new server too. */
  readonly folded: readonly string[];
}

/** Whatever is found in the storage becomes a layout. */
export const parseTreeLayout = (raw: unknown): TreeLayout => {
  const { shown, widthPx, folded } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const valid = typeof widthPx === 'number' && widthPx >= narrowestTreePx && widthPx <= widestTreePx;
  return {
    shown: shown !== false,
    widthPx: valid ? widthPx : 270,
    folded: Array.isArray(folded) ? folded.filter((id): id is string => typeof id === 'string') : [],
  };
};
