/** The queue list, more of it than one call gives. */
import type { AnswerOf } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/client.ts';
import type { MessageId, QueueFilter, ServerId } from '../../shared/contract/messages.ts';
import { everyPage } from './every-page.ts';

export type QueuePage = AnswerOf<'queue.list'>;

const sort = { by: 'receivedAtMs', descending: false } as const;

/** The oldest first. */
export async function listQueue(
  relay: ContractClient,
  serverId: ServerId,
  filter: QueueFilter,
  limit: number,
): Promise<QueuePage> {
  let first: QueuePage | undefined;
  const { rows } = await everyPage(limit, async (place) => {
    const page = await relay.call('queue.list', { serverId, filter, sort, ...place });
    first ??= page;
    return page;
  });
  if (first === undefined) throw new Error('a list without a page');
  return { ...first, rows: [...rows] };
}

/** Each id once, although the list moves on while it is read. */
export async function matchingIds(
  relay: ContractClient,
  serverId: ServerId,
  filter: QueueFilter,
): Promise<readonly MessageId[]> {
  const { rows } = await listQueue(relay, serverId, filter, Number.MAX_SAFE_INTEGER);
  return [...new Set(rows.map(({ id }) => id))];
}
