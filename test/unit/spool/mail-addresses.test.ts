import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMailAddress, readAddressList, withoutRepetitions } from '../../../electron/spool/mail-addresses.ts';

test.each([
  { text: 'a@b', answer: true },
  { text: 'first.last+tag@sub.example.org', answer: true },
  { text: 'jürgen@müller.example', answer: true },
  { text: '"a b"@example.org', answer: true },
  { text: '"a@b"@example.org', answer: true },
  { text: 'a@[192.0.2.1]', answer: true },
  { text: '', answer: false },
  { text: 'a', answer: false },
  { text: '@b', answer: false },
  { text: 'a@', answer: false },
  { text: 'a b@c', answer: false },
  { text: 'a@b c', answer: false },
  { text: 'a@b>\r\nRCPT TO:<x@y', answer: false },
  { text: '"a\r\nb"@c', answer: false },
  { text: '<a@b>', answer: false },
  { text: `${'a'.repeat(320)}@b`, answer: false },
])('$text is an address: $answer', ({ text, answer }) => {
  expect(isMailAddress(text)).toBe(answer);
});

test.each([
  { text: 'a@b, "Müller, Eva" <eva@c.example>', addresses: ['a@b', 'eva@c.example'], unusable: [] },
  { text: '=?utf-8?Q?J=C3=BC?= <j@x> (boss)', addresses: ['j@x'], unusable: [] },
  { text: 'Staff: a@b, c@d;, e@f', addresses: ['a@b', 'c@d', 'e@f'], unusable: [] },
  { text: 'undisclosed-recipients:;', addresses: [], unusable: [] },
  { text: '', addresses: [], unusable: [] },
  { text: 'Administrator, a@b', addresses: ['a@b'], unusable: ['Administrator'] },
  { text: '"a b"@c.d <x@y>', addresses: ['x@y'], unusable: [] },
])('addresses of $text', ({ text, addresses, unusable }) => {
  expect(readAddressList(text)).toEqual({ addresses, unusable });
});

test('the first of each stays; only domains are compared without case', () => {
  const entries = ['a@B.example', 'x@y', 'a@b.EXAMPLE', 'A@b.example'].map((address) => ({ address }));
  expect(withoutRepetitions(entries).map(({ address }) => address)).toEqual(['a@B.example', 'x@y', 'A@b.example']);
});

const addressText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('@', '"', '<', '>', ',', ';', ':', '(', ')', '\\', ' ', '\r', '\n', '.', 'a'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
  maxLength: 60,
});

test('any text gives an answer, and what is taken from it for an address can stand in an SMTP command', () => {
  fc.assert(
    fc.property(addressText, (text) => {
      const { addresses } = readAddressList(text);
      for (const address of addresses) {
        expect(isMailAddress(address)).toBe(true);
        expect(address).not.toMatch(/[\r\n\0<>]|\s$/);
      }
      if (isMailAddress(text)) expect(text).toMatch(/^[^\r\n\0]+@[^\s@<>]+$/);
    }),
  );
});
