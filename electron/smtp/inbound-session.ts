/** One connection: who is there, how far they are, and whether each command may be given. */
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { Session } from '../../shared/contract/servers.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Admission } from './admission.ts';
import type { ClientRules } from './client-rules.ts';
import { checkCommand } from './command-policy.ts';
import { connectionOptions, disabledCommands, ownName } from './connection-options.ts';
import { type Deadline, Deadlines } from './deadlines.ts';
import { InboundMail } from './inbound-mail.ts';
import { Login } from './login.ts';
import type { ConnectionTerms, PromptConnection } from './prompt-connection.ts';
import { ProtocolTrace, type TraceEnds } from './protocol-trace.ts';
import { meansBadCommand, type Reply, replies, SmtpError } from './replies.ts';
import type { ReverseLookup, ReverseLookups } from './reverse-lookup.ts';
import type { InboundOptions } from './types.ts';

export interface SessionContext
  extends Pick<InboundOptions, 'ports' | 'begin' | 'settings' | 'authenticator' | 'certificate' | 'protocolLog'> {
  readonly admission: Admission;
  readonly rules: Pick<ClientRules, 'mayRelay'>;
  readonly reverseLookups: ReverseLookups;
  readonly count: (what: 'accepted' | 'refused') => void;
  /** The session has come or gone or moved on. */
  readonly changed: (session: InboundSession) => void;
}

export type Phase = 'connected' | 'greeted' | 'auth' | 'mail' | 'data';

export class InboundSession implements ConnectionTerms {
  readonly options: ConnectionTerms['options'];
  readonly secureContext: SecureContext | null;
  readonly onMailFrom: ConnectionTerms['onMailFrom'];
  readonly onRcptTo: ConnectionTerms['onRcptTo'];
  readonly onData: ConnectionTerms['onData'];
  readonly #context: SessionContext;
  readonly #implicitTls: boolean;
  readonly #limits: ServerSettings;
  readonly #startedAtMs: EpochMs;
  readonly #deadlines: Deadlines;
  readonly #login: Login;
  readonly #mail: InboundMail;
  readonly #trace: ProtocolTrace;
  #connection: PromptConnection | null = null;
  /** 'waiting': DNS has to say who it is. */
  #admission: 'waiting' | 'welcome' | 'turnedAway' = 'turnedAway';
  #refusal: Reply | null = null;
  #reverseLookup: () => ReverseLookup | null = () => null;
  #verb = '';
  #badCommands = 0;
  #ending = false;
  #closed = false;
  #shownPhase: Phase = 'connected';

