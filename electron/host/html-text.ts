/**
 * The words of an HTML message, for reading as plain text. It is not a renderer and not a filter for HTML: what comes
 * out is text and is shown as text. One pass, linear in the length, whatever the input.
 */

const hiddenElements: ReadonlySet<string> = new Set(['head', 'noscript', 'script', 'style', 'template', 'title']);
const lineElements = /^(?:br|p|div|tr|table|ul|ol|li|h[1-6]|hr|pre|blockquote|section|article|header|footer)$/;

export function textOfHtml(html: string): string {
  const lower = html.toLowerCase();
  const pieces: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    pieces.push(wordsOf(html.slice(at, open < 0 ? undefined : open)));
    if (open < 0) break;
    const tag = readTag(lower, open);
    if (tag === 'unclosed') break;
    if (tag === 'none') pieces.push('<');
    else if (tag.line) pieces.push('\n');
    else if (tag.cell) pieces.push(' ');
    at = tag === 'none' ? open + 1 : tag.end;
  }
  const lines = pieces.join('').split('\n');
  return lines
    .map((line) => line.replaceAll(/[ \u00a0]+/g, ' ').trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

interface Tag {
  /** Behind the tag, and behind the whole element when its content is not for reading. */
  readonly end: number;
  readonly line: boolean;
  readonly cell: boolean;
}

function readTag(lower: string, open: number): Tag | 'none' | 'unclosed' {
  if (lower.startsWith('<!--', open)) {
    const close = lower.indexOf('-->', open + 4);
    return close < 0 ? 'unclosed' : { end: close + 3, line: false, cell: false };
  }
  const [, slash = '', name = ''] = /^<(\/?)([a-z!?]?[a-z0-9-]*)/.exec(lower.slice(open, open + 20)) ?? [];
  if (slash === '' && !/^[a-z!?]/.test(name)) return 'none';
  const close = lower.indexOf('>', open);
  if (close < 0) return 'unclosed';
  if (slash === '' && hiddenElements.has(name)) {
    const hiddenEnd = lower.indexOf(`</${name}`, close);
    return hiddenEnd < 0 ? 'unclosed' : { end: hiddenEnd, line: false, cell: false };
  }
  return { end: close + 1, line: lineElements.test(name), cell: name === 'td' || name === 'th' };
}

const namedCharacters: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  auml: 'ä',
  euro: '€',
  gt: '>',
  lt: '<',
  nbsp: ' ',
  ouml: 'ö',
  quot: '"',
  szlig: 'ß',
  uuml: 'ü',
};

const wordsOf = (text: string): string =>
  text
    .replaceAll(/[\s\u00a0]+/g, ' ')
    .replaceAll(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{1,8}));/gi, (whole, hex, decimal, name) => {
      if (name !== undefined) return namedCharacters[String(name)] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
      return code >= 0x20 && code <= 0x10_ffff ? String.fromCodePoint(code) : ' ';
    });
