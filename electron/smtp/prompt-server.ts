/**
 * smtp-server, changed where the product needs it; what belongs to one connection is in prompt-connection.ts.
 *
 * - `connect`: limits, handlers and certificate belong to the connection, so that a change of settings does not reach
 *   into a session.
 * - `_handleProxy`: nobody speaks the PROXY protocol here, and the library still waits a turn for it. The connection begins
 *   in the turn in which it was accepted, with an id that costs no call of the operating system of its own.
 * - `updateSecureContext`: the library falls back to a certificate of its own whose private key everybody can read.
 *   Here it gets none, so that there is nothing to fall back to.
 */
import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection';
import { type ConnectionTerms, PromptConnection } from './prompt-connection.ts';
import { SessionIds } from './session-ids.ts';

export class PromptServer extends SMTPServer {
  readonly #newTerms: () => ConnectionTerms;
  readonly #onSocketError: (error: Error) => void;
  readonly #ids = new SessionIds();

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

  override _handleProxy(_socket: Socket, callback: Parameters<SMTPServer['_handleProxy']>[1]): void {
    callback(null, { id: this.#ids.next() });
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
    let known: Error | null = null;
    connection.on('error', (error: Error) => {
      if (error !== known) this.#onSocketError(error); // that of a handshake comes twice
      known = error;
    });
    terms.opened(connection, socket);
  }
}
