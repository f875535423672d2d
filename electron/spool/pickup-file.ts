/**
 * A mail file from elsewhere: who it is from, who gets it, and its header as it goes out. Pure; any bytes are fine.
 *
 *   x-sender: user@example.org        the envelope, as the lines of a queue file; each side that is missing
 *   x-receiver: one@example.net       comes from the fields From, or To, Cc and Bcc
 *   From: …                           Bcc is taken out, Message-ID and Date are added where they are missing
 *
 *   the text, with lines that end in CRLF, LF or CR
 */

import { fieldText, type HeaderField, readHeader } from './header-fields.ts';
import { type AddressList, isMailAddress, readAddressList, withoutRepetitions } from './mail-addresses.ts';
import { type HeadLines, needsSmtpUtf8, readHeadLines, receiversWithDsn } from './message-file.ts';
import { dateTime } from './received-line.ts';
import type { Envelope, EnvelopeRecipient } from './types.ts';

/** More than any program writes; the recipients of a large distribution included. */
export const maxPickupHeadBytes = 4_194_304;

export interface PickupFileSource {
  /** The start of the file. */
  readonly bytes: Buffer;
  /** True when `bytes` is all of it. */
  readonly whole: boolean;
  /** Null: any number. */
  readonly hopLimit: number | null;
}

/** What a file says of itself; the rest of the envelope is about how it came here. */
type FileEnvelope = Pick<Envelope, 'sender' | 'recipients' | 'body' | 'smtpUtf8' | 'dsn'>;

export interface PickupFile {
  readonly kind: 'mail';
  readonly envelope: FileEnvelope;
  /** Without Bcc. */
  readonly fields: readonly HeaderField[];
  readonly bodyOffsetBytes: number;
}

export type PickupFileResult =
  | PickupFile
  | { readonly kind: 'incomplete' }
  /** A sentence for the administrator. */
  | { readonly kind: 'malformed'; readonly reason: string };

/** A NUL is in no text; all other bytes are left to the charset of the message. */
export const notText = 'It is not a text file.';
const utf16 = 'It is saved as UTF-16 ("Unicode"). Save it as ANSI or UTF-8.';

export function readPickupFile({ bytes, whole, hopLimit }: PickupFileSource): PickupFileResult {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return malformed(utf16);
  if (bytes.includes(0)) return malformed(notText);
  const lines = readHeadLines({ bytes, whole });
  if (lines.kind !== 'lines') return lines;
  const header = readHeader(bytes.subarray(lines.contentOffsetBytes), whole);
  if (header.kind === 'incomplete') return header;
  const { fields } = header;
  if (fields.length === 0) return malformed('The file does not begin with a header, such as "From: user@example.org".');
  if (header.kind === 'malformed') {
    return malformed(`Line ${header.lineNumber} of the header is no field. An empty line must follow the header.`);
  }
  const hops = fields.filter(({ name }) => name === 'received').length;
  if (hopLimit !== null && hops > hopLimit) {
    return malformed(
      `It has passed ${hops} servers, more than the ${hopLimit} allowed: it may be going round in a loop.`,
    );
  }
  const envelope = envelopeOf(lines, fields);
  if ('reason' in envelope) return malformed(envelope.reason);
  return {
    kind: 'mail',
    envelope,
    fields: fields.filter(({ name }) => name !== 'bcc'),
    bodyOffsetBytes: lines.contentOffsetBytes + header.bodyOffsetBytes,
  };
}

function envelopeOf(lines: HeadLines, fields: readonly HeaderField[]): FileEnvelope | { readonly reason: string } {
  const from = lines.sender === null ? addressesIn(fields, ['from']) : null;
  const sender = lines.sender ?? from?.addresses[0];
  if (sender === undefined) return { reason: 'It has no sender: neither an x-sender line nor an address in From.' };
  // The null sender of a report is as good as an address, but only where it is meant.
  if (sender !== '' && !isMailAddress(sender)) return { reason: `The sender is no mail address: ${sender}` };
  const recipients = recipientsOf(lines, fields);
  if ('reason' in recipients) return recipients;
  const { body = '8BITMIME', smtpUtf8 = false, dsn = {} } = lines.envelope ?? {};
  const addresses = [sender, ...recipients.map(({ address }) => address)];
  return { sender, recipients, body, smtpUtf8: smtpUtf8 || needsSmtpUtf8(addresses), dsn };
}

function recipientsOf(
  lines: HeadLines,
  fields: readonly HeaderField[],
): readonly EnvelopeRecipient[] | { readonly reason: string } {
  const inHeader = lines.receivers.length === 0 ? addressesIn(fields, ['to', 'cc', 'bcc']) : null;
  const recipients = inHeader?.addresses.map((address) => ({ address, dsn: {} })) ?? receiversWithDsn(lines);
  const unusable = inHeader?.unusable[0] ?? recipients.find(({ address }) => !isMailAddress(address))?.address;
  // Not sent to the others either: nobody would notice who is missing.
  if (unusable !== undefined) return { reason: `A recipient is no mail address: ${unusable.slice(0, 320)}` };
  if (recipients.length > 0) return withoutRepetitions(recipients);
  return { reason: 'It has no recipient: neither an x-receiver line nor an address in To, Cc or Bcc.' };
}

function addressesIn(fields: readonly HeaderField[], names: readonly string[]): AddressList {
  const lists = fields.filter(({ name }) => names.includes(name)).map((field) => readAddressList(fieldText(field)));
  return {
    addresses: lists.flatMap(({ addresses }) => addresses),
    unusable: lists.flatMap(({ unusable }) => unusable),
  };
}

/** The header as it goes out, its empty line included. */
export function outgoingHeader(
  { fields }: PickupFile,
  added: { readonly messageId: string; readonly dateMs: number },
): Buffer {
  const names = new Set(fields.map(({ name }) => name));
  return Buffer.from(
    [
      ...(names.has('message-id') ? [] : [`Message-ID: <${added.messageId}>`]),
      ...(names.has('date') ? [] : [`Date: ${dateTime(added.dateMs)}`]),
      ...fields.map(({ raw }) => raw),
      '',
      '',
    ].join('\r\n'),
    'latin1',
  );
}

const malformed = (reason: string): PickupFileResult => ({ kind: 'malformed', reason });
