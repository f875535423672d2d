/** DNS of the platform, as the `Dns` port wants it. */
import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Dns } from './ports.ts';

export interface NodeDnsOptions {
  /** Name servers for MX and PTR, 'address:port'. Default: those of the system. */
  readonly servers?: readonly string[];
  /** Of the first try; later ones wait longer. */
  readonly timeoutMs?: number;
  readonly tries?: number;
}

/** Three tries of five seconds per name server: a query ends before an SMTP attempt would. */
export function createNodeDns({ servers, timeoutMs = 5_000, tries = 3 }: NodeDnsOptions = {}): Dns {
  // A resolver per question: it reads the name servers in force now, which change under a long-running service.
  const resolver = (): Resolver => {
    const made = new Resolver({ timeout: timeoutMs, tries });
    if (servers !== undefined) made.setServers(servers);
    return made;
  };
  return {
    mx: (domain) => resolver().resolveMx(domain),
    async addresses(host) {
      if (isIP(host) !== 0) return [host];
      // The system's own look-up, not a DNS query: entries in the hosts file count for smart hosts.
      const found = await lookup(host, { all: true, order: 'verbatim' });
      return found.map(({ address }) => address);
    },
    reverse: (address) => resolver().reverse(address),
  };
}
