/** Ids of messages: ULIDs that sort by arrival, whatever the clock does. */
import { incrementBase32, ulid } from 'ulid';
import type { MessageId } from '../../shared/contract/messages.ts';
import type { Ports } from '../base/ports.ts';

/**
 * An id of ours in a file name. The first character ends at 6 (the year 9774): somebody's file named 7ZZZ… must not
 * use up the ids that are left.
 */
export const ownIdPattern = '[0-6][0-9A-HJKMNP-TV-Z]{25}';

/**
 * @param highest  The highest id in the spool folders at start, or undefined when they are empty. The factory of the
 *   ulid package cannot be told one, so a clock set back over a restart would make it issue lower ids.
 * @returns a function that gives a new id, higher than `highest` and all it gave before.
 */
export function createIdSource(
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
  highest: MessageId | undefined,
): () => MessageId {
  let last = highest ?? '';
  return () => {
    // 0 makes the package read the computer's clock itself.
    const fresh = ulid(Math.max(1, clock.now()), random);
    // Counting up carries from the random part into the time, so it never runs out.
    last = fresh > last ? fresh : incrementBase32(last);
    return last;
  };
}
