/** A trash in memory. Holds whatever the spool needs to bring a message back, until its time is over. */
import type { QueueEntry, Trash } from '../../electron/spool/types.ts';
import type { EpochMs, MessageId, TrashRow } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';

/** As long as on disk. */
const keptMs = 600_000;

export class MemoryTrash<Message extends { readonly entry: QueueEntry }> implements Trash {
  readonly #now: () => EpochMs;
  readonly #discarded = new Map<MessageId, { readonly message: Message; readonly deletedAtMs: EpochMs }>();
  readonly #listeners = new Set<() => void>();

  constructor(now: () => EpochMs) {
    this.#now = now;
  }

  get count(): number {
    return this.list().length;
  }

  list(): readonly TrashRow[] {
    return [...this.#discarded]
      .reverse()
      .filter(([, { deletedAtMs }]) => this.#now() < deletedAtMs + keptMs)
      .map(([id, { message, deletedAtMs }]) => rowOf(id, message.entry, deletedAtMs));
  }

  add(message: Message): void {
    this.#discarded.set(message.entry.id, { message, deletedAtMs: this.#now() });
    this.#changed();
  }

  /** @throws {ProblemError} 'notFound' when its time is over. */
  find(id: MessageId): Message {
    const found = this.#discarded.get(id);
    if (found === undefined || this.#now() >= found.deletedAtMs + keptMs) {
      throw problem('notFound', `There is no message ${id} in the trash any more.`);
    }
    return found.message;
  }

  delete(id: MessageId): void {
    this.#discarded.delete(id);
    this.#changed();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

const rowOf = (id: MessageId, entry: QueueEntry, deletedAtMs: EpochMs): TrashRow => ({
  id,
  sender: entry.sender,
  recipient: entry.record.recipients[0]?.address ?? '',
  recipientCount: entry.record.recipients.length,
  subject: entry.subject,
  sizeBytes: entry.sizeBytes,
  receivedAtMs: entry.receivedAtMs,
  deletedAtMs,
  keptUntilMs: deletedAtMs + keptMs,
});
