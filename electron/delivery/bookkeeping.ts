/** An attempt on disk: its start before dialling, its result before anything else happens to the message. */
import type { Attempt, EpochMs, MessageId } from '../../shared/contract/messages.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import type { DeliveryRecord, QueueEntry, RecipientRecord, Spool } from '../spool/types.ts';
import type { AttemptResult } from './attempt.ts';
import type { Outcome } from './conversation.ts';
import type { Destinations } from './destinations.ts';
import { formatFailure } from './failure.ts';
import { type RecipientEvent, type RetryPolicy, step } from './lifecycle.ts';
import { lifetimeOf } from './lifetime.ts';
import type { PlannedAttempt } from './plan.ts';
import { isWanted } from './reporter.ts';
import type { Destination, Routes } from './routes.ts';
import { retryDelayMs } from './schedule.ts';
import type { Serial } from './serial.ts';
import { isGone, type Settlement, type Success } from './settlement.ts';
import { sharesOf } from './waiting-list.ts';

export interface BookkeepingOptions {
  readonly spool: Spool;
  readonly settings: () => ServerSettings;
  readonly routes: () => Routes;
  readonly ports: Pick<Ports, 'clock' | 'log' | 'random'>;
  readonly destinations: Destinations;
  readonly serial: Serial;
  readonly settlement: Settlement;
  /** True once delivery was stopped: a write that fails then is not tried again. */
  readonly isStopped: () => boolean;
  readonly onAttempt?: ((id: MessageId, attempt: Attempt) => void) | undefined;
}

export interface Begun {
  readonly destination: Destination;
  readonly recipients: readonly RecipientRecord[];
  readonly startedAtMs: EpochMs;
  /** The start of the attempt is in the record already. */
  readonly startIsStored: boolean;
}

const storageRetryMs = 5_000;
const reportRetryMs = 60_000;

export class Bookkeeping {
  readonly #options: BookkeepingOptions;
  /** Messages whose end could not be completed, with the timer that tries again. */
  readonly #unfinished = new Map<MessageId, () => void>();

  constructor(options: BookkeepingOptions) {
    this.#options = options;
  }

  /**
   * Stores the start of a repeated attempt. The first one is not worth a write: after a crash it is simply made again.
   * @returns null when there is nothing to send (any more)
   */
  begin({ id, destination }: PlannedAttempt): Promise<Begun | null> {
    const { spool, routes, ports, serial } = this.#options;
    return serial.run(id, async () => {
      const entry = spool.get(id);
      if (entry === undefined || entry.record.held) return null;
      const share = sharesOf(entry, routes()).find((candidate) => candidate.destination.name === destination);
      if (share === undefined) return null;
      const startedAtMs = ports.clock.now();
      const startIsStored = share.recipients.some(({ attempts }) => attempts > 0);
      if (startIsStored) {
        const event: RecipientEvent = { type: 'start', atMs: startedAtMs };
        const policy = this.#policy(entry, share.destination, startedAtMs);
        const events = new Map(share.recipients.map(({ address }) => [address, [event]]));
        await spool.update(id, applied(entry.record, events, policy));
      }
      return { destination: share.destination, recipients: share.recipients, startedAtMs, startIsStored };
    });
  }

  /** Stores what came out, again and again while the disk does not take it: who got the mail must not get it twice. */
  async conclude(planned: PlannedAttempt, begun: Begun, result: AttemptResult): Promise<void> {
    if (result.outcomes.size === 0) return;
    const { ports, isStopped } = this.#options;
    for (;;) {
      try {
        return await this.#concludeOnce(planned, begun, result);
      } catch (error) {
        if (isGone(error)) return;
        ports.log.error('store attempt', error, { id: planned.id });
        if (isStopped()) return;
        await new Promise<void>((resolve) => void ports.clock.after(storageRetryMs, resolve));
      }
    }
  }

