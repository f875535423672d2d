/** The queue in memory: entries by id, and their order of arrival. Pure. */
import type { MessageId } from '../../shared/contract/messages.ts';
import type { QueueEntry } from './types.ts';

/** Below this many removed ids a tidy-up is not worth it. */
const minGone = 1_024;

export class QueueIndex {
  readonly #entries = new Map<MessageId, QueueEntry>();
  /**
   * Ids in order of arrival, removed ones left in until there are many. Ids come nearly sorted (a long message is
   * committed after shorter ones that began later; start-up adds old ones below new ones), so they are sorted when
   * somebody looks, which costs little for a nearly sorted list, and not for every message.
   * Never changed in place but for `push`: iterators under way keep the list they began with.
   */
  #order: MessageId[] = [];
  #sorted = true;
  #revision = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  get(id: MessageId): QueueEntry | undefined {
    return this.#entries.get(id);
  }

  /** Adds an entry, or replaces the one with its id. */
  set(entry: QueueEntry): void {
    this.#revision += 1;
    if (!this.#entries.has(entry.id)) {
      const last = this.#order.at(-1);
      if (last !== undefined && last >= entry.id) this.#sorted = false;
      this.#order.push(entry.id);
    }
    this.#entries.set(entry.id, entry);
  }

  /** @returns false when there was none. */
  delete(id: MessageId): boolean {
    if (!this.#entries.delete(id)) return false;
    this.#revision += 1;
    const gone = this.#order.length - this.#entries.size;
    if (gone > minGone && gone > this.#entries.size) this.#tidy();
    return true;
  }

  /** By arrival. What is added meanwhile is not seen, what is removed meanwhile not any more. */
  *entries(): IterableIterator<QueueEntry> {
    if (!this.#sorted) this.#tidy();
    const order = this.#order;
    const length = order.length;
    for (let at = 0; at < length; at += 1) {
      const entry = this.#entries.get(order[at] ?? '');
      if (entry !== undefined) yield entry;
    }
  }

  /** From the order, not from the map: a sort of a nearly sorted list is cheap. */
  #tidy(): void {
    const order = this.#order.filter((id) => this.#entries.has(id));
    if (!this.#sorted) order.sort();
    // An id removed and added again is in the list twice.
    this.#order = order.filter((id, at) => id !== order[at - 1]);
    this.#sorted = true;
  }
}
