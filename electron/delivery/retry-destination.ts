/** Everything that waits for one next hop becomes due: the queue is looked through in slices, nothing is written. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BulkOutcome, MessageId } from '../../shared/contract/messages.ts';
import type { QueueEntry, Spool } from '../spool/types.ts';
import { type Answer, bulk } from './bulk.ts';
import type { Plan } from './plan.ts';
import type { Routes } from './routes.ts';
import { isHeldShare, type Share, sharesOf } from './waiting-list.ts';

export interface RetryDestinationOptions {
  readonly spool: Pick<Spool, 'entries' | 'get'>;
  readonly routes: () => Routes;
  readonly plan: Plan;
  readonly nowMs: () => number;
}

/** Messages looked at before others get a turn. */
const messagesPerTurn = 500;

export async function retryDestination(nextHop: string, options: RetryDestinationOptions): Promise<BulkOutcome> {
  const { spool, routes, plan, nowMs } = options;
  const shareAt = (entry: QueueEntry): Share | undefined =>
    sharesOf(entry, routes()).find(({ destination }) => destination.name === nextHop);
  const ids: MessageId[] = [];
  let looked = 0;
  for (const entry of spool.entries()) {
    looked += 1;
    if (looked % messagesPerTurn === 0) await nextTurn();
    if (shareAt(entry) !== undefined) ids.push(entry.id);
  }
  return await bulk(ids, async (id): Promise<Answer> => {
    const entry = spool.get(id);
    const share = entry === undefined ? undefined : shareAt(entry);
    if (entry === undefined || share === undefined) return 'notFound';
    if (plan.isActive(id, nextHop)) return 'beingSent';
    if (isHeldShare(entry, share)) return 'alreadySo';
    plan.place(id, nextHop, nowMs());
    return 'changed';
  });
}
