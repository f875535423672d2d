/** The address of a client as one value, however the socket or a person writes it. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export type ClientAddress = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * Null for anything but an address. A socket for both families shows IPv4 clients as ::ffff:a.b.c.d and link-local ones
 * with the adapter (fe80::1%eth0); neither is part of the address as people list it.
 */
export function parseAddress(text: string): ClientAddress | null {
  const bare = text.replace(/%.*$/, '');
  // The library also reads '1' and '010.0.0.1'; Node's check knows only the usual forms.
  return isIP(bare) === 0 ? null : ipaddr.process(bare);
}

/** One spelling per address: '10.0.0.5' for '::ffff:10.0.0.5', RFC 5952 for IPv6. Text that is no address stays as it is. */
export const canonicalAddress = (text: string): string => parseAddress(text)?.toString() ?? text;
