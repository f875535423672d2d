/**
 * Intake first: while messages come in and the thread has no time left, only a few attempts are under way at once. A few
 * always are, so a queue shrinks however long the intake lasts; and a thread with time left is never held back, so a slow
 * next hop cannot make the mail of a steady, light intake pile up. Pure: time and load are what the caller says.
 */
import type { EpochMs } from '../../shared/contract/messages.ts';

export interface IntakePriorityOptions {
  /** The share of the time since the last call that the thread was busy, from 0 to 1. */
  readonly threadLoad: () => number;
}

/** As much of the thread as two more sessions would take. */
const fewAttempts = 2;
/** Without a message for so long, the intake is over. */
const calmAfterMs = 250;
/** A message that took longer to arrive is no sign of a rush; one that is read from the disk at the start is none either. */
const recentMs = 5_000;
const sampleMs = 100;
/** Two thresholds: holding back makes the thread less busy, and must not end by that alone. */
const yieldAbove = 0.8;
const resumeBelow = 0.5;

export class IntakePriority {
  readonly #threadLoad: IntakePriorityOptions['threadLoad'];
  #lastArrivalMs: EpochMs | null = null;
  #sampledAtMs: EpochMs | null = null;
  #yields = false;

  constructor({ threadLoad }: IntakePriorityOptions) {
    this.#threadLoad = threadLoad;
  }

  /** A message is in the queue. */
  arrived(receivedAtMs: EpochMs, nowMs: EpochMs): void {
    if (Math.abs(nowMs - receivedAtMs) <= recentMs) this.#lastArrivalMs = nowMs;
  }

  /**
   * Attempts that may be under way now, and when to ask again although no message arrives and no attempt ends. Null: as
   * many as the limits of the settings allow.
   */
  limit(nowMs: EpochMs): { readonly attempts: number; readonly askAgainMs: EpochMs } | null {
    const lastMs = this.#lastArrivalMs;
    // When the clock was put back, nobody knows how long ago that was.
    if (lastMs === null || nowMs < lastMs || nowMs >= lastMs + calmAfterMs) {
      this.#yields = false;
      return null;
    }
    if (this.#sampledAtMs === null || Math.abs(nowMs - this.#sampledAtMs) >= sampleMs) {
      this.#sampledAtMs = nowMs;
      const load = this.#threadLoad();
      this.#yields = load > (this.#yields ? resumeBelow : yieldAbove);
    }
    if (!this.#yields) return null;
    return { attempts: fewAttempts, askAgainMs: Math.min(nowMs + sampleMs, lastMs + calmAfterMs) };
  }
}
