/**
 * The library's parser, made patient and watchful: a command line that is too long is answered and skipped (the library
 * ends the conversation), what never ends is cut, and somebody hears when part of a line has arrived.
 */
import { SMTPStream } from 'smtp-server/lib/smtp-stream';

export interface CommandStreamHooks {
  command(line: Buffer, done?: () => void): void;
  /** A command line is longer than allowed; its rest is skipped. */
  lineTooLong(): void;
  /** Whoever sends this much without a line end speaks no SMTP. */
  flood(): void;
  /** Everything that arrived is worked off, and this is left: the beginning of a command line, or nothing. */
  partialLine(pending: boolean): void;
}

const floodBytes = 65_536;
const lf = 0x0a;
const cr = 0x0d;

type Done = (error?: Error | null) => void;

export class CommandStream extends SMTPStream {
  readonly #hooks: CommandStreamHooks;
  readonly #maxBytes: number;
  /** Octets of a line that is too long, while its end has not come; null outside of one. */
  #skippedBytes: number | null = null;

  constructor(maxCommandBytes: number, hooks: CommandStreamHooks) {
    // One more than is allowed: the library also counts a CR whose LF has not arrived.
    super({ maxCommandLength: maxCommandBytes + 1 });
    this.#maxBytes = maxCommandBytes;
    this.#hooks = hooks;
  }

  override oncommand(line: Buffer, done?: () => void): void {
    this.#hooks.command(line, done);
  }

  /**
   * The library forgets what it has to go on with after it has gone on. When that was the whole next message, its end is
   * forgotten as well, and the conversation stands still.
   */
  override continue(): void {
    const goOn = this._continueCallback;
    if (typeof goOn !== 'function') {
      super.continue();
      return;
    }
    this._continueCallback = false;
    goOn();
  }

  /** The library comes back here with what follows the final dot. */
  override _write(chunk: Buffer, encoding: BufferEncoding | 'buffer', done: Done): void {
    if (this._dataMode || this.isClosed || chunk.length === 0) {
      super._write(chunk, encoding, done);
    } else if (this.#skippedBytes !== null) {
      this.#skip(this.#skippedBytes, chunk, encoding, done);
    } else {
      const start = startOfLongLine(chunk, this._remainder, this.#maxBytes);
      if (start === 0) this.#skipFromHere(chunk, encoding, done);
      else this.#workOff(chunk, start ?? chunk.length, encoding, done);
    }
  }

  /** What stands before a long line comes first: a DATA there makes it one of a message. */
  #workOff(chunk: Buffer, end: number, encoding: BufferEncoding | 'buffer', done: Done): void {
    super._write(chunk.subarray(0, end), encoding, (error) => {
      if (!this.isClosed && !this._dataMode) this.#hooks.partialLine(this._remainder !== '');
      if (error || end === chunk.length) done(error);
      else this._write(chunk.subarray(end), encoding, done);
    });
  }

  #skipFromHere(chunk: Buffer, encoding: BufferEncoding | 'buffer', done: Done): void {
    this._remainder = '';
    this.#hooks.lineTooLong();
    this.#skip(0, chunk, encoding, done);
  }

  #skip(skippedBytes: number, chunk: Buffer, encoding: BufferEncoding | 'buffer', done: Done): void {
    const end = chunk.indexOf(lf);
    if (end >= 0) {
      this.#skippedBytes = null;
      this.#hooks.partialLine(false);
      this._write(chunk.subarray(end + 1), encoding, done);
      return;
    }
    this.#skippedBytes = skippedBytes + chunk.length;
    if (this.#skippedBytes > floodBytes) this.#hooks.flood();
    else this.#hooks.partialLine(true);
    done();
  }
}

/** Where in `chunk` the first line begins that is longer than allowed, finished or not; null when there is none. */
function startOfLongLine(chunk: Buffer, pending: string, maxBytes: number): number | null {
  if (pending.length + chunk.length <= maxBytes) return null;
  let pendingBytes = pending.length;
  for (let start = 0; start < chunk.length; ) {
    const end = chunk.indexOf(lf, start);
    const stop = end < 0 ? chunk.length : end;
    const endsWithCr = stop > start ? chunk[stop - 1] === cr : start === 0 && pending.endsWith('\r');
    if (pendingBytes + stop - start - (endsWithCr ? 1 : 0) > maxBytes) return start;
    if (end < 0) return null;
    start = end + 1;
    pendingBytes = 0;
  }
  return null;
}
