import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../electron/base/ports.ts';
import type { EpochMs } from '../../shared/contract/messages.ts';

interface Timer {
  readonly dueAtMs: EpochMs;
  readonly action: () => void;
}

/** A clock that moves only when told to. */
export class FakeClock implements Clock {
  #nowMs: EpochMs;
  readonly #timers = new Set<Timer>();

  /** @param start  ISO 8601 instant. */
  constructor(start = '2030-01-01T00:00:00.000Z') {
    this.#nowMs = Date.parse(start);
  }

  now(): EpochMs {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { dueAtMs: this.#nowMs + Math.max(delayMs, 0), action };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Timers that have not run and were not cancelled. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** When the next timer is due; undefined when there is none. */
  get nextTimerAtMs(): EpochMs | undefined {
    return this.#next()?.dueAtMs;
  }

  /** Moves time on by `ms`, running timers in order at their own time, those they start included; lets promises settle between them. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    for (let timer = this.#next(); timer !== undefined && timer.dueAtMs <= untilMs; timer = this.#next()) {
      this.#timers.delete(timer);
      this.#nowMs = Math.max(this.#nowMs, timer.dueAtMs);
      timer.action();
      await setImmediate();
    }
    this.#nowMs = untilMs;
    await setImmediate();
  }

  /** Somebody sets the computer's clock: the time jumps, back as well, and no timer runs. */
  setTo(nowMs: EpochMs): void {
    this.#nowMs = nowMs;
  }

  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (next === undefined || timer.dueAtMs < next.dueAtMs) next = timer;
    return next;
  }
}
