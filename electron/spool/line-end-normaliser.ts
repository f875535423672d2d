/** Line ends as mail needs them. Pure. */

const cr = 0x0d;
const lf = 0x0a;

/**
 * Turns every CRLF, LF and CR into CRLF, in chunks cut anywhere. Servers that disagree on what ends a line could be made
 * to disagree on where a message ends (RFC 5321 section 2.3.8).
 */
export class LineEndNormaliser {
  #afterCr = false;
  #atLineStart = true;

  next(chunk: Uint8Array): Buffer {
    // Every byte may become two.
    const out = Buffer.allocUnsafe(2 * chunk.byteLength);
    let length = 0;
    for (const byte of chunk) {
      // The LF of a CRLF was written with its CR.
      const isSecondHalf = byte === lf && this.#afterCr;
      this.#afterCr = byte === cr;
      if (isSecondHalf) continue;
      if (byte === cr || byte === lf) {
        out[length++] = cr;
        out[length++] = lf;
      } else out[length++] = byte;
    }
    if (length > 0) this.#atLineStart = out[length - 1] === lf;
    return out.subarray(0, length);
  }

  /** What is missing at the end of the text: its last line end, if it has none. */
  end(): Buffer {
    return Buffer.from(this.#atLineStart ? '' : '\r\n');
  }
}
