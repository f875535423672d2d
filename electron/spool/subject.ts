/** The subject for the queue list, found in the first bytes of a message. Pure; any bytes are fine. */
import { isUtf8 } from 'node:buffer';
import { decodeWords } from 'postal-mime';

/** How much of a message is searched for its subject. */
export const subjectSearchBytes = 32_768;

const longestSubject = 200;
/** Encoded words take up to about 16 characters for one. */
const longestRawSubject = 4_096;

/** @returns the decoded subject on one line, at most 200 characters; empty when the header has none. */
export function subjectOf(start: Uint8Array): string {
  const raw = rawSubject(start.subarray(0, subjectSearchBytes));
  return raw === null ? '' : onOneLine(decodeWords(decodeText(raw)));
}

/** The unfolded bytes after 'Subject:', one character each. */
function rawSubject(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  let subject: string | null = null;
  for (let at = 0; at < text.length; ) {
    const newLine = text.indexOf('\n', at);
    const end = newLine < 0 ? text.length : newLine;
    const line = text.slice(at, end).replace(/\r$/, '');
    at = end + 1;
    if (line === '') break;
    const folded = line.startsWith(' ') || line.startsWith('\t');
    if (subject !== null && folded && subject.length < longestRawSubject) subject += line;
    else if (subject !== null) break;
    else if (!folded) subject = /^subject[ \t]*:(.*)$/is.exec(line)?.[1] ?? null;
  }
  return subject?.slice(0, longestRawSubject) ?? null;
}

/** Raw 8-bit subjects: UTF-8 where it fits (RFC 6532), else what Windows programs send. */
function decodeText(raw: string): string {
  const bytes = Buffer.from(raw, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : new TextDecoder('windows-1252').decode(bytes);
}

/** Control characters, and those that turn the writing direction and so could forge what a row shows, become blanks. */
function onOneLine(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu, ' ').trim();
  return [...plain.slice(0, 2 * longestSubject)].slice(0, longestSubject).join('').trimEnd();
}
