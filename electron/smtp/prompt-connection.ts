/**
 * One connection of smtp-server, changed where the product needs it. What is overridden is the library's own code of
 * exactly one version; a test compares it and fails when an update changes it.
 *
 * - `init`: the library holds every greeting for 100 ms to catch clients that talk too soon. The CA opens a connection for
 *   each message, so that wait alone would limit it to ten messages a second. Here the greeting goes out at once.
 * - `send`: the library adds an enhanced status even where the text brings its own, and is silent towards a client that
 *   has closed its writing side although it still waits for the answer.
 * - `_createParser`: long command lines are answered instead of ending the conversation, see command-stream.ts.
 * - `_onCommand`: each line passes the terms first; the library's own count of unknown commands does not count.
 * - `upgrade`: a client that closes its side in the middle of a handshake would be waited for until its time is up.
 * - `handler_EHLO`, `handler_HELO`, `_resetSession`: the library makes the client's name lower case.
 */
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { SMTPServer, SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection';
import { CommandStream } from './command-stream.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { formatReply, type Reply, replies, replyText } from './replies.ts';

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
  /** Replies wait because the client does not read, or no longer. */
  repliesUnread(unread: boolean): void;
  /** After each reply. */
  replied(code: number, octets: number): void;
  /** The socket is closed. */
  onClose(): void;
}

/** A MAIL or RCPT line with all parameters of RFC 3461 needs about 1,100; an AUTH line with a long password more. */
const maxCommandBytes = 4_096;

/** Refusals the library words itself, by its code and context. */
const rewordings = new Map<string, string>([
  ['452 TOO_MANY_RECIPIENTS', replyText(replies.tooManyRecipients)],
  ['552 MESSAGE_TOO_BIG', replyText(replies.tooLarge)],
]);

const nothing = (): void => undefined;

export class PromptConnection extends SMTPConnection {
  readonly #terms: ConnectionTerms;
  /** One for all replies: the stream then calls it once for those of one turn. */
  readonly #written = (): void => this.#terms.repliesUnread(this._socket.writableLength > 0);
  /** The client's name as it says it. */
  #saidName = '';

  constructor(
    server: SMTPServer,
    socket: Socket,
    options: SMTPConnectionOptions | null | undefined,
    terms: ConnectionTerms,
  ) {
    super(server, socket, options);
    this.#terms = terms;
  }

  override init(): void {
    this._setListeners(() => this.connectionReady());
  }

  answer(reply: Reply): void {
    this.send(reply.code, replyText(reply));
  }

  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    const instead = this._upgrading ? null : this.#terms.replacement(code);
    if (instead === null) this.#sendAsItIs(code, data, context);
    else this.answer(instead);
  }

  #sendAsItIs(code: number, data?: string | string[] | null, context?: string | false): void {
    const own = rewordings.get(`${code} ${context}`) ?? data ?? '';
    const payload = formatReply(code, Array.isArray(own) ? own : [own], this._getEnhancedStatusCode(code, context));
    // In the middle of a handshake the socket is still the bare one: a reply would be in clear, and break it.
    if (!this._upgrading && !this._socket.destroyed && this._socket.writable) {
      const socket = this._socket;
      // formatReply leaves nothing but ASCII.
      socket.write(payload, 'latin1', this.#written);
      if (socket.writableLength > 0) this.#terms.repliesUnread(true);
      this.#terms.replied(code, payload.length);
    }
    if (code === 421) this.close();
  }

  // Called by the constructor of the library, before there are terms.
  override _createParser(): CommandStream {
    const parser = new CommandStream(maxCommandBytes, {
      command: (line, done) => this._onCommand(line, done),
      lineTooLong: () => {
        this._nextHandler = false;
        this.#terms.lineTooLong(maxCommandBytes);
        this.answer(replies.commandTooLong);
      },
      flood: () => this.answer(replies.protocolError),
      partialLine: (pending) => this.#terms.linePending(pending),
    });
    parser.on('error', () => this.answer(replies.protocolError));
    // Half-open sockets stay open until we end them. When the client has closed its side and all it sent is answered,
    // nothing more can come.
    parser.once('finish', () => this.close());
    return parser;
  }

  override _onCommand(command: Buffer, callback: () => void = nothing): void {
    if (this._upgrading) {
      // It arrived in clear behind STARTTLS; the library drops it unseen.
      super._onCommand(command, callback);
      return;
    }
    this._unrecognizedCommands = 0;
    this.session.disabledCommands = this.#terms.disabledCommands();
    const line = command.toString('latin1');
    const checked = this.#terms.lineArrived(line, this._nextHandler !== false);
    if (typeof checked === 'string') {
      super._onCommand(checked === line ? command : Buffer.from(checked, 'latin1'), callback);
      return;
    }
    this._nextHandler = false;
    this.answer(checked);
    setImmediate(() => this._whenWritable(callback));
  }

  override handler_EHLO(command: Buffer, callback: () => void): void {
    this.#saidName = nameIn(command);
    super.handler_EHLO(command, callback);
  }

  override handler_HELO(command: Buffer, callback: () => void): void {
    this.#saidName = nameIn(command);
    super.handler_HELO(command, callback);
  }

  override upgrade(callback: () => void, secureCallback?: () => void): void {
    this._socket.allowHalfOpen = false;
    super.upgrade(callback, () => {
      this._socket.allowHalfOpen = true;
      secureCallback?.();
    });
  }

  // The library does this between taking the name and replying.
  override _resetSession(): void {
    if (this.hostNameAppearsAs === this.#saidName.toLowerCase()) this.hostNameAppearsAs = this.#saidName;
    super._resetSession();
  }
}

const nameIn = (command: Buffer): string => command.toString().trim().split(/\s+/)[1] ?? '';
