/** The loop: starts what the plan gives, one timer for what is due later, and what an attempt brought back to the plan. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EpochMs, MessageId } from '../../shared/contract/messages.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import type { DropFolder, QueueEntry, Spool, StoredMessage } from '../spool/types.ts';
import { type AttemptResult, attemptDelivery, type TransactionOptions } from './attempt.ts';
import { type Begun, type Bookkeeping, wasCutShort } from './bookkeeping.ts';
import type { ConnectionPool } from './connection-pool.ts';
import type { Destinations } from './destinations.ts';
import { deliverToDrop } from './drop-attempt.ts';
import { formatFailure, temporaryFailure } from './failure.ts';
import type { IntakePriority } from './intake-priority.ts';
import type { Plan, PlannedAttempt } from './plan.ts';
import type { Routes } from './routes.ts';
import { longestDelayMs, probeDelayMs } from './schedule.ts';
import type { SendingMarks } from './sending-marks.ts';
import { isHeldShare, type Share, sharesOf, type WaitingList } from './waiting-list.ts';

export interface DispatcherOptions {
  readonly spool: Spool;
  readonly settings: () => ServerSettings;
  readonly routes: () => Routes;
  readonly ports: Ports;
  readonly plan: Plan;
  readonly index: WaitingList;
  readonly destinations: Destinations;
  readonly pool: ConnectionPool;
  readonly bookkeeping: Bookkeeping;
  readonly sending: SendingMarks;
  readonly drop: DropFolder;
  readonly intake: IntakePriority;
  /** What every transaction has to keep to at this moment. */
  readonly transactions: () => TransactionOptions;
  readonly onChange: () => void;
  /** A destination went down or came up. */
  readonly onOutageChange: () => void;
  /** The computer's clock was put back: times planned so far lie too far ahead. */
  readonly onClockSetBack: () => void;
}

/** A message that could not be handled for a reason of this computer is left alone for so long. */
const troubleDelayMs = 60_000;
/** Recipients that another attempt still sends to, by a route that was changed meanwhile, are looked at again after so long. */
const overlapDelayMs = 5_000;
/** A server that turned away a connection while it serves others gets no more of them for so long. */
const crowdMs = 60_000;
/** Small corrections of the clock delay a retry by no more than this. */
const clockToleranceMs = 10_000;
/** A connection does not wait until the removal of the message before is flushed. After a crash, so many more come twice. */
const maxBeingStored = 10;
const stopLimitMs = 10_000;
const cutLimitMs = 2_000;

