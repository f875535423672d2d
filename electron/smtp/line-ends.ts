/**
 * Finds a CR or LF that is not part of CRLF. Servers that disagree on what ends a line can be made to disagree on where a
 * message ends, and then the rest of one message is a message of its own with a forged sender (SMTP smuggling).
 * RFC 5321 section 2.3.8: CR and LF are sent only together.
 */

const cr = 0x0d;
const lf = 0x0a;

/** 'afterCr': the last byte was a CR, its LF may be the first byte of the next chunk. 'bare' is final. */
export type LineEndState = 'text' | 'afterCr' | 'bare';

/** The state after one more chunk; chunks may be cut anywhere. */
export function nextLineEndState(state: LineEndState, chunk: Uint8Array): LineEndState {
  if (state === 'bare') return state;
  let afterCr = state === 'afterCr';
  for (const byte of chunk) {
    if ((byte === lf) !== afterCr) return 'bare';
    afterCr = byte === cr;
  }
  return afterCr ? 'afterCr' : 'text';
}

/** After the last chunk: was every CR and LF part of CRLF? */
export const hasOnlyWholeLineEnds = (state: LineEndState): boolean => state === 'text';
