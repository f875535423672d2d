/** The trash: which deleted messages can still be taken back, and until when. One timer, whatever their number. */
import type { MessageId, TrashRow } from '../../shared/contract/messages.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { Ports } from '../base/ports.ts';
import { ChangeListeners } from './change-listeners.ts';
import type { TrashStore } from './message-store.ts';
import { subjectOf } from './subject.ts';
import type { QueueEntry, Trash } from './types.ts';

const keptForMs = 600_000;
/** A file that cannot be removed now is tried again then. */
const againMs = 60_000;

export class TimedTrash implements Trash {
  readonly #ports: Pick<Ports, 'clock' | 'log'>;
  readonly #store: TrashStore;
  /** Nearly by deletion: what is deleted is added at the end. */
  readonly #rows = new Map<MessageId, TrashRow>();
  readonly #listeners: ChangeListeners;
  #cancelTimer: (() => void) | undefined;
  #purging = Promise.resolve();
  #closed = false;

  constructor(ports: Pick<Ports, 'clock' | 'log'>, store: TrashStore) {
    this.#ports = ports;
    this.#store = store;
    this.#listeners = new ChangeListeners(ports.log);
  }

  get count(): number {
    return this.#rows.size;
  }

  list(): readonly TrashRow[] {
    return [...this.#rows.values()].sort((a, b) => b.deletedAtMs - a.deletedAtMs || (a.id < b.id ? 1 : -1));
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Reads what earlier runs left. Never rejects. */
  async recover(signal: AbortSignal): Promise<void> {
    const { log } = this.#ports;
    await this.#store.sweep();
    const oldestFirst = [...this.#store.found].sort((a, b) => a.deletedAtMs - b.deletedAtMs);
    for (const file of oldestFirst) {
      if (signal.aborted) return;
      const content = await this.#store.read(file).catch((error: unknown) => {
        log.error('deleted message could not be read', error, { id: file.id });
        return null;
      });
      const readable = content?.kind === 'message' ? content : null;
      const addresses = readable?.envelope.recipients.map(({ address }) => address) ?? [];
      this.#add({
        id: file.id,
        sender: readable?.envelope.sender ?? '',
        recipient: addresses[0] ?? '',
        recipientCount: addresses.length,
        subject: readable === null ? '' : subjectOf(readable.contentStart),
        sizeBytes: readable?.contentBytes ?? 0,
        receivedAtMs: readable?.envelope.receivedAtMs ?? file.deletedAtMs,
        deletedAtMs: file.deletedAtMs,
      });
    }
    this.#changed();
  }

  /** @param gone  Called when the message is out of the queue, even if making that durable fails afterwards. */
  async put({ id, sender, subject, sizeBytes, receivedAtMs, record }: QueueEntry, gone: () => void): Promise<void> {
    const deletedAtMs = this.#ports.clock.now();
    await this.#store.put({ id, deletedAtMs }, () => {
      this.#add({
        id,
        sender,
        recipient: record.recipients[0]?.address ?? '',
        recipientCount: record.recipients.length,
        subject,
        sizeBytes,
        receivedAtMs,
        deletedAtMs,
      });
      gone();
      this.#changed();
    });
  }

  /** The message is in the queue folder again. @throws {ProblemError} 'notFound', 'storage' */
  async takeBack(id: MessageId): Promise<void> {
    const row = this.#rows.get(id);
    if (row === undefined) throw problem('notFound', `Message ${id} is not in the trash any more.`);
    // Out of the list first: its time may be over while it is being moved.
    this.#rows.delete(id);
    try {
      await this.#store.takeBack(row);
    } catch (error) {
      const isGone = error instanceof ProblemError && error.problem.code === 'notFound';
      if (!isGone) this.#rows.set(id, row);
      throw error;
    } finally {
      this.#changed();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer?.();
    await this.#purging;
  }

  #add(row: Omit<TrashRow, 'keptUntilMs'>): void {
    this.#rows.set(row.id, { ...row, keptUntilMs: row.deletedAtMs + keptForMs });
  }

  #changed(): void {
    const [oldest] = this.#rows.values();
    if (oldest !== undefined) this.#arm(oldest.keptUntilMs - this.#ports.clock.now());
    this.#listeners.tell();
  }

  /** One timer at a time; never longer than the whole time, even when the clock was set back. */
  #arm(delayMs: number): void {
    if (this.#closed || this.#cancelTimer !== undefined) return;
    this.#cancelTimer = this.#ports.clock.after(Math.min(Math.max(delayMs, 0), keptForMs), () => {
      this.#cancelTimer = undefined;
      this.#purging = this.#purge();
    });
  }

  /** Never rejects. */
  async #purge(): Promise<void> {
    const nowMs = this.#ports.clock.now();
    for (const row of [...this.#rows.values()]) {
      if (this.#closed) return;
      // Out of the list first: nobody can take it back from here on.
      if (row.keptUntilMs > nowMs || !this.#rows.delete(row.id)) continue;
      try {
        await this.#store.purge(row);
        this.#ports.log.info('deleted message removed', { id: row.id });
      } catch (error) {
        this.#ports.log.error('deleted message could not be removed', error, { id: row.id });
        this.#rows.set(row.id, row);
        this.#arm(againMs);
      }
    }
    this.#changed();
  }
}
