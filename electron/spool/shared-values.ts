/** Values that many queued messages have in common, held once: a queue of 100,000 comes from few senders to few people. */
import type { DeliveryRecord } from './types.ts';

/** Beyond this the pool starts anew: it saves memory, it must not become what uses it. */
const maxValues = 10_000;

export class SharedValues {
  readonly #texts = new Map<string, string>();
  readonly #freshRecords = new Map<string, DeliveryRecord>();

  /** The same text, held once, and detached from the longer text it may be a slice of. */
  text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= maxValues) this.#texts.clear();
    const own = Buffer.from(text, 'utf16le').toString('utf16le');
    this.#texts.set(own, own);
    return own;
  }

  /** The same record with its texts shared: thousands of messages wait for the same reason. */
  record(record: DeliveryRecord): DeliveryRecord {
    const recipients = record.recipients.map((recipient) => ({
      ...recipient,
      address: this.text(recipient.address),
      lastFailure: recipient.lastFailure && { ...recipient.lastFailure, text: this.text(recipient.lastFailure.text) },
    }));
    return { ...record, recipients };
  }

  /** The record of a message nobody has tried to deliver yet. */
  freshRecord(addresses: readonly string[]): DeliveryRecord {
    const key = addresses.join('\n');
    const known = this.#freshRecords.get(key);
    if (known !== undefined) return known;
    if (this.#freshRecords.size >= maxValues) this.#freshRecords.clear();
    const record: DeliveryRecord = {
      held: false,
      failed: false,
      recipients: addresses.map((address) => ({
        address: this.text(address),
        state: 'pending',
        attempts: 0,
        nextAttemptAtMs: 0,
        lastFailure: null,
        deliveredAtMs: null,
      })),
    };
    this.#freshRecords.set(key, record);
    return record;
  }
}
