import type { Log } from '../base/ports.ts';

/** Who wants to know of changes. What is stored stays stored: a listener's fault is logged and stops nobody. */
export class ChangeListeners<Change = void> {
  readonly #log: Log;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** @returns a function that ends it. */
  add(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(change: Change): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        this.#log.error('listener of the spool failed', error);
      }
    }
  }
}
