import { expect, test } from 'vitest';
import { createQueueFormat } from '../../../../renderer/queue/format.ts';
import { visibleBytes } from '../../../../renderer/queue/visible-bytes.ts';
import { failureText, whyText } from '../../../../renderer/queue/why-text.ts';
import type { Failure, QueueRow } from '../../../../shared/contract/messages.ts';
import { areaTexts } from '../area-texts.ts';
import { queueRow } from './rows.ts';

const t = await areaTexts('en', 'queue');
const context = { t, format: createQueueFormat('en-US', 'UTC'), nowMs: Date.parse('2030-01-01T00:00:00Z') };

test.each<{ row: Partial<QueueRow>; why: string }>([
  { row: { state: 'held' }, why: 'It is held by an administrator. Release it to have it delivered.' },
  { row: { state: 'sending' }, why: 'It is being sent to mail.example.org right now.' },
  {
    row: { state: 'ready', attempts: 0 },
    why: 'It has not been tried yet; it is sent to mail.example.org as soon as a connection is free.',
  },
  {
    row: { state: 'retry', nextAttemptAtMs: context.nowMs + 300_000 },
    why: 'The last attempt to reach mail.example.org failed; it is tried again in 5 min.',
  },
  {
    row: { state: 'retry', nextAttemptAtMs: context.nowMs - 1 },
    why: 'The last attempt to reach mail.example.org failed; it is tried again now.',
  },
  {
    row: { state: 'retry', nextAttemptAtMs: null },
    why: 'The last attempt to reach mail.example.org failed; it will be tried again.',
  },
  {
    row: { state: 'failed', nextAttemptAtMs: null },
    why: 'It could not be delivered and is not tried again; the report to the sender is still to be made.',
  },
])('$row.state: $why', ({ row, why }) => {
  expect(whyText(queueRow(1, row), context)).toBe(why);
});

test.each<{ failure: Failure; text: string }>([
  {
    failure: { permanent: true, stage: 'rcpt', code: 550, enhanced: '5.1.1', text: 'No such user' },
    text: 'Recipient: 550 5.1.1 No such user',
  },
  { failure: { permanent: false, stage: 'data', code: 451, text: 'Later' }, text: 'Message: 451 Later' },
  {
    failure: { permanent: false, stage: 'connect', text: 'Connection refused' },
    text: 'Connection: Connection refused',
  },
])('$text', ({ failure, text }) => {
  expect(failureText(failure, context)).toBe(text);
});

test.each([
  { bytes: 'Subject: x\r\n\r\nHello\tthere\r\n', shown: 'Subject: x\n\nHello\tthere\n' },
  { bytes: 'bare \r carriage return', shown: 'bare \u240D carriage return' },
  { bytes: 'bell \x07, escape \x1b[31m, delete \x7f', shown: 'bell \u2407, escape \u241B[31m, delete \u2421' },
  { bytes: 'nul \x00', shown: 'nul \u2400' },
  { bytes: 'Gr\u00FC\u00DFe \u00A9', shown: 'Gr\u00FC\u00DFe \u00A9' },
  { bytes: 'C1 \x85 and \x9b', shown: 'C1 \\x85 and \\x9B' },
])('$shown', ({ bytes, shown }) => {
  expect(visibleBytes(bytes)).toBe(shown);
});
