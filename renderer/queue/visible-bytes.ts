/**
 * Raw message text for the screen: each character is one byte (Latin-1). Line ends and tabs stay, other control characters
 * become symbols of the Control Pictures block, so that nothing in a message can act on the screen or hide. Pure.
 */
export const visibleBytes = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\n\t\u0020-\u007e\u00a0-\u00ff]/g, (character) => pictureOf(character.charCodeAt(0)));

const pictureOf = (code: number): string => {
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
};
