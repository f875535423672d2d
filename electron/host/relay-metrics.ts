/** What the metrics file counts, of every virtual server. */
import type { ServerStatus } from '../../shared/contract/servers.ts';
import type { ServerMetrics } from '../logging/types.ts';

export const metricsOf = (status: ServerStatus): ServerMetrics => {
  const { id, name, state, queue, inboundSessions, outboundSessions, totals, listeners, unreachable } = status;
  const { ready, sending, retry, held, failed, oldestReceivedAtMs, badmail } = queue;
  return {
    serverId: id,
    name,
    state,
    queue: { ready, sending, retry, held, failed },
    oldestReceivedAtMs,
    badmail,
    inboundSessions,
    outboundSessions,
    ...totals,
    listeners: listeners.length,
    listenersBound: listeners.filter(({ boundTo }) => boundTo !== null).length,
    unreachableDestinations: unreachable.length,
    certificateExpiresAtMs: status.certificate?.expiresAtMs ?? null,
  };
};
