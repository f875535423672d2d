/** The virtual servers of SMTPSVC in a metabase. Pure. */
import { problem } from '../../shared/contract/problem.ts';
import { formatEndpoint } from '../../shared/settings/address.ts';
import type { MetabaseKey } from './metabase-key.ts';
import type { Metabase } from './read-metabase.ts';

export interface IisDomain {
  readonly name: string;
  readonly key: MetabaseKey;
}

export interface IisServer {
  readonly number: number;
  /** As the original's console shows it. */
  readonly name: string;
  readonly key: MetabaseKey;
  readonly domains: readonly IisDomain[];
}

/** In the order of their numbers. What the service sets holds for its servers. */
export function iisServers(metabase: Metabase): readonly IisServer[] {
  const service = metabase.get('/lm/smtpsvc') ?? null;
  const servers: IisServer[] = [];
  for (const [location, key] of metabase) {
    const digits = /^\/lm\/smtpsvc\/([0-9]{1,6})$/.exec(location)?.[1];
    if (digits === undefined) continue;
    const own = key.below(service);
    const number = Number(digits);
    servers.push({
      number,
      name: own.text('ServerComment')?.trim().slice(0, 100) || `SMTP Virtual Server #${number} (IIS)`,
      key: own,
      domains: domainsOf(metabase, `${location}/domain/`),
    });
  }
  return servers.sort((one, other) => one.number - other.number);
}

/** @throws {ProblemError} 'notFound' */
export function iisServer(metabase: Metabase, number: number, path: string): IisServer {
  const server = iisServers(metabase).find((candidate) => candidate.number === number);
  if (server !== undefined) return server;
  throw problem('notFound', `${path} has no SMTP virtual server ${number}.`, { parameters: { path, number } });
}

/** A domain inherits nothing: `RouteAction` of the server is the server's own. */
const domainsOf = (metabase: Metabase, prefix: string): readonly IisDomain[] =>
  [...metabase]
    .filter(([location]) => location.startsWith(prefix) && !location.slice(prefix.length).includes('/'))
    .map(([, key]) => ({ name: key.location.slice(prefix.length).trim(), key }));

/** 'address:port' of `ServerBindings`, which are written 'address:port:' with nothing for every address. */
export function endpointsOf(key: MetabaseKey, property = 'ServerBindings'): readonly string[] {
  return key.list(property).flatMap((binding) => {
    const [, address = '', digits = ''] = /^([^:]*):([0-9]{1,5}):[^:]*$/.exec(binding) ?? [];
    const port = Number(digits);
    if (digits === '' || port < 1 || port > 65_535) return [];
    return [formatEndpoint({ address: address === '' ? '*' : address, port })];
  });
}
