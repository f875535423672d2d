import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { NotConvertible } from '../../../electron/delivery/eight-bit.ts';
import { encodeHead, isAscii, toAsciiAddress } from '../../../electron/delivery/header-encoding.ts';

const encoded = (head: string | Buffer): string => encodeHead(Buffer.from(head)).toString('latin1');

test.each([
  { field: 'Subject: Prüfung', result: 'Subject: =?UTF-8?Q?Pr=C3=BCfung?=' },
  { field: 'Subject: a Prüfung b', result: 'Subject: a =?UTF-8?Q?Pr=C3=BCfung?= b' },
  { field: 'Subject: schöne\r\n Grüße', result: 'Subject: =?UTF-8?Q?sch=C3=B6ne_Gr=C3=BC=C3=9Fe?=' },
  { field: 'From: Jörg Müller <j@example.org>', result: 'From: =?UTF-8?Q?J=C3=B6rg_M=C3=BCller?= <j@example.org>' },
  {
    field: 'From: "Müller, Jörg" <j@example.org>',
    result: 'From: =?UTF-8?Q?M=C3=BCller=2C_J=C3=B6rg?= <j@example.org>',
  },
  {
    field: 'To: j@example.org (Jörg), b@example.org',
    result: 'To: j@example.org (=?UTF-8?Q?J=C3=B6rg?=), b@example.org',
  },
  { field: 'Cc: j@bücher.example', result: 'Cc: j@xn--bcher-kva.example' },
  { field: 'Cc: J <j@bücher.example>', result: 'Cc: J <j@xn--bcher-kva.example>' },
  { field: 'Cc: (a (ü) b) x@example.org', result: 'Cc: (a (=?UTF-8?Q?=C3=BC?=) b) x@example.org' },
  { field: 'Cc: ü x@example.org', result: 'Cc: =?UTF-8?Q?=C3=BC?= x@example.org' },
  { field: 'Cc: "ü', result: 'Cc: =?UTF-8?Q?=C3=BC?=' },
  {
    field: 'Cc: Büro: a@example.org, b@example.org;',
    result: 'Cc: =?UTF-8?Q?B=C3=BCro?=: a@example.org, b@example.org;',
  },
  {
    field: 'Content-Disposition: attachment; filename="Grüße.txt"',
    result: "Content-Disposition: attachment; filename*0*=utf-8''Gr%C3%BC%C3%9Fe.txt",
  },
  { field: 'X-Grüße: x', result: 'X-Gr????e: x' },
  { field: 'Received: from bücher by x; date', result: 'Received: from b??cher by x; date' },
])('$field', ({ field, result }) => {
  const others = 'X-Plain:  as \t it is \r\nTo:a@example.org\r\n';
  expect(encoded(`${others}${field}\r\n\r\n`)).toBe(`${others}${result}\r\n\r\n`);
});

test('text that is no UTF-8 is read as old programs of Windows write it', () => {
  expect(encoded(Buffer.from('Subject: Pr\xfcfung\r\n', 'latin1'))).toBe('Subject: =?UTF-8?Q?Pr=C3=BCfung?=\r\n');
});

test.each([
  'From: Müller <müller@example.org>',
  'To: müller@example.org',
  'Message-ID: <ü@example.org>',
  'DKIM-Signature: d=bücher.example',
  'List-Unsubscribe: <mailto:ü@example.org>',
])('%s can only be sent with SMTPUTF8', (field) => {
  expect(() => encoded(`${field}\r\n`)).toThrow(NotConvertible);
});

test.each([
  { address: 'a@example.org', ascii: 'a@example.org' },
  { address: 'a@bücher.example', ascii: 'a@xn--bcher-kva.example' },
  { address: 'ä@example.org', ascii: null },
  { address: 'ä', ascii: null },
  { address: '', ascii: '' },
])('$address in ASCII is $ascii', ({ address, ascii }) => {
  expect(toAsciiAddress(address)).toBe(ascii);
});

test('whatever a subject says, it says the same afterwards, in ASCII and short lines', async () => {
  const word = fc.string({
    unit: fc.constantFrom('a', 'Z', '0', 'ä', 'ß', '€', '😀', '=', '?', '_', '"', '.'),
    minLength: 1,
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 12 }), async (words) => {
      const subject = words.join(' ');
      fc.pre(!subject.includes('=?'));
      const result = encoded(`Subject: ${subject}\r\n\r\n`);
      expect(isAscii(result)).toBe(true);
      if (!isAscii(subject)) for (const line of result.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
      expect((await PostalMime.parse(result)).subject).toBe(subject);
    }),
  );
});

test.each([
  { what: 'quotes that never close', value: '"\\"'.repeat(100_000) },
  { what: 'comments that never close', value: '('.repeat(300_000) },
  { what: 'one long word', value: `${'a'.repeat(300_000)}@` },
])('a hostile address field of $what does not hold up the relay', ({ value }) => {
  // With an expression that looks at parts twice, this takes minutes and the test its time-out.
  expect(isAscii(encoded(`To: ${value}(ü)\r\n`))).toBe(true);
});
