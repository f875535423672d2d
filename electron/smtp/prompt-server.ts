/**
 * smtp-server, changed where the product needs it. What is overridden is the library's own code of exactly one version;
 * a test compares it and fails when an update changes it.
 *
 * - `init`: the library holds every greeting for 100 ms to catch clients that talk too soon. The CA opens a connection for
 *   each message, so that wait alone would limit it to ten messages a second. Here the greeting goes out at once.
 * - `send`: the library adds an enhanced status even where the text brings its own, and is silent towards a client that
 *   has closed its writing side although it still waits for the answer.
 * - `connect`: limits and handlers belong to the connection, so that a change of settings does not reach into a session.
 */
import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection';
import { formatReply, replies, replyText } from './replies.ts';

/** What one connection is allowed, and who answers for it. Handlers call back at once, but for `onData`. */
export interface ConnectionTerms {
  readonly options: Pick<SMTPServerOptions, 'name' | 'size' | 'hideSize' | 'maxRecipients' | 'socketTimeout'>;
  onConnect(session: SMTPServerSession, done: (error?: Error | null) => void): void;
  onMailFrom: SMTPServer['onMailFrom'];
  onRcptTo: SMTPServer['onRcptTo'];
  onData(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error: Error | null, text?: string) => void,
  ): void;
  /** The connection and its socket, before the greeting. */
  opened(connection: PromptConnection, socket: Socket): void;
  /** After each reply. */
  replied(): void;
  /** The socket is closed. */
  onClose(): void;
}

/** A MAIL or RCPT line with all parameters of RFC 3461 needs about 1,100. */
const maxCommandBytes = 4_096;

const commandsOff = ['AUTH', 'STARTTLS', 'XCLIENT', 'XFORWARD', 'WIZ', 'SHELL', 'KILL'];

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
      disabledCommands: [...commandsOff],
      authOptional: true,
      maxCommandLength: maxCommandBytes,
      hideSTARTTLS: true,
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

  override connect(socket: Socket, socketOptions?: SMTPConnectionOptions | null): void {
    if (socket.destroyed) return;
    const terms = this.#newTerms();
    const view: SMTPServer = Object.create(this, {
      options: { value: { ...this.options, ...terms.options } },
      onConnect: { value: terms.onConnect },
      onMailFrom: { value: terms.onMailFrom },
      onRcptTo: { value: terms.onRcptTo },
      onData: { value: terms.onData },
      onClose: { value: terms.onClose },
    });
    const connection = new PromptConnection(view, socket, socketOptions);
    this.connections.add(connection);
    connection.on('error', this.#onSocketError);
    connection.on('replied', terms.replied);
    terms.opened(connection, socket);
    connection.init();
  }
}

/** Refusals the library words itself, by its code and context. */
const rewordings = new Map<string, string>([
  ['452 TOO_MANY_RECIPIENTS', replyText(replies.tooManyRecipients)],
  ['552 MESSAGE_TOO_BIG', replyText(replies.tooLarge)],
]);

export class PromptConnection extends SMTPConnection {
  override init(): void {
    this._setListeners(() => this.connectionReady());
    // Half-open sockets stay open until we end them. When the client has closed its side and all it sent is answered,
    // nothing more can come.
    if (this._parser) this._parser.once('finish', () => this.close());
  }

  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    const own = rewordings.get(`${code} ${context}`) ?? data ?? '';
    const payload = formatReply(code, Array.isArray(own) ? own : [own], this._getEnhancedStatusCode(code, context));
    if (!this._socket.destroyed && this._socket.writable) this._socket.write(payload);
    this.emit('replied');
    if (code === 421) this.close();
  }
}
