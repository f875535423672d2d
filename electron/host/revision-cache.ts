/**
 * Results that are expensive with a long queue, kept for as long as the queue has not changed; and, once one turned out to
 * be expensive, for a while longer: a queue that changes all the time must not keep the relay busy with sorting it.
 */
import type { Clock } from '../base/ports.ts';

/** Below this a result is made anew for every change. */
const cheapMs = 20;
/** An expensive one is used for this many times what it cost: at most 5 % of the time goes into it. */
const reuseFactor = 20;
/** Different lists that people look at in the same moment. */
const maxSlots = 8;

interface Revised<Value> {
  readonly value: Value;
  /** The revision that the value was made from; may be an earlier one than now. */
  readonly revision: number;
}

export interface RevisionCache {
  get<Value>(key: string, revision: () => number, make: () => Promise<Value>): Promise<Revised<Value>>;
  close(): void;
}

interface Slot {
  /** Settles, never rejects. */
  underWay: Promise<unknown> | null;
  made: (Revised<unknown> & { readonly reuseUntilMs: number }) | null;
}

export interface RevisionCacheOptions {
  readonly clock: Clock;
  /** False: results are exact, whatever they cost. A busy computer makes anything slow, a short queue never is. */
  readonly mayReuse: () => boolean;
  /** Somebody was given an outdated result, and a better one is to be had now. */
  readonly onOutdated: () => void;
}

export function createRevisionCache({ clock, mayReuse, onOutdated }: RevisionCacheOptions): RevisionCache {
  const slots = new Map<string, Slot>();
  let cancelNotice: (() => void) | null = null;

  const slotFor = (key: string): Slot => {
    const slot = slots.get(key) ?? { underWay: null, made: null };
    slots.delete(key);
    slots.set(key, slot); // the last one is the most recently used
    for (const [oldest] of slots) {
      if (slots.size <= maxSlots) break;
      slots.delete(oldest);
    }
    return slot;
  };

  const noticeLater = (atMs: number): void => {
    cancelNotice ??= clock.after(atMs - clock.now(), () => {
      cancelNotice = null;
      onOutdated();
    });
  };

  return {
    async get<Value>(key: string, revision: () => number, make: () => Promise<Value>): Promise<Revised<Value>> {
      const slot = slotFor(key);
      // The same question is worked on already: its result may do.
      while (slot.underWay !== null) await slot.underWay;
      const { made } = slot;
      if (made !== null && made.revision !== revision() && clock.now() < made.reuseUntilMs) {
        noticeLater(made.reuseUntilMs);
        return made as Revised<Value>;
      }
      if (made !== null && made.revision === revision()) return made as Revised<Value>;

      const [startedAtMs, startRevision] = [clock.now(), revision()];
      const making = make();
      slot.underWay = making.catch(() => undefined);
      try {
        const value = await making;
        const costMs = clock.now() - startedAtMs;
        const reuseUntilMs = costMs < cheapMs || !mayReuse() ? 0 : clock.now() + reuseFactor * costMs;
        slot.made = { value, revision: startRevision, reuseUntilMs };
        return { value, revision: startRevision };
      } finally {
        slot.underWay = null;
      }
    },
    close: () => cancelNotice?.(),
  };
}
