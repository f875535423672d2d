/** The text file beside a message in Badmail. Pure; for Notepad, so lines end in CRLF. */
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { QueueEntry } from './types.ts';

const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();
const reasonLines = (reason: string): readonly string[] => reason.split(/\r?\n/).map(oneLine);

export function badmailNote(entry: QueueEntry, reason: string, nowMs: EpochMs): string {
  const recipients = entry.record.recipients.map(({ address, state, lastFailure }) =>
    oneLine(`  ${address}: ${state}${lastFailure === null ? '' : `, ${lastFailure.text}`}`),
  );
  return [
    `Message:   ${entry.id}`,
    `From:      ${oneLine(entry.sender) || '<> (a report)'}`,
    `Subject:   ${oneLine(entry.subject)}`,
    `Received:  ${new Date(entry.receivedAtMs).toISOString()}`,
    `Moved:     ${new Date(nowMs).toISOString()}`,
    '',
    ...reasonLines(reason),
    '',
    'Recipients:',
    ...recipients.map((line) => `  ${line}`),
    '',
  ].join('\r\n');
}

/** For a file that never was a message. */
export const fileNote = (name: string, reason: string, nowMs: EpochMs): string =>
  [`File:      ${oneLine(name)}`, `Moved:     ${new Date(nowMs).toISOString()}`, '', ...reasonLines(reason), ''].join(
    '\r\n',
  );

/** The first line of the reason in a note of ours; in any other text its first line. At most 500 characters. */
export function reasonIn(note: string): string {
  const lines = note.split(/\r?\n/).map(oneLine);
  const isOurs = /^(?:Message|File): /.test(lines[0] ?? '');
  const after = isOurs ? lines.slice(lines.indexOf('') + 1) : lines;
  return (after.find((line) => line !== '') ?? '').slice(0, 500);
}
