import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeHead } from '../../../electron/spool/message-file.ts';
import { outgoingHeader, type PickupFile, readPickupFile } from '../../../electron/spool/pickup-file.ts';
import { envelope } from '../../fakes/envelopes.ts';

const read = (file: string | Buffer, over: { whole?: boolean; hopLimit?: number | null } = {}) =>
  readPickupFile({ bytes: Buffer.from(file as string), whole: true, hopLimit: 30, ...over });

function mail(file: string | Buffer): PickupFile {
  const result = read(file);
  if (result.kind !== 'mail') throw new Error(`not mail: ${JSON.stringify(result)}`);
  return result;
}

const addresses = ({ envelope: { recipients } }: PickupFile): readonly string[] =>
  recipients.map(({ address }) => address);

test('the lines of the envelope come before the header, whatever their case and order', () => {
  const file = mail(
    'X-Receiver: one@x.example\nx-sender: <ca@x.example>\nX-RECEIVER:two@y.example\nFrom: other@z\nTo: other@z\n\nHi\n',
  );
  expect(file.envelope).toEqual({
    sender: 'ca@x.example',
    recipients: [
      { address: 'one@x.example', dsn: {} },
      { address: 'two@y.example', dsn: {} },
    ],
    body: '8BITMIME',
    smtpUtf8: false,
    dsn: {},
  });
  expect(file.fields.map(({ raw }) => raw)).toEqual(['From: other@z', 'To: other@z']);
});

test('without these lines the header decides; Bcc is taken out, Resent fields do not count', () => {
  const file = mail(
    'From: "CA" <ca@x.example>\r\nResent-To: no@x\r\nTo: a@x,\r\n b@x\r\nCc: Group: c@x;\r\nBcc: d@x,\r\n\te@x\r\nSubject: s\r\n\r\n',
  );
  expect(file.envelope.sender).toBe('ca@x.example');
  expect(addresses(file)).toEqual(['a@x', 'b@x', 'c@x', 'd@x', 'e@x']);
  expect(file.fields.map(({ name }) => name)).toEqual(['from', 'resent-to', 'to', 'cc', 'subject']);
});

test('each side that is missing comes from the header', () => {
  expect(mail('x-sender: s@x\nFrom: f@x\nTo: t@x\n\n').envelope).toMatchObject({ sender: 's@x' });
  expect(addresses(mail('x-sender: s@x\nFrom: f@x\nTo: t@x\n\n'))).toEqual(['t@x']);
  const receiverOnly = mail('x-receiver: r@x\nFrom: f@x\nTo: t@x\n\n');
  expect([receiverOnly.envelope.sender, ...addresses(receiverOnly)]).toEqual(['f@x', 'r@x']);
});

test('the null sender of a report stays null', () => {
  expect(mail('x-sender: <>\nx-receiver: a@x\nFrom: postmaster@x\n\n').envelope.sender).toBe('');
});

test('recipients are there once', () => {
  expect(addresses(mail('From: f@x\nTo: a@x, b@x\nCc: a@X\n\n'))).toEqual(['a@x', 'b@x']);
});

test('a file of our own queue keeps what its sender asked for, not where it came from', () => {
  const head = encodeHead(
    envelope({
      recipients: [
        { address: 'a@x.example', dsn: { notify: ['NEVER'], orcpt: 'rfc822;a@x.example' } },
        { address: 'b@x.example', dsn: {} },
      ],
      dsn: { ret: 'HDRS', envid: 'QQ314159' },
      body: '7BIT',
    }),
  );
  const file = mail(Buffer.concat([head, Buffer.from('Received: by us\r\nSubject: s\r\n\r\nbody\r\n')]));
  expect(file.envelope).toEqual({
    sender: 'ca@corp.example',
    recipients: [
      { address: 'a@x.example', dsn: { notify: ['NEVER'], orcpt: 'rfc822;a@x.example' } },
      { address: 'b@x.example', dsn: {} },
    ],
    dsn: { ret: 'HDRS', envid: 'QQ314159' },
    body: '7BIT',
    smtpUtf8: false,
  });
  expect(file.fields.map(({ raw }) => raw)).toEqual(['Received: by us', 'Subject: s']);
});

test('an address beyond ASCII needs SMTPUTF8', () => {
  expect(mail('From: f@x\nTo: jürgen@x.example\n\n').envelope.smtpUtf8).toBe(true);
});

test('the byte order mark of Notepad is no part of it', () => {
  const file = mail('\ufeffFrom: f@x\nTo: a@x\n\nHi');
  expect(file.fields[0]?.raw).toBe('From: f@x');
  expect(file.bodyOffsetBytes).toBe(Buffer.byteLength('\ufeffFrom: f@x\nTo: a@x\n\n'));
});

