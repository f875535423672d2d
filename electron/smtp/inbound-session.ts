/** One connection: who is there, how far they are, and what each command is answered. */
import type { Socket } from 'node:net';
import type { SMTPServerSession } from 'smtp-server';
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { RelayVerdict, Session } from '../../shared/contract/servers.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Envelope } from '../spool/types.ts';
import { asciiDomain, envelopeOf, needsSmtpUtf8 } from './envelope.ts';
import type { ConnectionTerms, PromptConnection } from './prompt-server.ts';
import { type Received, receiveMessage } from './receive-message.ts';
import { queued, type Reply, replies, replyText, SmtpError, unableToRelay } from './replies.ts';
import type { InboundOptions } from './types.ts';

export interface SessionContext extends Pick<InboundOptions, 'ports' | 'begin' | 'settings'> {
  /** Why a connection that arrives now is turned away; null when it is welcome. */
  readonly refusal: (clientAddress: string) => Reply | null;
  readonly mayRelay: (clientAddress: string) => RelayVerdict;
  readonly count: (what: 'accepted' | 'refused') => void;
  /** The session has come or gone or moved on. */
  readonly changed: (session: InboundSession) => void;
}

export type Phase = 'connected' | 'greeted' | 'mail' | 'data';

export class InboundSession implements ConnectionTerms {
  readonly options: ConnectionTerms['options'];
  readonly #context: SessionContext;
  readonly #startedAtMs: EpochMs;
  readonly #sizeLimitBytes: number | null;
  #connection: PromptConnection | null = null;
  #socket: Socket | null = null;
  #welcome = false;
  #receiving = false;
  #ending = false;
  #closed = false;
  #messages = 0;
  #refusalLogged = false;
  #shownPhase: Phase = 'connected';

  constructor(context: SessionContext) {
    const settings = context.settings();
    this.#context = context;
    this.#startedAtMs = context.ports.clock.now();
    this.#sizeLimitBytes = settings['messages.sizeLimit'];
    this.options = optionsOf(settings, context.ports.computerName());
  }

  /** Nothing of it is left: neither an open socket nor a message on its way to the disk. */
  get over(): boolean {
    return this.#closed && !this.#receiving;
  }

  /** In the middle of a message, which may still become a promise to the client. */
  get receiving(): boolean {
    return this.#receiving;
  }

  /** Not turned away, and not yet said goodbye. */
  get live(): boolean {
    const connection = this.#connection;
    return this.#welcome && connection !== null && !connection._closing && !connection._closed;
  }

  view(): Session | null {
    const connection = this.#connection;
    if (connection === null || !this.live) return null;
    return {
      id: connection.id,
      direction: 'inbound',
      user: connection.hostNameAppearsAs || '',
      peer: connection.remoteAddress,
      startedAtMs: this.#startedAtMs,
      phase: this.#phase(),
      messages: this.#messages,
      encrypted: false,
    };
  }

  /** Ends the conversation with 421; a message under way may finish first. */
  end(): void {
    this.#ending = true;
    if (!this.#receiving) this.#connection?.send(replies.shuttingDown.code, replyText(replies.shuttingDown));
  }

  destroy(): void {
    this.#socket?.destroy();
  }

  // What the library calls. Arrow functions: it calls them without `this`.

  readonly opened = (connection: PromptConnection, socket: Socket): void => {
    this.#connection = connection;
    this.#socket = socket;
  };

  readonly onConnect: ConnectionTerms['onConnect'] = (session, done) => {
    const refusal = this.#context.refusal(session.remoteAddress);
    if (refusal !== null) {
      this.#context.count('refused');
      return done(new SmtpError(refusal));
    }
    this.#welcome = true;
    this.#context.changed(this);
    done();
  };

  readonly onMailFrom: ConnectionTerms['onMailFrom'] = (address, session, done) => {
    if (this.#ending) return done(new SmtpError(replies.shuttingDown));
    const refusal = addressRefusal(address.address, session);
    done(refusal === null ? null : new SmtpError(refusal));
  };

  readonly onRcptTo: ConnectionTerms['onRcptTo'] = (address, session, done) => {
    const recipient = asciiDomain(address.address);
    const { allowed, reason } = this.#context.mayRelay(session.remoteAddress);
    if (!allowed) {
      this.#context.count('refused');
      if (!this.#refusalLogged) {
        this.#refusalLogged = true;
        this.#context.ports.log.warn('relay refused', {
          client: session.remoteAddress,
          helo: session.hostNameAppearsAs,
          recipient,
          reason,
        });
      }
      return done(new SmtpError(unableToRelay(recipient)));
    }
    const refusal = addressRefusal(recipient, session);
    done(refusal === null ? null : new SmtpError(refusal));
  };

