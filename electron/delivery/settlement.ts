/**
 * What becomes of a message after its recipients were decided: stored, reported to the sender, taken out of the queue.
 * Order: what is known is durable before anything depends on it, and a report is durable before its message goes. A
 * crash in between may repeat a report; it never loses one.
 */
import type { Attempt, MessageId } from '../../shared/contract/messages.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import type { DeliveryRecord, QueueEntry, RecipientRecord, Spool, StoredMessage } from '../spool/types.ts';
import { formatFailure, temporaryFailure } from './failure.ts';
import { ownName } from './own-name.ts';
import { buildReport, type FailedRecipient } from './report.ts';

export interface SettlementOptions {
  readonly spool: Spool;
  readonly settings: () => ServerSettings;
  readonly ports: Pick<Ports, 'clock' | 'log' | 'computerName'>;
  readonly version: string;
  /** Other attempts of this message are under way: what they bring goes into the same report. */
  readonly isSending: (id: MessageId) => boolean;
}

/** Larger originals are returned as their header only. */
const maxOriginalBytes = 102_400;
const maxHeaderBytes = 65_536;

export class Settlement {
  readonly #options: SettlementOptions;
  /** Failed recipients no report was made about; for a message not named here, all of its failed ones. */
  readonly #unreported = new Map<MessageId, Set<string>>();
  readonly totals = { delivered: 0, failed: 0 };

  constructor(options: SettlementOptions) {
    this.#options = options;
  }

  /**
   * Stores a record and its attempt; a message that is delivered to all leaves the queue.
   * Call it within the message's `Serial`.
   * @returns true when it left
   * @throws {ProblemError} 'storage'; nothing has changed then and it may be called again.
   */
  async store(entry: QueueEntry, record: DeliveryRecord, attempt?: Attempt): Promise<boolean> {
    const { spool } = this.#options;
    if (record.recipients.every(({ state }) => state === 'delivered')) {
      await spool.remove(entry.id);
      this.totals.delivered += 1;
      return true;
    }
    const unreported = newlyFailed(entry.record, record);
    for (const address of this.#unreported.get(entry.id) ?? []) unreported.add(address);
    const failed = entry.record.failed || unreported.size > 0;
    await spool.update(entry.id, { ...record, failed }, attempt);
    if (unreported.size > 0) this.#unreported.set(entry.id, unreported);
    return false;
  }

  /**
   * Reports what failed, and ends the message when nobody is left to deliver to. Does nothing while there is nothing
   * to report or other attempts may add to it. Call it within the message's `Serial`.
   * @throws {ProblemError} 'storage'; to be called again later.
   */
  async finish(id: MessageId): Promise<void> {
    const { spool, ports, isSending } = this.#options;
    const entry = spool.get(id);
    if (entry === undefined || isSending(id)) return;
    const isOver = entry.record.recipients.every(({ state }) => state !== 'pending');
    if (!isOver && !entry.record.failed) return;
    const reported = this.#unreported.get(id);
    const failed = entry.record.recipients.filter(
      ({ state, address }) => state === 'failed' && (reported?.has(address) ?? true),
    );
    if (entry.sender === '') {
      // A report is never answered by a report (RFC 5321 section 6.1); it is kept where an administrator finds it.
      if (isOver) await this.#toBadmail(entry, failed);
      return;
    }
    if (failed.length > 0) await this.#report(await spool.read(id), failed);
    if (isOver) {
      await spool.remove(id);
      this.totals.failed += 1;
      ports.log.info('end', { id, result: 'failed' });
    } else {
      await spool.update(id, { ...entry.record, failed: false });
    }
    this.#unreported.delete(id);
  }

  forget(id: MessageId): void {
    this.#unreported.delete(id);
  }

  async #toBadmail(entry: QueueEntry, failed: readonly RecipientRecord[]): Promise<void> {
    const reasons = failed.map(
      ({ address, lastFailure }) =>
        `${address}: ${lastFailure === null ? 'unknown reason' : formatFailure(lastFailure)}`,
    );
    const reason = `It could not be delivered, and without a sender address it could not be returned. ${reasons.join('; ')}`;
    await this.#options.spool.moveToBadmail(entry.id, reason);
    this.#unreported.delete(entry.id);
    this.totals.failed += 1;
    this.#options.ports.log.warn('end', { id: entry.id, result: 'badmail', reason });
  }

