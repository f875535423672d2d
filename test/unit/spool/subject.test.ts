import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { subjectOf } from '../../../electron/spool/subject.ts';

const of = (text: string, encoding: BufferEncoding = 'utf8'): string => subjectOf(Buffer.from(text, encoding));

test.each([
  {
    name: 'plain',
    header: 'From: a\r\nSubject: Certificate issued\r\nTo: b\r\n\r\nbody',
    subject: 'Certificate issued',
  },
  { name: 'any case, blank before the colon', header: 'SUBJECT : x\r\n\r\n', subject: 'x' },
  { name: 'folded', header: 'Subject: one\r\n two\r\n\tthree\r\nTo: b\r\n\r\n', subject: 'one two three' },
  { name: 'LF only', header: 'Subject: x\n y\nTo: b\n\n', subject: 'x y' },
  {
    name: 'encoded words',
    header: 'Subject: =?iso-8859-1?Q?f=FCr_?=\r\n =?utf-8?B?U8O8ZA==?=\r\n\r\n',
    subject: 'für Süd',
  },
  { name: 'raw UTF-8', header: 'Subject: Grüße\r\n\r\n', subject: 'Grüße' },
  { name: 'the first of two', header: 'Subject: x\r\nSubject: y\r\n\r\n', subject: 'x' },
  { name: 'an empty one', header: 'Subject:\r\nTo: b\r\n\r\n', subject: '' },
  { name: 'none', header: 'To: b\r\n\r\nSubject: in the body', subject: '' },
  { name: 'not a longer name', header: 'Subject-Alt: x\r\nXSubject: y\r\n\r\n', subject: '' },
  { name: 'cut off in the middle', header: 'To: b\r\nSubject: half a li', subject: 'half a li' },
  { name: 'control characters', header: 'Subject: a\0b\tc\x1b[31md\r\n\r\n', subject: 'a b c [31md' },
  { name: 'reversed direction', header: 'Subject: =?utf-8?B?YeKArmI=?=\r\n\r\n', subject: 'a b' },
  { name: 'an encoded line end', header: 'Subject: =?utf-8?Q?a=0D=0Ab?=\r\n\r\n', subject: 'a  b' },
])('$name', ({ header, subject }) => {
  expect(of(header)).toBe(subject);
});

test('raw 8-bit text that is no UTF-8 is what Windows writes', () => {
  expect(of('Subject: zur\xfcckgezogen\r\n\r\n', 'latin1')).toBe('zurückgezogen');
});

test('at most 200 characters, none cut in half', () => {
  const long = of(`Subject: ${'😀'.repeat(500)}\r\n\r\n`);
  expect([...long]).toHaveLength(200);
  expect(long.endsWith('😀')).toBe(true);
});

// Built here, not in the test: preparing strings of any Unicode characters takes fast-check a second or more.
const word = fc.tuple(fc.string({ maxLength: 12 }), fc.constantFrom('Q', 'B', 'x'), fc.string({ maxLength: 30 }));
const header = fc
  .array(
    fc.oneof(
      word.map(([charset, kind, text]) => `=?${charset}?${kind}?${text}?=`),
      fc.string({ unit: 'binary' }),
    ),
  )
  .map((parts) => Buffer.from(`Subject: ${parts.join(' ')}`));
const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));

test('no bytes make it throw, and the answer is one short line', () => {
  fc.assert(
    fc.property(fc.oneof(header, noise), (bytes) => {
      const subject = subjectOf(bytes);
      expect(/[\p{Cc}\u2028\u2029]/u.test(subject), 'one line').toBe(false);
      expect([...subject].length).toBeLessThanOrEqual(200);
    }),
    { numRuns: 500 },
  );
});

const fixtures = new URL('../../fixtures/exit-module/', import.meta.url);

test.each(readdirSync(fixtures).filter((name) => name.endsWith('.eml')))(
  '%s of the CA has a readable subject',
  (name) => {
    const subject = subjectOf(readFileSync(new URL(name, fixtures)));
    expect(subject).not.toBe('');
    expect(subject).not.toContain('=?');
  },
);
