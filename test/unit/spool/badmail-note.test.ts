import { expect, test } from 'vitest';
import { badmailNote, fileNote, reasonIn } from '../../../electron/spool/badmail-note.ts';

test('the note says who, when and why, in lines nothing can break out of', () => {
  const note = badmailNote(
    {
      id: '01JGFJJZ00AAAAAAAAAAAAAAAA',
      sender: '',
      subject: 'Undeliverable',
      sizeBytes: 10,
      receivedAtMs: Date.UTC(2030, 0, 1),
      record: {
        held: false,
        failed: true,
        recipients: [
          {
            address: 'a@x.example',
            state: 'failed',
            attempts: 1,
            nextAttemptAtMs: 0,
            lastFailure: { permanent: true, stage: 'rcpt', code: 550, text: '550 no\r\nsuch user' },
            deliveredAtMs: null,
          },
        ],
      },
    },
    'A report that cannot be delivered.\nNobody to tell.',
    Date.UTC(2030, 0, 2),
  );
  expect(note.split('\r\n')).toEqual([
    'Message:   01JGFJJZ00AAAAAAAAAAAAAAAA',
    'From:      <> (a report)',
    'Subject:   Undeliverable',
    'Received:  2030-01-01T00:00:00.000Z',
    'Moved:     2030-01-02T00:00:00.000Z',
    '',
    'A report that cannot be delivered.',
    'Nobody to tell.',
    '',
    'Recipients:',
    '  a@x.example: failed, 550 no such user',
    '',
  ]);
});

test('the note of a file names it as it was called', () => {
  expect(fileNote('order\n1.txt', 'It has no recipient.', Date.UTC(2030, 0, 2)).split('\r\n')).toEqual([
    'File:      order 1.txt',
    'Moved:     2030-01-02T00:00:00.000Z',
    '',
    'It has no recipient.',
    '',
  ]);
});

test.each([
  { what: 'a note of a file', note: fileNote('a.txt', 'No sender.\nMore.', 0), reason: 'No sender.' },
  { what: 'a text of somebody', note: '\r\n  Look at this\r\nplease', reason: 'Look at this' },
  { what: 'nothing', note: '', reason: '' },
  { what: 'a note cut off', note: 'File:      a.txt', reason: 'File:      a.txt' },
  { what: 'a very long line', note: 'x'.repeat(2_000), reason: 'x'.repeat(500) },
])('the reason in $what', ({ note, reason }) => {
  expect(reasonIn(note)).toBe(reason);
});
