/** The next hops with all that waits for them. Made from the whole queue, in slices, and not anew for everyone who asks. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DestinationRow, EpochMs } from '../../shared/contract/messages.ts';
import type { Clock } from '../base/ports.ts';
import type { QueueEntry, RecipientRecord, Spool } from '../spool/types.ts';
import { formatFailure } from './failure.ts';
import { nextAttemptMs, type ViewSources } from './view.ts';
import { isHeldShare, type Share, sharesOf, sharesOfFailed } from './waiting-list.ts';

export interface DestinationListOptions {
  readonly spool: Pick<Spool, 'entries' | 'size' | 'revision'>;
  readonly clock: Clock;
  /** As they are now. */
  readonly sources: () => ViewSources;
  /** Listed although nothing waits for them: whoever froze one must find it. */
  readonly frozen: () => Iterable<string>;
  readonly connections: () => ReadonlyMap<string, number>;
}

/** Messages looked at before others get a turn. */
const messagesPerTurn = 500;
/** From here on a list is used for a while, however much changes. */
const longQueue = 5_000;
const reuseMs = 1_000;

interface Made {
  readonly revision: number;
  readonly rows: Promise<readonly DestinationRow[]>;
  /** Null while it is being made. */
  endedAtMs: EpochMs | null;
}

export class DestinationList {
  readonly #options: DestinationListOptions;
  #views = 0;
  #made: Made | null = null;

  constructor(options: DestinationListOptions) {
    this.#options = options;
  }

  /** Something but the spool has changed. */
  viewChanged(): void {
    this.#views += 1;
  }

  /** The largest first. */
  rows(): Promise<readonly DestinationRow[]> {
    const { spool, clock } = this.#options;
    const revision = spool.revision + this.#views;
    if (this.#made !== null && this.#mayReuse(this.#made, revision)) return this.#made.rows;
    const made: Made = { revision, rows: this.#make(), endedAtMs: null };
    this.#made = made;
    void made.rows.then(
      () => {
        made.endedAtMs = clock.now();
      },
      () => {
        this.#made = null;
      },
    );
    return made.rows;
  }

  #mayReuse({ revision, endedAtMs }: Made, now: number): boolean {
    if (revision === now) return true;
    if (this.#options.spool.size < longQueue) return false;
    const ageMs = endedAtMs === null ? 0 : this.#options.clock.now() - endedAtMs;
    return ageMs >= 0 && ageMs < reuseMs;
  }

  async #make(): Promise<readonly DestinationRow[]> {
    const { spool, sources, frozen, connections } = this.#options;
    const groups = new Map<string, Group>();
    const group = (name: string): Group => {
      const known = groups.get(name) ?? new Group(name);
      groups.set(name, known);
      return known;
    };
    let looked = 0;
    for (const entry of spool.entries()) {
      looked += 1;
      if (looked % messagesPerTurn === 0) await nextTurn();
      const now = sources();
      const shares = sharesOf(entry, now.routes);
      for (const share of shares) group(share.destination.name).add(entry, share, stateOf(entry, share, now), now);
      if (shares.length > 0) continue;
      for (const share of sharesOfFailed(entry, now.routes)) {
        group(share.destination.name).add(entry, share, 'failed', now);
      }
    }
    const now = sources();
    for (const name of [...now.destinations.names(), ...frozen()]) group(name);
    const open = connections();
    return [...groups.values()]
      .map((one) => one.row(now, open.get(one.name) ?? 0))
      .sort((a, b) => b.counts.total - a.counts.total || (a.nextHop < b.nextHop ? -1 : 1));
  }
}

type State = 'ready' | 'sending' | 'retry' | 'held' | 'failed';

const stateOf = ({ id, ...entry }: QueueEntry, share: Share, { plan, destinations }: ViewSources): State => {
  const { name } = share.destination;
  if (plan.isActive(id, name)) return 'sending';
  if (isHeldShare({ id, ...entry }, share)) return 'held';
  const wasTried = share.recipients.some(({ attempts }) => attempts > 0);
  return wasTried || destinations.outage(name) !== undefined ? 'retry' : 'ready';
};

class Group {
  readonly name: string;
  readonly #counts = { total: 0, ready: 0, sending: 0, retry: 0, held: 0, failed: 0 };
  #isHeldByDomain = false;
  #sizeBytes = 0;
  #oldestMs: EpochMs | null = null;
  #nextMs: EpochMs | null = null;
  #latest: RecipientRecord | null = null;

  constructor(name: string) {
    this.name = name;
  }

  add(entry: QueueEntry, { destination, recipients }: Share, state: State, sources: ViewSources): void {
    this.#counts.total += 1;
    this.#counts[state] += 1;
    this.#isHeldByDomain ||= state === 'held' && destination.held;
    this.#sizeBytes += entry.sizeBytes;
    this.#oldestMs = Math.min(this.#oldestMs ?? entry.receivedAtMs, entry.receivedAtMs);
    if (state === 'ready' || state === 'retry') {
      const nextMs = nextAttemptMs(entry, this.name, sources);
      if (nextMs !== null) this.#nextMs = Math.min(this.#nextMs ?? nextMs, nextMs);
    }
    for (const recipient of recipients) {
      // The later it is tried again, the later it failed: nothing else tells.
      const isLater = recipient.nextAttemptAtMs > (this.#latest?.nextAttemptAtMs ?? -1);
      if (recipient.lastFailure !== null && isLater) this.#latest = recipient;
    }
  }

  row({ destinations, isFrozen }: ViewSources, connections: number): DestinationRow {
    const outage = destinations.outage(this.name);
    const failure = outage?.failure ?? this.#latest?.lastFailure ?? null;
    const frozen = isFrozen(this.name);
    return {
      nextHop: this.name,
      state: frozen ? 'frozen' : outage === undefined ? this.#state() : 'down',
      counts: { ...this.#counts },
      sizeBytes: this.#sizeBytes,
      oldestReceivedAtMs: this.#oldestMs,
      lastError: failure === null ? null : formatFailure(failure),
      nextAttemptAtMs: frozen ? null : (outage?.nextProbeAtMs ?? this.#nextMs),
      downSinceMs: outage?.sinceMs ?? null,
      connections,
    };
  }

  #state(): DestinationRow['state'] {
    if (this.#counts.sending > 0) return 'active';
    if (this.#isHeldByDomain) return 'held';
    return this.#counts.retry > 0 ? 'retry' : 'ready';
  }
}
