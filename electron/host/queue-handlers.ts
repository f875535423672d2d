import type { Handlers } from '../../shared/contract/calls.ts';
import type { BulkOutcome, MessageId, QueueTarget, ServerId } from '../../shared/contract/messages.ts';
import type { Delivery } from '../delivery/types.ts';
import type { HandlerOptions } from './handler-options.ts';
import { messageDetails, messageSource } from './message-details.ts';
import { sendTestMessage } from './send-test-message.ts';

export function queueHandlers({ servers, ports }: HandlerOptions) {
  const act = async (
    { serverId, target }: { readonly serverId: ServerId; readonly target: QueueTarget },
    action: (delivery: Delivery, ids: readonly MessageId[]) => Promise<BulkOutcome>,
  ): Promise<BulkOutcome> => {
    const { desk, delivery } = servers.get(serverId);
    return await action(delivery, await desk.select(target));
  };

  return {
    'queue.list': async ({ serverId, ...query }) => await servers.get(serverId).desk.list(query),
    'queue.show': async ({ serverId, id }) => await messageDetails(servers.get(serverId), id),
    'queue.source': async ({ serverId, ...piece }) => await messageSource(servers.get(serverId), piece),
    'queue.retry': (about) => act(about, (delivery, ids) => delivery.retry(ids)),
    'queue.hold': (about) => act(about, (delivery, ids) => delivery.hold(ids)),
    'queue.release': (about) => act(about, (delivery, ids) => delivery.release(ids)),
    'queue.delete': ({ report, ...about }) => act(about, (delivery, ids) => delivery.remove(ids, { report })),
    'queue.setRoute': ({ smartHosts, ...about }) => act(about, (delivery, ids) => delivery.setRoute(ids, smartHosts)),

    'trash.list': async ({ serverId, offset, limit }) => {
      const rows = servers.get(serverId).spool.trash.list();
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    'trash.restore': async ({ serverId, target }) => {
      const { spool, delivery } = servers.get(serverId);
      const ids = 'ids' in target ? new Set(target.ids) : spool.trash.list().map(({ id }) => id);
      return await delivery.restore(ids);
    },

    'mail.follow': ({ serverId, id }) => servers.get(serverId).recent.follow(id),
    'mail.sendTest': async ({ serverId, to, from }) => ({
      id: await sendTestMessage(servers.get(serverId), ports, { to, from }),
    }),
  } satisfies Partial<Handlers>;
}