  async #report(message: StoredMessage, failed: readonly RecipientRecord[]): Promise<void> {
    const { spool, settings, ports, version } = this.#options;
    const { envelope, entry, attempts } = message;
    const wanted = failed.flatMap((recipient) => wantsReport(message, recipient) ?? []);
    if (wanted.length === 0) return;
    const nowMs = ports.clock.now();
    const reportingName = ownName(settings(), ports.computerName);
    const lastAttempt = attempts.at(-1);
    const original = await readOriginal(message);
    const bytesOf = (id: MessageId): Promise<Buffer> =>
      buildReport({
        id,
        reportingName,
        version,
        nowMs,
        sender: envelope.sender,
        failed: wanted,
        subject: entry.subject,
        arrivedAtMs: envelope.receivedAtMs,
        lastAttemptAtMs: lastAttempt?.endedAtMs ?? nowMs,
        remoteName: lastAttempt?.host?.split(/[ :]/, 1)[0] ?? null,
        envid: envelope.dsn.envid,
        original,
      });
    const incoming = await spool.begin({
      sender: '',
      recipients: [{ address: envelope.sender, dsn: { notify: ['NEVER'] } }],
      receivedAtMs: nowMs,
      clientAddress: '127.0.0.1',
      heloName: reportingName,
      protocol: 'local',
      body: !original.headersOnly && original.bytes.some((byte) => byte > 0x7f) ? '8BITMIME' : '7BIT',
      smtpUtf8: /[^\x20-\x7e]/.test(envelope.sender),
      dsn: {},
    });
    try {
      await incoming.write(await bytesOf(incoming.id));
      await incoming.commit();
    } catch (error) {
      await incoming.abort();
      throw error;
    }
    ports.log.info('report', { id: entry.id, report: incoming.id, to: envelope.sender, recipients: wanted.length });
  }
}

const newlyFailed = (before: DeliveryRecord, after: DeliveryRecord): Set<string> => {
  const known = new Set(before.recipients.filter(({ state }) => state === 'failed').map(({ address }) => address));
  return new Set(
    after.recipients
      .filter(({ state, address }) => state === 'failed' && !known.has(address))
      .map(({ address }) => address),
  );
};

/** RFC 3461 section 4.1: without NOTIFY failures are reported; with it only when it names FAILURE. */
const wantsReport = (
  { envelope }: StoredMessage,
  { address, lastFailure }: RecipientRecord,
): FailedRecipient | null => {
  const dsn = envelope.recipients.find((recipient) => recipient.address === address)?.dsn ?? {};
  if (dsn.notify !== undefined && !dsn.notify.includes('FAILURE')) return null;
  return { address, orcpt: dsn.orcpt, failure: lastFailure ?? temporaryFailure('local', 'The reason is not known.') };
};

async function readOriginal(message: StoredMessage): Promise<{ bytes: Buffer; headersOnly: boolean }> {
  const headersOnly = message.envelope.dsn.ret === 'HDRS' || message.contentBytes > maxOriginalBytes;
  const range = headersOnly ? { startBytes: 0, endBytes: Math.min(maxHeaderBytes, message.contentBytes) } : undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of message.content(range)) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const end = bytes.indexOf('\r\n\r\n');
  return { bytes: headersOnly && end >= 0 ? bytes.subarray(0, end + 2) : bytes, headersOnly };
}

/** The message is not in the queue any more: whatever was to be done to it is done. */
export const isGone = (error: unknown): boolean => error instanceof ProblemError && error.problem.code === 'notFound';
