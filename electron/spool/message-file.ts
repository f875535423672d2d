/**
 * The head of a message file: the envelope before the message, in the form an IIS Pickup folder takes. Pure.
 *
 *   x-sender: user@example.org
 *   x-receiver: one@example.net
 *   x-receiver: two@example.com
 *   x-envelope: {"receivedAtMs":…,"clientAddress":…,"recipients":[{dsn of the first},{dsn of the second}]}
 *   Received: …the message from here on
 *
 * Lines end in CRLF (LF is read as well), text is UTF-8. Without x-envelope, as in a file made by hand, defaults hold.
 */
import { isUtf8 } from 'node:buffer';
import * as z from 'zod';
import { type EpochMs, epochMsSchema } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import type { Envelope, EnvelopeRecipient, RecipientDsn } from './types.ts';

const recipientDsnSchema = z.object({
  notify: z.array(z.enum(['NEVER', 'SUCCESS', 'FAILURE', 'DELAY'])).exactOptional(),
  orcpt: z.string().exactOptional(),
});

const envelopeLineSchema = z.object({
  receivedAtMs: epochMsSchema,
  clientAddress: z.string(),
  heloName: z.string(),
  protocol: z.string(),
  body: z.enum(['7BIT', '8BITMIME']),
  smtpUtf8: z.boolean(),
  dsn: z.object({ ret: z.enum(['FULL', 'HDRS']).exactOptional(), envid: z.string().exactOptional() }),
  /** In the order of the x-receiver lines; absent when none has any. */
  recipients: z.array(recipientDsnSchema).exactOptional(),
  authenticatedUser: z.string().exactOptional(),
  reverseLookup: z
    .object({ result: z.enum(['verified', 'unverified', 'failed']), name: z.string().exactOptional() })
    .exactOptional(),
});
type EnvelopeLine = z.infer<typeof envelopeLineSchema>;

export type HeadResult =
  | { readonly kind: 'head'; readonly envelope: Envelope; readonly contentOffsetBytes: number }
  /** The bytes end inside the head: read more. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'malformed'; readonly reason: string };

/** Far more than 10,000 recipients need. A file with a longer head is not ours. */
export const maxHeadBytes = 16_777_216;

/** @throws {ProblemError} 'badArgument' for an address that is no single line of text, no recipient or far too many. */
export function encodeHead(envelope: Envelope): Buffer {
  const { sender, recipients, ...rest } = envelope;
  if (recipients.length === 0) throw problem('badArgument', 'A message needs at least one recipient.');
  const dsns = recipients.map(({ dsn }) => dsn);
  const hasDsn = dsns.some((dsn) => Object.keys(dsn).length > 0);
  const head = Buffer.concat([
    encodeAddressLines(
      sender,
      recipients.map(({ address }) => address),
    ),
    Buffer.from(`x-envelope: ${oneLineJson(hasDsn ? { ...rest, recipients: dsns } : rest)}\r\n`),
  ]);
  if (head.length > maxHeadBytes) throw problem('badArgument', 'The envelope is too large.');
  return head;
}

/** The lines IIS knows. @throws {ProblemError} 'badArgument' for an address that is no single line of text. */
export const encodeAddressLines = (sender: string, receivers: readonly string[]): Buffer =>
  Buffer.from(
    [
      `x-sender: ${encodeAddress(sender)}`,
      ...receivers.map((address) => `x-receiver: ${encodeAddress(address)}`),
      '',
    ].join('\r\n'),
  );

const inBrackets = /^<(.*)>$/s;

/** In brackets where it would not survive without: the null sender, blanks at the ends, brackets of its own. */
function encodeAddress(address: string): string {
  if (/[\p{Cc}\p{Cs}]/u.test(address)) {
    throw problem('badArgument', 'An address in the envelope has a control character in it.');
  }
  return address === '' || address !== address.trim() || inBrackets.test(address) ? `<${address}>` : address;
}

/** ASCII only: no character in it ends a line anywhere, not even in Notepad. */
const oneLineJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

export interface HeadSource {
  /** The start of the file. */
  readonly bytes: Buffer;
  /** True when `bytes` is all of it. */
  readonly whole: boolean;
  /** Used when there is no x-envelope line. */
  readonly arrivedAtMs: EpochMs;
}

/** The lines of a head as they are, complete or not. */
export interface HeadLines {
  /** Null without an x-sender line. */
  readonly sender: string | null;
  readonly receivers: readonly string[];
  readonly envelope: EnvelopeLine | null;
  readonly contentOffsetBytes: number;
}

export type HeadLinesResult = ({ readonly kind: 'lines' } & HeadLines) | Exclude<HeadResult, { readonly kind: 'head' }>;

/** Reads what `encodeHead` wrote, or what an administrator made by hand. Never throws, whatever the bytes. */
export function decodeHead(source: HeadSource): HeadResult {
  const lines = readHeadLines(source);
  return lines.kind === 'lines' ? finish(lines, source.arrivedAtMs) : lines;
}