export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #underWay = new Set<Promise<void>>();
  readonly #restingUntilMs = new Map<string, EpochMs>();
  #running = false;
  #wakeIsPending = false;
  #cancelTimer: () => void = () => undefined;
  #lastLookMs: EpochMs = 0;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    this.wake();
  }

  async stop(): Promise<void> {
    const { ports, pool } = this.#options;
    this.#running = false;
    this.#cancelTimer();
    pool.closeIdle();
    await this.#settled(stopLimitMs);
    pool.closeIdle(); // those that became idle by that
    if (this.#underWay.size > 0) ports.log.warn('stop', { cut: this.#underWay.size });
    pool.destroy();
    await this.#settled(cutLimitMs);
  }

  /** Something may be due. Off the caller's turn: a listener that takes mail in must not wait for deliveries to start. */
  wake(): void {
    if (this.#wakeIsPending || !this.#running) return;
    this.#wakeIsPending = true;
    void nextTurn().then(() => {
      this.#wakeIsPending = false;
      this.#startDue();
    });
  }

  track(entry: QueueEntry, notBeforeMs?: EpochMs): void {
    const { index, routes, settings, ports } = this.#options;
    const nowMs = ports.clock.now();
    const latestMs = nowMs + longestDelayMs(settings()['delivery.retryIntervals']);
    index.track(entry, routes(), { nowMs, latestMs }, notBeforeMs);
    this.wake();
  }

  /** Settings have changed: perhaps what was wrong with a host. */
  tryEveryHost(): void {
    this.#restingUntilMs.clear();
  }

  /** Probes a destination that is down without waiting for its time. */
  probeNow(destination: string): void {
    const { destinations, plan, ports } = this.#options;
    if (destinations.outage(destination) === undefined) return;
    destinations.probeAt(destination, ports.clock.now());
    plan.block(destination, ports.clock.now());
    this.wake();
  }

  #startDue(): void {
    const { plan, settings, ports, intake } = this.#options;
    if (!this.#running) return;
    // One moment for all that follows: what is due then and could not start waits for an attempt to finish, not for a timer.
    const nowMs = ports.clock.now();
    if (nowMs < this.#lastLookMs - clockToleranceMs) this.#options.onClockSetBack();
    this.#lastLookMs = nowMs;
    const values = settings();
    const held = intake.limit(nowMs);
    const connectionLimit = values['delivery.connectionLimit'];
    const limits = {
      total: held === null ? connectionLimit : Math.min(held.attempts, connectionLimit ?? held.attempts),
      perDestination: values['delivery.connectionsPerDestination'],
      perMinute: values['delivery.messagesPerMinute'],
      beingStored: held === null ? maxBeingStored : 0,
    };
    for (;;) {
      const planned = plan.next(nowMs, limits);
      if (planned === null) break;
      const attempt = this.#run(planned);
      this.#underWay.add(attempt);
      void attempt
        .catch((error: unknown) => ports.log.error('attempt', error, { id: planned.id }))
        .finally(() => this.#underWay.delete(attempt));
    }
    this.#cancelTimer();
    const againMs = earliestAfter(nowMs, [plan.nextDueMs, held === null ? null : held.askAgainMs]);
    if (againMs !== null) this.#cancelTimer = ports.clock.after(againMs - nowMs, () => this.#startDue());
  }

  async #run(planned: PlannedAttempt): Promise<void> {
    const { ports, bookkeeping, sending, onChange } = this.#options;
    const { id } = planned;
    const addresses = this.#shareOf(planned)?.recipients.map(({ address }) => address) ?? [];
    if (addresses.length === 0 || sending.hasAny(id, addresses)) {
      this.#putBack(planned, addresses.length === 0 ? 0 : ports.clock.now() + overlapDelayMs);
      return;
    }
    let notBeforeMs = 0;
    const endMark = sending.add(id, addresses);
    onChange();
    try {
      const begun = await bookkeeping.begin(planned);
      if (begun !== null) await this.#attempt(planned, begun);
    } catch (error) {
      ports.log.error('attempt', error, { id, nextHop: planned.destination });
      notBeforeMs = ports.clock.now() + troubleDelayMs;
    } finally {
      endMark();
      this.#putBack(planned, notBeforeMs);
      await bookkeeping.finish(id);
      this.wake();
      onChange();
    }
  }

  /** What is to be sent now; undefined when nothing is (any more). */
  #shareOf({ id, destination }: PlannedAttempt): Share | undefined {
    const { spool, routes } = this.#options;
    const entry = spool.get(id);
    if (entry === undefined) return undefined;
    const share = sharesOf(entry, routes()).find((candidate) => candidate.destination.name === destination);
    return share === undefined || isHeldShare(entry, share) ? undefined : share;
  }

  /** @param notBeforeMs  0: when it is due by the schedule. */
  #putBack(planned: PlannedAttempt, notBeforeMs: EpochMs): void {
    const { spool, plan } = this.#options;
    if (planned.probe && notBeforeMs > 0) plan.block(planned.destination, notBeforeMs);
    plan.finished(planned);
    const entry = spool.get(planned.id);
    if (entry !== undefined) this.track(entry, notBeforeMs);
  }

  async #attempt(planned: PlannedAttempt, begun: Begun): Promise<void> {
    const { plan, ports, bookkeeping } = this.#options;
    const result = await this.#send(planned.id, begun);
    // What failed because we cut it says nothing about the destination or the message.
    const known = this.#running ? result : wasCutShort(result);
    if (this.#running) this.#learn(planned, known);
    if (result.messages > 1) plan.sent(planned.destination, result.messages - 1, ports.clock.now());
    plan.answered(planned);
    this.wake();
    await bookkeeping.conclude(planned, begun, known);
  }

  async #send(id: MessageId, { recipients, destination }: Begun): Promise<AttemptResult> {
    const { spool, ports, pool, drop, transactions } = this.#options;
    const addresses = recipients.map(({ address }) => address);
    let message: StoredMessage;
    try {
      message = await spool.read(id);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return unreadable(addresses, error.problem.message);
    }
    if (destination.kind === 'drop') return await deliverToDrop(message, addresses, drop);
    return await attemptDelivery(message, addresses, destination, {
      transactions: transactions(),
      dns: ports.dns,
      random: ports.random,
      clock: ports.clock,
      pool,
      restingUntilMs: this.#restingUntilMs,
      isStopping: () => !this.#running,
    });
  }

  /** Is the destination up or down? Told to the plan before anything is written, so that no more attempts run into it. */
  #learn({ destination, probe }: PlannedAttempt, { destinationFailure, answered }: AttemptResult): void {
    const { destinations, plan, pool, ports, settings, onOutageChange } = this.#options;
    const nowMs = ports.clock.now();
    if (answered && destinationFailure === null) {
      if (!destinations.succeeded(destination, nowMs)) return;
      plan.release(destination, nowMs);
      onOutageChange();
      ports.log.info('destination up', { nextHop: destination });
      return;
    }
    const established = pool.established(destination);
    if (!probe && destinationFailure?.code !== undefined && established > 0) {
      plan.crowd(destination, established, nowMs + crowdMs);
      return;
    }
    const outage = destinations.outage(destination);
    // A probe without an answer (lost within the message) leaves the destination down: the next one takes another message.
    const failure = destinationFailure ?? (probe ? (outage?.failure ?? null) : null);
    if (failure === null) return;
    const intervals = settings()['delivery.retryIntervals'];
    const delayMs = (probes: number): number => probeDelayMs(intervals, probes, ports.random);
    plan.block(destination, destinations.failed(destination, failure, { nowMs, probe, delayMs }));
    if (outage !== undefined) return;
    onOutageChange();
    ports.log.warn('destination down', { nextHop: destination, reply: formatFailure(failure) });
  }

  async #settled(limitMs: number): Promise<void> {
    let cancel = (): void => undefined;
    const limit = new Promise<void>((resolve) => {
      cancel = this.#options.ports.clock.after(limitMs, resolve);
    });
    await Promise.race([Promise.all([...this.#underWay]), limit]);
    cancel();
  }
}

const earliestAfter = (nowMs: EpochMs, times: readonly (EpochMs | null)[]): EpochMs | null => {
  const ahead = times.filter((time): time is EpochMs => time !== null && time > nowMs);
  return ahead.length === 0 ? null : Math.min(...ahead);
};

const unreadable = (addresses: readonly string[], text: string): AttemptResult => ({
  host: null,
  outcomes: new Map(
    addresses.map((address) => [address, { delivered: false, failure: temporaryFailure('local', text) }]),
  ),
  destinationFailure: null,
  answered: false,
  messages: 0,
  envelope: null,
});
