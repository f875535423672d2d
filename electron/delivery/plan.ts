/**
 * What to start next: due, by the time it became due, one destination after the other, within the limits.
 * Pure: no clock, disk or sockets. Every step costs O(log n): with 100,000 messages waiting nothing is scanned.
 */
import type { EpochMs, MessageId } from '../../shared/contract/messages.ts';
import { DueHeap } from './due-heap.ts';
import { RateLimit } from './rate-limit.ts';

export interface PlanLimits {
  /** Attempts under way at one time; null is unlimited. */
  readonly total: number | null;
  readonly perDestination: number | null;
  /** Messages to one destination within a minute; what is too much waits. */
  readonly perMinute: number | null;
  /** So many attempts that are answered and only being stored take no place of the others; none when absent. */
  readonly beingStored?: number;
}

/** One message at one destination. */
export interface PlannedAttempt {
  readonly id: MessageId;
  readonly destination: string;
  /** The destination is down: this attempt finds out whether it still is. */
  readonly probe: boolean;
}

interface Lane {
  readonly destination: string;
  readonly waiting: DueHeap;
  readonly active: Set<MessageId>;
  /** Those of the active ones whose connection is free again. */
  readonly answered: Set<MessageId>;
  /** Set while the destination is down: only one message is tried, and not before this time. */
  probeAtMs: EpochMs | null;
  /** The server takes no more connections than this for now. */
  crowd: { readonly most: number; readonly untilMs: EpochMs } | null;
}

/** At least so many destinations are counted before those at rest are taken out. */
const manyRates = 1_000;

export class Plan {
  readonly #lanes = new Map<string, Lane>();
  /** Lanes by the time they next have something to start; a lane is here or in `#turn`, or has nothing to start. */
  readonly #later = new DueHeap();
  /** Lanes with something due, in the order of their turns. */
  readonly #turn = new Set<Lane>();
  /** Beside the lanes: a lane goes when its last message has left, its last minute does not. */
  readonly #rates = new Map<string, RateLimit>();
  /** With so many the ones at rest are taken out. */
  #manyRates = manyRates;
  #frozen: ReadonlySet<string> = new Set();
  #active = 0;
  #answered = 0;

  get active(): number {
    return this.#active;
  }

  /** Waits until `dueMs`. A message that is due earlier already stays so; one under way is left alone. */
  place(id: MessageId, destination: string, dueMs: EpochMs): void {
    const lane = this.#lane(destination);
    if (lane.active.has(id)) return;
    lane.waiting.set(id, Math.min(dueMs, lane.waiting.dueMs(id) ?? dueMs));
    this.#sort(lane);
  }

  withdraw(id: MessageId, destination: string): void {
    const lane = this.#lanes.get(destination);
    if (lane === undefined) return;
    lane.waiting.remove(id);
    this.#sort(lane);
  }

