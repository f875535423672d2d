/**
 * A message on its way into the socket, after DATA. No more of it is read than the connection takes, and the last part
 * leaves together with the final dot: each write to a socket costs as much as all else that is done for a small message.
 */
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { DotStuffing } from './dot-stuffing.ts';

export interface TransferHooks {
  /** The server is ready: the source is opened. */
  readonly begun: () => void;
  /** A part of the message is about to be written, all before it was taken. */
  readonly progress: () => void;
  /** The final dot is on its way. */
  readonly ended: () => void;
}

/** Where nodemailer has a message piped to. */
export interface TransferTarget {
  readonly socket: Socket;
}

/** Has of a stream what nodemailer uses: it pipes it after DATA, hears of an error, and destroys it when the end comes early. */
export class MessageTransfer extends EventEmitter<{ error: [Error] }> {
  readonly #open: () => Readable | AsyncIterable<Buffer>;
  readonly #hooks: TransferHooks;
  #isOver = false;
  /** Ends the wait for a connection that takes nothing for now. */
  #goOn = (): void => undefined;
  #source: Readable | AsyncIterable<Buffer> | null = null;

  constructor(open: () => Readable | AsyncIterable<Buffer>, hooks: TransferHooks) {
    super();
    this.#open = open;
    this.#hooks = hooks;
  }

  pipe({ socket }: TransferTarget): void {
    this.#write(socket).catch((error: unknown) => {
      if (!this.#isOver) this.emit('error', error instanceof Error ? error : new Error(String(error)));
    });
  }

  destroy(): void {
    this.#isOver = true;
    this.#goOn();
    if (this.#source instanceof Readable) this.#source.destroy();
  }

  async #write(socket: Socket): Promise<void> {
    const stuffing = new DotStuffing();
    this.#hooks.begun();
    this.#source = this.#open();
    let held: Buffer | null = null;
    for await (const chunk of this.#source) {
      if (this.#isOver) return;
      if (held !== null) await this.#part(socket, held);
      held = stuffing.next(chunk);
    }
    if (this.#isOver) return;
    this.#hooks.progress();
    socket.cork();
    if (held !== null) socket.write(held);
    socket.write(stuffing.end());
    socket.uncork();
    this.#hooks.ended();
  }

  async #part(socket: Socket, part: Buffer): Promise<void> {
    this.#hooks.progress();
    if (socket.write(part)) return;
    // A connection that ends while it is full never drains; then it is `destroy` that goes on.
    await new Promise<void>((resolve) => {
      this.#goOn = resolve;
      socket.once('drain', resolve);
    });
  }
}
