/** Ids of sessions, for logs and for those who end one: 80 random bits, as the library makes them. */
import { randomBytes } from 'node:crypto';

const idBytes = 10;
/** A call for random octets costs about as much as a reply; one for many costs no more. */
const drawnAtOnce = 256;

export class SessionIds {
  #drawn: Buffer = Buffer.alloc(0);

  next(): string {
    if (this.#drawn.length < idBytes) this.#drawn = randomBytes(idBytes * drawnAtOnce);
    const octets = this.#drawn.subarray(0, idBytes);
    this.#drawn = this.#drawn.subarray(idBytes);
    return BigInt(`0x${octets.toString('hex')}`)
      .toString(32)
      .padStart(16, '0');
  }
}