test.each([
  { what: 'empty', file: '', reason: 'does not begin with a header' },
  { what: 'a letter', file: 'Dear administrator,\n\nplease\n', reason: 'does not begin with a header' },
  {
    what: 'an envelope without a header',
    file: 'x-sender: a@x\nx-receiver: b@x\n\nHi',
    reason: 'does not begin with a header',
  },
  {
    what: 'a header that does not end',
    file: 'From: a@x\nTo: b@x\nHello there\n',
    reason: 'Line 3 of the header is no field',
  },
  { what: 'no sender', file: 'To: a@x\n\n', reason: 'no sender' },
  { what: 'a sender without an address', file: 'From: Administrator\nTo: a@x\n\n', reason: 'no sender' },
  {
    what: 'a bad sender',
    file: 'x-sender: admin\nx-receiver: a@x\nSubject: s\n\n',
    reason: 'The sender is no mail address: admin',
  },
  { what: 'no recipient', file: 'From: f@x\nSubject: s\n\n', reason: 'no recipient' },
  { what: 'hidden recipients only', file: 'From: f@x\nTo: undisclosed-recipients:;\n\n', reason: 'no recipient' },
  {
    what: 'one bad recipient among good ones',
    file: 'From: f@x\nTo: a@x, Bob\n\n',
    reason: 'A recipient is no mail address: Bob',
  },
  {
    what: 'a bad receiver',
    file: 'x-sender: a@x\nx-receiver: Bob\nSubject: s\n\n',
    reason: 'A recipient is no mail address: Bob',
  },
  { what: 'two senders', file: 'x-sender: a@x\nx-sender: b@x\nx-receiver: c@x\n\n', reason: 'more than one x-sender' },
  { what: 'a broken x-envelope', file: 'x-sender: a@x\nx-receiver: c@x\nx-envelope: {\nS: s\n\n', reason: 'not JSON' },
  { what: 'a picture', file: '\x89PNG\r\n\0\0', reason: 'not a text file' },
  { what: 'UTF-16', file: Buffer.from('\ufeffFrom: f@x\r\n', 'utf16le'), reason: 'saved as UTF-16' },
])('$what is malformed', ({ file, reason }) => {
  expect(read(file)).toEqual({ kind: 'malformed', reason: expect.stringContaining(reason) });
});

test('delivery.hopLimit: more Received fields than that are a loop', () => {
  const file = `${'Received: x\n'.repeat(11)}From: f@x\nTo: a@x\n\n`;
  expect(read(file, { hopLimit: 11 }).kind).toBe('mail');
  expect(read(file, { hopLimit: 10 })).toEqual({
    kind: 'malformed',
    reason: 'It has passed 11 servers, more than the 10 allowed: it may be going round in a loop.',
  });
  expect(read(file, { hopLimit: null }).kind).toBe('mail');
});

test('a start that ends inside the header says so', () => {
  const file = 'x-sender: a@x\nx-receiver: b@x\nSubject: s\n\n';
  for (let length = 0; length < file.length; length += 1) {
    expect(read(file.slice(0, length), { whole: false }).kind, `${length} bytes`).toBe('incomplete');
  }
  expect(read(file, { whole: false }).kind).toBe('mail');
});

test('what is missing is added, what is there stays as it is', () => {
  const added = { messageId: 'ID@relay.example', dateMs: Date.UTC(2030, 0, 1, 8, 30) };
  expect(
    outgoingHeader(mail('From: f@x\nTo: a@x\nBcc: b@x\nSubject: M\xfcller\n folded\n\nHi'), added).toString(),
  ).toBe(
    'Message-ID: <ID@relay.example>\r\nDate: Tue, 01 Jan 2030 08:30:00 +0000\r\n' +
      'From: f@x\r\nTo: a@x\r\nSubject: M\xfcller\r\n folded\r\n\r\n',
  );
  expect(outgoingHeader(mail('message-id: <1@x>\nDATE: today\nFrom: f@x\nTo: a@x\n\n'), added).toString()).toBe(
    'message-id: <1@x>\r\nDATE: today\r\nFrom: f@x\r\nTo: a@x\r\n\r\n',
  );
});

test('bytes of the header that are no text we know are kept', () => {
  const latin1 = Buffer.from('From: f@x\nTo: a@x\nDate: d\nMessage-ID: i\nSubject: M\xfcller\n\n', 'latin1');
  const header = outgoingHeader(mail(latin1), { messageId: '', dateMs: 0 });
  expect(header.equals(Buffer.from(latin1.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'))).toBe(true);
});

test('no bytes make it throw', () => {
  const piece = fc.constantFrom(
    'x-sender: a@b',
    'x-receiver: c@d',
    'From: ',
    'To: <',
    '"',
    '\n',
    '\r\n',
    '\n\n',
    '@',
    '(',
    ';',
    ' ',
    'é',
    '\0',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), fc.boolean(), (pieces, whole) => {
      expect(['mail', 'malformed', 'incomplete']).toContain(read(pieces.join(''), { whole }).kind);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(read(Buffer.from(bytes)).kind).not.toBe('incomplete');
    }),
  );
});
