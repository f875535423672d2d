/** A spool in memory. Every write can be made to fail or to wait, and what was done is recorded in order. */
import { Readable } from 'node:stream';
import type {
  DeliveryRecord,
  Envelope,
  IncomingMessage,
  QueueEntry,
  Spool,
  SpoolChange,
  StoredMessage,
} from '../../electron/spool/types.ts';
import type { Attempt, EpochMs, MessageId } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import { MemoryBadmail } from './memory-badmail.ts';
import { MemoryTrash } from './memory-trash.ts';

interface Held {
  readonly envelope: Envelope;
  readonly content: Buffer;
  readonly attempts: Attempt[];
  entry: QueueEntry;
}

export type SpoolStep = 'begin' | 'commit' | 'update' | 'remove' | 'discard' | 'restore' | 'badmail';

export class MemorySpool implements Spool {
  readonly recovered = Promise.resolve({ messages: 0, sweptFiles: 0, damaged: [] });
  readonly recovering = false;
  readonly storageProblem: string | null = null;
  readonly badmail = new MemoryBadmail((envelope, content) => this.put(envelope, content));
  readonly trash: MemoryTrash<Held>;
  /** What was written, for example 'update 01J…', in order. */
  readonly steps: string[] = [];
  /** Runs before a step takes effect; what it throws is the failure of the step. */
  beforeStep: (step: SpoolStep, id: MessageId) => void | Promise<void> = () => undefined;
  revision = 0;
  readonly #held = new Map<MessageId, Held>();
  readonly #listeners = new Set<(change: SpoolChange) => void>();
  #lastId = 0;

  /** @param now  The time in the trash. */
  constructor(now: () => EpochMs = () => 0) {
    this.trash = new MemoryTrash(now);
  }

  get size(): number {
    return this.#held.size;
  }

  /** Puts a message into the queue at once. */
  async put(envelope: Envelope, content: Buffer | string = 'Subject: test\r\n\r\nHello\r\n'): Promise<QueueEntry> {
    const incoming = await this.begin(envelope);
    await incoming.write(Buffer.from(content));
    return await incoming.commit();
  }

  async begin(envelope: Envelope): Promise<IncomingMessage> {
    this.#lastId += 1;
    const id = this.#lastId.toString().padStart(26, '0');
    await this.#step('begin', id);
    const chunks: Uint8Array[] = [];
    return {
      id,
      write: async (chunk) => void chunks.push(Buffer.from(chunk)),
      commit: async () => {
        await this.#step('commit', id);
        const content = Buffer.concat(chunks);
        const entry: QueueEntry = {
          id,
          sender: envelope.sender,
          subject: /^Subject: (.*)\r$/m.exec(content.toString('latin1'))?.[1] ?? '',
          sizeBytes: content.length,
          receivedAtMs: envelope.receivedAtMs,
          record: {
            held: false,
            failed: false,
            recipients: envelope.recipients.map(({ address }) => ({
              address,
              state: 'pending',
              attempts: 0,
              nextAttemptAtMs: 0,
              lastFailure: null,
              deliveredAtMs: null,
            })),
          },
        };
        this.#held.set(id, { envelope, content, attempts: [], entry });
        this.#changed({ type: 'added', entry });
        return entry;
      },
      abort: async () => undefined,
    };
  }

  get(id: MessageId): QueueEntry | undefined {
    return this.#held.get(id)?.entry;
  }

  *entries(): IterableIterator<QueueEntry> {
    for (const { entry } of this.#held.values()) yield entry;
  }

  async read(id: MessageId): Promise<StoredMessage> {
    const { entry, envelope, content, attempts } = this.#find(id);
    return {
      entry,
      envelope,
      attempts: [...attempts],
      contentBytes: content.length,
      content: (range) => Readable.from([content.subarray(range?.startBytes ?? 0, range?.endBytes)]),
    };
  }

  async update(id: MessageId, record: DeliveryRecord, attempt?: Attempt): Promise<QueueEntry> {
    this.#find(id);
    await this.#step('update', id);
    const held = this.#find(id);
    if (attempt !== undefined) held.attempts.push(attempt);
    held.entry = { ...held.entry, record };
    this.#changed({ type: 'updated', entry: held.entry });
    return held.entry;
  }

  async remove(id: MessageId): Promise<void> {
    await this.#step('remove', id);
    if (this.#held.delete(id)) this.#changed({ type: 'removed', id });
  }

  async discard(id: MessageId): Promise<void> {
    this.#find(id);
    await this.#step('discard', id);
    const held = this.#find(id);
    this.#held.delete(id);
    this.trash.add(held);
    this.#changed({ type: 'removed', id });
  }

  async restore(id: MessageId): Promise<QueueEntry> {
    this.trash.find(id);
    await this.#step('restore', id);
    const held = this.trash.find(id);
    this.trash.delete(id);
    this.#held.set(id, held);
    this.#changed({ type: 'added', entry: held.entry });
    return held.entry;
  }

  async moveToBadmail(id: MessageId, reason: string): Promise<void> {
    this.#find(id);
    await this.#step('badmail', id);
    const { entry, envelope, content } = this.#find(id);
    this.#held.delete(id);
    this.badmail.add({ name: id, reason, subject: entry.subject, envelope, content });
    this.#changed({ type: 'removed', id });
  }

  onChange(listener: (change: SpoolChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {}

  #find(id: MessageId): Held {
    const held = this.#held.get(id);
    if (held === undefined) throw problem('notFound', `There is no message ${id}.`);
    return held;
  }

  async #step(step: SpoolStep, id: MessageId): Promise<void> {
    await this.beforeStep(step, id);
    this.steps.push(`${step} ${Number(id)}`);
  }

  #changed(change: SpoolChange): void {
    this.revision += 1;
    for (const listener of this.#listeners) listener(change);
  }
}
