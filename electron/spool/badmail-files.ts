/** Names in the Badmail folder, and what a file there says of itself. Pure. */
import { type BadmailRow, badmailNameSchema } from '../../shared/contract/messages.ts';
import type { FileEntry } from '../base/disk.ts';
import { fieldText, readHeader } from './header-fields.ts';
import { readAddressList } from './mail-addresses.ts';
import { readHeadLines } from './message-file.ts';
import { subjectOf } from './subject.ts';

export interface BadmailFile {
  /** As in `BadmailRow`. */
  readonly name: string;
  readonly file: string;
  /** Name of the text file beside it; null when there is none. */
  readonly note: string | null;
  /** Put there by the relay, or named as if; others are shown only when they turn out to be mail. */
  readonly isOurs: boolean;
}

const messageEnding = '.eml';
const noteEnding = '.txt';

/** `<name>.eml`: message `<name>`; any other file is called by its whole name. Text files are notes, `.tmp` is being written. */
export function badmailFiles(entries: readonly FileEntry[]): readonly BadmailFile[] {
  const names = new Set(entries.filter(({ isFile }) => isFile).map(({ name }) => name));
  const byName = new Map<string, BadmailFile>();
  for (const file of names) {
    const lowerCase = file.toLowerCase();
    if (lowerCase.endsWith(noteEnding) || lowerCase.endsWith('.tmp') || file.startsWith('.')) continue;
    const isOurs = lowerCase.endsWith(messageEnding);
    const name = isOurs ? file.slice(0, -messageEnding.length) : file;
    // Two files of one name, such as a.bad and a.bad.eml: the message goes first.
    if (!badmailNameSchema.safeParse(name).success || (byName.has(name) && !isOurs)) continue;
    const note = `${name}${noteEnding}`;
    byName.set(name, { name, file, note: names.has(note) ? note : null, isOurs });
  }
  return [...byName.values()];
}

/** Room for a number and an ending. */
const longestBaseName = 180;

/** A name for a file from elsewhere that the folder, the contract and Windows take: 'order.txt' stays so, 'a.eml' becomes 'a'. */
export function badmailBaseName(fileName: string): string {
  const withoutEnding = fileName.toLowerCase().endsWith(messageEnding)
    ? fileName.slice(0, -messageEnding.length)
    : fileName;
  const name = withoutEnding
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cs}]/gu, '_')
    .slice(0, longestBaseName)
    .replace(/^[. ]+|[. \ud800-\udbff]+$/g, '');
  return name || 'file';
}

/** The first of 'name', 'name (2)', 'name (3)'… that is free with both its files. */
export function freeName(baseName: string, taken: ReadonlySet<string>): string {
  const isTaken = (name: string): boolean => taken.has(`${name}${messageEnding}`) || taken.has(`${name}${noteEnding}`);
  let name = baseName;
  for (let count = 2; isTaken(name); count += 1) name = `${baseName} (${count})`;
  return name;
}

export const messageFileOf = (name: string): string => `${name}${messageEnding}`;
export const noteFileOf = (name: string): string => `${name}${noteEnding}`;

export interface BadmailContent extends Pick<BadmailRow, 'sender' | 'subject'> {
  readonly recipients: readonly string[];
  /** Where the message begins, after the lines of its envelope. */
  readonly contentOffsetBytes: number;
  /** It begins as mail does. */
  readonly isMail: boolean;
}

/**
 * What the start of a file tells, as far as it can be read. Never throws, whatever the bytes.
 * @returns null when the lines of the envelope do not end within `bytes`.
 */
export function badmailContent(bytes: Buffer, whole: boolean): BadmailContent | null {
  const lines = readHeadLines({ bytes, whole });
  if (lines.kind === 'incomplete') return null;
  const { sender = null, receivers = [], contentOffsetBytes = 0 } = lines.kind === 'lines' ? lines : {};
  const content = bytes.subarray(contentOffsetBytes);
  // What is missing at the end of a long header is not looked for.
  const header = readHeader(content, true);
  const fields = header.kind === 'incomplete' ? [] : header.fields;
  const addressesIn = (...names: readonly string[]): readonly string[] =>
    fields.filter(({ name }) => names.includes(name)).flatMap((field) => readAddressList(fieldText(field)).addresses);
  return {
    sender: sender ?? addressesIn('from')[0] ?? '',
    recipients: receivers.length > 0 ? receivers : addressesIn('to', 'cc', 'bcc'),
    subject: subjectOf(content),
    contentOffsetBytes,
    isMail: !bytes.includes(0) && fields.some(({ name }) => mailFields.has(name)),
  };
}

const mailFields: ReadonlySet<string> = new Set(['from', 'to', 'date', 'received', 'message-id', 'mime-version']);