  readonly onData: ConnectionTerms['onData'] = (stream, session, done) => {
    this.#receiving = true;
    const { ports, begin } = this.#context;
    const envelope = envelopeOf(session, ports.clock.now());
    void receiveMessage(stream, envelope, { begin, sizeLimitBytes: this.#sizeLimitBytes, log: ports.log })
      .then(
        (received) => {
          this.#accepted(envelope, received);
          this.#answer(() => done(null, replyText(queued(received.id))));
        },
        (error: unknown) => {
          // Whatever else was thrown is our fault: its words are for the log, not for the client.
          if (!(error instanceof SmtpError))
            ports.log.error('message not stored', error, { client: envelope.clientAddress });
          this.#answer(() => done(error instanceof SmtpError ? error : new SmtpError(replies.localError)));
        },
      )
      .catch((error: unknown) => ports.log.error('reply to DATA failed', error, { client: envelope.clientAddress }));
  };

  readonly replied = (): void => {
    const phase = this.#phase();
    if (phase === this.#shownPhase) return;
    this.#shownPhase = phase;
    this.#context.changed(this);
  };

  readonly onClose = (): void => {
    this.#closed = true;
    this.#context.changed(this);
  };

  #accepted(envelope: Envelope, { id, sizeBytes }: Received): void {
    this.#messages += 1;
    this.#context.count('accepted');
    this.#context.ports.log.info('accept', {
      id,
      from: envelope.sender,
      recipients: envelope.recipients.length,
      size: sizeBytes,
      client: envelope.clientAddress,
      helo: envelope.heloName,
    });
  }

  #answer(reply: () => void): void {
    this.#receiving = false;
    reply();
    if (this.#ending) this.end();
    this.#context.changed(this);
  }

  #phase(): Phase {
    if (this.#receiving) return 'data';
    if (this.#connection?.session.envelope?.mailFrom) return 'mail';
    return this.#connection?.hostNameAppearsAs ? 'greeted' : 'connected';
  }
}

/** RFC 5321 section 4.5.3.1: 64 octets before the @, 255 after it. */
const maxAddressLength = 320;

function addressRefusal(address: string, session: SMTPServerSession): Reply | null {
  if (address.length > maxAddressLength) return replies.addressTooLong;
  return needsSmtpUtf8(address) && !session.envelope.smtpUtf8 ? replies.notAscii : null;
}

/** RFC 1870 section 4: SIZE without a number means that no limit is known. */
const optionsOf = (settings: ServerSettings, computerName: string): ConnectionTerms['options'] => {
  const sizeLimitBytes = settings['messages.sizeLimit'];
  const recipientLimit = settings['messages.recipientLimit'];
  return {
    name: settings['delivery.fullyQualifiedName'] || computerName,
    size: sizeLimitBytes ?? Number.POSITIVE_INFINITY,
    hideSize: sizeLimitBytes === null,
    ...(recipientLimit === null ? {} : { maxRecipients: recipientLimit }),
    socketTimeout: settings['general.connectionTimeout'] * 1_000,
  };
};
