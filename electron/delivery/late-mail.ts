/**
 * Looks after mail that only waits: tells senders once that their mail is late, also while nothing is tried because its
 * destination is down, and lets it expire there if the settings want that. One slow look over the queue in slices costs
 * less than a timer or a place in a heap for each of 100,000 messages.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EpochMs, Failure, MessageId } from '../../shared/contract/messages.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import type { DeliveryRecord, QueueEntry, Spool, StoredMessage } from '../spool/types.ts';
import type { Destinations } from './destinations.ts';
import { noRetry, step } from './lifecycle.ts';
import { lifetimeOf, shortestWaitMs } from './lifetime.ts';
import type { Reporter, ReportSubject } from './reporter.ts';
import type { Routes } from './routes.ts';
import type { Serial } from './serial.ts';
import { isGone, type Settlement } from './settlement.ts';
import { isHeldShare, type Share, sharesOf } from './waiting-list.ts';

export interface LateMailOptions {
  readonly spool: Spool;
  readonly settings: () => ServerSettings;
  readonly routes: () => Routes;
  readonly ports: Pick<Ports, 'clock' | 'log'>;
  readonly destinations: Pick<Destinations, 'downMs'> & {
    readonly outage: (nextHop: string) => { readonly failure: Failure } | undefined;
  };
  readonly serial: Serial;
  readonly settlement: Settlement;
  readonly reporter: Reporter;
  readonly isSending: (id: MessageId) => boolean;
  /** Completes the end of a message; see Bookkeeping. */
  readonly finish: (id: MessageId) => Promise<void>;
}

/** From the end of one look to the next. Nobody needs to hear sooner of a delay of hours. */
const pauseMs = 60_000;
const messagesPerTurn = 500;
/**
 * Reports wait for the same gateway as the mail they are about: an outage must not double the queue in a moment.
 * 100,000 messages that become late at once are reported within three hours.
 */
const reportsAtOnce = 10;
const reportPauseMs = 1_000;

export class LateMail {
  readonly #options: LateMailOptions;
  /** Told, but not stored yet that they were: only that is left to do. */
  readonly #told = new Set<MessageId>();
  #running = false;
  #look: Promise<void> = Promise.resolve();
  #endPause: () => void = () => undefined;

  constructor(options: LateMailOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#look = this.#lookAgainAndAgain();
  }

