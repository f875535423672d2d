/** Frames from the window travel as JSON text: bounded before it is parsed, and nothing but plain values after. Pure. */

/** As large as a frame of the pipe may be: the largest call is a list of 100,000 message ids. */
const maxFrameCharacters = 8 * 1_048_576;

/** @returns undefined for anything else; that is no frame of any kind, and whoever gets it ends the channel. */
export function frameFromText(text: unknown): unknown {
  if (typeof text !== 'string' || text.length > maxFrameCharacters) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
