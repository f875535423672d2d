import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { badmailBaseName, badmailContent, badmailFiles, freeName } from '../../../electron/spool/badmail-files.ts';
import { badmailNameSchema } from '../../../shared/contract/messages.ts';

const listing = (...names: readonly string[]) => badmailFiles(names.map((name) => ({ name, isFile: true })));

test('messages with their notes, foreign files by their whole names; notes and what is being written are no mail', () => {
  const files = listing(
    'A.eml',
    'A.txt',
    'b.BAD',
    'b.BAD.txt',
    'C.EML',
    'orphan.txt',
    'half.eml.tmp',
    '.hidden',
    'd.msg',
  );
  expect(files).toEqual([
    { name: 'A', file: 'A.eml', note: 'A.txt', isOurs: true },
    { name: 'b.BAD', file: 'b.BAD', note: 'b.BAD.txt', isOurs: false },
    { name: 'C', file: 'C.EML', note: null, isOurs: true },
    { name: 'd.msg', file: 'd.msg', note: null, isOurs: false },
  ]);
});

test('a folder is no message', () => {
  expect(badmailFiles([{ name: 'old.eml', isFile: false }])).toEqual([]);
});

test.each([{ names: ['a.bad', 'a.bad.eml'] }, { names: ['a.bad.eml', 'a.bad'] }])(
  'of $names the message is listed',
  ({ names }) => {
    expect(listing(...names).map(({ file }) => file)).toEqual(['a.bad.eml']);
  },
);

test('a name the contract does not take is left out', () => {
  expect(listing(`${'x'.repeat(300)}.eml`)).toEqual([]);
});

test.each([
  { file: 'order.txt', name: 'order.txt' },
  { file: 'order.EML', name: 'order' },
  { file: 'a:b?c.txt', name: 'a_b_c.txt' },
  { file: '...', name: 'file' },
  { file: '.eml', name: 'file' },
  { file: 'ends with dots. .', name: 'ends with dots' },
])('$file becomes $name', ({ file, name }) => {
  expect(badmailBaseName(file)).toBe(name);
});

test('whatever a file is called, the name fits the contract', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (file) => {
      const name = badmailBaseName(file);
      expect(badmailNameSchema.safeParse(name).success, JSON.stringify(name)).toBe(true);
      expect(Buffer.from(name).toString()).toBe(name);
    }),
  );
});

test('a name is free when neither message nor note has it', () => {
  expect(freeName('a', new Set())).toBe('a');
  expect(freeName('a', new Set(['a.eml']))).toBe('a (2)');
  expect(freeName('a', new Set(['a.txt', 'a (2).eml']))).toBe('a (3)');
});

test.each([
  {
    what: 'a message of the queue',
    file: 'x-sender: <>\r\nx-receiver: a@x\r\nx-receiver: b@x\r\nFrom: f@x\r\nSubject: =?utf-8?Q?=C3=9C?=\r\n\r\nHi',
    content: { sender: '', recipients: ['a@x', 'b@x'], subject: 'Ü', contentOffsetBytes: 48, isMail: true },
  },
  {
    what: 'mail without an envelope',
    file: 'From: f@x\nTo: a@x\nSubject: s\n\nHi',
    content: { sender: 'f@x', recipients: ['a@x'], subject: 's', contentOffsetBytes: 0, isMail: true },
  },
  {
    what: 'mail whose header does not end',
    file: 'From: f@x\nHello',
    content: { sender: 'f@x', recipients: [], subject: '', contentOffsetBytes: 0, isMail: true },
  },
  {
    what: 'properties of IIS',
    file: 'Name: value\0\0',
    content: { sender: '', recipients: [], subject: '', contentOffsetBytes: 0, isMail: false },
  },
  {
    what: 'a text',
    file: 'Dear all: we',
    content: { sender: '', recipients: [], subject: '', contentOffsetBytes: 0, isMail: false },
  },
])('$what', ({ file, content }) => {
  expect(badmailContent(Buffer.from(file), true)).toEqual(content);
});

test('more is needed while the lines of the envelope go on', () => {
  expect(badmailContent(Buffer.from('x-sender: a@x\r\nx-rec'), false)).toBeNull();
});
