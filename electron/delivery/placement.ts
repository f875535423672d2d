/** Brings messages forward in the plan that should not wait for their stored times. */
import type { Failure } from '../../shared/contract/messages.ts';
import type { Ports } from '../base/ports.ts';
import type { QueueEntry } from '../spool/types.ts';
import type { Plan } from './plan.ts';
import type { Routes } from './routes.ts';
import { type RetryIntervals, retryDelayMs } from './schedule.ts';
import { isHeldShare, type Share, sharesOf } from './waiting-list.ts';

export interface PlacementOptions {
  readonly plan: Plan;
  readonly routes: () => Routes;
  readonly retryIntervals: () => RetryIntervals;
  readonly ports: Pick<Ports, 'clock' | 'random'>;
}

export class Placement {
  readonly #options: PlacementOptions;

  constructor(options: PlacementOptions) {
    this.#options = options;
  }

  /** An operator wants it tried. */
  now(entry: QueueEntry): void {
    this.#place(entry, this.#options.ports.clock.now(), () => true);
  }

  /** What is known of earlier attempts says nothing about a new way. @param before  The routes it was planned by. */
  ifMoved(entry: QueueEntry, before: Routes): void {
    const { route } = entry.record;
    this.#place(entry, this.#options.ports.clock.now(), ({ destination, recipients }) =>
      recipients.some(({ address }) => before.destinationOf(address, route).fingerprint !== destination.fingerprint),
    );
  }

  /** Mail that waited for a destination that was down counts on its probes, and not all of those outlive a crash. */
  soonIfNeverTalkedTo(entry: QueueEntry): void {
    const { retryIntervals, ports } = this.#options;
    // Not at once: a relay that crashes again and again must not hammer the server.
    const soonMs = ports.clock.now() + retryDelayMs(retryIntervals(), 1, ports.random);
    this.#place(entry, soonMs, ({ recipients }) =>
      recipients.every(({ lastFailure }) => lastFailure !== null && neverTalkedTo(lastFailure)),
    );
  }

  #place(entry: QueueEntry, atMs: number, isMeant: (share: Share) => boolean): void {
    const { plan, routes } = this.#options;
    for (const share of sharesOf(entry, routes())) {
      if (!isHeldShare(entry, share) && isMeant(share)) plan.place(entry.id, share.destination.name, atMs);
    }
  }
}

/** A failure of the destination, not of the message. */
const neverTalkedTo = ({ stage, permanent }: Failure): boolean =>
  !permanent && ['dns', 'connect', 'greeting', 'tls', 'auth'].includes(stage);
