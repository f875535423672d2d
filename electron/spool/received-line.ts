/** Our trace line (RFC 5321 section 4.4). Pure. Everything a client chose is cut down to what cannot break out of it. */
import { isIPv4, isIPv6 } from 'node:net';
import type { MessageId } from '../../shared/contract/messages.ts';
import type { Envelope } from './types.ts';

const longestName = 255;

/** A HELO argument may be anything; in the header it is letters, digits and what names and address literals need. */
const safeName = (text: string): string => text.replace(/[^A-Za-z0-9._:[\]-]/g, '?').slice(0, longestName) || 'unknown';

/** '[192.0.2.1]', '[IPv6:2001:db8::1]'; an IPv4 client on a dual-stack socket is shown as IPv4. */
function addressLiteral(clientAddress: string): string {
  const [address = ''] = clientAddress.replace(/^::ffff:(?=[0-9.]+$)/i, '').split('%');
  if (isIPv4(address)) return `[${address}]`;
  return isIPv6(address) ? `[IPv6:${address}]` : '[unknown]';
}

/** What follows the HELO name: the address, and what DNS says of it in the words IIS uses. */
function clientInfo({ clientAddress, reverseLookup }: Envelope): string {
  const literal = addressLiteral(clientAddress);
  if (reverseLookup === undefined) return literal;
  const { result, name = '' } = reverseLookup;
  if (result === 'verified') return name === '' ? literal : `${safeName(name)} ${literal}`;
  return `${literal} ${result === 'unverified' ? 'unverified' : 'RDNS failed'}`;
}

/** RFC 5322 section 3.3, always in UTC. */
export const dateTime = (atMs: number): string => new Date(atMs).toUTCString().replace('GMT', '+0000');

/** Mail made here and files from the Pickup folder came from nobody. */
const withoutClient: ReadonlySet<string> = new Set(['local', 'Pickup']);

/** Three folded lines, CRLF at the end of each. */
export function receivedLine(envelope: Envelope, fullyQualifiedName: string, id: MessageId): string {
  const from = withoutClient.has(envelope.protocol)
    ? ''
    : `from ${safeName(envelope.heloName)} (${clientInfo(envelope)})\r\n\t`;
  const protocol = envelope.protocol.replace(/[^A-Za-z0-9]/g, '') || 'SMTP';
  const by = `by ${safeName(fullyQualifiedName)} with ${protocol} id ${id};`;
  return `Received: ${from}${by}\r\n\t${dateTime(envelope.receivedAtMs)}\r\n`;
}
