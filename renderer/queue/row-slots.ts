/**
 * Which element of the page draws which row. A row that stays in the list stays in its element, wherever it moves to; a row
 * that comes takes over the element of one that left, which costs less than a new element.
 */
export interface RowSlots {
  /**
   * One slot for each row, in the same order; asked again with the same rows it answers the same.
   * @param rows  What each place shows, each word once.
   */
  readonly assign: (rows: readonly string[]) => readonly number[];
}

export function createRowSlots(): RowSlots {
  let slots: ReadonlyMap<string, number> = new Map();
  return {
    assign: (rows) => {
      const next = new Map<string, number>();
      const taken = new Set<number>();
      for (const row of rows) {
        const slot = slots.get(row);
        if (slot === undefined) continue;
        next.set(row, slot);
        taken.add(slot);
      }
      let free = 0;
      for (const row of rows) {
        if (next.has(row)) continue;
        while (taken.has(free)) free += 1;
        next.set(row, free);
        taken.add(free);
      }
      slots = next;
      return rows.map((row) => next.get(row) ?? 0);
    },
  };
}

/** A message may stand at two places while pages of two moments meet; a place without a row is its own. */
export function slotNames(places: readonly { readonly index: number; readonly id: string | undefined }[]): string[] {
  const seen = new Set<string>();
  return places.map(({ index, id }) => {
    const name = id === undefined || seen.has(id) ? `place ${index}` : id;
    seen.add(name);
    return name;
  });
}
