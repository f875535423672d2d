import type { Handlers } from '../../shared/contract/calls.ts';
import type { HandlerOptions } from './handler-options.ts';
import { checkMailAddress } from './mail-address.ts';
import { changeSetting } from './settings-change.ts';

export function destinationHandlers({ servers, settings, ports }: HandlerOptions) {
  return {
    'destination.list': async ({ serverId }) => [...(await servers.get(serverId).delivery.destinations())],
    'destination.retry': async ({ serverId, nextHop }) =>
      await servers.get(serverId).delivery.retryDestination(nextHop),
    /** A setting, so that it lasts over a restart and shows in the history. */
    'destination.freeze': async ({ serverId, nextHop, frozen }) => {
      await changeSetting(settings, serverId, 'delivery.frozen', (names) => {
        const others = names.filter((name) => name !== nextHop);
        return frozen ? [...others, nextHop] : others;
      });
      ports.log.info(frozen ? 'next hop frozen' : 'next hop thawed', { server: serverId, nextHop });
      await servers.apply(serverId);
      return null;
    },
    'route.explain': async ({ serverId, address, id }) => await servers.get(serverId).delivery.explain(address, id),
    'gateway.check': async ({ serverId, recipient }) => {
      if (recipient !== null) checkMailAddress('recipient', recipient);
      ports.log.info('gateway check', { server: serverId, recipient });
      return await servers.get(serverId).delivery.probe(recipient);
    },
  } satisfies Partial<Handlers>;
}
