/** The domain part of an address: a name in ASCII, an address literal, or nothing that mail could go to. Pure. */
import { domainToASCII } from 'node:url';
import { isHostName, isIpAddress } from '../../shared/settings/address.ts';

export type RecipientDomain =
  | { readonly kind: 'domain'; readonly name: string; readonly domain: string }
  /** RFC 5321 section 4.1.3. */
  | { readonly kind: 'literal'; readonly name: string; readonly address: string }
  | { readonly kind: 'none'; readonly name: string };

/** @param domain  In lower case, not empty. */
export function readDomain(domain: string): RecipientDomain {
  const literal = /^\[(?:ipv6:)?([^\]]*)\]$/.exec(domain)?.[1];
  if (literal !== undefined) {
    return isIpAddress(literal) ? { kind: 'literal', name: domain, address: literal } : { kind: 'none', name: domain };
  }
  const ascii = domainToASCII(domain.replace(/\.$/, ''));
  return isHostName(ascii) ? { kind: 'domain', name: ascii, domain: ascii } : { kind: 'none', name: domain };
}
