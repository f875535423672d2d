/** From the library's session to our envelope. */
import { domainToASCII } from 'node:url';
import type { SMTPServerAddress, SMTPServerSession } from 'smtp-server';
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { Envelope, EnvelopeRecipient, RecipientDsn } from '../spool/types.ts';
import type { ReverseLookup } from './reverse-lookup.ts';

const notifyWords = ['NEVER', 'SUCCESS', 'FAILURE', 'DELAY'] as const;
type NotifyWord = (typeof notifyWords)[number];

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/**
 * The library shows every domain in Unicode ('xn--mnchen-3ya.de' becomes 'münchen.de'). The ASCII form is what DNS and any
 * next hop take, so it goes back to it; a domain that was ASCII stays as given, case included.
 */
export function asciiDomain(address: string): string {
  if (isAscii(address)) return address;
  const at = address.lastIndexOf('@');
  const domain = domainToASCII(address.slice(at + 1));
  return domain === '' ? address : `${address.slice(0, at + 1)}${domain}`;
}

/** RFC 6531 section 3.5: an address beyond ASCII needs SMTPUTF8, or nobody knows how its bytes were meant. */
export const needsSmtpUtf8 = (address: string): boolean => !isAscii(asciiDomain(address));

/** RFC 6531 section 4.3 names the SMTPUTF8 session, RFC 3848 the others: ESMTPSA is encrypted and authenticated. */
const protocolOf = (transmissionType: string, smtpUtf8: boolean): string =>
  smtpUtf8 ? transmissionType.replace(/^E?SMTP/, 'UTF8SMTP') : transmissionType;

export interface EnvelopeFacts {
  readonly receivedAtMs: EpochMs;
  /** Null: nobody asked, or DNS has not answered yet. */
  readonly reverseLookup: ReverseLookup | null;
}

/** @param session  With a whole transaction: sender, and one recipient or more. */
export function envelopeOf(session: SMTPServerSession, { receivedAtMs, reverseLookup }: EnvelopeFacts): Envelope {
  const { mailFrom, rcptTo, bodyType, smtpUtf8 = false, dsn } = session.envelope;
  return {
    sender: mailFrom === false ? '' : asciiDomain(mailFrom.address),
    recipients: rcptTo.map(recipientOf),
    receivedAtMs,
    clientAddress: session.remoteAddress,
    heloName: session.hostNameAppearsAs,
    protocol: protocolOf(session.transmissionType, smtpUtf8),
    body: bodyType === '8bitmime' ? '8BITMIME' : '7BIT',
    smtpUtf8,
    dsn: {
      ...(dsn?.ret === 'FULL' || dsn?.ret === 'HDRS' ? { ret: dsn.ret } : {}),
      ...(dsn?.envid ? { envid: dsn.envid } : {}),
    },
    ...(typeof session.user === 'string' ? { authenticatedUser: session.user } : {}),
    ...(reverseLookup === null ? {} : { reverseLookup }),
  };
}

function recipientOf({ address, dsn }: SMTPServerAddress): EnvelopeRecipient {
  const notify = dsn?.notify?.filter((word): word is NotifyWord => notifyWords.some((known) => known === word));
  const known: RecipientDsn = {
    ...(notify === undefined ? {} : { notify: [...new Set(notify)] }),
    ...(dsn?.orcpt === undefined ? {} : { orcpt: dsn.orcpt }),
  };
  return { address: asciiDomain(address), dsn: known };
}
