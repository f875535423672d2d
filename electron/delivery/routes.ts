/** Where a recipient's mail goes. Pure text: DNS is asked only when an attempt begins. */
import { domainToASCII } from 'node:url';
import {
  formatSmartHost,
  isHostName,
  isIpAddress,
  parseSmartHost,
  type SmartHost,
} from '../../shared/settings/address.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

/** `name` identifies a destination and is shown as the next hop. Recipients of one destination share a transaction. */
export type Destination =
  | { readonly kind: 'smartHosts'; readonly name: string; readonly hosts: readonly SmartHost[]; readonly port: number }
  | { readonly kind: 'domain'; readonly name: string; readonly domain: string; readonly port: number }
  | { readonly kind: 'literal'; readonly name: string; readonly address: string; readonly port: number }
  /** The address names no domain that mail could go to. */
  | { readonly kind: 'none'; readonly name: string };

export interface Routes {
  destinationOf(address: string): Destination;
  /** Equal for settings that lead to the same destinations. */
  readonly fingerprint: string;
}

type RouteSettings = Pick<ServerSettings, 'delivery.smartHosts' | 'delivery.outboundPort'>;

export function createRoutes(settings: RouteSettings): Routes {
  const port = settings['delivery.outboundPort'];
  const hosts = settings['delivery.smartHosts'].flatMap((text) => parseSmartHost(text) ?? []);
  const fingerprint = JSON.stringify([hosts, port]);
  if (hosts.length > 0) {
    const smartHosts: Destination = { kind: 'smartHosts', name: hosts.map(formatSmartHost).join(', '), hosts, port };
    return { fingerprint, destinationOf: () => smartHosts };
  }
  return { fingerprint, destinationOf: (address) => byDomain(address, port) };
}

function byDomain(address: string, port: number): Destination {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  const nowhere: Destination = { kind: 'none', name: domain === '' ? address : domain };
  if (!address.includes('@')) return nowhere;
  const literal = /^\[(?:ipv6:)?([^\]]*)\]$/.exec(domain)?.[1];
  if (literal !== undefined) {
    return isIpAddress(literal) ? { kind: 'literal', name: domain, address: literal, port } : nowhere;
  }
  const ascii = domainToASCII(domain.replace(/\.$/, ''));
  return isHostName(ascii) ? { kind: 'domain', name: ascii, domain: ascii, port } : nowhere;
}