/** Reads the lines that come before a message, in any order; there may be none. Never throws, whatever the bytes. */
export function readHeadLines({ bytes, whole }: Pick<HeadSource, 'bytes' | 'whole'>): HeadLinesResult {
  let sender: string | null = null;
  const receivers: string[] = [];
  let offset = bytes.subarray(0, 3).equals(byteOrderMark) ? byteOrderMark.length : 0;
  for (;;) {
    const lineEnd = bytes.indexOf(lineFeed, offset);
    if (lineEnd < 0 && !whole && mayBeHeadLine(bytes.subarray(offset))) return { kind: 'incomplete' };
    const end = lineEnd < 0 ? bytes.length : lineEnd;
    const next = lineEnd < 0 ? bytes.length : lineEnd + 1;
    const field = headField(bytes.subarray(offset, end));
    if (field === 'notUtf8') return malformed('A line of the head is not UTF-8 text.');
    if (field === null) return { kind: 'lines', sender, receivers, envelope: null, contentOffsetBytes: offset };
    if (field.name === 'x-envelope') {
      const envelope = decodeEnvelopeLine(field.value);
      if ('reason' in envelope) return malformed(envelope.reason);
      return { kind: 'lines', sender, receivers, envelope: envelope.line, contentOffsetBytes: next };
    }
    if (field.name === 'x-receiver') receivers.push(decodeAddress(field.value));
    else if (sender === null) sender = decodeAddress(field.value);
    else return malformed('There is more than one x-sender line.');
    offset = next;
  }
}

const lineFeed = 0x0a;
/** Notepad writes one. */
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const longestFieldName = 'x-receiver:'.length;

const nameOf = (line: Buffer): string | undefined =>
  /^(x-sender|x-receiver|x-envelope):/i.exec(line.toString('latin1', 0, longestFieldName))?.[1];

/** False once the start of an unfinished line shows that it belongs to the message: no need to read on. */
const mayBeHeadLine = (start: Buffer): boolean => start.length < longestFieldName || nameOf(start) !== undefined;

/** The field of a head line, null for any other line: the message begins there. */
function headField(line: Buffer): { readonly name: string; readonly value: string } | 'notUtf8' | null {
  const name = nameOf(line);
  if (name === undefined) return null;
  if (!isUtf8(line)) return 'notUtf8';
  return { name: name.toLowerCase(), value: line.toString('utf8', name.length + 1).trim() };
}

const decodeAddress = (value: string): string => inBrackets.exec(value)?.[1] ?? value;

function decodeEnvelopeLine(json: string): { readonly line: EnvelopeLine } | { readonly reason: string } {
  let parsed: ReturnType<typeof envelopeLineSchema.safeParse>;
  try {
    parsed = envelopeLineSchema.safeParse(JSON.parse(json));
  } catch {
    return { reason: 'The x-envelope line is not JSON.' };
  }
  if (parsed.success) return { line: parsed.data };
  return { reason: `The x-envelope line does not fit: ${z.prettifyError(parsed.error).slice(0, 500)}` };
}

/** The options of each receiver. When somebody added or removed one by hand, whose are whose is not known any more. */
export function receiversWithDsn({ receivers, envelope }: HeadLines): readonly EnvelopeRecipient[] {
  const dsns: readonly RecipientDsn[] = envelope?.recipients ?? [];
  const matching = dsns.length === receivers.length ? dsns : [];
  return receivers.map((address, index) => ({ address, dsn: matching[index] ?? {} }));
}

function finish(lines: HeadLines, arrivedAtMs: EpochMs): HeadResult {
  const { sender, receivers, envelope, contentOffsetBytes } = lines;
  if (sender === null) return malformed('There is no x-sender line.');
  if (receivers.length === 0) return malformed('There is no x-receiver line.');
  const { recipients: _, ...rest } = envelope ?? defaultsFor([sender, ...receivers], arrivedAtMs);
  return { kind: 'head', envelope: { sender, recipients: receiversWithDsn(lines), ...rest }, contentOffsetBytes };
}

const defaultsFor = (addresses: readonly string[], arrivedAtMs: EpochMs): EnvelopeLine => ({
  receivedAtMs: arrivedAtMs,
  clientAddress: '',
  heloName: '',
  protocol: 'local',
  // The content is not known to be 7-bit.
  body: '8BITMIME',
  smtpUtf8: needsSmtpUtf8(addresses),
  dsn: {},
});

/** RFC 6531 section 1.2: an address beyond ASCII goes only to servers that know of such addresses. */
export const needsSmtpUtf8 = (addresses: readonly string[]): boolean =>
  addresses.some((address) => /[^ -~]/.test(address));

const malformed = (reason: string): { readonly kind: 'malformed'; readonly reason: string } => ({
  kind: 'malformed',
  reason,
});
