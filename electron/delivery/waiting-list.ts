/** Which message waits for which destination. Keeps the plan in step with the spool and the routes. */
import type { EpochMs, MessageId } from '../../shared/contract/messages.ts';
import type { QueueEntry, RecipientRecord } from '../spool/types.ts';
import type { Destination } from './destination.ts';
import type { Plan } from './plan.ts';
import type { Routes } from './routes.ts';

/** The recipients of a message that wait for one destination. */
export interface Share {
  readonly destination: Destination;
  readonly recipients: readonly RecipientRecord[];
  readonly dueMs: EpochMs;
}

/** Pending recipients by destination. A message never tried is due since it came: that is its place in the line. */
export const sharesOf = (entry: QueueEntry, routes: Routes): readonly Share[] => sharesIn('pending', entry, routes);

/** Those who did not get it, by the destination that would not have it. */
export const sharesOfFailed = (entry: QueueEntry, routes: Routes): readonly Share[] =>
  sharesIn('failed', entry, routes);

function sharesIn(state: RecipientRecord['state'], entry: QueueEntry, routes: Routes): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const recipient of entry.record.recipients) {
    if (recipient.state !== state) continue;
    const destination = routes.destinationOf(recipient.address, entry.record.route);
    const dueMs = recipient.nextAttemptAtMs || entry.receivedAtMs;
    const share = shares.get(destination.name);
    shares.set(destination.name, {
      destination,
      recipients: [...(share?.recipients ?? []), recipient],
      dueMs: Math.min(dueMs, share?.dueMs ?? dueMs),
    });
  }
  return [...shares.values()];
}

/** It waits for an operator: the message itself is held, or its remote domain is. */
export const isHeldShare = ({ record }: QueueEntry, { destination }: Pick<Share, 'destination'>): boolean =>
  record.held || (destination.held && record.released !== true);

export type HeldPart = 'all' | 'some' | 'none';

/** How many of the destinations it waits for hold their mail, whether or not an operator released this one. */
export function heldByDomain(entry: QueueEntry, routes: Routes): HeldPart {
  const shares = sharesOf(entry, routes);
  const held = shares.filter(({ destination }) => destination.held).length;
  if (held === 0) return 'none';
  return held < shares.length ? 'some' : 'all';
}

export interface Horizon {
  readonly nowMs: EpochMs;
  /** The longest wait from now that the intervals allow. */
  readonly latestMs: EpochMs;
}

export class WaitingList {
  readonly #plan: Plan;
  /** Destinations each message was placed at, to find them again when only the id is known. */
  readonly #placed = new Map<MessageId, readonly string[]>();
  /** Lists of one name, shared: nearly every message has one destination. */
  readonly #single = new Map<string, readonly string[]>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /**
   * @param horizon  The times that can be true now. A computer's clock may be put right by years: mail that came
   *   "in the future" is due, and nobody waits longer than an interval.
   * @param notBeforeMs  Keeps a message back that could not be handled just now.
   */
  track(entry: QueueEntry, routes: Routes, { nowMs, latestMs }: Horizon, notBeforeMs: EpochMs = 0): void {
    const shares = sharesOf(entry, routes).filter((share) => !isHeldShare(entry, share));
    const names = this.#listOf(shares.map(({ destination }) => destination.name));
    for (const name of this.#placed.get(entry.id) ?? []) if (!names.includes(name)) this.#plan.withdraw(entry.id, name);
    for (const { destination, recipients, dueMs } of shares) {
      const isNew = recipients.some(({ nextAttemptAtMs }) => nextAttemptAtMs === 0);
      const soundMs = Math.min(dueMs, isNew ? nowMs : latestMs);
      this.#plan.place(entry.id, destination.name, Math.max(soundMs, notBeforeMs));
    }
    if (names.length === 0) this.#placed.delete(entry.id);
    else this.#placed.set(entry.id, names);
  }

  forget(id: MessageId): void {
    for (const name of this.#placed.get(id) ?? []) this.#plan.withdraw(id, name);
    this.#placed.delete(id);
  }

  clear(): void {
    this.#plan.clear();
    this.#placed.clear();
    this.#single.clear();
  }

  #listOf(names: readonly string[]): readonly string[] {
    const [first] = names;
    if (names.length !== 1 || first === undefined) return names;
    const list = this.#single.get(first) ?? [first];
    this.#single.set(first, list);
    return list;
  }
}
