import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHead, encodeHead } from '../../../electron/spool/message-file.ts';
import { envelope, envelopes } from '../../fakes/envelopes.ts';

const arrivedAtMs = 1_893_456_000_000;
const decode = (bytes: Buffer, whole = true) => decodeHead({ bytes, whole, arrivedAtMs });
const lines = (...all: string[]): Buffer => Buffer.from(all.join('\r\n'));

test('any envelope comes back as it was, and the message begins right after it', () => {
  fc.assert(
    fc.property(envelopes, fc.uint8Array({ maxLength: 200 }), (original, content) => {
      const head = encodeHead(original);
      const result = decode(Buffer.concat([head, content]));
      expect(result).toEqual({ kind: 'head', envelope: original, contentOffsetBytes: head.length });
    }),
    { numRuns: 500 },
  );
});

test('every beginning of a head asks for more, none is taken for a whole one', () => {
  const head = encodeHead(
    envelope({ recipients: ['a@x.example', 'b@y.example'].map((address) => ({ address, dsn: {} })) }),
  );
  for (let length = 0; length < head.length; length += 1) {
    expect(decode(head.subarray(0, length), false), `${length} bytes`).toEqual({ kind: 'incomplete' });
  }
  expect(decode(head, false).kind).toBe('head');
});

test('no bytes make it throw', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'x-sender: ',
      'x-receiver: ',
      'x-envelope: ',
      '{',
      '{"receivedAtMs":1}',
      '\r\n',
      '\n',
      'a@b',
      '\ufeff',
      'null',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => Buffer.from(pieces.join('')));
  const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.oneof(text, noise), fc.boolean(), (bytes, whole) => {
      expect(['head', 'incomplete', 'malformed']).toContain(decode(bytes, whole).kind);
    }),
    { numRuns: 1_000 },
  );
});

test('the head reads as an IIS Pickup file', () => {
  const head = encodeHead(
    envelope({
      sender: '',
      recipients: [
        { address: 'a@x.example', dsn: { notify: ['NEVER'] } },
        { address: 'b@y.example', dsn: {} },
      ],
    }),
  ).toString();
  expect(head.split('\r\n').slice(0, 3)).toEqual([
    'x-sender: <>',
    'x-receiver: a@x.example',
    'x-receiver: b@y.example',
  ]);
  expect(head.split('\r\n')).toHaveLength(5);
  expect(head.endsWith('\r\n')).toBe(true);
  expect(head.split('\r\n')[3]).toContain('"recipients":[{"notify":["NEVER"]},{}]');
});

test.each([
  { name: 'CRLF', address: 'a@b\r\nx-receiver: evil@example.org' },
  { name: 'LF', address: 'a@b\nSubject: x' },
  { name: 'NUL', address: 'a\0@b' },
  { name: 'half a surrogate pair', address: 'a\ud800@b' },
])('an address with $name in it cannot be stored', ({ address }) => {
  expect(() => encodeHead(envelope({ sender: address }))).toThrow('control character');
  expect(() => encodeHead(envelope({ recipients: [{ address, dsn: {} }] }))).toThrow('control character');
});

test('an envelope without recipients cannot be stored', () => {
  expect(() => encodeHead(envelope({ recipients: [] }))).toThrow('at least one recipient');
});

test('an envelope beyond what is read back cannot be stored', () => {
  const orcpt = 'x'.repeat(17_000_000);
  expect(() => encodeHead(envelope({ recipients: [{ address: 'a@b', dsn: { orcpt } }] }))).toThrow('too large');
});

test.each([
  { name: 'LF line ends', bytes: Buffer.from('x-sender: a@b\nx-receiver: c@d\nSubject: x\n'), offset: 30 },
  { name: 'brackets', bytes: lines('x-sender: <a@b>', 'x-receiver:<c@d>', 'Subject: x'), offset: 35 },
  { name: 'capitals', bytes: lines('X-Sender: a@b', 'X-RECEIVER: c@d', 'Subject: x'), offset: 32 },
  { name: 'a byte order mark', bytes: lines('\ufeffx-sender: a@b', 'x-receiver: c@d', ''), offset: 35 },
  { name: 'receivers first', bytes: lines('x-receiver: c@d', 'x-sender: a@b', ''), offset: 32 },
])('a file made by hand with $name is accepted with defaults', ({ bytes, offset }) => {
  expect(decode(bytes)).toEqual({
    kind: 'head',
    contentOffsetBytes: offset,
    envelope: {
      sender: 'a@b',
      recipients: [{ address: 'c@d', dsn: {} }],
      receivedAtMs: arrivedAtMs,
      clientAddress: '',
      heloName: '',
      protocol: 'local',
      body: '8BITMIME',
      smtpUtf8: false,
      dsn: {},
    },
  });
});

test('header fields of the message that look like ours stay in the message', () => {
  const head = encodeHead(envelope());
  const result = decode(Buffer.concat([head, Buffer.from('x-receiver: evil@example.org\r\n\r\n')]));
  expect(result).toEqual({ kind: 'head', envelope: envelope(), contentOffsetBytes: head.length });
});

test('options of recipients are dropped when recipients were added by hand', () => {
  const stored = encodeHead(
    envelope({ recipients: [{ address: 'a@x.example', dsn: { notify: ['NEVER'] } }] }),
  ).toString();
  const edited = Buffer.from(stored.replace('x-receiver:', 'x-receiver: new@x.example\r\nx-receiver:'));
  const result = decode(edited);
  expect(result.kind === 'head' && result.envelope.recipients).toEqual([
    { address: 'new@x.example', dsn: {} },
    { address: 'a@x.example', dsn: {} },
  ]);
});

test.each([
  { name: 'nothing', bytes: Buffer.alloc(0), reason: 'no x-sender' },
  { name: 'zeros', bytes: Buffer.alloc(4_096), reason: 'no x-sender' },
  { name: 'a plain message', bytes: lines('Subject: x', '', 'Hello'), reason: 'no x-sender' },
  { name: 'no receiver', bytes: lines('x-sender: a@b', 'Subject: x'), reason: 'no x-receiver' },
  {
    name: 'two senders',
    bytes: lines('x-sender: a@b', 'x-sender: a@b', 'x-receiver: c@d', ''),
    reason: 'more than one x-sender',
  },
  {
    name: 'half an envelope line',
    bytes: lines('x-sender: a@b', 'x-receiver: c@d', 'x-envelope: {"recei'),
    reason: 'not JSON',
  },
  {
    name: 'a wrong envelope',
    bytes: lines('x-sender: a@b', 'x-receiver: c@d', 'x-envelope: {"body":1}', ''),
    reason: 'does not fit',
  },
  { name: 'no UTF-8', bytes: Buffer.from('x-sender: j\xfcrgen@b\r\n', 'latin1'), reason: 'not UTF-8' },
])('$name is malformed: $reason', ({ bytes, reason }) => {
  const result = decode(bytes);
  expect(result).toEqual({ kind: 'malformed', reason: expect.stringContaining(reason) });
});

test('a long file that is no message is not read to its end', () => {
  expect(decode(Buffer.alloc(20, 0x41), false).kind).toBe('malformed');
});
