/** Steps of editing a list in a dialog. Pure; indexes are valid ones of the list. */

export const replaceAt = (list: readonly string[], index: number, item: string): readonly string[] =>
  list.with(index, item);

export const removeAt = (list: readonly string[], index: number): readonly string[] => list.toSpliced(index, 1);

/** Swaps an entry with its neighbour; null when it is at the end already. */
export const moveBy = (list: readonly string[], index: number, step: -1 | 1): readonly string[] | null => {
  const [here, there] = [list[index], list[index + step]];
  if (here === undefined || there === undefined || index + step < 0) return null;
  return list.with(index, there).with(index + step, here);
};

/** The row to select after one was removed; null when none is left. */
export const selectedAfterRemoval = (index: number, lengthLeft: number): number | null =>
  lengthLeft === 0 ? null : Math.min(index, lengthLeft - 1);
