/**
 * The lines of a message as they stand after DATA (RFC 5321 section 4.5.2): a dot at the start of a line is doubled, and
 * every line ends with CRLF. A bare CR or LF becomes one as well: what one server takes for a line end and the next one
 * does not is how a message smuggles a second one in. Pure.
 */
const cr = 0x0d;
const lf = 0x0a;
const dot = 0x2e;

export class DotStuffing {
  #isEmpty = true;
  #atLineStart = true;
  /** The octets so far end with CR: what it is depends on the next one. */
  #endsWithCr = false;

  /** @returns the chunk itself when nothing in it has to be changed, as in nearly all mail. */
  next(chunk: Buffer): Buffer {
    if (chunk.length === 0) return chunk;
    this.#isEmpty = false;
    if (!this.#endsWithCr && !(this.#atLineStart && chunk[0] === dot) && isReady(chunk)) {
      this.#atLineStart = chunk.at(-1) === lf;
      return chunk;
    }
    // In latin1 every octet is one character and stays what it is.
    const text = (this.#endsWithCr ? '\r' : '') + chunk.toString('latin1');
    this.#endsWithCr = text.endsWith('\r');
    return this.#stuffed(this.#endsWithCr ? text.slice(0, -1) : text);
  }

  /** What is missing to the end of the message, the line with the single dot included. An empty message gets an empty line. */
  end(): Buffer {
    const lineHasEnded = this.#atLineStart && !this.#endsWithCr && !this.#isEmpty;
    return Buffer.from(lineHasEnded ? '.\r\n' : '\r\n.\r\n');
  }

  #stuffed(text: string): Buffer {
    const lines = text.replace(/\r\n?|\n/g, '\r\n').replace(/\n\./g, '\n..');
    const stuffed = this.#atLineStart && lines.startsWith('.') ? `.${lines}` : lines;
    if (lines !== '') this.#atLineStart = lines.endsWith('\n');
    return Buffer.from(stuffed, 'latin1');
  }
}

/** Every CR and LF stands in a CRLF, and no dot after one. By search: it is several times faster than octet by octet. */
function isReady(chunk: Buffer): boolean {
  for (let from = 0; ; ) {
    const lfAt = chunk.indexOf(lf, from);
    const crAt = chunk.indexOf(cr, from);
    if (lfAt < 0 && crAt < 0) return true;
    if (crAt < 0 || crAt + 1 !== lfAt || chunk[lfAt + 1] === dot) return false;
    from = lfAt + 1;
  }
}
