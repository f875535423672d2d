/** Long work on the thread that takes mail in, done in slices of a few milliseconds. */

/** Lets everything else that waits have its turn. */
export type Pause = () => Promise<void>;

/** For work of some microseconds an item. */
const sliceItems = 500;
const sliceRun = 4_096;
const sliceMerged = 8_192;

/** @returns the defined results of `map`, in order. */
export async function mapInSlices<Item, Result>(
  items: Iterable<Item>,
  map: (item: Item) => Result | undefined,
  pause: Pause,
  itemsPerSlice = sliceItems,
): Promise<Result[]> {
  const results: Result[] = [];
  let count = 0;
  for (const item of items) {
    const result = map(item);
    if (result !== undefined) results.push(result);
    count += 1;
    if (count % itemsPerSlice === 0) await pause();
  }
  return results;
}

/** Stable. Runs are sorted by the platform and merged pairwise, which is the same work as one sort, in pieces. */
export async function sortInSlices<Item>(
  items: readonly Item[],
  compare: (a: Item, b: Item) => number,
  pause: Pause,
): Promise<readonly Item[]> {
  let runs: Item[][] = [];
  for (let start = 0; start < items.length; start += sliceRun) {
    runs.push(items.slice(start, start + sliceRun).sort(compare));
    if (items.length > sliceRun) await pause();
  }
  while (runs.length > 1) {
    const merged: Item[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], compare, pause));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<Item>(
  left: readonly Item[],
  right: readonly Item[],
  compare: (a: Item, b: Item) => number,
  pause: Pause,
): Promise<Item[]> {
  const result: Item[] = [];
  let atLeft = 0;
  let atRight = 0;
  while (atLeft < left.length && atRight < right.length) {
    const a = left[atLeft] as Item;
    const b = right[atRight] as Item;
    if (compare(b, a) < 0) {
      result.push(b);
      atRight += 1;
    } else {
      result.push(a);
      atLeft += 1;
    }
    if (result.length % sliceMerged === 0) await pause();
  }
  return result.concat(left.slice(atLeft), right.slice(atRight));
}
