import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldText, readHeader } from '../../../electron/spool/header-fields.ts';

const read = (text: string, whole = true) => readHeader(Buffer.from(text, 'latin1'), whole);

test.each(['\r\n', '\n', '\r'])('fields, folding and body with line ends %j', (end) => {
  const lines = ['From: a@b', 'Subject : folded', '\tonce', ' twice', '', 'body'];
  expect(read(lines.join(end))).toEqual({
    kind: 'header',
    fields: [
      { name: 'from', raw: 'From: a@b' },
      { name: 'subject', raw: 'Subject : folded\r\n\tonce\r\n twice' },
    ],
    bodyOffsetBytes: lines.slice(0, 5).join(end).length + end.length,
  });
});

test.each([
  { what: 'nothing', text: '', whole: true, result: { kind: 'header', fields: [], bodyOffsetBytes: 0 } },
  { what: 'nothing yet', text: '', whole: false, result: { kind: 'incomplete' } },
  { what: 'half a line', text: 'From: a', whole: false, result: { kind: 'incomplete' } },
  { what: 'half a CRLF', text: 'From: a\r', whole: false, result: { kind: 'incomplete' } },
  { what: 'no empty line yet', text: 'From: a\r\n', whole: false, result: { kind: 'incomplete' } },
  {
    what: 'a header and no body',
    text: 'From: a',
    whole: true,
    result: { kind: 'header', fields: [{ name: 'from', raw: 'From: a' }], bodyOffsetBytes: 7 },
  },
  {
    what: 'an empty line first',
    text: '\r\nFrom: a',
    whole: false,
    result: { kind: 'header', fields: [], bodyOffsetBytes: 2 },
  },
  { what: 'no field', text: 'Hello\r\n', whole: true, result: { kind: 'malformed', fields: [], lineNumber: 1 } },
  {
    what: 'a folded line first',
    text: ' x\r\n',
    whole: true,
    result: { kind: 'malformed', fields: [], lineNumber: 1 },
  },
  {
    what: 'text right after the header',
    text: 'From: a\r\nHello\r\n',
    whole: true,
    result: { kind: 'malformed', fields: [{ name: 'from', raw: 'From: a' }], lineNumber: 2 },
  },
])('$what', ({ text, whole, result }) => {
  expect(read(text, whole)).toEqual(result);
});

test.each([
  { raw: 'To: a@b', text: 'a@b' },
  { raw: 'To:\r\n a@b,\r\n\tc@d', text: 'a@b,\tc@d' },
  { raw: Buffer.from('To: jürgen@müller.example').toString('latin1'), text: 'jürgen@müller.example' },
  { raw: 'To: M\xfcller <a@b>', text: 'Müller <a@b>' },
])('$raw reads as $text', ({ raw, text }) => {
  expect(fieldText({ name: 'to', raw })).toBe(text);
});

test('however the bytes are cut, an answer once given stays', () => {
  const bytes = fc
    .array(fc.constantFrom('A:', 'x', ' ', '\r', '\n', '\r\n', '\r\n\r\n', '\xe4', ':'), { maxLength: 20 })
    .map((pieces) => Buffer.from(pieces.join(''), 'latin1'));
  fc.assert(
    fc.property(bytes, fc.nat({ max: 40 }), (whole, cut) => {
      const early = readHeader(whole.subarray(0, cut), false);
      if (early.kind !== 'incomplete') expect(readHeader(whole, true)).toEqual(early);
    }),
  );
});
