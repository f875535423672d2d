/** What every client has to manage, and what the gateway behind the relay must have afterwards. */
import type { Delivery } from './client.ts';

export interface ClientCase {
  readonly name: string;
  readonly to?: readonly string[];
  readonly tls?: Delivery['tls'];
  readonly login?: 'right' | 'wrong';
  readonly eightBit?: boolean;
  /** The lines of the body, CRLF at their ends. */
  readonly body?: string;
  /** Nothing arrives, the client ends with an error, and its output has these words of the relay. */
  readonly refusedWith?: RegExp;
}

/** Everybody who may connect may send there; elsewhere only after a login. */
export const openDomain = 'open.example';

const line = 'All work and no play makes jack a dull boy. 0123456789\r\n';

export const cases: readonly ClientCase[] = [
  { name: 'plain' },
  { name: 'several recipients', to: [`a@${openDomain}`, `b@${openDomain}`, `c@${openDomain}`] },
  { name: 'STARTTLS', tls: 'starttls' },
  { name: 'TLS from the first octet', tls: 'implicit' },
  { name: 'login over TLS opens the relay', tls: 'starttls', login: 'right', to: ['eva@elsewhere.example'] },
  { name: 'wrong password', tls: 'starttls', login: 'wrong', refusedWith: /535|authentication failed|Login denied/i },
  { name: 'relaying without a login', to: ['eva@elsewhere.example'], refusedWith: /550|RCPT failed/ },
  { name: 'five megabytes', body: line.repeat(5 * 18_000) },
  { name: 'larger than the limit', body: line.repeat(12 * 18_000), refusedWith: /552|MAIL failed|size/i },
  { name: 'octets beyond ASCII', eightBit: true, body: 'Grüße aus Süd\r\n' },
  { name: 'dots and long lines', body: `.\r\n..\r\n.two\r\n${'x'.repeat(990)}\r\n\r\n\r\nend\r\n` },
];
