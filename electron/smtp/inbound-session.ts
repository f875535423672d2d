/** One connection: who is there, how far they are, and what each command is answered. */
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { SMTPServerSession } from 'smtp-server';
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { RelayVerdict, Session } from '../../shared/contract/servers.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Envelope } from '../spool/types.ts';
import type { Admission } from './admission.ts';
import type { ClientRules } from './client-rules.ts';
import { connectionOptions, disabledCommands, needsTls, ownName } from './connection-options.ts';
import { type Deadline, Deadlines } from './deadlines.ts';
import { asciiDomain, envelopeOf, needsSmtpUtf8 } from './envelope.ts';
import { Login } from './login.ts';
import { checkTransactionLine } from './parameters.ts';
import type { PromptConnection } from './prompt-connection.ts';
import type { ConnectionTerms } from './prompt-server.ts';
import { ProtocolTrace } from './protocol-trace.ts';
import { EndlessMessageError, type Received, receiveMessage } from './receive-message.ts';
import { meansBadCommand, queued, type Reply, replies, replyText, SmtpError, unableToRelay } from './replies.ts';
import { type ReverseLookup, startReverseLookup } from './reverse-lookup.ts';
import type { InboundOptions } from './types.ts';

export interface SessionContext
  extends Pick<InboundOptions, 'ports' | 'begin' | 'settings' | 'authenticator' | 'certificate' | 'protocolLog'> {
  readonly admission: Admission;
  readonly rules: Pick<ClientRules, 'mayRelay'>;
  readonly count: (what: 'accepted' | 'refused') => void;
  /** The session has come or gone or moved on. */
  readonly changed: (session: InboundSession) => void;
}

export type Phase = 'connected' | 'greeted' | 'auth' | 'mail' | 'data';

export class InboundSession implements ConnectionTerms {
  readonly options: ConnectionTerms['options'];
  readonly secureContext: SecureContext | null;
  readonly #context: SessionContext;
  readonly #implicitTls: boolean;
  /** Limits are those of the beginning; who may do what is asked anew each time. */
  readonly #limits: ServerSettings;
  readonly #startedAtMs: EpochMs;
  readonly #deadlines: Deadlines;
  readonly #login: Login;
  readonly #trace: ProtocolTrace;
  #connection: PromptConnection | null = null;
  /** 'waiting': DNS has to say who it is. */
  #admission: 'waiting' | 'welcome' | 'turnedAway' = 'turnedAway';
  #refusal: Reply | null = null;
  #reverseLookup: () => ReverseLookup | null = () => null;
  #verb = '';
  #badCommands = 0;
  #receiving = false;
  #ending = false;
  #closed = false;
  #messages = 0;
  #receivedBytes = 0;
  #refusalLogged = false;
  #shownPhase: Phase = 'connected';

