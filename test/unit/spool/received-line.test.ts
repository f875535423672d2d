import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { receivedLine } from '../../../electron/spool/received-line.ts';
import { envelope, envelopes } from '../../fakes/envelopes.ts';

const id = '01JGFJJZ00ABCDEFGHJKMNPQRS';

test('a Received line as RFC 5321 section 4.4 asks for', () => {
  expect(receivedLine(envelope(), 'relay.corp.example', id)).toBe(
    'Received: from PKICA01 ([127.0.0.1])\r\n' +
      `\tby relay.corp.example with ESMTP id ${id};\r\n` +
      '\tTue, 01 Jan 2030 08:30:00 +0000\r\n',
  );
});

test('mail made here came from nobody', () => {
  expect(receivedLine(envelope({ protocol: 'local' }), 'relay.corp.example', id)).toBe(
    `Received: by relay.corp.example with local id ${id};\r\n\tTue, 01 Jan 2030 08:30:00 +0000\r\n`,
  );
});

test('a file from Pickup came from nobody', () => {
  const line = receivedLine(
    envelope({ protocol: 'Pickup', heloName: '', clientAddress: '' }),
    'relay.corp.example',
    id,
  );
  expect(line).toContain(`Received: by relay.corp.example with Pickup id ${id};`);
});

test.each([
  { reverseLookup: { result: 'verified', name: 'ca01.corp.example' }, shown: 'ca01.corp.example [192.0.2.7]' },
  { reverseLookup: { result: 'verified', name: 'x) (y\r\n' }, shown: 'x???y?? [192.0.2.7]' },
  { reverseLookup: { result: 'verified' }, shown: '[192.0.2.7]' },
  { reverseLookup: { result: 'unverified', name: 'other.example' }, shown: '[192.0.2.7] unverified' },
  { reverseLookup: { result: 'failed' }, shown: '[192.0.2.7] RDNS failed' },
] as const)('a client whose name in DNS is $reverseLookup is shown as $shown', ({ reverseLookup, shown }) => {
  const line = receivedLine(envelope({ clientAddress: '192.0.2.7', reverseLookup }), 'r', id);
  expect(line).toContain(`from PKICA01 (${shown})\r\n`);
});

test.each([
  { client: '::1', shown: '[IPv6:::1]' },
  { client: 'fe80::1%eth0', shown: '[IPv6:fe80::1]' },
  { client: '::ffff:10.1.2.3', shown: '[10.1.2.3]' },
  { client: 'nonsense', shown: '[unknown]' },
])('client $client is shown as $shown', ({ client, shown }) => {
  expect(receivedLine(envelope({ clientAddress: client }), 'r', id)).toContain(`(${shown})`);
});

test.each([
  { helo: '', shown: 'unknown' },
  { helo: '[192.0.2.1]', shown: '[192.0.2.1]' },
  { helo: 'a b', shown: 'a?b' },
  { helo: 'x) (y\r\nBcc: z', shown: 'x???y??Bcc:?z' },
  { helo: 'a'.repeat(300), shown: 'a'.repeat(255) },
])('HELO name $helo is written as $shown', ({ helo, shown }) => {
  expect(receivedLine(envelope({ heloName: helo }), 'r', id)).toContain(`from ${shown} (`);
});

const anyText = fc.string({ unit: 'binary' });

test('whatever a client says, it stays one folded ASCII field', () => {
  fc.assert(
    fc.property(envelopes, anyText, (any, name) => {
      expect(receivedLine(any, name, id)).toMatch(/^Received: (?:[ -~]|\r\n\t)*\r\n$/);
    }),
  );
});
