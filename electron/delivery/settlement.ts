/**
 * What becomes of a message after its recipients were decided: stored, reported to the sender, taken out of the queue.
 * Order: what is known is durable before anything depends on it, and a report is durable before its message goes. A
 * crash in between may repeat a report; it never loses one.
 */
import type { Attempt, MessageId } from '../../shared/contract/messages.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { Ports } from '../base/ports.ts';
import type { DeliveryRecord, QueueEntry, RecipientRecord, Spool, StoredMessage } from '../spool/types.ts';
import { formatFailure } from './failure.ts';
import { wasGivenUp } from './lifecycle.ts';
import type { ReportKind } from './report-text.ts';
import type { Reporter } from './reporter.ts';

export interface SettlementOptions {
  readonly spool: Spool;
  readonly log: Ports['log'];
  readonly reporter: Reporter;
  /** Other attempts of this message are under way: what they bring goes into the same report. */
  readonly isSending: (id: MessageId) => boolean;
  /** The address is delivered to on this computer. */
  readonly isLocal: (address: string) => boolean;
}

/** What the sender is still to be told, by recipient. */
type Owed = ReadonlyMap<string, ReportKind>;
export type Success = 'relayed' | 'delivered';

const endReports: readonly ReportKind[] = ['failed', 'relayed', 'delivered'];

export class Settlement {
  readonly #options: SettlementOptions;
  /** For a message whose record says that a report is owed but that is not named here, it is owed about everybody. */
  readonly #owed = new Map<MessageId, Owed>();
  readonly totals = { delivered: 0, failed: 0 };

  constructor(options: SettlementOptions) {
    this.#options = options;
  }

  /**
   * Stores a record and its attempt; a message that is delivered to all leaves the queue, unless its sender is to hear
   * of it. Call it within the message's `Serial`.
   * @param successes  Recipients that were delivered to just now, and whose sender asked to be told.
   * @returns true when it left
   * @throws {ProblemError} 'storage'; nothing has changed then and it may be called again.
   */
  async store(
    entry: QueueEntry,
    record: DeliveryRecord,
    attempt?: Attempt,
    successes: ReadonlyMap<string, Success> = new Map(),
  ): Promise<boolean> {
    const { spool } = this.#options;
    const owed: Owed = new Map<string, ReportKind>([
      ...(this.#owed.get(entry.id) ?? []),
      ...newlyFailed(entry.record, record),
      ...successes,
    ]);
    if (owed.size === 0 && isDeliveredToAll(record)) {
      await spool.remove(entry.id);
      this.totals.delivered += 1;
      return true;
    }
    await spool.update(entry.id, { ...record, failed: entry.record.failed || owed.size > 0 }, attempt);
    if (owed.size > 0) this.#owed.set(entry.id, owed);
    return false;
  }

  /**
   * Reports what came out, and ends the message when nobody is left to deliver to. Does nothing while there is nothing
   * to report or other attempts may add to it. Call it within the message's `Serial`.
   * @throws {ProblemError} 'storage'; to be called again later.
   */
  async finish(id: MessageId): Promise<void> {
    const { spool, isSending } = this.#options;
    const entry = spool.get(id);
    if (entry === undefined || isSending(id)) return;
    const isOver = entry.record.recipients.every(({ state }) => state !== 'pending');
    if (!isOver && !entry.record.failed) return;
    // Nobody is told about a report; it is kept where an administrator finds it.
    if (entry.sender === '') return isOver ? await this.#endReport(entry) : undefined;
    if (entry.record.failed) await this.#report(await spool.read(id));
    if (isOver) await this.#end(entry);
    else await spool.update(id, { ...entry.record, failed: false });
    this.#owed.delete(id);
  }

  forget(id: MessageId): void {
    this.#owed.delete(id);
  }

  async #report(message: StoredMessage): Promise<void> {
    const { reporter } = this.#options;
    const { id, record } = message.entry;
    const owed = this.#owed.get(id);
    const kindOf = (recipient: RecipientRecord): ReportKind | undefined =>
      owed === undefined ? this.#endOf(recipient) : owed.get(recipient.address);
    for (const kind of endReports) {
      const recipients = record.recipients.filter((recipient) => kindOf(recipient) === kind);
      await reporter.report(
        message,
        kind,
        recipients.map((recipient) => ({ recipient })),
      );
    }
  }

  #endOf({ state, address }: RecipientRecord): ReportKind | undefined {
    if (state === 'pending') return undefined;
    if (state === 'failed') return 'failed';
    return this.#options.isLocal(address) ? 'delivered' : 'relayed';
  }

  async #end(entry: QueueEntry): Promise<void> {
    const { spool, log } = this.#options;
    const { recipients } = entry.record;
    // A deletion can be taken back.
    if (recipients.some(wasGivenUp)) await spool.discard(entry.id);
    else await spool.remove(entry.id);
    const result = isDeliveredToAll(entry.record) ? 'delivered' : 'failed';
    this.totals[result] += 1;
    log.info('end', { id: entry.id, result });
  }

  async #endReport(entry: QueueEntry): Promise<void> {
    const { spool, log } = this.#options;
    if (isDeliveredToAll(entry.record)) return await this.#end(entry);
    const reasons = entry.record.recipients
      .filter(({ state }) => state === 'failed')
      .map(
        ({ address, lastFailure }) =>
          `${address}: ${lastFailure === null ? 'unknown reason' : formatFailure(lastFailure)}`,
      );
    const reason = `It could not be delivered, and without a sender address it could not be returned. ${reasons.join('; ')}`;
    await spool.moveToBadmail(entry.id, reason);
    this.#owed.delete(entry.id);
    this.totals.failed += 1;
    log.warn('end', { id: entry.id, result: 'badmail', reason });
  }
}

const isDeliveredToAll = ({ recipients }: DeliveryRecord): boolean =>
  recipients.every(({ state }) => state === 'delivered');

const newlyFailed = (before: DeliveryRecord, after: DeliveryRecord): readonly (readonly [string, 'failed'])[] => {
  const known = new Set(before.recipients.filter(({ state }) => state === 'failed').map(({ address }) => address));
  return after.recipients
    .filter(({ state, address }) => state === 'failed' && !known.has(address))
    .map(({ address }) => [address, 'failed']);
};

/** The message is not in the queue any more: whatever was to be done to it is done. */
export const isGone = (error: unknown): boolean => error instanceof ProblemError && error.problem.code === 'notFound';
