/** The header of a mail file as fields (RFC 5322 section 2.2). Pure; any bytes are fine, and any of CRLF, LF and CR ends a line. */
import { isUtf8 } from 'node:buffer';

export interface HeaderField {
  /** In lower case. */
  readonly name: string;
  /** The whole field as it stands in the file, one character per byte, folded lines joined by CRLF; no CRLF at the end. */
  readonly raw: string;
}

export type HeaderResult =
  | { readonly kind: 'header'; readonly fields: readonly HeaderField[]; readonly bodyOffsetBytes: number }
  /** The bytes end inside the header: read more. */
  | { readonly kind: 'incomplete' }
  /** A line that belongs to no field. `fields` are those before it. */
  | { readonly kind: 'malformed'; readonly fields: readonly HeaderField[]; readonly lineNumber: number };

const fieldStart = /^([!-9;-~]+)[ \t]*:/;
const lineEnd = /\r\n|\r|\n/g;

/** @param whole  True when `bytes` is the rest of the file. */
export function readHeader(bytes: Uint8Array, whole: boolean): HeaderResult {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const fields: { name: string; raw: string }[] = [];
  let lineNumber = 0;
  for (let at = 0; at < text.length; ) {
    lineEnd.lastIndex = at;
    const end = lineEnd.exec(text);
    // A CR at the very end may be half of a CRLF.
    const isCut = end === null || (end[0] === '\r' && lineEnd.lastIndex === text.length);
    if (isCut && !whole) return { kind: 'incomplete' };
    const line = text.slice(at, end?.index ?? text.length);
    at = end === null ? text.length : lineEnd.lastIndex;
    lineNumber += 1;
    if (line === '') return { kind: 'header', fields, bodyOffsetBytes: at };
    const field = fields.at(-1);
    const name = fieldStart.exec(line)?.[1];
    if (name !== undefined) fields.push({ name: name.toLowerCase(), raw: line });
    else if (field !== undefined && /^[ \t]/.test(line)) field.raw += `\r\n${line}`;
    else return { kind: 'malformed', fields, lineNumber };
  }
  return whole ? { kind: 'header', fields, bodyOffsetBytes: bytes.byteLength } : { kind: 'incomplete' };
}

/** What follows the colon, on one line. Raw 8-bit text: UTF-8 where it fits (RFC 6532), else what Windows programs write. */
export function fieldText({ raw }: HeaderField): string {
  const unfolded = raw.slice(raw.indexOf(':') + 1).replace(/\r\n/g, '');
  const bytes = Buffer.from(unfolded, 'latin1');
  return (isUtf8(bytes) ? bytes.toString('utf8') : new TextDecoder('windows-1252').decode(bytes)).trim();
}
