/** Every reply that is ours to word, as code, enhanced status (RFC 3463) and text. No loose numbers elsewhere. */
import { ProblemError } from '../../shared/contract/problem.ts';

export interface Reply {
  readonly code: number;
  readonly enhanced: string;
  readonly text: string;
}

export const replies = {
  notAvailable: { code: 421, enhanced: '4.3.2', text: 'Service not available' },
  tooManyConnections: { code: 421, enhanced: '4.3.2', text: 'Too many connections, try again later' },
  tooManyConnectionsOfClient: { code: 421, enhanced: '4.7.0', text: 'Too many connections from your computer' },
  shuttingDown: { code: 421, enhanced: '4.3.2', text: 'Service is shutting down' },
  timeLimit: { code: 421, enhanced: '4.4.2', text: 'Time limit exceeded, closing connection' },
  protocolError: { code: 421, enhanced: '4.5.0', text: 'Protocol error, closing connection' },
  tooManyBadCommands: { code: 421, enhanced: '4.7.0', text: 'Too many bad commands' },
  tooManyLogins: { code: 421, enhanced: '4.7.0', text: 'Too many failed logins' },
  tooManyMessages: { code: 421, enhanced: '4.7.0', text: 'Too many messages on this connection' },
  sessionSizeExceeded: { code: 421, enhanced: '4.7.0', text: 'Session size exceeded' },
  // RFC 5321 section 3.1: a greeting of 554 says that there is no service for this client.
  clientDenied: { code: 554, enhanced: '5.7.1', text: 'Your computer may not use this server' },

  localError: { code: 451, enhanced: '4.3.0', text: 'Local error in processing' },
  storageFull: { code: 452, enhanced: '4.3.1', text: 'Insufficient system storage' },
  tooManyRecipients: { code: 452, enhanced: '4.5.3', text: 'Too many recipients' },

  // RFC 5321 section 4.5.3.1.4 names the code.
  commandTooLong: { code: 500, enhanced: '5.5.2', text: 'Command line is too long' },
  badParameter: { code: 501, enhanced: '5.5.4', text: 'Invalid arguments' },
  unknownParameter: { code: 555, enhanced: '5.5.4', text: 'Parameter not recognized or not implemented' },
  tlsRequired: { code: 530, enhanced: '5.7.0', text: 'Must issue a STARTTLS command first' },

  loginRequired: { code: 530, enhanced: '5.7.3', text: 'Client was not authenticated' },
  // RFC 4954 sections 4 and 6
  loginNeedsTls: { code: 538, enhanced: '5.7.11', text: 'Encryption required for requested authentication mechanism' },
  loginInTransaction: { code: 503, enhanced: '5.5.1', text: 'AUTH is not permitted during a mail transaction' },
  loginNotBase64: { code: 501, enhanced: '5.5.2', text: 'Cannot decode this as Base64' },
  loginRefused: { code: 535, enhanced: '5.7.3', text: 'Authentication unsuccessful' },
  loginLocked: { code: 454, enhanced: '4.7.0', text: 'Too many failed logins, try again later' },
  loginUnavailable: { code: 454, enhanced: '4.7.0', text: 'Temporary authentication failure' },

  noPostmaster: { code: 550, enhanced: '5.1.1', text: 'Nobody reads the mail of this postmaster' },
  bareLineEnd: { code: 550, enhanced: '5.6.11', text: 'Message contains a bare CR or LF' },
  tooLarge: { code: 552, enhanced: '5.3.4', text: 'Message size exceeds fixed maximum message size' },
  addressTooLong: { code: 553, enhanced: '5.1.3', text: 'Address is too long' },
  // RFC 6531 section 3.5
  notAscii: { code: 553, enhanced: '5.6.7', text: 'Address is not ASCII, and SMTPUTF8 was not given with MAIL' },
  // RFC 3463 section 3.5: routing loop detected
  tooManyHops: { code: 554, enhanced: '5.4.6', text: 'Too many hops' },
  mailLoop: { code: 554, enhanced: '5.4.6', text: 'Mail loop' },
} as const satisfies Record<string, Reply>;

export const unableToRelay = (recipient: string): Reply => ({
  code: 550,
  enhanced: '5.7.1',
  text: `Unable to relay for ${recipient}`,
});

export const queued = (id: string): Reply => ({
  code: 250,
  enhanced: '2.6.0',
  text: `<${id}> Queued mail for delivery`,
});

/** Text of a reply with its enhanced status in front, as the library passes it on. */
export const replyText = ({ enhanced, text }: Reply): string => `${enhanced} ${text}`;

/** What a client must not do for ever: commands that are unknown, malformed or out of order, and failed logins. */
const badCommandCodes: ReadonlySet<number> = new Set([500, 501, 502, 503, 504, 535, 538, 555]);
export const meansBadCommand = (code: number): boolean => badCommandCodes.has(code);

/** A reply on its way to the client through the library, which reads `responseCode` and `message`. */
export class SmtpError extends Error {
  override readonly name = 'SmtpError';
  readonly reply: Reply;
  readonly responseCode: number;

  constructor(reply: Reply) {
    super(replyText(reply));
    this.reply = reply;
    this.responseCode = reply.code;
  }
}

/** The answer to something that was thrown while a message was taken in; null when it is a bug and nobody's business. */
export const replyForError = (error: unknown): Reply | null =>
  error instanceof ProblemError && error.problem.code === 'storage' ? replies.storageFull : null;

const startsWithEnhanced = /^[245]\.\d{1,3}\.\d{1,3} /;

/** RFC 5321 section 4.5.3.1.5: a reply line has at most 512 octets with code and CRLF. */
const maxTextLength = 480;

/** Whatever a client said may come back in a reply; it must stay one line of ASCII. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, maxTextLength);

/** The bytes of a reply. `enhanced` is left out where the text brings its own. */
export function formatReply(code: number, lines: readonly string[], enhanced: string): string {
  const last = lines.length - 1;
  return lines
    .map((line, index) => {
      const status = enhanced === '' || startsWithEnhanced.test(line) ? '' : `${enhanced} `;
      return `${code}${index === last ? ' ' : '-'}${status}${printable(line)}\r\n`;
    })
    .join('');
}
