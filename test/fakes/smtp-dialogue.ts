/** A raw SMTP client for tests: sends lines or bytes, expects replies by prefix. No timing: a lost reply ends with the bound. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';

/** Longer than any healthy reply takes on a busy machine; only a failing test waits for it. */
const patienceMs = 20_000;

/** A reply is complete with its first line that has no hyphen after the code. */
const completeReply = /^(?:[2-5][0-9]{2}-[^\n]*\r\n)*[2-5][0-9]{2}(?: [^\n]*)?\r\n/;

export class SmtpDialogue {
  #socket: Socket;
  #received = '';
  #ended = false;
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = this.#listenTo(socket);
  }

  /** The encrypted one once there is one. */
  get socket(): Socket {
    return this.#socket;
  }

  #listenTo(socket: Socket): Socket {
    socket.on('data', (chunk: Buffer) => {
      this.#received += chunk.toString('latin1');
      this.#wake();
    });
    socket.on('error', () => undefined); // a reset shows as the end of the conversation
    for (const event of ['end', 'close'] as const) {
      socket.on(event, () => {
        this.#ended = true;
        this.#wake();
      });
    }
    return socket;
  }

  /** @param localAddress  Another loopback address, to come as somebody else. */
  static async connect(port: number, host = '127.0.0.1', localAddress?: string): Promise<SmtpDialogue> {
    const from = localAddress === undefined ? {} : { localAddress };
    const socket = connect({ port, host, allowHalfOpen: true, noDelay: true, ...from });
    await once(socket, 'connect');
    return new SmtpDialogue(socket);
  }

  /**
   * The TLS handshake, now: after the reply to STARTTLS, or at once with implicit TLS. Takes every certificate.
   * @throws the TLS error when the handshake fails.
   */
  async secure(options: ConnectionOptions = {}): Promise<TLSSocket> {
    this.#socket.removeAllListeners('data');
    const socket = connectTls({ ...options, socket: this.#socket, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    this.#socket = this.#listenTo(socket);
    return socket;
  }

  /** The next whole reply, without its last line end. Fails when it does not start with `prefix`. */
  async expect(prefix: string): Promise<string> {
    const reply = await this.#next(() => completeReply.exec(this.#received)?.[0]);
    if (reply === undefined) throw new Error(`Expected '${prefix}', but the conversation ended: '${this.#received}'`);
    this.#received = this.#received.slice(reply.length);
    if (!reply.startsWith(prefix)) throw new Error(`Expected '${prefix}', got '${reply.trimEnd()}'`);
    return reply.trimEnd();
  }

  /** Sends one line and, if `prefix` is given, expects the reply to it. */
  async send(line: string, prefix?: string): Promise<string> {
    this.socket.write(`${line}\r\n`);
    return prefix === undefined ? '' : await this.expect(prefix);
  }

  sendBytes(bytes: string | Uint8Array): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** A whole transaction up to the reply to DATA. `content` is dot-stuffed here and must end with CRLF. */
  async mail(
    { from, to }: { readonly from: string; readonly to: readonly string[] },
    content: string | Uint8Array,
    prefix = '250',
  ): Promise<string> {
    await this.send(`MAIL FROM:<${from}>`, '250');
    for (const recipient of to) await this.send(`RCPT TO:<${recipient}>`, '250');
    await this.send('DATA', '354');
    this.sendBytes(stuffed(content));
    return await this.expect(prefix);
  }

  /** Waits until the other side has ended the conversation. */
  async closed(): Promise<void> {
    const ended = await this.#next(() => (this.#ended ? true : undefined));
    if (ended === undefined) throw new Error('Expected the end of the conversation');
  }

  /** Ends the writing side only; replies can still be read. */
  halfClose(): void {
    this.socket.end();
  }

  /** Vanishes with a reset, as a crashed client does. */
  vanish(): void {
    this.socket.resetAndDestroy();
  }

  close(): void {
    this.socket.destroy();
  }

  /** @returns undefined when the conversation ended first. Throws when nothing happens for too long. */
  async #next<Value>(look: () => Value | undefined): Promise<Value | undefined> {
    let waiting = true;
    const limit = setTimeout(() => {
      waiting = false;
      this.#wake();
    }, patienceMs);
    try {
      while (waiting) {
        const found = look();
        if (found !== undefined || this.#ended) return found;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      throw new Error(`Nothing happened for ${patienceMs / 1_000} s; unread: '${this.#received}'`);
    } finally {
      clearTimeout(limit);
    }
  }
}

/** RFC 5321 section 4.5.2, and the final dot. */
export function stuffed(content: string | Uint8Array): Uint8Array {
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
  return Buffer.from(`${text.replace(/(^|\r\n)\./g, '$1..')}.\r\n`, 'latin1');
}

/**
 * Plays a conversation written down line by line and ends it:
 *   S: 220            a reply that starts so
 *   C: MAIL FROM:<>   a line, CRLF added
 *   X: a\n.\r\n       raw bytes; \r \n \0 and \xHH are escapes
 *   X: FIN            ends the writing side
 *   S: END            the server has ended the conversation
 */
export async function converse(port: number, script: string): Promise<void> {
  const dialogue = await SmtpDialogue.connect(port);
  const lines = script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  try {
    for (const [index, line] of lines.entries()) {
      try {
        await step(dialogue, line);
      } catch (error) {
        throw new Error(`Line ${index + 1} of the conversation, '${line}': ${(error as Error).message}`);
      }
    }
  } finally {
    dialogue.close();
  }
}

async function step(dialogue: SmtpDialogue, line: string): Promise<void> {
  const [, who, rest = ''] = /^([SCX]):\s?(.*)$/.exec(line) ?? [];
  if (who === 'S') return rest === 'END' ? await dialogue.closed() : void (await dialogue.expect(rest));
  if (who === 'C') return void (await dialogue.send(rest));
  if (who === 'X') return rest === 'FIN' ? dialogue.halfClose() : dialogue.sendBytes(unescaped(rest));
  throw new Error('A line starts with S:, C: or X:');
}

const escapes: Readonly<Record<string, string>> = { r: '\r', n: '\n', '0': '\0' };

const unescaped = (text: string): string =>
  text.replace(/\\(?:x([0-9a-fA-F]{2})|([rn0]))/g, (whole, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (escapes[letter ?? ''] ?? whole) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
