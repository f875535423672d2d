/** Keeps rows where they are on the screen while others come and go above them. Pure. */
import type { MessageId } from '../../shared/contract/messages.ts';

/** Besides the anchor, so many rows above and below it vote: one that moves by its own takes nobody along. */
const votersPerSide = 2;

/**
 * By how many rows the list must be scrolled so that the rows around `anchorIndex` stay in place.
 * @param before       Id of the row at an index before the refresh, undefined where none was loaded.
 * @param after        Index of each loaded row after it.
 * @param anchorIndex  The row under the pointer, else the first one on the screen.
 * @param reach        Rows on the screen: a row that went farther than that has left.
 */
export function rowShift(
  before: (index: number) => MessageId | undefined,
  after: ReadonlyMap<MessageId, number>,
  anchorIndex: number,
  reach: number,
): number {
  const shiftOf = (index: number): number | undefined => {
    const id = before(index);
    const now = id === undefined ? undefined : after.get(id);
    return now === undefined || Math.abs(now - index) > reach ? undefined : now - index;
  };
  const side = (step: -1 | 1): number[] => {
    const shifts: number[] = [];
    for (let distance = 1; distance <= reach && shifts.length < votersPerSide; distance += 1) {
      const shift = shiftOf(anchorIndex + step * distance);
      if (shift !== undefined) shifts.push(shift);
    }
    return shifts;
  };
  const own = shiftOf(anchorIndex);
  const votes = new Map<number, number>();
  // Where a row left just here, opinions are divided: those above win, and the rows below close up.
  for (const shift of [...side(-1), ...(own === undefined ? [] : [own]), ...side(1)]) {
    votes.set(shift, (votes.get(shift) ?? 0) + 1);
  }
  let winner = 0;
  let most = 0;
  for (const [shift, count] of votes) {
    if (count > most) [winner, most] = [shift, count];
  }
  return winner;
}
