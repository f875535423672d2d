/** The new server as the relay will see it: endpoints that are free, and the text that `settings.import` takes. */
import type { ContractClient } from '../../shared/contract/client.ts';
import { formatEndpoint, parseEndpoint } from '../../shared/settings/address.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

export interface Conflict {
  readonly endpoint: string;
  readonly server: string;
}

export interface Listen {
  /** Proposed: those that are free, each other one with the first port from 2525 on that is. */
  readonly listen: string[];
  readonly conflicts: Conflict[];
}

const firstOtherPort = 2_525;
const lastPort = 65_535;

/** As in IIS '*:25' and '127.0.0.1:25' are two endpoints. */
export function freeEndpoints(bindings: readonly string[], taken: ReadonlyMap<string, string>): Listen {
  const listen: string[] = [];
  const conflicts: Conflict[] = [];
  const isFree = (text: string): boolean => !taken.has(normal(text)) && !listen.includes(text);
  for (const endpoint of bindings.length > 0 ? bindings : ['127.0.0.1:25']) {
    const server = taken.get(normal(endpoint));
    if (server !== undefined) conflicts.push({ endpoint, server });
    const { address = '127.0.0.1' } = parseEndpoint(endpoint) ?? {};
    let free = endpoint;
    for (let port = firstOtherPort; !isFree(free) && port <= lastPort; port += 1)
      free = formatEndpoint({ address, port });
    listen.push(free);
  }
  return { listen, conflicts };
}

/** Endpoint → name of the server that has it. */
export async function takenEndpoints(relay: Pick<ContractClient, 'call'>): Promise<ReadonlyMap<string, string>> {
  const { servers } = await relay.call('status.get', null);
  return new Map(
    servers.flatMap(({ name, listeners }) => listeners.map(({ endpoint }) => [normal(endpoint), name] as const)),
  );
}

const normal = (text: string): string => {
  const endpoint = parseEndpoint(text);
  return (endpoint === null ? text : formatEndpoint(endpoint)).toLowerCase();
};

export const withChoices = (
  values: Partial<ServerSettings>,
  { name, listen }: { readonly name: string; readonly listen: readonly string[] },
): Partial<ServerSettings> => ({ ...values, 'general.name': name, 'general.listen': [...listen] });
