/**
 * The structure of a message, line by line in bounded memory: headers, bodies, and what lies between (RFC 2046 section 5.1).
 * Everything that goes in comes out in order, so that what is not changed stays as it is.
 */
import { NotConvertible } from './eight-bit.ts';
import { fieldValue, type HeaderField, splitFields } from './header-fields.ts';

export interface MimePart {
  /** In order of appearance, from 0. */
  readonly index: number;
  readonly kind: 'leaf' | 'multipart' | 'message';
  /** Content-Transfer-Encoding in lower case; empty when there is none. */
  readonly encoding: string;
  readonly hasContentType: boolean;
  /** The message, or one inside it: not a part of a multipart. */
  readonly isMessage: boolean;
  /** Its body is signed or encrypted, or inside of what is: every octet counts. */
  readonly sealed: boolean;
  /** So does every octet of its header. */
  readonly headSealed: boolean;
}

export type MimeEvent =
  /** The whole header with the empty line after it, if there is one. */
  | { readonly type: 'head'; readonly part: MimePart; readonly bytes: Buffer; readonly fields: readonly HeaderField[] }
  /** A line of a leaf with its line end; a piece of a very long line when it `continues`. */
  | { readonly type: 'body'; readonly part: MimePart; readonly bytes: Buffer; readonly continues: boolean }
  /** Boundaries, and the text before the first and after the last of them, which nobody reads. */
  | { readonly type: 'between'; readonly part: MimePart; readonly bytes: Buffer };

const maxHeadBytes = 1_048_576;
const maxLineBytes = 16_384;
const maxParts = 10_000;
const maxDepth = 100;

/** @throws {NotConvertible} 5.6.3 when the message is built in a way no mail is. */
export async function* walkMime(source: AsyncIterable<Buffer>): AsyncGenerator<readonly MimeEvent[], void> {
  const walker = new Walker();
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(lf, start); end >= 0; end = bytes.indexOf(lf, start)) {
      walker.take(bytes.subarray(start, end + 1), false);
      start = end + 1;
    }
    while (bytes.length - start > maxLineBytes) {
      walker.take(bytes.subarray(start, start + maxLineBytes), true);
      start += maxLineBytes;
    }
    rest = bytes.subarray(start);
    yield walker.events();
  }
  if (rest.length > 0) walker.take(rest, false);
  walker.end();
  yield walker.events();
}

const lf = '\n'.charCodeAt(0);
const cr = '\r'.charCodeAt(0);
const isEmpty = (line: Buffer): boolean => line[0] === lf || (line[0] === cr && line[1] === lf);
const dash = '-'.charCodeAt(0);

interface OpenMultipart {
  readonly part: MimePart;
  readonly boundary: string;
  readonly isDigest: boolean;
}

/** What is known of a part before its header has been read. */
interface Opening {
  readonly isMessage: boolean;
  readonly sealed: boolean;
  readonly defaultType: string;
}

class Walker {
  #events: MimeEvent[] = [];
  readonly #open: OpenMultipart[] = [];
  #parts = 0;
  /** The header being read; null within a body. */
  #head: { readonly opening: Opening; readonly lines: Buffer[]; bytes: number } | null = this.#newHead({
    isMessage: true,
    sealed: false,
    defaultType: 'text/plain',
  });
  #current: MimePart | null = null;
  #midLine = false;

  events(): readonly MimeEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  take(line: Buffer, continues: boolean): void {
    const atStart = !this.#midLine;
    this.#midLine = continues;
    if (atStart && !continues && line[0] === dash && line[1] === dash && this.#takeBoundary(line)) return;
    if (this.#head !== null) this.#takeHeadLine(line, atStart);
    else if (this.#current !== null) this.#emitBody(this.#current, line, continues);
  }

  end(): void {
    if (this.#head !== null && this.#head.lines.length > 0) this.#endHead();
  }

  #emitBody(part: MimePart, bytes: Buffer, continues: boolean): void {
    if (part.kind === 'leaf') this.#events.push({ type: 'body', part, bytes, continues });
    else this.#events.push({ type: 'between', part, bytes });
  }

  /** A boundary of an outer multipart ends all inner ones. */
  #takeBoundary(line: Buffer): boolean {
    const text = line.toString('latin1').trimEnd();
    const level = this.#open.findLastIndex(({ boundary }) => text === `--${boundary}` || text === `--${boundary}--`);
    const multipart = this.#open[level];
    if (multipart === undefined) return false;
    this.end();
    const isLast = text !== `--${multipart.boundary}`;
    this.#open.length = isLast ? level : level + 1;
    this.#current = multipart.part;
    this.#events.push({ type: 'between', part: multipart.part, bytes: line });
    this.#head = isLast
      ? null
      : this.#newHead({
          isMessage: false,
          sealed: multipart.part.sealed,
          defaultType: multipart.isDigest ? 'message/rfc822' : 'text/plain',
        });
    return true;
  }

  #newHead(opening: Opening): { opening: Opening; lines: Buffer[]; bytes: number } {
    return { opening, lines: [], bytes: 0 };
  }

  #takeHeadLine(line: Buffer, atStart: boolean): void {
    if (this.#head === null) return;
    this.#head.lines.push(line);
    this.#head.bytes += line.length;
    if (this.#head.bytes > maxHeadBytes) throw new NotConvertible('5.6.3', 'its header is too long');
    if (atStart && isEmpty(line)) this.#endHead();
  }

  #endHead(): void {
    if (this.#head === null) return;
    const { opening, lines } = this.#head;
    const bytes = Buffer.concat(lines);
    const fields = splitFields(bytes);
    const declared = fieldValue(fields, 'content-type');
    const type = /^[^\s;]+/.exec(declared ?? '')?.[0].toLowerCase() ?? opening.defaultType;
    const encoding = (fieldValue(fields, 'content-transfer-encoding') ?? '').toLowerCase();
    const isPlain = ['', '7bit', '8bit', 'binary'].includes(encoding);
    const boundary = type.startsWith('multipart/') ? boundaryOf(declared ?? '') : null;
    const part: MimePart = {
      index: this.#parts,
      kind: !isPlain ? 'leaf' : boundary !== null ? 'multipart' : embedded.has(type) ? 'message' : 'leaf',
      encoding,
      hasContentType: declared !== undefined,
      isMessage: opening.isMessage,
      sealed: opening.sealed || sealing.has(type),
      headSealed: opening.sealed,
    };
    this.#parts += 1;
    if (this.#parts > maxParts || this.#open.length > maxDepth)
      throw new NotConvertible('5.6.3', 'it has too many parts');
    this.#events.push({ type: 'head', part, bytes, fields });
    this.#current = part;
    this.#head = null;
    if (part.kind === 'multipart' && boundary !== null) {
      this.#open.push({ part, boundary, isDigest: type === 'multipart/digest' });
    } else if (part.kind === 'message') {
      this.#head = this.#newHead({ isMessage: true, sealed: part.sealed, defaultType: 'text/plain' });
    }
  }
}

const embedded: ReadonlySet<string> = new Set(['message/rfc822', 'message/global']);
const sealing: ReadonlySet<string> = new Set([
  'multipart/signed',
  'multipart/encrypted',
  'application/pkcs7-mime',
  'application/x-pkcs7-mime',
]);

const boundaryOf = (contentType: string): string | null => {
  const [, quoted, token] = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/is.exec(contentType) ?? [];
  const boundary = quoted?.replace(/\\(.)/gs, '$1').trimEnd() ?? token ?? '';
  return boundary === '' ? null : boundary;
};
