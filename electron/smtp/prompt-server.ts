/**
 * smtp-server, changed where the product needs it; what belongs to one connection is in prompt-connection.ts.
 *
 * - `connect`: limits, handlers and certificate belong to the connection, so that a change of settings does not reach
 *   into a session.
 * - `updateSecureContext`: the library falls back to a certificate of its own whose private key everybody can read.
 *   Here it gets none, so that there is nothing to fall back to.
 */
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection';
import type { ConnectionOptions } from './connection-options.ts';
import { PromptConnection } from './prompt-connection.ts';
import type { Reply } from './replies.ts';

/** What one connection is allowed, and who answers for it. Handlers call back at once, but for onAuth, onRcptTo, onData. */
export interface ConnectionTerms {
  readonly options: ConnectionOptions;
  /** The certificate of the moment the connection began; null: there is no TLS. */
  readonly secureContext: SecureContext | null;
  /** The connection and its socket. Its conversation begins with `connection.init()`. */
  opened(connection: PromptConnection, socket: Socket): void;
  onConnect(session: SMTPServerSession, done: (error?: Error | null) => void): void;
  onSecure: SMTPServer['onSecure'];
  onAuth: SMTPServer['onAuth'];
  onMailFrom: SMTPServer['onMailFrom'];
  onRcptTo: SMTPServer['onRcptTo'];
  onData(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error: Error | null, text?: string) => void,
  ): void;
  /** Upper case: commands nobody has heard of at this moment. */
  disabledCommands(): string[];
  /**
   * A whole line, before it is carried out.
   * @param line  One octet per character.
   * @param continued  It belongs to an AUTH under way, and is no command of its own.
   * @returns the line to carry out, or the reply that refuses it.
   */
  lineArrived(line: string, continued: boolean): string | Reply;
  /** A line that is longer than any command is being skipped. */
  lineTooLong(octets: number): void;
  /** The beginning of a command line has arrived and waits for its end, or no longer. */
  linePending(pending: boolean): void;
  /** Before each reply. @returns what to say instead; null to let it go out. */
  replacement(code: number): Reply | null;
  /** After each reply. */
  replied(code: number, octets: number): void;
  /** The socket is closed. */
  onClose(): void;
}

export class PromptServer extends SMTPServer {
  readonly #newTerms: () => ConnectionTerms;
  readonly #onSocketError: (error: Error) => void;

  /** @param hooks.socketError  Errors of sockets and of accepting; the connection concerned ends by itself. */
  constructor(hooks: {
    readonly banner: string;
    readonly newTerms: () => ConnectionTerms;
    readonly socketError: (error: Error) => void;
  }) {
    super({
      banner: hooks.banner,
      heloResponse: '%s Hello %s',
      logger: false,
      disableReverseLookup: true,
      // Who has to log in, and whether in clear, is decided here, command by command.
      authOptional: true,
      allowInsecureAuth: true,
      authMethods: ['PLAIN', 'LOGIN'],
      hideENHANCEDSTATUSCODES: false,
      hideDSN: false,
      // The CA's real recipients and senders count, not their syntax: user.@host, host names with an underscore.
      lenientAddressParsing: true,
      // A client may close its writing side after the final dot and still wait for the answer.
      allowHalfOpen: true,
    });
    this.#newTerms = hooks.newTerms;
    this.#onSocketError = hooks.socketError;
    this.on('error', this.#onSocketError);
    // Between accept and `connect` the library listens to no errors of the socket; one there would end the process.
    this.server.on('connection', (socket) => socket.on('error', () => undefined));
  }

  override updateSecureContext(): void {
    this.secureContext = new Map();
  }

  override connect(socket: Socket, socketOptions?: SMTPConnectionOptions | null): void {
    if (socket.destroyed) return;
    const terms = this.#newTerms();
    const view: SMTPServer = Object.create(this, {
      options: { value: { ...this.options, ...terms.options } },
      secureContext: { value: new Map(terms.secureContext === null ? [] : [['*', terms.secureContext]]) },
      onConnect: { value: terms.onConnect },
      onSecure: { value: terms.onSecure },
      onAuth: { value: terms.onAuth },
      onMailFrom: { value: terms.onMailFrom },
      onRcptTo: { value: terms.onRcptTo },
      onData: { value: terms.onData },
      onClose: { value: terms.onClose },
    });
    const connection = new PromptConnection(view, socket, socketOptions, terms);
    this.connections.add(connection);
    connection.on('error', this.#onSocketError);
    terms.opened(connection, socket);
  }
}
