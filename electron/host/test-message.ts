/** The message that an administrator sends to see whether mail gets through. Pure. */

import type { EpochMs } from '../../shared/contract/messages.ts';
import type { Envelope } from '../spool/types.ts';
import { checkMailAddress } from './mail-address.ts';

export interface TestMessageFacts {
  readonly to: string;
  /** Absent: the postmaster of this server. */
  readonly from?: string | undefined;
  readonly fullyQualifiedName: string;
  readonly computerName: string;
  readonly nowMs: EpochMs;
  /** Makes the Message-ID unique. */
  readonly token: string;
}

export interface TestMessage {
  readonly envelope: Envelope;
  readonly content: Buffer;
}

/** @throws {ProblemError} 'badArgument' naming the field of an address that is none. */
export function testMessage(facts: TestMessageFacts): TestMessage {
  const { to, fullyQualifiedName, computerName, nowMs, token } = facts;
  const from = facts.from === undefined || facts.from === '' ? `postmaster@${fullyQualifiedName}` : facts.from;
  checkMailAddress('to', to);
  checkMailAddress('from', from);
  const smtpUtf8 = !isAscii(to + from);
  const lines = [
    `Date: ${new Date(nowMs).toUTCString().replace('GMT', '+0000')}`,
    `From: <${from}>`,
    `To: <${to}>`,
    'Subject: SMTP Relay Manager test message',
    `Message-ID: <${token}@${fullyQualifiedName}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 7bit',
    'Auto-Submitted: auto-generated',
    '',
    `This is a test message of the SMTP relay on ${asAscii(computerName)}.`,
    'If you can read it, mail from this computer arrives.',
    '',
    `Dies ist eine Testnachricht des SMTP-Relays auf ${asAscii(computerName)}.`,
    'Wenn Sie sie lesen, kommt Mail von diesem Computer an.',
    '',
  ];
  return {
    envelope: {
      sender: from,
      recipients: [{ address: to, dsn: {} }],
      receivedAtMs: nowMs,
      clientAddress: '127.0.0.1',
      heloName: computerName,
      protocol: 'local',
      body: '7BIT',
      smtpUtf8,
      dsn: {},
    },
    content: Buffer.from(lines.join('\r\n'), 'utf8'),
  };
}

const isAscii = (text: string): boolean => !/[^\x20-\x7e]/.test(text);
const asAscii = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '?');
