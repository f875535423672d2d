/** One mailbox file of many messages (RFC 4155). Texts are raw bytes, one character each. Pure. */
import type { EpochMs } from '../../shared/contract/messages.ts';

export interface MailboxMessage {
  /** Empty for a report. */
  readonly sender: string;
  readonly receivedAtMs: EpochMs;
  /** As it will be sent: lines end with CRLF. */
  readonly source: string;
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/**
 * The message between its separator line and the empty line that ends it. Lines end with LF. A line of the message that
 * looks like a separator, quoted or not, gets one more '>', so that a reader who takes one away has the message back.
 */
export function mailboxEntry({ sender, receivedAtMs, source }: MailboxMessage): string {
  const lines = source.replaceAll('\r\n', '\n').replaceAll(/(^|\n)(?=>*From )/g, '$1>');
  const end = lines.endsWith('\n') ? '\n' : '\n\n';
  return `From ${separatorAddress(sender)} ${separatorTime(receivedAtMs)}\n${lines}${end}`;
}

/** Blanks would end the address; beyond ASCII there is no byte for a character. */
const separatorAddress = (sender: string): string =>
  sender === '' ? 'MAILER-DAEMON' : sender.replaceAll(/[^\x21-\x7e]/g, '?');

/** As asctime() writes it, in UTC: 'Tue Jan  1 00:00:00 2030'. */
function separatorTime(atMs: EpochMs): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':');
  const day = String(at.getUTCDate()).padStart(2);
  return `${days[at.getUTCDay()]} ${months[at.getUTCMonth()]} ${day} ${time} ${at.getUTCFullYear()}`;
}