  /** Resolves when nothing is being written any more. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#endPause();
    await this.#look;
  }

  async #lookAgainAndAgain(): Promise<void> {
    for (;;) {
      await this.#pause(pauseMs);
      if (!this.#running) return;
      try {
        await this.#lookOnce();
      } catch (error) {
        this.#options.ports.log.error('late mail', error);
      }
    }
  }

  /** @throws {ProblemError} 'storage': with a disk that takes nothing the other messages would fare no better. */
  async #lookOnce(): Promise<void> {
    const { spool, settings, ports } = this.#options;
    const latestMs = ports.clock.now() - shortestWaitMs(settings());
    let looked = 0;
    let reported = 0;
    for (const { id, receivedAtMs } of spool.entries()) {
      looked += 1;
      if (looked % messagesPerTurn === 0) await nextTurn();
      if (!this.#running) return;
      if (receivedAtMs > latestMs) continue;
      if (!(await this.#lookAt(id))) continue;
      reported += 1;
      if (reported % reportsAtOnce === 0) await this.#pause(reportPauseMs);
    }
  }

  /** @returns true when that took writing. */
  async #lookAt(id: MessageId): Promise<boolean> {
    const { spool, serial, finish } = this.#options;
    const { isLate, isExpired } = this.#judge(spool.get(id));
    if (!isLate && !isExpired) return false;
    try {
      const gaveUp = await serial.run(id, () => this.#act(id));
      if (gaveUp) await finish(id);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    return true;
  }

  /** As it is when its turn has come. @returns true when recipients were given up. */
  async #act(id: MessageId): Promise<boolean> {
    const { spool, settlement } = this.#options;
    const entry = spool.get(id);
    const { isLate, isExpired } = this.#judge(entry);
    if (entry === undefined) return false;
    if (isExpired) {
      await settlement.store(entry, this.#expired(entry));
      return true;
    }
    if (isLate) await this.#tell(entry);
    return false;
  }

  #judge(entry: QueueEntry | undefined): { readonly isLate: boolean; readonly isExpired: boolean } {
    if (entry === undefined || this.#options.isSending(entry.id)) return { isLate: false, isExpired: false };
    const nowMs = this.#options.ports.clock.now();
    const mayBeLate = entry.sender !== '' && entry.record.delayReported !== true;
    const mayExpire = this.#options.settings()['delivery.expireDuringOutage'];
    if (!mayBeLate && !mayExpire) return { isLate: false, isExpired: false };
    const shares = this.#waitingShares(entry);
    return {
      isLate: mayBeLate && shares.some((share) => isReached(this.#lifetimeOf(entry, share).noticeAtMs, nowMs)),
      isExpired: mayExpire && shares.some((share) => this.#hasExpired(entry, share, nowMs)),
    };
  }

  /** What an operator keeps back is neither late nor does it expire. */
  #waitingShares(entry: QueueEntry): readonly Share[] {
    return sharesOf(entry, this.#options.routes()).filter((share) => !isHeldShare(entry, share));
  }

  #lifetimeOf({ receivedAtMs }: QueueEntry, { destination }: Share): ReturnType<typeof lifetimeOf> {
    const { settings, destinations, ports } = this.#options;
    const unreachableMs = destinations.downMs(destination.name, receivedAtMs, ports.clock.now());
    return lifetimeOf({ receivedAtMs, destination, unreachableMs }, settings());
  }

  /** Mail that is tried expires with an attempt; this is about mail that waits while others probe its destination. */
  #hasExpired(entry: QueueEntry, share: Share, nowMs: EpochMs): boolean {
    const isDown = this.#options.destinations.outage(share.destination.name) !== undefined;
    return isDown && isReached(this.#lifetimeOf(entry, share).expiresAtMs, nowMs);
  }

  #expired(entry: QueueEntry): DeliveryRecord {
    const nowMs = this.#options.ports.clock.now();
    const failures = new Map(
      this.#waitingShares(entry)
        .filter((share) => this.#hasExpired(entry, share, nowMs))
        .flatMap(({ destination, recipients }) => {
          const outage = this.#options.destinations.outage(destination.name);
          return outage === undefined ? [] : recipients.map(({ address }) => [address, outage.failure] as const);
        }),
    );
    return {
      ...entry.record,
      recipients: entry.record.recipients.map((recipient) => {
        const failure = recipient.state === 'pending' ? failures.get(recipient.address) : undefined;
        return failure === undefined ? recipient : step(recipient, { type: 'expire', failure }, noRetry);
      }),
    };
  }

  /** Told first, stored after: a crash in between tells it once more at the most, and never not at all. */
  async #tell(entry: QueueEntry): Promise<void> {
    const { spool, reporter } = this.#options;
    if (!this.#told.has(entry.id)) {
      let message: StoredMessage;
      try {
        message = await spool.read(entry.id);
      } catch (error) {
        if (isGone(error)) throw error;
        return; // its file cannot be read just now; each attempt says so, and the next look tries again
      }
      await reporter.report(message, 'delayed', this.#lateSubjects(entry));
      this.#told.add(entry.id);
    }
    // Also when the sender did not want to know (NOTIFY): it need not be looked up again.
    await spool.update(entry.id, { ...entry.record, delayReported: true });
    this.#told.delete(entry.id);
  }

  /** There is one notice: it names everybody who waits and about whom there would ever be one. */
  #lateSubjects(entry: QueueEntry): readonly ReportSubject[] {
    return this.#waitingShares(entry).flatMap((share) => {
      const { noticeAtMs, expiresAtMs } = this.#lifetimeOf(entry, share);
      if (noticeAtMs === null) return [];
      const outage = this.#options.destinations.outage(share.destination.name);
      return share.recipients.map((recipient) => ({
        recipient: { ...recipient, lastFailure: recipient.lastFailure ?? outage?.failure ?? null },
        retryUntilMs: expiresAtMs,
      }));
    });
  }

  /** Ends early when it is stopped. */
  #pause(ms: number): Promise<void> {
    if (!this.#running) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#options.ports.clock.after(ms, resolve);
      this.#endPause = () => {
        cancel();
        resolve();
      };
    });
  }
}

const isReached = (atMs: EpochMs | null, nowMs: EpochMs): boolean => atMs !== null && nowMs >= atMs;
