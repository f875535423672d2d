/**
 * Overall deadlines of one connection. The idle time-out starts anew with every octet, so that one octet now and then
 * would hold a connection for ever; these do not.
 */
import type { Clock } from '../base/ports.ts';

/**
 * 'handshake': TLS. 'command': the first command after the greeting, and each command line from its first octet to its
 * end. 'transaction': MAIL to the final dot. 'message': DATA to the final dot.
 */
export type Deadline = 'handshake' | 'command' | 'transaction' | 'message';

export class Deadlines {
  readonly #clock: Clock;
  readonly #expired: (deadline: Deadline) => void;
  readonly #running = new Map<Deadline, () => void>();

  constructor(clock: Clock, expired: (deadline: Deadline) => void) {
    this.#clock = clock;
    this.#expired = expired;
  }

  /** One that runs already goes on. */
  start(deadline: Deadline, limitMs: number): void {
    if (this.#running.has(deadline)) return;
    const cancel = this.#clock.after(limitMs, () => {
      this.#running.delete(deadline);
      this.#expired(deadline);
    });
    this.#running.set(deadline, cancel);
  }

  stop(...deadlines: readonly Deadline[]): void {
    for (const deadline of deadlines) {
      this.#running.get(deadline)?.();
      this.#running.delete(deadline);
    }
  }

  stopAll(): void {
    this.stop(...this.#running.keys());
  }
}
