import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatReply, queued, replyForError, replyText, unableToRelay } from '../../../electron/smtp/replies.ts';
import { problem } from '../../../shared/contract/problem.ts';

test.each([
  { name: 'status of the library', reply: formatReply(250, ['Accepted'], '2.1.0'), bytes: '250 2.1.0 Accepted\r\n' },
  { name: 'status of our own', reply: formatReply(550, ['5.7.1 No'], '5.1.1'), bytes: '550 5.7.1 No\r\n' },
  { name: 'no status', reply: formatReply(220, ['ca01 ESMTP'], ''), bytes: '220 ca01 ESMTP\r\n' },
  {
    name: 'several lines',
    reply: formatReply(250, ['ca01', 'SIZE 10', 'DSN'], ''),
    bytes: '250-ca01\r\n250-SIZE 10\r\n250 DSN\r\n',
  },
  { name: 'line ends inside', reply: formatReply(550, ['a\r\n250 ok'], ''), bytes: '550 a??250 ok\r\n' },
  { name: 'beyond ASCII', reply: formatReply(550, ['für ü'], ''), bytes: '550 f?r ?\r\n' },
])('a reply with $name', ({ reply, bytes }) => {
  expect(reply).toBe(bytes);
});

/** Line ends and lone surrogates included. */
const anyCharacter = fc.oneof(fc.nat(0x17f), fc.nat(0x10ffff)).map((code) => String.fromCodePoint(code));

test('whatever a client says, a refusal of it is one line of at most 512 octets', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20, unit: anyCharacter }), fc.nat(60), (text, times) => {
      const recipient = text.repeat(times);
      const reply = formatReply(550, [replyText(unableToRelay(recipient))], '5.1.1');
      expect(reply).toMatch(/^550 5\.7\.1 Unable to relay for [\x20-\x7e]*\r\n$/);
      expect(Buffer.byteLength(reply)).toBeLessThanOrEqual(512);
    }),
  );
});

test('the answer to a message names its id', () => {
  expect(formatReply(250, [replyText(queued('01ABC'))], '2.0.0')).toBe(
    '250 2.6.0 <01ABC> Queued mail for delivery\r\n',
  );
});

test.each([
  { error: problem('storage', 'The disk is full.'), code: 452 },
  { error: problem('internal', 'Oh.'), code: undefined },
  { error: new Error('EIO'), code: undefined },
  { error: 'text', code: undefined },
])('$error is answered with $code', ({ error, code }) => {
  expect(replyForError(error)?.code).toBe(code);
});
