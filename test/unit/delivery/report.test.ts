import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { permanentFailure, replyFailure } from '../../../electron/delivery/failure.ts';
import { buildReport, type ReportContent } from '../../../electron/delivery/report.ts';

const original = Buffer.from(
  'Subject: Zertifikat ausgestellt\r\nFrom: ca@corp.example.com\r\n\r\nText \xe4\r\n',
  'latin1',
);

const content: ReportContent = {
  id: '01JDEXAMPLE',
  reportingName: 'relay.test.invalid',
  version: '1.2.3',
  nowMs: Date.parse('2030-01-02T03:04:05Z'),
  sender: 'ca@corp.example.com',
  failed: [
    {
      address: 'gone@example.org',
      orcpt: 'rfc822;gone@example.org',
      failure: replyFailure('rcpt', true, '550-5.1.1 The mailbox\n550 5.1.1 is unknown'),
    },
    { address: 'm\u00fcller@example.net', failure: permanentFailure('dns', '5.1.2', 'The domain does not exist.') },
  ],
  subject: 'Zertifikat f\u00fcr Ger\u00e4t ausgestellt',
  arrivedAtMs: Date.parse('2030-01-01T00:00:00Z'),
  lastAttemptAtMs: Date.parse('2030-01-02T03:04:00Z'),
  remoteName: 'mx.example.org',
  envid: 'QQ314159',
  original: { bytes: original, headersOnly: false },
};

const partsOf = async (report: Buffer) => {
  const parsed = await PostalMime.parse(report, { rfc822Attachments: true, forceRfc822Attachments: true });
  const part = (mimeType: string): string | undefined => {
    const found = parsed.attachments.find((attachment) => attachment.mimeType === mimeType);
    if (found === undefined) return undefined;
    // postal-mime ends the lines of what it takes apart with LF
    return Buffer.from(found.content as ArrayBuffer)
      .toString('latin1')
      .replaceAll('\r\n', '\n');
  };
  return { parsed, part };
};

test('is a multipart/report from the postmaster that no robot answers', async () => {
  const report = await buildReport(content);
  const { parsed } = await partsOf(report);
  const header = (name: string): string | undefined => parsed.headers.find(({ key }) => key === name)?.value;
  expect(header('content-type')).toMatch(/^multipart\/report; report-type=delivery-status; boundary=/);
  expect(parsed.from).toMatchObject({ name: 'Mail Delivery Subsystem', address: 'postmaster@relay.test.invalid' });
  expect(parsed.to).toMatchObject([{ address: 'ca@corp.example.com' }]);
  expect(parsed.subject).toBe('Delivery Status Notification (Failure)');
  expect(parsed.messageId).toBe('<01JDEXAMPLE@relay.test.invalid>');
  expect(parsed.date).toBe('2030-01-02T03:04:05.000Z');
  expect(header('auto-submitted')).toBe('auto-replied');
});

test('tells people in two languages who did not get what, and why', async () => {
  const { parsed } = await partsOf(await buildReport(content));
  expect(parsed.text).toContain('gone@example.org');
  expect(parsed.text).toContain('550 5.1.1 The mailbox is unknown');
  expect(parsed.text).toContain('m\u00fcller@example.net');
  expect(parsed.text).toContain('Zertifikat f\u00fcr Ger\u00e4t ausgestellt');
  expect(parsed.text).toContain('could not be delivered');
  expect(parsed.text).toContain('Empf\u00e4ngern nicht zugestellt');
});

test('tells programs the same by RFC 3464', async () => {
  const { part } = await partsOf(await buildReport(content));
  expect(part('message/delivery-status')?.trimEnd()).toBe(
    `Original-Envelope-Id: QQ314159
Reporting-MTA: dns; relay.test.invalid
Arrival-Date: Tue, 01 Jan 2030 00:00:00 +0000

Original-Recipient: rfc822;gone@example.org
Final-Recipient: rfc822; gone@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 The mailbox is unknown
Last-Attempt-Date: Wed, 02 Jan 2030 03:04:00 +0000

Final-Recipient: rfc822; m?ller@example.net
Action: failed
Status: 5.1.2
Diagnostic-Code: x-local; The domain does not exist.
Last-Attempt-Date: Wed, 02 Jan 2030 03:04:00 +0000`,
  );
});

test('returns the message byte for byte', async () => {
  const report = await buildReport(content);
  expect(report.includes(original)).toBe(true);
  expect((await partsOf(report)).part('message/rfc822')).toBe(
    `${original.toString('latin1').replaceAll('\r\n', '\n')}\n`,
  );
});

test('returns the header alone when asked to', async () => {
  const header = Buffer.from('Subject: only this\r\n');
  const { part } = await partsOf(await buildReport({ ...content, original: { bytes: header, headersOnly: true } }));
  expect(part('text/rfc822-headers')?.trimEnd()).toBe('Subject: only this');
  expect(part('message/rfc822')).toBeUndefined();
});

test('no reply of a server can add a field or break a line length', async () => {
  const text = `550 5.0.0 ${'x'.repeat(950)} \u0000 and\r\nAction: delivered ${'y '.repeat(100)}`;
  const failed = [{ address: 'a@example.org', failure: replyFailure('rcpt', true, text) }];
  const report = await buildReport({ ...content, failed });
  const status = (await partsOf(report)).part('message/delivery-status') ?? '';
  expect(status.match(/^Action:/gm)).toEqual(['Action:']);
  for (const line of report.toString('latin1').split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
});

test.each([
  { failure: replyFailure('data', true, '554 refused'), status: '5.0.0' },
  { failure: { ...replyFailure('rcpt', false, '450 busy'), permanent: true }, status: '4.0.0' },
])('a failure without status of its own gets $status', async ({ failure, status }) => {
  const { part } = await partsOf(await buildReport({ ...content, failed: [{ address: 'a@example.org', failure }] }));
  expect(part('message/delivery-status')).toContain(`Status: ${status}\n`);
});