  /** Forgets everything but the attempts under way. */
  clear(): void {
    for (const lane of [...this.#lanes.values()]) {
      lane.probeAtMs = null;
      lane.crowd = null;
      for (const id of [...lane.waiting.names()]) lane.waiting.remove(id);
      this.#sort(lane);
    }
  }

  /** Something waits for this destination or is under way to it. */
  concerns(destination: string): boolean {
    const lane = this.#lanes.get(destination);
    return lane !== undefined && (lane.active.size > 0 || lane.waiting.first !== undefined);
  }

  isActive(id: MessageId, destination: string): boolean {
    return this.#lanes.get(destination)?.active.has(id) === true;
  }

  /** When it is due; undefined when it does not wait for this destination. */
  dueMs(id: MessageId, destination: string): EpochMs | undefined {
    return this.#lanes.get(destination)?.waiting.dueMs(id);
  }

  /** The next attempt to start, or null. It counts as under way until `finished`. */
  next(nowMs: EpochMs, limits: PlanLimits): PlannedAttempt | null {
    const { beingStored = 0 } = limits;
    if (this.#active - Math.min(this.#answered, beingStored) >= (limits.total ?? Number.POSITIVE_INFINITY)) return null;
    for (let first = this.#later.first; first !== undefined && first.dueMs <= nowMs; first = this.#later.first) {
      this.#later.remove(first.name);
      const lane = this.#lanes.get(first.name);
      if (lane !== undefined) this.#turn.add(lane);
    }
    for (const lane of this.#turn) {
      this.#turn.delete(lane);
      const most = mostAtOnce(lane, nowMs, limits);
      const first = lane.waiting.first;
      // A full lane gets its next turn when one of its attempts has finished.
      if (first === undefined || lane.active.size - Math.min(lane.answered.size, beingStored) >= most) continue;
      if (lane.probeAtMs === null && first.dueMs > nowMs) {
        this.#sort(lane); // what was due has been withdrawn meanwhile
        continue;
      }
      // A probe is one message at the most; it counts, but it does not wait.
      if (limits.perMinute !== null && lane.probeAtMs === null) {
        const allowedMs = this.#rates.get(lane.destination)?.nextMs(nowMs, limits.perMinute) ?? nowMs;
        if (allowedMs > nowMs) {
          this.#later.set(lane.destination, allowedMs);
          continue;
        }
      }
      if (limits.perMinute !== null) this.sent(lane.destination, 1, nowMs);
      lane.waiting.remove(first.name);
      lane.active.add(first.name);
      this.#active += 1;
      this.#sort(lane);
      return { id: first.name, destination: lane.destination, probe: lane.probeAtMs !== null };
    }
    return null;
  }

  /** The next hop is done with it, and what came out is being stored. It stays under way until `finished`. */
  answered({ id, destination }: Pick<PlannedAttempt, 'id' | 'destination'>): void {
    const lane = this.#lanes.get(destination);
    if (lane === undefined || !lane.active.has(id) || lane.answered.has(id)) return;
    lane.answered.add(id);
    this.#answered += 1;
    this.#sort(lane);
  }

  finished({ id, destination }: Pick<PlannedAttempt, 'id' | 'destination'>): void {
    const lane = this.#lanes.get(destination);
    if (lane === undefined || !lane.active.delete(id)) return;
    this.#active -= 1;
    if (lane.answered.delete(id)) this.#answered -= 1;
    this.#sort(lane);
  }

  /** So many messages of one attempt went out; the first is counted by `next`. */
  sent(destination: string, messages: number, nowMs: EpochMs): void {
    if (this.#rates.size >= this.#manyRates) {
      for (const [name, rate] of this.#rates) if (rate.isIdle(nowMs)) this.#rates.delete(name);
      this.#manyRates = Math.max(manyRates, 2 * this.#rates.size);
    }
    const rate = this.#rates.get(destination) ?? new RateLimit();
    this.#rates.set(destination, rate);
    rate.record(nowMs, messages);
  }

  /** When `next` may have something again although nothing finishes or arrives; null when never. */
  get nextDueMs(): EpochMs | null {
    return this.#later.first?.dueMs ?? null;
  }

  /** The destination is down: its messages wait, and one of them is tried at `probeAtMs`. */
  block(destination: string, probeAtMs: EpochMs): void {
    const lane = this.#lane(destination);
    lane.probeAtMs = probeAtMs;
    this.#sort(lane);
  }

  /** Nothing is known of the destination any more: its messages wait for their own times. */
  unblock(destination: string): void {
    const lane = this.#lanes.get(destination);
    if (lane === undefined) return;
    lane.probeAtMs = null;
    lane.crowd = null;
    this.#sort(lane);
  }

  /** Nothing starts for these destinations. What waits for one that is no longer among them is due, or the probe of it. */
  freeze(destinations: ReadonlySet<string>, nowMs: EpochMs): void {
    const before = this.#frozen;
    this.#frozen = destinations;
    for (const lane of [...this.#lanes.values()]) {
      const thaws = before.has(lane.destination) && !destinations.has(lane.destination);
      if (thaws) this.#makeDue(lane, nowMs);
      if (thaws && lane.probeAtMs !== null) lane.probeAtMs = Math.min(lane.probeAtMs, nowMs);
      this.#sort(lane);
    }
  }

  /** The destination is up again: all that waits for it is due. */
  release(destination: string, nowMs: EpochMs): void {
    const lane = this.#lanes.get(destination);
    if (lane === undefined) return;
    lane.probeAtMs = null;
    lane.crowd = null;
    this.#makeDue(lane, nowMs);
    this.#sort(lane);
  }

  /** The server turned a connection away while it serves `most` others: no more than these for a while. */
  crowd(destination: string, most: number, untilMs: EpochMs): void {
    this.#lane(destination).crowd = { most: Math.max(most, 1), untilMs };
  }

  /** Limits have changed: lanes that were full get a new turn. */
  reconsider(): void {
    for (const lane of [...this.#lanes.values()]) this.#sort(lane);
  }

  #makeDue({ waiting }: Lane, nowMs: EpochMs): void {
    for (const id of [...waiting.names()]) waiting.set(id, Math.min(nowMs, waiting.dueMs(id) ?? nowMs));
  }

  #lane(destination: string): Lane {
    const known = this.#lanes.get(destination);
    if (known !== undefined) return known;
    const lane: Lane = {
      destination,
      waiting: new DueHeap(),
      active: new Set(),
      answered: new Set(),
      probeAtMs: null,
      crowd: null,
    };
    this.#lanes.set(destination, lane);
    return lane;
  }

  /** Puts a lane where it belongs after any change. */
  #sort(lane: Lane): void {
    const first = lane.waiting.first;
    const isFrozen = this.#frozen.has(lane.destination);
    if (first === undefined || isFrozen || (lane.probeAtMs !== null && lane.active.size > 0)) {
      this.#turn.delete(lane);
      this.#later.remove(lane.destination);
      if (first === undefined && lane.active.size === 0 && lane.probeAtMs === null)
        this.#lanes.delete(lane.destination);
      return;
    }
    if (this.#turn.has(lane) && lane.probeAtMs === null) return;
    this.#turn.delete(lane);
    this.#later.set(lane.destination, lane.probeAtMs ?? first.dueMs);
  }
}

const mostAtOnce = (lane: Lane, nowMs: EpochMs, { perDestination }: PlanLimits): number => {
  if (lane.probeAtMs !== null) return 1;
  const crowd = lane.crowd !== null && nowMs < lane.crowd.untilMs ? lane.crowd.most : Number.POSITIVE_INFINITY;
  return Math.min(perDestination ?? Number.POSITIVE_INFINITY, crowd);
};
