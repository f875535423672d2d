import type { Handlers } from '../../shared/contract/calls.ts';
import { problem } from '../../shared/contract/problem.ts';
import { isIpAddress } from '../../shared/settings/address.ts';
import { defaultServerSettings } from '../../shared/settings/server-settings.ts';
import { decideConnection, decideRelay } from '../smtp/client-rules.ts';
import type { HandlerOptions } from './handler-options.ts';
import { checkName } from './name-check.ts';

export function checkHandlers({ settings, ports }: HandlerOptions) {
  return {
    'relay.check': async ({ clientAddress, mode, list, serverId, authenticated = false, recipient = '' }) => {
      checkClient(clientAddress);
      // Without a server only the list counts: its domains and its rule for logins are those of a server.
      const values = serverId === undefined ? defaultServerSettings : settings.get(serverId).values;
      const rules = { ...values, 'access.relayMode': mode, 'access.relayList': list };
      return await decideRelay(rules, { clientAddress, authenticated, recipient }, ports);
    },
    'connection.check': async ({ clientAddress, mode, list }) => {
      checkClient(clientAddress);
      return await decideConnection(
        { 'access.connectionMode': mode, 'access.connectionList': list },
        clientAddress,
        ports,
      );
    },
    'name.check': ({ name }) => checkName(name, ports),
    'network.addresses': async () => [...ports.ownAddresses()],
  } satisfies Partial<Handlers>;
}

function checkClient(clientAddress: string): void {
  if (isIpAddress(clientAddress)) return;
  throw problem('badArgument', `'${clientAddress}' is not an IP address.`, { field: 'clientAddress' });
}
