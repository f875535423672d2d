/**
 * nodemailer's SMTPConnection, changed where the product needs it. What is overridden is the library's own code of exactly
 * one version; a test compares it and fails when an update changes it.
 *
 * - `_sendCommand`, `_actionEHLO`: HELO from the start for a server that chokes on EHLO; the library only falls back to it.
 *   SMTPUTF8 also for a message that needs it by its headers alone; the library looks at addresses.
 * - `_sendRcpt`: NOTIFY and ORCPT of each recipient; the library has one set for all.
 * - `_parseEhloExtensions`: the library searches the whole reply, and takes 'mx-dsn.example.org' for the extension DSN.
 * - `_upgradeConnection`: the certificate is judged between handshake and next command, when it can still be read: why it
 *   will not do is worth a sentence, and a refusal by TLS itself leaves only a code.
 * - `_createSendStream`: the message is written by `MessageTransfer`. The library's stream looks at each octet, and writes the
 *   final dot by itself.
 *
 * `_responseActions` is what the library does with the replies to come, in order: how a command of ours gets its own.
 */
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import SMTPConnection, {
  type SMTPConnectionOptions,
  type SMTPConnectionSendCallback,
  type SMTPEnvelope,
} from 'nodemailer/lib/smtp-connection';
import type { MessageTransfer, TransferTarget } from './message-transfer.ts';

interface Internals {
  readonly _responseActions: ((reply: string) => void)[];
  _envelope: { dsn?: { notify?: string | null; orcpt?: string | null } } | false;
  _sendCommand(command: string, shown?: string): void;
  _actionEHLO(reply: string): void;
  _actionHELO(reply: string): void;
  _sendRcpt(recipient: string, callback: unknown): void;
  _parseEhloExtensions(reply: string): void;
  _upgradeConnection(callback: (error: Error | null, secured?: boolean) => void): void;
  _createSendStream(callback: unknown): unknown;
  _actionSMTPStream(reply: string, callback: unknown): void;
}

/** The declarations leave the underlined methods out. */
const Library = SMTPConnection as unknown as new (options: SMTPConnectionOptions) => SMTPConnection & Internals;

export interface ConnectionTerms {
  readonly helo: boolean;
  /** @returns why a connection with this certificate must not be used, or null */
  readonly judgeCertificate: (socket: Socket) => string | null;
}

export interface RecipientParameters {
  readonly notify?: string;
  readonly orcpt?: string;
}

export class OutboundConnection extends Library {
  readonly #terms: ConnectionTerms;
  /** Why the certificate was refused; null while none was. */
  certificateFailure: string | null = null;
  /** Extensions in upper case, with their parameters: 'SIZE 10240000', 'AUTH PLAIN LOGIN'. */
  offered: readonly string[] = [];
  /** For the transaction that is sent next. */
  needsSmtpUtf8 = false;
  recipientParameters: (recipient: string) => RecipientParameters = () => ({});

  constructor(options: SMTPConnectionOptions, terms: ConnectionTerms) {
    super(options);
    this.#terms = terms;
  }

  override _sendCommand(command: string, shown?: string): void {
    if (this.#terms.helo && command.startsWith('EHLO ')) super._sendCommand(`HELO ${command.slice(5)}`);
    else if (this.needsSmtpUtf8 && command.startsWith('MAIL FROM:') && !/>.* SMTPUTF8\b/.test(command)) {
      super._sendCommand(`${command} SMTPUTF8`);
    } else super._sendCommand(command, shown);
  }

  override _actionEHLO(reply: string): void {
    if (this.#terms.helo) this._actionHELO(reply);
    else super._actionEHLO(reply);
  }

  override _sendRcpt(recipient: string, callback: unknown): void {
    if (this._envelope !== false && this._envelope.dsn !== undefined) {
      const { notify = null, orcpt = null } = this.recipientParameters(recipient);
      Object.assign(this._envelope.dsn, { notify, orcpt });
    }
    super._sendRcpt(recipient, callback);
  }

  override _parseEhloExtensions(reply: string): void {
    const [, ...extensions] = reply.split(/\r?\n/);
    this.offered = extensions.map((line) => line.slice(4).trim().toUpperCase());
    super._parseEhloExtensions(['250-', ...extensions].join('\n'));
  }

  override _upgradeConnection(callback: (error: Error | null, secured?: boolean) => void): void {
    super._upgradeConnection((error, secured) => {
      if (error === null && this._socket) this.certificateFailure = this.#terms.judgeCertificate(this._socket);
      if (this.certificateFailure === null) callback(error, secured);
      else callback(new Error(this.certificateFailure));
    });
  }

  override _createSendStream(callback: unknown): TransferTarget {
    this._responseActions.push((reply) => this._actionSMTPStream(reply, callback));
    if (!this._socket) throw new Error('The connection is gone.');
    return { socket: this._socket };
  }

  sendMessage(envelope: SMTPEnvelope, message: MessageTransfer, done: SMTPConnectionSendCallback): void {
    // The library pipes it to what `_createSendStream` gives, listens for its errors and destroys it: no more of a stream is needed.
    this.send(envelope, message as unknown as Readable, done);
  }

  /** One command outside of any message. Resolves with the reply; never, when the connection is lost before. */
  command(line: string): Promise<string> {
    return new Promise((resolve) => {
      this._responseActions.push(resolve);
      this._sendCommand(line);
    });
  }

  offers(extension: string): boolean {
    return this.offered.some((line) => line === extension || line.startsWith(`${extension} `));
  }
}
