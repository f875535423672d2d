/** Badmail in memory: what was moved there and why. */
import { Readable } from 'node:stream';
import type { Badmail, BadmailMessage, Envelope, QueueEntry } from '../../electron/spool/types.ts';
import type { BadmailRow } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';

export interface BadmailItem {
  readonly name: string;
  readonly reason: string;
  readonly subject: string;
  readonly envelope: Envelope | null;
  readonly content: Buffer;
}

export class MemoryBadmail implements Badmail {
  readonly #items = new Map<string, BadmailItem>();
  readonly #listeners = new Set<() => void>();
  readonly #queue: (envelope: Envelope, content: Buffer) => Promise<QueueEntry>;

  constructor(queue: (envelope: Envelope, content: Buffer) => Promise<QueueEntry>) {
    this.#queue = queue;
  }

  get count(): number {
    return this.#items.size;
  }

  /** In the order they came. */
  get moved(): readonly { readonly id: string; readonly reason: string }[] {
    return [...this.#items.values()].map(({ name, reason }) => ({ id: name, reason }));
  }

  add(item: BadmailItem): void {
    this.#items.set(item.name, item);
    this.#changed();
  }

  async list(): Promise<readonly BadmailRow[]> {
    return [...this.#items.values()].reverse().map(rowOf);
  }

  async read(name: string): Promise<BadmailMessage> {
    const item = this.#find(name);
    return {
      row: rowOf(item),
      note: item.reason,
      recipients: item.envelope?.recipients.map(({ address }) => address) ?? [],
      contentBytes: item.content.length,
      content: (range) => Readable.from([item.content.subarray(range?.startBytes ?? 0, range?.endBytes)]),
    };
  }

  async resubmit(name: string): Promise<QueueEntry> {
    const { envelope, content } = this.#find(name);
    if (envelope === null) throw problem('notPossible', `${name} names no recipient.`);
    const entry = await this.#queue(envelope, content);
    await this.remove(name);
    return entry;
  }

  async remove(name: string): Promise<void> {
    this.#find(name);
    this.#items.delete(name);
    this.#changed();
  }

  async take(_path: string, baseName: string, reason: string): Promise<string> {
    this.add({ name: baseName, reason, subject: '', envelope: null, content: Buffer.alloc(0) });
    return baseName;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #find(name: string): BadmailItem {
    const item = this.#items.get(name);
    if (item === undefined) throw problem('notFound', `There is no ${name} in Badmail.`);
    return item;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

const rowOf = ({ name, reason, subject, envelope, content }: BadmailItem): BadmailRow => ({
  name,
  sender: envelope?.sender ?? '',
  recipient: envelope?.recipients[0]?.address ?? '',
  recipientCount: envelope?.recipients.length ?? 0,
  subject,
  sizeBytes: content.length,
  movedAtMs: 0,
  reason,
});
