/** The changing part of a queue row, from the record and what the scheduler knows at this moment. Cheap: asked for every row. */
import type { EpochMs, MessageId } from '../../shared/contract/messages.ts';
import type { QueueEntry, RecipientRecord } from '../spool/types.ts';
import type { Destination } from './destination.ts';
import type { Destinations } from './destinations.ts';
import { formatFailure } from './failure.ts';
import type { Plan } from './plan.ts';
import type { Routes } from './routes.ts';
import type { DeliveryView } from './types.ts';
import { isHeldShare } from './waiting-list.ts';

export interface ViewSources {
  readonly routes: Routes;
  readonly plan: Plan;
  readonly destinations: Destinations;
  readonly isSending: (id: MessageId) => boolean;
  /** An operator stopped all delivery to this destination. */
  readonly isFrozen: (destination: string) => boolean;
}

export function viewOf(entry: QueueEntry, sources: ViewSources): DeliveryView {
  const { record, id } = entry;
  const pending = record.recipients.filter(({ state }) => state === 'pending');
  // Once nobody is left to deliver to, the row tells about those who did not get it.
  const shown = pending.length > 0 ? pending : record.recipients.filter(({ state }) => state === 'failed');
  const hops = destinationsOf(shown, record.route, sources.routes);
  const names = hops.map(({ name }) => name);
  const attempts = shown.reduce((most, recipient) => Math.max(most, recipient.attempts), 0);
  const base = { nextHop: names.join(', '), attempts, lastError: lastErrorOf(shown, names, sources.destinations) };

  if (pending.length === 0) return { ...base, state: 'failed', nextAttemptAtMs: null };
  if (sources.isSending(id)) return { ...base, state: 'sending', nextAttemptAtMs: null };
  const open = hops.filter((destination) => !isHeldShare(entry, { destination }));
  if (open.length === 0) return { ...base, state: 'held', nextAttemptAtMs: null };
  const isDown = open.some(({ name }) => sources.destinations.outage(name) !== undefined);
  return {
    ...base,
    state: attempts > 0 || isDown ? 'retry' : 'ready',
    nextAttemptAtMs: earliest(open.map(({ name }) => nextAttemptMs(entry, name, sources))),
  };
}

function destinationsOf(
  recipients: readonly RecipientRecord[],
  route: readonly string[] | undefined,
  routes: Routes,
): readonly Destination[] {
  const found: Destination[] = [];
  for (const { address } of recipients) {
    const destination = routes.destinationOf(address, route);
    if (!found.some(({ name }) => name === destination.name)) found.push(destination);
  }
  return found;
}

/** The first failure is as good as any: they are nearly always the same one. */
export const lastErrorOf = (
  shown: readonly RecipientRecord[],
  hops: readonly string[],
  destinations: Destinations,
): string | null => {
  const own = shown.find(({ lastFailure }) => lastFailure !== null)?.lastFailure;
  if (own) return formatFailure(own);
  for (const hop of hops) {
    const outage = destinations.outage(hop);
    if (outage !== undefined) return formatFailure(outage.failure);
  }
  return null;
};

const earliest = (times: readonly (EpochMs | null)[]): EpochMs | null => {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
};

/** Null while nothing starts for the destination. */
export function nextAttemptMs(
  entry: QueueEntry,
  hop: string,
  { plan, destinations, routes, isFrozen }: ViewSources,
): EpochMs | null {
  if (isFrozen(hop)) return null;
  const outage = destinations.outage(hop);
  if (outage !== undefined) return outage.nextProbeAtMs;
  const planned = plan.dueMs(entry.id, hop);
  if (planned !== undefined) return planned;
  const own = entry.record.recipients.filter(
    ({ state, address }) => state === 'pending' && routes.destinationOf(address, entry.record.route).name === hop,
  );
  return Math.min(...own.map(({ nextAttemptAtMs }) => nextAttemptAtMs || entry.receivedAtMs));
}
