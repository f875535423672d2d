/** Octets beyond ASCII: noticing them, and reading them as text. Pure. */
import { isAscii, isUtf8 } from 'node:buffer';

export const hasEightBit = (bytes: Buffer): boolean => !isAscii(bytes);

/** What a message cannot be turned into for a next hop; the status goes into the report (RFC 3463, RFC 6531 section 3.7.4.2). */
export class NotConvertible extends Error {
  override readonly name = 'NotConvertible';
  readonly enhanced: '5.6.3' | '5.6.7';

  constructor(enhanced: '5.6.3' | '5.6.7', message: string) {
    super(message);
    this.enhanced = enhanced;
  }
}

/** UTF-8 where that is what it is; otherwise what old programs of Windows write without saying so. */
export const guessCharset = (bytes: Buffer): 'utf-8' | 'windows-1252' => (isUtf8(bytes) ? 'utf-8' : 'windows-1252');

export const decodeText = (bytes: Buffer): string => new TextDecoder(guessCharset(bytes)).decode(bytes);

/** For text that carries no meaning any program reads. */
export const withoutEightBit = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.map((octet) => (octet > 0x7f ? 0x3f : octet)));