  constructor(context: SessionContext, implicitTls: boolean) {
    const { ports, settings, certificate, authenticator, protocolLog } = context;
    this.#context = context;
    this.#implicitTls = implicitTls;
    this.#limits = settings();
    this.#startedAtMs = ports.clock.now();
    this.#deadlines = new Deadlines(ports.clock, (deadline) => this.#tooLate(deadline));
    this.#login = new Login({ authenticator, log: ports.log });
    this.#trace = new ProtocolTrace({ log: protocolLog, clock: ports.clock, ends: () => this.#ends() });
    this.options = connectionOptions(this.#limits, ownName(this.#limits, ports.computerName), implicitTls);
    this.secureContext = certificate.current?.context ?? null;
  }

  /** Nothing of it is left: neither an open socket nor a message on its way to the disk. */
  get over(): boolean {
    return this.#closed && !this.#receiving;
  }

  /** In the middle of a message, which may still become a promise to the client. */
  get receiving(): boolean {
    return this.#receiving;
  }

  /** The client's address while it is neither turned away nor said goodbye to; null before and after. */
  get liveAddress(): string | null {
    const connection = this.#connection;
    const gone = connection === null || connection._closing || connection._closed || this.#closed;
    return gone || this.#admission === 'turnedAway' ? null : connection.remoteAddress;
  }

  view(): Session | null {
    const connection = this.#connection;
    if (connection === null || this.liveAddress === null) return null;
    return {
      id: connection.id,
      direction: 'inbound',
      user: this.#user(),
      peer: connection.remoteAddress,
      startedAtMs: this.#startedAtMs,
      phase: this.#phase(),
      messages: this.#messages,
      encrypted: connection.secure && !connection._upgrading,
    };
  }

  /** Ends the conversation with 421; a message under way may finish first. */
  end(): void {
    this.#ending = true;
    if (!this.#receiving) this.#connection?.answer(replies.shuttingDown);
  }

  destroy(): void {
    this.#connection?._socket.destroy();
  }

  // What the library calls. Arrow functions: it calls them without `this`.

  readonly opened = (connection: PromptConnection, socket: Socket): void => {
    this.#connection = connection;
    socket.once('close', this.onClose); // nobody else listens before the conversation begins
    const decided = this.#context.admission.decide(connection.remoteAddress);
    if (!(decided instanceof Promise)) {
      this.#begin(decided);
      return;
    }
    this.#admission = 'waiting';
    decided.then(
      (refusal) => this.#begin(refusal),
      (error: unknown) => {
        this.#context.ports.log.error('client not judged', error, { client: connection.remoteAddress });
        this.#begin(replies.notAvailable);
      },
    );
  };

  #begin(refusal: Reply | null): void {
    const connection = this.#connection;
    if (connection === null || this.#closed) return;
    this.#refusal = refusal;
    this.#admission = refusal === null ? 'welcome' : 'turnedAway';
    if (refusal !== null) this.#context.count('refused');
    if (this.#implicitTls) {
      // Nothing can be said in clear here, and a handshake is too much for whoever is not welcome.
      if (refusal !== null || this.secureContext === null) {
        this.destroy();
        return;
      }
      this.#deadlines.start('handshake', this.#limits['general.commandTimeLimit'] * 1_000);
    }
    if (refusal === null) this.#context.changed(this);
    connection.init();
  }

  readonly onConnect: ConnectionTerms['onConnect'] = (session, done) => {
    if (this.#refusal !== null) return done(new SmtpError(this.#refusal));
    if (this.#limits['delivery.reverseLookup']) {
      this.#reverseLookup = startReverseLookup(this.#context.ports.dns, session.remoteAddress);
    }
    done();
  };

  /** Encrypted from here on, and whoever is there starts again from the beginning. */
  readonly onSecure: ConnectionTerms['onSecure'] = (_socket, _session, done) => {
    this.#deadlines.stop('handshake');
    this.#deadlines.start('command', this.#limits['general.commandTimeLimit'] * 1_000);
    this.#announce();
    done();
  };

  readonly disabledCommands = (): string[] =>
    disabledCommands(this.#context.settings(), {
      secure: this.#connection?.secure ?? false,
      hasCertificate: this.secureContext !== null,
    });

  readonly lineArrived: ConnectionTerms['lineArrived'] = (line, continued) => {
    this.#deadlines.stop('command');
    if (continued) {
      this.#trace.received(line.length + 2);
      return this.#login.continuationRefusal(line) ?? line;
    }
    this.#trace.command(line);
    this.#verb = (line.split(' ', 1)[0] ?? '').toUpperCase();
    return this.#commandRefusal(line) ?? this.#checkedLine(line);
  };

  #commandRefusal(line: string): Reply | null {
    const connection = this.#connection;
    if (connection === null) return null;
    const settings = this.#context.settings();
    const { secure } = connection;
    if (this.#verb === 'AUTH') {
      const tlsFirst = settings['access.requireTls'] && settings['access.basic'] && !secure;
      const state = { secure, inTransaction: this.#inTransaction() };
      return tlsFirst ? replies.tlsRequired : this.#login.refusal(line, settings, state);
    }
    const inClear = settings['access.requireTls'] && !secure;
    return inClear && needsTls(this.#verb) && connection._isSupported(this.#verb) ? replies.tlsRequired : null;
  }

  #checkedLine(line: string): string | Reply {
    const { hostNameAppearsAs, openingCommand } = this.#connection ?? { hostNameAppearsAs: false };
    if (hostNameAppearsAs === false || (this.#verb !== 'MAIL' && this.#verb !== 'RCPT')) return line;
    return checkTransactionLine(line, {
      extended: openingCommand === 'EHLO',
      defaultDomain: this.#context.settings()['domains.default'],
    });
  }

  readonly lineTooLong: ConnectionTerms['lineTooLong'] = (octets) => {
    this.#verb = '';
    this.#trace.lineTooLong(octets);
  };

  readonly linePending: ConnectionTerms['linePending'] = (pending) => {
    if (pending) this.#deadlines.start('command', this.#limits['general.commandTimeLimit'] * 1_000);
    else this.#deadlines.stop('command');
  };

  readonly onAuth: ConnectionTerms['onAuth'] = (login, session, done) => {
    const checked = this.#login.check(session.remoteAddress, login);
    this.#announce();
    checked
      .then((result) => ('user' in result ? done(null, { user: result.user }) : done(new SmtpError(result))))
      .catch((error: unknown) => this.#context.ports.log.error('reply to AUTH failed', error));
  };

  readonly onMailFrom: ConnectionTerms['onMailFrom'] = (address, session, done) => {
    const refusal = this.#transactionRefusal(session) ?? addressRefusal(address.address, session);
    done(refusal === null ? null : new SmtpError(refusal));
  };

  #transactionRefusal(session: SMTPServerSession): Reply | null {
    if (this.#ending) return replies.shuttingDown;
    const messageLimit = this.#limits['messages.inboundMessagesPerConnection'];
    if (messageLimit !== null && this.#messages >= messageLimit) return replies.tooManyMessages;
    const sizeLimitBytes = this.#limits['messages.sessionSizeLimit'];
    if (sizeLimitBytes !== null && this.#receivedBytes >= sizeLimitBytes) return replies.sessionSizeExceeded;
    const { 'access.anonymous': anonymous } = this.#context.settings();
    return anonymous || session.user ? null : replies.loginRequired;
  }

  readonly onRcptTo: ConnectionTerms['onRcptTo'] = (address, session, done) => {
    const recipient = asciiDomain(address.address);
    const { rules, ports } = this.#context;
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
    if (!(verdict instanceof Promise)) return judged(verdict);
    verdict.then(judged).catch((error: unknown) => {
      ports.log.error('recipient not judged', error, { client: session.remoteAddress, recipient });
      done(new SmtpError(replies.localError));
    });
  };

  #recipientRefused(recipient: string, reason: RelayVerdict['reason'], session: SMTPServerSession): void {
    this.#context.count('refused');
    if (this.#refusalLogged) return;
    this.#refusalLogged = true;
    this.#context.ports.log.warn('relay refused', {
      client: session.remoteAddress,
      helo: session.hostNameAppearsAs,
      recipient,
      reason,
    });
  }

  readonly onData: ConnectionTerms['onData'] = (stream, session, done) => {
    this.#receiving = true;
    const { ports, begin } = this.#context;
    const envelope = envelopeOf(session, { receivedAtMs: ports.clock.now(), reverseLookup: this.#reverseLookup() });
    void receiveMessage(stream, envelope, {
      begin,
      sizeLimitBytes: this.#limits['messages.sizeLimit'],
      hopLimit: this.#limits['delivery.hopLimit'],
      fullyQualifiedName: ownName(this.#limits, ports.computerName),
      arrived: (octets) => this.#arrived(octets),
      log: ports.log,
    })
      .then(
        (received) => {
          this.#accepted(envelope, received);
          this.#messageOver(() => done(null, replyText(queued(received.id))));
        },
        (error: unknown) => {
          // Whatever else was thrown is our fault: its words are for the log, not for the client.
          if (!(error instanceof SmtpError))
            ports.log.error('message not stored', error, { client: envelope.clientAddress });
          this.#messageOver(() => {
            if (error instanceof EndlessMessageError) this.#hangUp(error.reply);
            else done(error instanceof SmtpError ? error : new SmtpError(replies.localError));
          });
        },
      )
      .catch((error: unknown) => ports.log.error('reply to DATA failed', error, { client: envelope.clientAddress }));
  };

  #arrived(octets: number): Reply | null {
    this.#trace.received(octets);
    this.#receivedBytes += octets;
    const limitBytes = this.#limits['messages.sessionSizeLimit'];
    return limitBytes !== null && this.#receivedBytes > limitBytes ? replies.sessionSizeExceeded : null;
  }

  readonly replacement: ConnectionTerms['replacement'] = (code) => {
    if (!meansBadCommand(code)) return null;
    this.#badCommands += 1;
    const limit = this.#limits['messages.badCommandLimit'];
    return limit !== null && this.#badCommands > limit ? replies.tooManyBadCommands : null;
  };

  readonly replied: ConnectionTerms['replied'] = (code, octets) => {
    this.#trace.replied(code, octets);
    this.#followReply(code);
    this.#announce();
  };

  /** Which deadline begins or ends with this reply. That of a message ends when the message does. */
  #followReply(code: number): void {
    const step = `${this.#verb} ${code}`;
    const {
      'general.commandTimeLimit': commandSeconds,
      'general.transactionTimeLimit': transactionSeconds,
      'general.messageTimeLimit': messageSeconds,
    } = this.#limits;
    if (step === ' 220') this.#deadlines.start('command', commandSeconds * 1_000);
    else if (step === 'STARTTLS 220') this.#startOver(commandSeconds * 1_000);
    else if (step === 'MAIL 250') this.#deadlines.start('transaction', transactionSeconds * 1_000);
    else if (step === 'DATA 354') this.#deadlines.start('message', messageSeconds * 1_000);
    else if (['RSET 250', 'HELO 250', 'EHLO 250'].includes(step)) this.#deadlines.stop('transaction');
  }

  #startOver(handshakeLimitMs: number): void {
    this.#deadlines.stopAll();
    this.#deadlines.start('handshake', handshakeLimitMs);
  }

  readonly onClose = (): void => {
    if (this.#closed) return;
    this.#closed = true;
    this.#deadlines.stopAll();
    this.#trace.closed();
    this.#context.changed(this);
  };

  #tooLate(deadline: Deadline): void {
    const connection = this.#connection;
    if (connection === null) return;
    // The final dot is there, and the client waits for us now.
    const ours = this.#receiving && connection._parser !== false && !connection._parser._dataMode;
    if (ours) return;
    this.#context.ports.log.info('time limit exceeded', { client: connection.remoteAddress, limit: deadline });
    if (deadline === 'handshake') this.destroy();
    else connection.answer(replies.timeLimit);
  }

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
      ...(envelope.authenticatedUser === undefined ? {} : { user: envelope.authenticatedUser }),
    });
  }

