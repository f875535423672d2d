/** What a person may want to read of a stored message: headers, text, the names of attachments. Never HTML. */
import PostalMime, { decodeWords, type Email } from 'postal-mime';
import type { MessageDetails } from '../../shared/contract/messages.ts';
import { textOfHtml } from './html-text.ts';

export type MessageContent = Pick<MessageDetails, 'headers' | 'text' | 'textTruncated' | 'attachments'>;

/** The whole of any notification of a CA; of a large message the beginning. */
export const readableBytes = 1_048_576;
/**
 * The parser works on the thread that takes mail in, and its time grows with lines and parts rather than with bytes (20 µs
 * a line, parts squared). These bounds keep it below a tenth of a second for whatever somebody sends.
 */
const readableLines = 5_000;
const readableParts = 500;
const readableTextLength = 262_144;
const readableHeaders = 1_000;
const readableHeaderLength = 4_096;
const readableAttachments = 500;
const parserLimits = { maxNestingDepth: 20, maxHeadersSize: 262_144, maxRfc822NestingDepth: 1 };

/** @param complete  False when `bytes` is only the beginning of the message. */
export async function readMessageContent(bytes: Buffer, complete: boolean): Promise<MessageContent> {
  const end = readableEnd(bytes);
  let email: Email;
  try {
    email = await PostalMime.parse(bytes.subarray(0, end), parserLimits);
  } catch {
    // Nested or headed beyond the limits: nothing a person would read. The source is there for those who must know.
    return { headers: [], text: null, textTruncated: true, attachments: [] };
  }
  const text = email.text ?? (email.html === undefined ? null : textOfHtml(email.html));
  return {
    headers: email.headers.slice(0, readableHeaders).map(({ originalKey, value }) => ({
      name: originalKey,
      value: decodeWords(value.slice(0, readableHeaderLength)),
    })),
    text: text === null ? null : text.slice(0, readableTextLength),
    textTruncated: !complete || end < bytes.byteLength || (text?.length ?? 0) > readableTextLength,
    attachments: email.attachments.slice(0, readableAttachments).map(({ filename, mimeType, content }) => ({
      name: filename ?? '',
      contentType: mimeType,
      sizeBytes: typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength,
    })),
  };
}

/** Where the bounds of the parser are reached: a line beginning with `--` may be the border of a part. */
function readableEnd(bytes: Buffer): number {
  let lines = 0;
  let parts = 0;
  for (let at = 0; at < bytes.byteLength; ) {
    if (bytes[at] === 0x2d && bytes[at + 1] === 0x2d) parts += 1;
    const lineEnd = bytes.indexOf(0x0a, at);
    lines += 1;
    if (lineEnd < 0) break;
    if (lines >= readableLines || parts >= readableParts) return lineEnd + 1;
    at = lineEnd + 1;
  }
  return bytes.byteLength;
}
