/** Endpoints of the settings to listening sockets, and what keeps one from being bound in words for people. */

import { once } from 'node:events';
import type { Server } from 'node:net';
import type { Problem } from '../../shared/contract/problem.ts';
import { type Endpoint, formatEndpoint, isIpv6, parseEndpoint } from '../../shared/settings/address.ts';
import { errorCode } from '../base/error-code.ts';
import type { ServerCertificate } from './types.ts';

const anyAddress = '*';

/** Which setting a listener is from: in clear with STARTTLS, or encrypted from the first octet. */
export const listenSettings = ['general.listen', 'general.listenTls'] as const;
export type ListenSetting = (typeof listenSettings)[number];

/** Entry by entry of a setting, the socket that serves it: '*:25' also serves '127.0.0.1:25', which could not be bound beside it. */
export function planSockets(entries: readonly string[]): ReadonlyMap<string, Endpoint> {
  const endpoints = entries.flatMap((entry) => {
    const endpoint = parseEndpoint(entry);
    return endpoint === null ? [] : [{ entry, endpoint }];
  });
  const openPorts = new Set(
    endpoints.filter(({ endpoint }) => endpoint.address === anyAddress).map(({ endpoint }) => endpoint.port),
  );
  return new Map(
    endpoints.map(({ entry, endpoint }) => [
      entry,
      openPorts.has(endpoint.port) ? { address: anyAddress, port: endpoint.port } : endpoint,
    ]),
  );
}

/** One socket can't serve both: two endpoints of one port, and one of them stands for the other, too. */
const overlap = (one: Endpoint, other: Endpoint): boolean =>
  one.port === other.port &&
  (one.address === other.address || one.address === anyAddress || other.address === anyAddress);

/** Why an encrypted endpoint cannot be served, before anybody tries to bind it; null when it may be tried. */
export function tlsListenerProblem(
  entry: string,
  endpoint: Endpoint,
  plain: Iterable<Endpoint>,
  certificate: Pick<ServerCertificate, 'current' | 'problem'>,
): Problem | null {
  if ([...plain].some((other) => overlap(endpoint, other))) {
    return {
      code: 'addressInUse',
      message: `${entry} is also in the list of endpoints without implicit TLS. Take it off one of the two lists.`,
      field: 'general.listenTls',
      parameters: { endpoint: entry },
    };
  }
  if (certificate.current !== null) return null;
  const reason = certificate.problem ?? 'No certificate is set up.';
  return {
    code: 'notPossible',
    message: `Cannot listen on ${entry} with implicit TLS without a usable certificate. ${reason}`,
    field: 'access.certificateFile',
    parameters: { endpoint: entry },
  };
}

/**
 * Binds a server that does not listen yet.
 * @returns the address really bound, for example '[::]:25'.
 * @throws the error of the system; `bindProblem` has the words for it.
 */
export async function listen(server: Server, { address, port }: Endpoint): Promise<string> {
  if (address === anyAddress) {
    try {
      await bind(server, '::', port, { bothFamilies: true });
    } catch (error) {
      if (!meansNoSuchAddress(error)) throw error;
      await bind(server, '0.0.0.0', port);
    }
  } else {
    await bind(server, address, port);
  }
  const bound = server.address();
  return bound === null || typeof bound === 'string'
    ? formatEndpoint({ address, port })
    : formatEndpoint({ address: bound.address, port: bound.port });
}

async function bind(server: Server, host: string, port: number, { bothFamilies = false } = {}): Promise<void> {
  server.listen({ host, port, ipv6Only: isIpv6(host) && !bothFamilies });
  await once(server, 'listening');
}

const codeOf = (error: unknown): string => errorCode(error) ?? 'unknown error';

/** EADDRNOTAVAIL: no adapter has it. EAFNOSUPPORT, EINVAL: IPv6 is switched off. */
const meansNoSuchAddress = (error: unknown): boolean =>
  ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(codeOf(error));

/** @param entry  As configured in `field`. */
export function bindProblem(error: unknown, entry: string, field: ListenSetting = 'general.listen'): Problem {
  const code = codeOf(error);
  const facts = { field, parameters: { endpoint: entry, systemCode: code } };
  if (code === 'EADDRINUSE') {
    return {
      code: 'addressInUse',
      message: `Another program listens on ${entry}. Stop it, or choose another address or port.`,
      ...facts,
    };
  }
  if (code === 'EACCES') {
    return {
      code: 'portNotAllowed',
      message: `This account may not listen on ${entry}. On Linux, ports below 1024 need root or CAP_NET_BIND_SERVICE; on Windows, the port is reserved or another program holds it for itself.`,
      ...facts,
    };
  }
  if (meansNoSuchAddress(error)) {
    const address = parseEndpoint(entry)?.address ?? entry;
    return {
      code: 'addressNotAvailable',
      message: `This computer does not have the address ${address}${isIpv6(address) ? ', or IPv6 is switched off' : ''}. Choose one of its addresses.`,
      ...facts,
    };
  }
  return { code: 'notPossible', message: `Cannot listen on ${entry}: the system reports ${code}.`, ...facts };
}
