/** The mail of one connection: MAIL, RCPT and DATA, and how much of it one connection may bring. */
import type { SMTPServerSession } from 'smtp-server';
import type { RelayVerdict } from '../../shared/contract/servers.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Envelope } from '../spool/types.ts';
import type { ClientRules } from './client-rules.ts';
import { ownName } from './connection-options.ts';
import { asciiDomain, envelopeOf, needsSmtpUtf8 } from './envelope.ts';
import type { ConnectionTerms } from './prompt-connection.ts';
import { EndlessMessageError, type Received, receiveMessage } from './receive-message.ts';
import { queued, type Reply, replies, replyText, SmtpError, unableToRelay } from './replies.ts';
import type { ReverseLookup } from './reverse-lookup.ts';
import type { InboundOptions } from './types.ts';

export interface InboundMailOptions extends Pick<InboundOptions, 'ports' | 'begin' | 'settings'> {
  /** Limits are those of the beginning; who may do what is asked anew each time. */
  readonly limits: ServerSettings;
  readonly rules: Pick<ClientRules, 'mayRelay'>;
  readonly count: (what: 'accepted' | 'refused') => void;
  readonly reverseLookup: () => ReverseLookup | null;
  /** The session is about to end and takes no further mail. */
  readonly ending: () => boolean;
  /** Octets of a message have arrived. */
  readonly arrived: (octets: number) => void;
  /** The message is kept or refused; `reply` says so to the client. */
  readonly over: (reply: () => void) => void;
  /** Says so, and waits for nothing. */
  readonly hangUp: (reply: Reply) => void;
}

export class InboundMail implements Pick<ConnectionTerms, 'onMailFrom' | 'onRcptTo' | 'onData'> {
  readonly #options: InboundMailOptions;
  #receiving = false;
  #messages = 0;
  #receivedBytes = 0;
  #refusalLogged = false;

  constructor(options: InboundMailOptions) {
    this.#options = options;
  }

  /** In the middle of a message, which may still become a promise to the client. */
  get receiving(): boolean {
    return this.#receiving;
  }

  /** Accepted ones. */
  get messages(): number {
    return this.#messages;
  }

  readonly onMailFrom: ConnectionTerms['onMailFrom'] = (address, session, done) => {
    const refusal = this.#transactionRefusal(session) ?? addressRefusal(address.address, session);
    done(refusal === null ? null : new SmtpError(refusal));
  };

  readonly onRcptTo: ConnectionTerms['onRcptTo'] = (address, session, done) => {
    const { rules, ports } = this.#options;
    const recipient = asciiDomain(address.address);
    const judged = ({ allowed, reason }: RelayVerdict): void => {
      const refusal = allowed ? addressRefusal(recipient, session) : unableToRelay(recipient);
      if (!allowed) this.#recipientRefused(recipient, reason, session);
      done(refusal === null ? null : new SmtpError(refusal));
    };
    const verdict = rules.mayRelay({
      clientAddress: session.remoteAddress,
      authenticated: Boolean(session.user),
      recipient,
    });
    if (!(verdict instanceof Promise)) {
      judged(verdict);
      return;
    }
    verdict.then(judged).catch((error: unknown) => {
      ports.log.error('recipient not judged', error, { client: session.remoteAddress, recipient });
      done(new SmtpError(replies.localError));
    });
  };

  readonly onData: ConnectionTerms['onData'] = (stream, session, done) => {
    this.#receiving = true;
    const { ports, begin, limits, reverseLookup, hangUp } = this.#options;
    const envelope = envelopeOf(session, { receivedAtMs: ports.clock.now(), reverseLookup: reverseLookup() });
    const client = envelope.clientAddress;
    void receiveMessage(stream, envelope, {
      begin,
      sizeLimitBytes: limits['messages.sizeLimit'],
      hopLimit: limits['delivery.hopLimit'],
      fullyQualifiedName: ownName(limits, ports.computerName),
      arrived: (octets) => this.#arrived(octets),
      log: ports.log,
    })
      .then(
        (received) => {
          this.#accepted(envelope, received);
          this.#over(() => done(null, replyText(queued(received.id))));
        },
        (error: unknown) => {
          // Whatever else was thrown is our fault: its words are for the log, not for the client.
          if (!(error instanceof SmtpError)) ports.log.error('message not stored', error, { client });
          this.#over(() => {
            if (error instanceof EndlessMessageError) hangUp(error.reply);
            else done(error instanceof SmtpError ? error : new SmtpError(replies.localError));
          });
        },
      )
      .catch((error: unknown) => ports.log.error('reply to DATA failed', error, { client }));
  };

  #transactionRefusal(session: SMTPServerSession): Reply | null {
    const { limits, settings, ending } = this.#options;
    if (ending()) return replies.shuttingDown;
    const messageLimit = limits['messages.inboundMessagesPerConnection'];
    if (messageLimit !== null && this.#messages >= messageLimit) return replies.tooManyMessages;
    const sizeLimitBytes = limits['messages.sessionSizeLimit'];
    if (sizeLimitBytes !== null && this.#receivedBytes >= sizeLimitBytes) return replies.sessionSizeExceeded;
    return settings()['access.anonymous'] || session.user ? null : replies.loginRequired;
  }

  #arrived(octets: number): Reply | null {
    this.#options.arrived(octets);
    this.#receivedBytes += octets;
    const limitBytes = this.#options.limits['messages.sessionSizeLimit'];
    return limitBytes !== null && this.#receivedBytes > limitBytes ? replies.sessionSizeExceeded : null;
  }

  #over(reply: () => void): void {
    this.#receiving = false;
    this.#options.over(reply);
  }

  #accepted(envelope: Envelope, { id, sizeBytes }: Received): void {
    this.#messages += 1;
    this.#options.count('accepted');
    this.#options.ports.log.info('accept', {
      id,
      from: envelope.sender,
      recipients: envelope.recipients.length,
      size: sizeBytes,
      client: envelope.clientAddress,
      helo: envelope.heloName,
      ...(envelope.authenticatedUser === undefined ? {} : { user: envelope.authenticatedUser }),
    });
  }

  /** Logged once: a client that tries on must not fill the disk. */
  #recipientRefused(recipient: string, reason: RelayVerdict['reason'], session: SMTPServerSession): void {
    this.#options.count('refused');
    if (this.#refusalLogged) return;
    this.#refusalLogged = true;
    this.#options.ports.log.warn('relay refused', {
      client: session.remoteAddress,
      helo: session.hostNameAppearsAs,
      recipient,
      reason,
    });
  }
}

/** RFC 5321 section 4.5.3.1: 64 octets before the @, 255 after it. */
const maxAddressLength = 320;

function addressRefusal(address: string, session: SMTPServerSession): Reply | null {
  if (address.length > maxAddressLength) return replies.addressTooLong;
  return needsSmtpUtf8(address) && !session.envelope.smtpUtf8 ? replies.notAscii : null;
}
