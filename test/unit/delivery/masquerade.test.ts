import { expect, test } from 'vitest';
import { masqueradeAddress, masqueradeHead } from '../../../electron/delivery/masquerade.ts';

const masquerade = { domain: 'example.com', localDomains: ['corp.example.com', 'Old.example', '*.below.example'] };
const ownName = 'ca01.corp.example.com';

test.each([
  { address: 'ca@corp.example.com', sent: 'ca@example.com' },
  { address: 'ca@CORP.Example.Com', sent: 'ca@example.com' },
  { address: 'ca@old.example', sent: 'ca@example.com' },
  { address: 'ca@ca01.corp.example.com', sent: 'ca@example.com' },
  { address: '"a@b"@corp.example.com', sent: '"a@b"@example.com' },
  { address: 'ca@other.corp.example.com', sent: 'ca@other.corp.example.com' },
  { address: 'ca@elsewhere.example', sent: 'ca@elsewhere.example' },
  { address: 'ca@x.below.example', sent: 'ca@example.com' },
  { address: 'ca@below.example', sent: 'ca@below.example' },
  { address: 'postmaster', sent: 'postmaster' },
  { address: '', sent: '' },
])('delivery.masqueradeDomain: sender <$address> goes out as <$sent>', ({ address, sent }) => {
  expect(masqueradeAddress(address, masquerade, ownName)).toBe(sent);
});

test.each([
  { from: 'From: ca@corp.example.com', sent: 'From: ca@example.com' },
  { from: 'FROM:ca@corp.example.com', sent: 'FROM:ca@example.com' },
  { from: 'From: "CA @corp.example.com" <ca@corp.example.com>', sent: 'From: "CA @corp.example.com" <ca@example.com>' },
  {
    from: 'From: CA (at ca@corp.example.com)\r\n <ca@corp.example.com>',
    sent: 'From: CA (at ca@corp.example.com)\r\n <ca@example.com>',
  },
  { from: 'From: "a b"@corp.example.com, x@y.example', sent: 'From: "a b"@example.com, x@y.example' },
  { from: 'From: a@corp.example.com,\r\n\tb@OLD.example', sent: 'From: a@example.com,\r\n\tb@example.com' },
  { from: 'From: CA <ca@corp.example.com.evil.example>', sent: 'From: CA <ca@corp.example.com.evil.example>' },
  { from: 'From: "\\"x\\" y" <ca@corp.example.com>', sent: 'From: "\\"x\\" y" <ca@example.com>' },
  { from: 'From: M\u00fcller <ca@corp.example.com>', sent: 'From: M\u00fcller <ca@example.com>' },
  { from: 'Sender: ca@corp.example.com', sent: 'Sender: ca@corp.example.com' },
  { from: 'From: "unclosed ca@corp.example.com', sent: 'From: "unclosed ca@corp.example.com' },
])('delivery.masqueradeDomain: $from', ({ from, sent }) => {
  const head = (line: string): Buffer =>
    Buffer.from(`Received: by ca@corp.example.com\r\n${line}\r\nSubject: x@corp.example.com\r\n\r\n`);
  expect(masqueradeHead(head(from), masquerade, ownName).toString()).toBe(head(sent).toString());
});
