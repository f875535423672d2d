import type { EpochMs } from '../../shared/contract/messages.ts';
import type { QueueEntry } from './types.ts';

const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

/** The text file beside a message in Badmail. Pure; for Notepad, so lines end in CRLF. */
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
    ...reason.split(/\r?\n/).map(oneLine),
    '',
    'Recipients:',
    ...recipients.map((line) => `  ${line}`),
    '',
  ].join('\r\n');
}
