/**
 * Finds a CR or LF that is not part of CRLF. Servers that disagree on what ends a line can be made to disagree on where a
 * message ends, and then the rest of one message is a message of its own with a forged sender (SMTP smuggling).
 * RFC 5321 section 2.3.8: CR and LF are sent only together.
 */

const lf = 0x0a;

/** A CR at the very end may still get its LF. */
const bareLineEnd = /\r(?!\n|$)|(?<!\r)\n/;

/** 'afterCr': the last byte was a CR, its LF may be the first byte of the next chunk. 'bare' is final. */
export type LineEndState = 'text' | 'afterCr' | 'bare';

/** The state after one more chunk; chunks may be cut anywhere. */
export function nextLineEndState(state: LineEndState, chunk: Uint8Array): LineEndState {
  if (state === 'bare') return state;
  if (chunk.length === 0) return state;
  if (state === 'afterCr' && chunk[0] !== lf) return 'bare';
  const unread = chunk.subarray(state === 'afterCr' ? 1 : 0);
  // One octet per character: the search of the engine costs a tenth of a loop over octets.
  const text = Buffer.from(unread.buffer, unread.byteOffset, unread.byteLength).toString('latin1');
  if (bareLineEnd.test(text)) return 'bare';
  return text.endsWith('\r') ? 'afterCr' : 'text';
}

/** After the last chunk: was every CR and LF part of CRLF? */
export const hasOnlyWholeLineEnds = (state: LineEndState): boolean => state === 'text';