  /** Reports and removes what is over. Never throws: what cannot be done now is done on a timer. */
  async finish(id: MessageId): Promise<void> {
    const { serial, settlement, ports, isStopped } = this.#options;
    this.#unfinished.get(id)?.();
    this.#unfinished.delete(id);
    try {
      await serial.run(id, () => settlement.finish(id));
    } catch (error) {
      if (isGone(error)) return;
      ports.log.error('report', error, { id });
      if (isStopped()) return;
      this.#unfinished.set(
        id,
        ports.clock.after(reportRetryMs, () => void this.finish(id)),
      );
    }
  }

  stop(): void {
    for (const cancel of this.#unfinished.values()) cancel();
    this.#unfinished.clear();
  }

  #concludeOnce({ id, destination }: PlannedAttempt, begun: Begun, result: AttemptResult): Promise<void> {
    const { spool, serial, settlement, ports, onAttempt } = this.#options;
    return serial.run(id, async () => {
      const entry = spool.get(id);
      if (entry === undefined) return;
      const nowMs = ports.clock.now();
      const policy = this.#policy(entry, begun.destination, nowMs);
      const fault = result.destinationFailure === null ? 'message' : 'destination';
      const events = new Map<string, RecipientEvent[]>();
      for (const [address, outcome] of result.outcomes) {
        const start: RecipientEvent[] = begun.startIsStored ? [] : [{ type: 'start', atMs: begun.startedAtMs }];
        events.set(address, [...start, eventOf(outcome, nowMs, fault)]);
      }
      const record = applied(entry.record, events, policy);
      const attempt = attemptOf(begun, result, record, nowMs);
      const isDelivered = await settlement.store(entry, record, attempt, this.#successes(entry, begun, result));
      onAttempt?.(id, attempt);
      ports.log.info('attempt', { id, nextHop: destination, host: attempt.host, ...summaryOf(attempt) });
      if (isDelivered) ports.log.info('end', { id, result: 'delivered' });
    });
  }

  /** Who got the mail where nobody else tells the sender, and wanted it told. */
  #successes(
    { sender }: QueueEntry,
    { destination }: Begun,
    { outcomes, envelope }: AttemptResult,
  ): ReadonlyMap<string, Success> {
    const isLocal = destination.kind === 'drop';
    const untold = new Set(
      [...outcomes]
        .filter(([, outcome]) => outcome.delivered && (isLocal || !outcome.dsnPassedOn))
        .map(([address]) => address),
    );
    if (sender === '' || untold.size === 0 || envelope === null) return new Map();
    const kind = isLocal ? 'delivered' : 'relayed';
    return new Map(
      envelope.recipients
        .filter(({ address, dsn }) => untold.has(address) && isWanted(kind, dsn))
        .map(({ address }) => [address, kind]),
    );
  }

  #policy({ receivedAtMs }: QueueEntry, destination: Destination, nowMs: EpochMs): RetryPolicy {
    const { settings, ports, destinations } = this.#options;
    const values = settings();
    const unreachableMs = destinations.downMs(destination.name, receivedAtMs, nowMs);
    return {
      retryDelayMs: (attempts) => retryDelayMs(values['delivery.retryIntervals'], attempts, ports.random),
      expiresAtMs: lifetimeOf({ receivedAtMs, destination, unreachableMs }, values).expiresAtMs,
      expiresDuringOutage: values['delivery.expireDuringOutage'],
    };
  }
}

/** What stays of a result when the relay was stopped meanwhile: answers of the server, not our own cut. */
export const wasCutShort = (result: AttemptResult): AttemptResult => ({
  ...result,
  outcomes: new Map(
    [...result.outcomes].filter(
      ([, outcome]) => outcome.delivered || outcome.failure.code !== undefined || outcome.failure.permanent,
    ),
  ),
});

function applied(
  record: DeliveryRecord,
  events: ReadonlyMap<string, readonly RecipientEvent[]>,
  policy: RetryPolicy,
): DeliveryRecord {
  return {
    ...record,
    recipients: record.recipients.map((recipient) =>
      recipient.state === 'pending'
        ? (events.get(recipient.address) ?? []).reduce((state, event) => step(state, event, policy), recipient)
        : recipient,
    ),
  };
}

const eventOf = (outcome: Outcome, atMs: EpochMs, fault: 'message' | 'destination'): RecipientEvent =>
  outcome.delivered ? { type: 'deliver', atMs } : { type: 'refuse', atMs, failure: outcome.failure, fault };

const attemptOf = (begun: Begun, result: AttemptResult, record: DeliveryRecord, endedAtMs: EpochMs): Attempt => ({
  startedAtMs: begun.startedAtMs,
  endedAtMs,
  nextHop: begun.destination.name,
  host: result.host,
  outcomes: [...result.outcomes].map(([recipient, outcome]) => ({
    recipient,
    result: resultWord(outcome, record, recipient),
    reply: outcome.delivered ? outcome.reply.slice(0, 1_000) : formatFailure(outcome.failure),
  })),
});

const resultWord = (outcome: Outcome, record: DeliveryRecord, address: string): 'delivered' | 'retry' | 'failed' => {
  if (outcome.delivered) return 'delivered';
  const recipient = record.recipients.find((candidate) => candidate.address === address);
  return recipient?.state === 'failed' ? 'failed' : 'retry';
};

const summaryOf = ({ outcomes }: Attempt): { result: string; reply: string | undefined } => {
  const words = ['delivered', 'retry', 'failed'] as const;
  const counts = words.flatMap((word) => {
    const count = outcomes.filter(({ result }) => result === word).length;
    return count === 0 ? [] : [outcomes.length === 1 ? word : `${count} ${word}`];
  });
  return {
    result: counts.join(', '),
    reply: outcomes.find(({ result }) => result !== 'delivered')?.reply ?? outcomes[0]?.reply,
  };
};
