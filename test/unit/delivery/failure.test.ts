import { expect, test } from 'vitest';
import { formatFailure, parseReply, permanentFailure, replyFailure } from '../../../electron/delivery/failure.ts';

test.each([
  { reply: '550 5.1.1 User unknown', parts: { code: 550, enhanced: '5.1.1', text: 'User unknown' } },
  { reply: '451 Try again later', parts: { code: 451, text: 'Try again later' } },
  {
    reply: '550-5.7.1 Blocked.\n550 5.7.1 See policy',
    parts: { code: 550, enhanced: '5.7.1', text: 'Blocked. See policy' },
  },
  { reply: '554-Go away\n554 now', parts: { code: 554, text: 'Go away now' } },
  { reply: '421', parts: { code: 421, text: '' } },
  { reply: '550 192.0.2.1 is listed', parts: { code: 550, text: '192.0.2.1 is listed' } },
  { reply: '550 5.1.10.2 odd', parts: { code: 550, text: '5.1.10.2 odd' } },
  { reply: 'nonsense', parts: { text: 'nonsense' } },
  { reply: '550 a\tb\u0007\u2028c', parts: { code: 550, text: 'a b c' } },
])('the reply $reply is taken apart', ({ reply, parts }) => {
  expect(parseReply(reply)).toEqual(parts);
});

test('the words of a server are kept up to 1,000 characters', () => {
  expect(replyFailure('data', true, `550 ${'x'.repeat(5_000)}`).text).toHaveLength(1_000);
});

test.each([
  { failure: replyFailure('rcpt', true, '550 5.1.1 User unknown'), shown: '550 5.1.1 User unknown' },
  { failure: replyFailure('rcpt', false, '450 Busy'), shown: '450 Busy' },
  { failure: replyFailure('rcpt', false, '450'), shown: '450' },
  { failure: permanentFailure('dns', '5.1.2', 'No such domain.'), shown: 'No such domain.' },
])('a failure is shown as $shown', ({ failure, shown }) => {
  expect(formatFailure(failure)).toBe(shown);
});
