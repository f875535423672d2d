/** A queue for the list: entries and views made of plain values, and a count of who looked at what. */

import type { DeliveryView } from '../../electron/delivery/types.ts';
import type { QueueDeskOptions } from '../../electron/host/queue-desk.ts';
import type { QueueEntry } from '../../electron/spool/types.ts';

export interface DeskMessage extends Partial<DeliveryView> {
  readonly sender?: string;
  readonly recipients?: readonly string[];
  readonly delivered?: readonly string[];
  readonly subject?: string;
  readonly sizeBytes?: number;
  readonly receivedAtMs?: number;
  /** The next hops are the domains of the recipients that wait. */
  readonly nextHopByDomain?: boolean;
}

export class DeskQueue {
  views = 0;
  passes = 0;
  revision = 0;
  readonly recovering = false;
  readonly #entries = new Map<string, QueueEntry>();
  readonly #views = new Map<string, DeliveryView>();
  readonly #byDomain = new Set<string>();
  #last = 0;

  /** @returns its id; the n-th message has the id ending in n. */
  add(message: DeskMessage = {}): string {
    this.#last += 1;
    const id = String(this.#last).padStart(26, '0');
    const delivered = new Set(message.delivered);
    const recipients = message.recipients ?? ['eva@example.org'];
    this.#entries.set(id, {
      id,
      sender: message.sender ?? 'ca@example.org',
      subject: message.subject ?? 'Certificate issued',
      sizeBytes: message.sizeBytes ?? 2_000,
      receivedAtMs: message.receivedAtMs ?? 1_900_000_000_000 + this.#last,
      record: {
        held: false,
        failed: false,
        recipients: recipients.map((address) => ({
          address,
          state: delivered.has(address) ? 'delivered' : 'pending',
          attempts: 0,
          nextAttemptAtMs: 0,
          lastFailure: null,
          deliveredAtMs: null,
        })),
      },
    });
    this.#views.set(id, {
      state: message.state ?? 'ready',
      nextHop: message.nextHop ?? 'example.org',
      attempts: message.attempts ?? 0,
      lastError: message.lastError ?? null,
      nextAttemptAtMs: message.nextAttemptAtMs ?? null,
    });
    if (message.nextHopByDomain === true) this.#byDomain.add(id);
    this.revision += 1;
    return id;
  }

  remove(id: string): void {
    this.#entries.delete(id);
    this.revision += 1;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): QueueEntry | undefined {
    return this.#entries.get(id);
  }

  entries(): IterableIterator<QueueEntry> {
    this.passes += 1;
    return this.#entries.values();
  }

  view(entry: QueueEntry): DeliveryView {
    this.views += 1;
    const view = this.#views.get(entry.id);
    if (view === undefined) throw new Error(`no view of ${entry.id}`);
    return this.#byDomain.has(entry.id) ? { ...view, nextHop: domainsOf(entry) } : view;
  }

  get options(): Pick<QueueDeskOptions, 'spool' | 'delivery'> {
    return { spool: this, delivery: this };
  }
}

const domainsOf = ({ record }: QueueEntry): string =>
  record.recipients
    .filter(({ state }) => state === 'pending')
    .map(({ address }) => address.slice(address.indexOf('@') + 1))
    .join(', ');