  constructor(context: SessionContext, implicitTls: boolean) {
    const { ports, settings, certificate, authenticator, protocolLog } = context;
    this.#context = context;
    this.#implicitTls = implicitTls;
    this.#limits = settings();
    this.#startedAtMs = ports.clock.now();
    this.#deadlines = new Deadlines(ports.clock, this.#limits, (deadline) => this.#tooLate(deadline));
    this.#login = new Login({ authenticator, log: ports.log });
    this.#trace = new ProtocolTrace({ log: protocolLog, clock: ports.clock, ends: () => this.#ends() });
    this.#mail = new InboundMail({
      ...context,
      limits: this.#limits,
      reverseLookup: () => this.#reverseLookup(),
      ending: () => this.#ending,
      arrived: (octets) => this.#trace.received(octets),
      over: (reply) => this.#messageOver(reply),
      hangUp: (reply) => this.#hangUp(reply),
    });
    this.options = connectionOptions(this.#limits, ownName(this.#limits, ports.computerName), implicitTls);
    this.secureContext = certificate.current?.context ?? null;
    this.onMailFrom = this.#mail.onMailFrom;
    this.onRcptTo = this.#mail.onRcptTo;
    this.onData = this.#mail.onData;
  }

  /** Nothing of it is left: neither an open socket nor a message on its way to the disk. */
  get over(): boolean {
    return this.#closed && !this.#mail.receiving;
  }

  /** In the middle of a message, which may still become a promise to the client. */
  get receiving(): boolean {
    return this.#mail.receiving;
  }

  /** The client's address, while it is neither turned away nor said goodbye to; null before and after. */
  get liveAddress(): string | null {
    const connection = this.#connection;
    const gone = this.#closed || connection === null || connection._closing || connection._closed;
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
      messages: this.#mail.messages,
      encrypted: connection.secure && !connection._upgrading,
    };
  }

  /** Ends the conversation with 421; a message under way may finish first. */
  end(): void {
    this.#ending = true;
    const connection = this.#connection;
    if (this.receiving || connection === null) return;
    // Before and during a handshake nothing can be said.
    if (connection._upgrading || (this.#implicitTls && this.#admission === 'waiting')) this.destroy();
    else connection.answer(replies.shuttingDown);
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
    if (connection === null || connection._closing || this.#closed) return;
    this.#refusal = refusal;
    this.#admission = refusal === null ? 'welcome' : 'turnedAway';
    if (refusal === null) this.#context.changed(this);
    else this.#context.count('refused');
    if (this.#implicitTls) {
      if (refusal !== null || this.secureContext === null) {
        // Nothing can be said in clear here, and a handshake is too much for whoever is not welcome.
        this.destroy();
        return;
      }
      this.#deadlines.handshakeBegun();
    }
    connection.init();
  }

  readonly onConnect: ConnectionTerms['onConnect'] = (session, done) => {
    if (this.#refusal !== null) {
      done(new SmtpError(this.#refusal));
      return;
    }
    if (this.#limits['delivery.reverseLookup']) {
      this.#reverseLookup = this.#context.reverseLookups.start(session.remoteAddress);
    }
    done();
  };

  /** Encrypted from here on; the library has forgotten what was said before. */
  readonly onSecure: ConnectionTerms['onSecure'] = (_socket, _session, done) => {
    this.#deadlines.handshakeDone();
    this.#announce();
    done();
  };

  readonly disabledCommands = (): string[] =>
    disabledCommands(this.#context.settings(), {
      secure: this.#connection?.secure ?? false,
      hasCertificate: this.secureContext !== null,
    });

  readonly lineArrived: ConnectionTerms['lineArrived'] = (line, continued) => {
    this.#deadlines.linePending(false);
    const connection = this.#connection;
    if (connection === null) return line;
    if (continued) {
      this.#trace.received(line.length + 2);
      return this.#login.continuationRefusal(line) ?? line;
    }
    this.#trace.command(line);
    this.#verb = (line.split(' ', 1)[0] ?? '').toUpperCase();
    return checkCommand(line, this.#verb, {
      settings: this.#context.settings(),
      login: this.#login,
      known: connection._isSupported(this.#verb),
      secure: connection.secure,
      greeted: connection.hostNameAppearsAs !== false,
      extended: connection.openingCommand === 'EHLO',
      inTransaction: this.#inTransaction(),
    });
  };

  readonly lineTooLong: ConnectionTerms['lineTooLong'] = (octets) => {
    this.#verb = '';
    this.#trace.lineTooLong(octets);
  };

  readonly linePending: ConnectionTerms['linePending'] = (pending) => this.#deadlines.linePending(pending);

  readonly onAuth: ConnectionTerms['onAuth'] = (login, session, done) => {
    const checked = this.#login.check(session.remoteAddress, login);
    this.#announce();
    checked
      .then((result) => ('user' in result ? done(null, { user: result.user }) : done(new SmtpError(result))))
      .catch((error: unknown) => this.#context.ports.log.error('reply to AUTH failed', error));
  };

  readonly replacement: ConnectionTerms['replacement'] = (code) => {
    if (!meansBadCommand(code)) return null;
    this.#badCommands += 1;
    const limit = this.#limits['messages.badCommandLimit'];
    return limit !== null && this.#badCommands > limit ? replies.tooManyBadCommands : null;
  };

  readonly replied: ConnectionTerms['replied'] = (code, octets) => {
    this.#trace.replied(code, octets);
    this.#deadlines.replied(this.#verb, code);
    this.#announce();
  };

  readonly repliesUnread: ConnectionTerms['repliesUnread'] = (unread) => {
    if (!this.#closed) this.#deadlines.repliesUnread(unread);
  };

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
    if (this.receiving && connection._parser !== false && !connection._parser._dataMode) return;
    this.#context.ports.log.info('time limit exceeded', { client: connection.remoteAddress, limit: deadline });
    // In a handshake nothing can be said, and who does not read is told nothing.
    if (deadline === 'handshake' || deadline === 'reply') this.destroy();
    else connection.answer(replies.timeLimit);
  }

  #messageOver(reply: () => void): void {
    this.#deadlines.messageOver();
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
    if (this.receiving) return 'data';
    const connection = this.#connection;
    if (this.#login.checking || (connection !== null && connection._nextHandler !== false)) return 'auth';
    if (this.#inTransaction()) return 'mail';
    return connection?.hostNameAppearsAs ? 'greeted' : 'connected';
  }

  #user(): string {
    const { session, hostNameAppearsAs } = this.#connection ?? {};
    return typeof session?.user === 'string' ? session.user : hostNameAppearsAs || '';
  }

  #ends(): TraceEnds {
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