  #messageOver(reply: () => void): void {
    this.#receiving = false;
    this.#deadlines.stop('transaction', 'message');
    reply();
    if (this.#ending) this.end();
    this.#context.changed(this);
  }

  #hangUp(reply: Reply): void {
    this.#connection?.answer(reply);
    this.#connection?.close();
  }

  #announce(): void {
    const phase = this.#phase();
    if (phase === this.#shownPhase) return;
    this.#shownPhase = phase;
    this.#context.changed(this);
  }

  #inTransaction(): boolean {
    return Boolean(this.#connection?.session.envelope?.mailFrom);
  }

  #phase(): Phase {
    if (this.#receiving) return 'data';
    const connection = this.#connection;
    if (this.#login.checking || (connection !== null && connection._nextHandler !== false)) return 'auth';
    if (this.#inTransaction()) return 'mail';
    return connection?.hostNameAppearsAs ? 'greeted' : 'connected';
  }

  #user(): string {
    const { session, hostNameAppearsAs } = this.#connection ?? {};
    return typeof session?.user === 'string' ? session.user : hostNameAppearsAs || '';
  }

  #ends() {
    const connection = this.#connection;
    return {
      sessionId: connection?.id ?? '',
      peerAddress: connection?.remoteAddress ?? '',
      user: this.#user(),
      serverAddress: connection?.localAddress ?? '',
      serverPort: connection?.localPort ?? 0,
    };
  }
}

/** RFC 5321 section 4.5.3.1: 64 octets before the @, 255 after it. */
const maxAddressLength = 320;

function addressRefusal(address: string, session: SMTPServerSession): Reply | null {
  if (address.length > maxAddressLength) return replies.addressTooLong;
  return needsSmtpUtf8(address) && !session.envelope.smtpUtf8 ? replies.notAscii : null;
}
