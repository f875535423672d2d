import { expect, test } from 'vitest';
import { messageText } from '../../../electron/cli/message-text.ts';
import type { MessageDetails } from '../../../shared/contract/messages.ts';

const nowMs = 1_900_000_000_000;

const details: MessageDetails = {
  row: {
    id: '01KAT5Q2VFM8ZT4E0000000000',
    state: 'retry',
    sender: '',
    recipient: 'pki@example.org',
    recipientCount: 1,
    subject: 'CRL \u{1b}[2Jpublished',
    sizeBytes: 2_150,
    receivedAtMs: nowMs - 3_600_000,
    attempts: 1,
    lastError: '451 later',
    nextAttemptAtMs: nowMs + 65_000,
    nextHop: 'example.org',
  },
  envelope: {
    sender: '',
    clientAddress: '127.0.0.1',
    heloName: 'CA01',
    protocol: 'ESMTP',
    body: '8BITMIME',
    smtpUtf8: false,
    dsn: {},
    authenticatedUser: null,
  },
  route: null,
  recipients: [
    {
      address: 'pki@example.org',
      state: 'pending',
      attempts: 1,
      nextAttemptAtMs: nowMs + 65_000,
      nextHop: 'example.org',
      lastFailure: { permanent: false, stage: 'rcpt', code: 451, text: '451 later' },
      deliveredAtMs: null,
    },
  ],
  attempts: [
    {
      startedAtMs: nowMs - 3_000_000,
      endedAtMs: nowMs - 2_999_000,
      nextHop: 'example.org',
      host: 'mail.example.org [192.0.2.25]:25',
      outcomes: [{ recipient: 'pki@example.org', result: 'retry', reply: '451 later' }],
    },
  ],
  headers: [{ name: 'Subject', value: 'CRL\r\n published' }],
  text: 'Line one\r\n\r\nLine two\u{1b}[31m\r\n',
  textTruncated: false,
  attachments: [{ name: 'crl.crl', contentType: 'application/pkix-crl', sizeBytes: 512 }],
};

test('a message is shown with everything an administrator asks for', () => {
  const text = messageText(details, nowMs);
  expect(text).toMatch(/^Message: {3}01KAT5Q2VFM8ZT4E0000000000$/m);
  expect(text).toMatch(/^From: {6}<> \(a report\)$/m);
  expect(text).toMatch(/^Received: {2}.*, 1h 0m ago$/m);
  expect(text).toMatch(/^ {2}pki@example\.org {2}pending +1 {2}in 1m 5s {2}451 later$/m);
  expect(text).toMatch(
    /^ {2}\S+ \S+ {2}mail\.example\.org \[192\.0\.2\.25\]:25 {2}pki@example\.org {2}retry {3}451 later$/m,
  );
  expect(text).toMatch(/^ {2}Subject: CRL published$/m);
  expect(text).toMatch(/^ {2}crl\.crl {2}application\/pkix-crl {2}512 B$/m);
  expect(text).toMatch(/^Text\n {2}Line one\n\n {2}Line two/m);
});

test('nothing of a message reaches the terminal as a command', () => {
  expect(messageText(details, nowMs)).not.toMatch(/[^\P{Cc}\n]/u);
});

test('sections without content are left out, and a cut text says so', () => {
  const text = messageText({ ...details, attempts: [], attachments: [], textTruncated: true }, nowMs);
  expect(text).not.toMatch(/^(Attempts|Attachments|Text)$/m);
  expect(text).toMatch(/^Text \(its beginning\)$/m);
});

test('who logged in, and a route chosen for this message alone', () => {
  const chosen = {
    ...details,
    envelope: { ...details.envelope, authenticatedUser: 'ca\u{1b}01' },
    route: ['gw.example'],
  };
  const text = messageText(chosen, nowMs);
  expect(text).toMatch(/^User: +ca\u{fffd}01$/mu);
  expect(text).toMatch(/^Next hop: .* \(chosen for this message\)$/m);
  expect(messageText(details, nowMs)).not.toContain('User:');
});
