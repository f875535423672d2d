/** So many messages within any sixty seconds. Pure: time is what the caller says. Counts by the second, so its size has a bound. */
import type { EpochMs } from '../../shared/contract/messages.ts';

const windowMs = 60_000;
const slotMs = 1_000;

interface Slot {
  readonly startMs: EpochMs;
  /** The last message in it: with that one the whole slot leaves the window. */
  lastMs: EpochMs;
  count: number;
}

export class RateLimit {
  /** Oldest first. */
  readonly #slots: Slot[] = [];

  record(nowMs: EpochMs, messages: number): void {
    const startMs = nowMs - (nowMs % slotMs);
    const latest = this.#slots.at(-1);
    if (latest?.startMs === startMs) {
      latest.lastMs = nowMs;
      latest.count += messages;
    } else {
      this.#slots.push({ startMs, lastMs: nowMs, count: messages });
    }
  }

  /** When one more message is within the limit; `nowMs` for at once. */
  nextMs(nowMs: EpochMs, perMinute: number): EpochMs {
    this.#forget(nowMs);
    let count = this.#slots.reduce((sum, slot) => sum + slot.count, 0);
    let allowedMs = nowMs;
    for (const slot of this.#slots) {
      if (count < perMinute) break;
      count -= slot.count;
      allowedMs = slot.lastMs + windowMs;
    }
    return allowedMs;
  }

  isIdle(nowMs: EpochMs): boolean {
    this.#forget(nowMs);
    return this.#slots.length === 0;
  }

  #forget(nowMs: EpochMs): void {
    // The clock was put back: nobody knows how long ago those were.
    if ((this.#slots.at(-1)?.lastMs ?? 0) > nowMs) this.#slots.length = 0;
    const kept = this.#slots.findIndex(({ lastMs }) => lastMs + windowMs > nowMs);
    this.#slots.splice(0, kept < 0 ? this.#slots.length : kept);
  }
}
