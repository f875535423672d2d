import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { type TestMessageFacts, testMessage } from '../../../electron/host/test-message.ts';

const facts: TestMessageFacts = {
  to: 'operations@example.org',
  fullyQualifiedName: 'ca01.example.org',
  computerName: 'CA01',
  nowMs: Date.parse('2026-11-24T03:40:55.123Z'),
  token: 'abc',
};

test('the message has what RFC 5322 asks for', async () => {
  const { envelope, content } = testMessage(facts);
  expect(envelope).toMatchObject({ sender: 'postmaster@ca01.example.org', protocol: 'local', smtpUtf8: false });
  expect(envelope.recipients).toEqual([{ address: 'operations@example.org', dsn: {} }]);
  const text = content.toString('latin1');
  expect(text).toContain('Date: Tue, 24 Nov 2026 03:40:55 +0000\r\n');
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n\x80-\xff]/);
  const email = await PostalMime.parse(content);
  expect(email).toMatchObject({
    subject: 'SMTP Relay Manager test message',
    messageId: '<abc@ca01.example.org>',
    from: { address: 'postmaster@ca01.example.org' },
    to: [{ address: 'operations@example.org' }],
  });
});

test.each([
  { from: 'eva@example.org', sender: 'eva@example.org' },
  { from: '', sender: 'postmaster@ca01.example.org' },
])('from "$from"', ({ from, sender }) => {
  expect(testMessage({ ...facts, from }).envelope.sender).toBe(sender);
});

test('an address of every script needs SMTPUTF8', () => {
  expect(testMessage({ ...facts, to: 'größe@example.org' }).envelope.smtpUtf8).toBe(true);
});

test.each([
  { field: 'to', change: { to: 'nobody' } },
  { field: 'to', change: { to: 'a@b\r\nBcc: c@d' } },
  { field: 'to', change: { to: 'a@b, c@d' } },
  { field: 'to', change: { to: '<a@b>' } },
  { field: 'to', change: { to: 'a b@c' } },
  { field: 'to', change: { to: 'a@b\u2028c' } },
  { field: 'from', change: { from: 'x\u0000@y' } },
])('refuses $change, naming the field', ({ field, change }) => {
  expect(() => testMessage({ ...facts, ...change })).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code: 'badArgument', field }) }),
  );
});
