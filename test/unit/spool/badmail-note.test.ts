import { expect, test } from 'vitest';
import { badmailNote } from '../../../electron/spool/badmail-note.ts';

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
