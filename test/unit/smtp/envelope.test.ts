import type { SMTPServerSession } from 'smtp-server';
import { expect, test } from 'vitest';
import { asciiDomain, envelopeOf, needsSmtpUtf8 } from '../../../electron/smtp/envelope.ts';

test.each([
  { address: 'User@Example.ORG', ascii: 'User@Example.ORG' },
  { address: 'a@münchen.example', ascii: 'a@xn--mnchen-3ya.example' },
  { address: 'ü@münchen.example', ascii: 'ü@xn--mnchen-3ya.example' },
  { address: 'a@m\ufffdnchen.example', ascii: 'a@m\ufffdnchen.example' },
  { address: '', ascii: '' },
])('$address is kept as $ascii', ({ address, ascii }) => {
  expect(asciiDomain(address)).toBe(ascii);
});

test.each([
  { address: '', needs: false },
  { address: 'a@ca01', needs: false },
  { address: 'a@münchen.example', needs: false },
  { address: 'ü@example.org', needs: true },
  { address: 'a@m\ufffdnchen.example', needs: true },
])('$address needs SMTPUTF8: $needs', ({ address, needs }) => {
  expect(needsSmtpUtf8(address)).toBe(needs);
});

const session = {
  remoteAddress: '127.0.0.1',
  hostNameAppearsAs: 'ca01',
  transmissionType: 'ESMTP',
  envelope: {
    mailFrom: { address: 'pki@ca01', args: false },
    rcptTo: [
      { address: 'a@example.org', args: false },
      { address: 'b@example.org', args: false, dsn: { notify: ['FAILURE', 'DELAY', 'DELAY'], orcpt: 'rfc822;c@d' } },
    ],
    bodyType: '8bitmime',
    smtpUtf8: false,
    dsn: { ret: 'HDRS', envid: 'QQ314' },
  },
} as unknown as SMTPServerSession;

test('an envelope holds what was said before the message', () => {
  expect(envelopeOf(session, { receivedAtMs: 1_000, reverseLookup: null })).toEqual({
    sender: 'pki@ca01',
    recipients: [
      { address: 'a@example.org', dsn: {} },
      { address: 'b@example.org', dsn: { notify: ['FAILURE', 'DELAY'], orcpt: 'rfc822;c@d' } },
    ],
    receivedAtMs: 1_000,
    clientAddress: '127.0.0.1',
    heloName: 'ca01',
    protocol: 'ESMTP',
    body: '8BITMIME',
    smtpUtf8: false,
    dsn: { ret: 'HDRS', envid: 'QQ314' },
  });
});

test('the null sender and parameters that were not given', () => {
  const bare = {
    ...session,
    envelope: {
      mailFrom: { address: '', args: false },
      rcptTo: [],
      bodyType: '7bit',
      smtpUtf8: true,
      dsn: { ret: null, envid: null },
    },
  } as unknown as SMTPServerSession;
  expect(envelopeOf(bare, { receivedAtMs: 1, reverseLookup: null })).toMatchObject({
    sender: '',
    protocol: 'UTF8SMTP',
    body: '7BIT',
    dsn: {},
  });
});
