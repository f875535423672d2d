/** The changing part of a queue row, from the record and what the scheduler knows at this moment. Cheap: asked for every row. */
import type { EpochMs, MessageId } from '../../shared/contract/messages.ts';
import type { QueueEntry, RecipientRecord } from '../spool/types.ts';
import type { Destinations } from './destinations.ts';
import { formatFailure } from './failure.ts';
import type { Plan } from './plan.ts';
import type { Routes } from './routes.ts';
import type { DeliveryView } from './types.ts';

export interface ViewSources {
  readonly routes: Routes;
  readonly plan: Plan;
  readonly destinations: Destinations;
  readonly isSending: (id: MessageId) => boolean;
}

export function viewOf(entry: QueueEntry, sources: ViewSources): DeliveryView {
  const { record, id } = entry;
  const pending = record.recipients.filter(({ state }) => state === 'pending');
  // Once nobody is left to deliver to, the row tells about those who did not get it.
  const shown = pending.length > 0 ? pending : record.recipients.filter(({ state }) => state === 'failed');
  const hops = [...new Set(shown.map(({ address }) => sources.routes.destinationOf(address).name))];
  const attempts = shown.reduce((most, recipient) => Math.max(most, recipient.attempts), 0);
  const base = { nextHop: hops.join(', '), attempts, lastError: lastErrorOf(shown, hops, sources.destinations) };

  if (pending.length === 0) return { ...base, state: 'failed', nextAttemptAtMs: null };
  if (sources.isSending(id)) return { ...base, state: 'sending', nextAttemptAtMs: null };
  if (record.held) return { ...base, state: 'held', nextAttemptAtMs: null };
  const isDown = hops.some((hop) => sources.destinations.outage(hop) !== undefined);
  return {
    ...base,
    state: attempts > 0 || isDown ? 'retry' : 'ready',
    nextAttemptAtMs: Math.min(...hops.map((hop) => nextAttemptMs(entry, hop, sources))),
  };
}

const lastErrorOf = (
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

const nextAttemptMs = (entry: QueueEntry, hop: string, { plan, destinations, routes }: ViewSources): EpochMs => {
  const outage = destinations.outage(hop);
  if (outage !== undefined) return outage.nextProbeAtMs;
  const planned = plan.dueMs(entry.id, hop);
  if (planned !== undefined) return planned;
  const own = entry.record.recipients.filter(
    ({ state, address }) => state === 'pending' && routes.destinationOf(address).name === hop,
  );
  return Math.min(...own.map(({ nextAttemptAtMs }) => nextAttemptAtMs || entry.receivedAtMs));
};
