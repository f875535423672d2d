import type { Handlers } from '../../shared/contract/calls.ts';
import type { HandlerOptions } from './handler-options.ts';

export function sessionHandlers({ servers, ports }: HandlerOptions) {
  return {
    'session.list': async ({ serverId }) => {
      const { inbound, delivery } = servers.get(serverId);
      return [...inbound.sessions(), ...delivery.sessions()];
    },
    'session.terminate': async ({ serverId, ids }) => {
      const { inbound, delivery } = servers.get(serverId);
      const terminated = inbound.terminate(ids) + delivery.terminate(ids);
      ports.log.info('sessions terminated', { server: serverId, count: terminated });
      return { terminated };
    },
    'log.tail': async ({ serverId, after, limit, search }) => {
      const { protocolLog } = servers.get(serverId);
      // The sequence first: a line that comes meanwhile is asked for again rather than passed over.
      const { sequence } = protocolLog;
      const lines = protocolLog.tail({ after, limit, ...(search === undefined ? {} : { search }) });
      return { sequence, lines: [...lines] };
    },
  } satisfies Partial<Handlers>;
}
