import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { permanentFailure, replyFailure, temporaryFailure } from '../../../electron/delivery/failure.ts';
import { buildReport, type ReportContent } from '../../../electron/delivery/report.ts';
import type { ReportKind, ReportLanguage } from '../../../electron/delivery/report-text.ts';
import type { Failure } from '../../../shared/contract/messages.ts';

const original = Buffer.from(
  'Subject: Zertifikat ausgestellt\r\nFrom: ca@corp.example.com\r\n\r\nText \xe4\r\n',
  'latin1',
);

const lastAttempt = {
  endedAtMs: Date.parse('2030-01-02T03:04:00Z'),
  remoteName: 'mx.example.org',
  reply: '550 5.1.1 The mailbox is unknown',
};

const content: ReportContent = {
  kind: 'failed',
  language: 'en',
  id: '01JDEXAMPLE',
  reportingName: 'relay.test.invalid',
  postmasterDomain: 'corp.example.com',
  version: '1.2.3',
  nowMs: Date.parse('2030-01-02T03:04:05Z'),
  sender: 'ca@corp.example.com',
  recipients: [
    {
      address: 'gone@example.org',
      orcpt: 'rfc822;gone@example.org',
      failure: replyFailure('rcpt', true, '550-5.1.1 The mailbox\n550 5.1.1 is unknown'),
      lastAttempt,
    },
    {
      address: 'm\u00fcller+x@example.net',
      failure: permanentFailure('dns', '5.1.2', 'The domain does not exist.'),
      lastAttempt: { ...lastAttempt, remoteName: null },
    },
  ],
  subject: 'Zertifikat f\u00fcr Ger\u00e4t ausgestellt',
  arrivedAtMs: Date.parse('2030-01-01T00:00:00Z'),
  heloName: 'PKICA01',
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
  expect(parsed.from).toMatchObject({ name: 'Mail Delivery Subsystem', address: 'postmaster@corp.example.com' });
  expect(parsed.to).toMatchObject([{ address: 'ca@corp.example.com' }]);
  expect(parsed.subject).toBe('Delivery Status Notification (Failure)');
  expect(parsed.messageId).toBe('<01JDEXAMPLE@relay.test.invalid>');
  expect(parsed.date).toBe('2030-01-02T03:04:05.000Z');
  expect(header('auto-submitted')).toBe('auto-replied');
});

test('tells people who did not get what, and why', async () => {
  const { parsed } = await partsOf(await buildReport(content));
  expect(parsed.text).toContain('could not be delivered to these recipients:');
  expect(parsed.text).toContain('gone@example.org\n    550 5.1.1 The mailbox is unknown');
  expect(parsed.text).toContain('m\u00fcller+x@example.net\n    The domain does not exist.');
  expect(parsed.text).toContain('Subject: Zertifikat f\u00fcr Ger\u00e4t ausgestellt');
  expect(parsed.text).toContain('Received: 2030-01-01 00:00 UTC');
  expect(parsed.text).not.toContain('Delivery is tried until');
});

test.each<{ kind: ReportKind; language: ReportLanguage; subject: string; says: string }>([
  { kind: 'failed', language: 'en', subject: 'Delivery Status Notification (Failure)', says: 'could not be' },
  { kind: 'delayed', language: 'en', subject: 'Delivery Status Notification (Delay)', says: 'WARNING ONLY' },
  { kind: 'relayed', language: 'en', subject: 'Delivery Status Notification (Relay)', says: 'was handed on' },
  { kind: 'delivered', language: 'en', subject: 'Delivery Status Notification (Success)', says: 'was delivered' },
  {
    kind: 'failed',
    language: 'de',
    subject: 'Benachrichtigung zum \u00dcbermittlungsstatus (Fehlgeschlagen)',
    says: 'konnte diesen Empf\u00e4ngern nicht zugestellt werden',
  },
  {
    kind: 'delayed',
    language: 'de',
    subject: 'Benachrichtigung zum \u00dcbermittlungsstatus (Verz\u00f6gerung)',
    says: 'verz\u00f6gert sich',
  },
  {
    kind: 'relayed',
    language: 'de',
    subject: 'Benachrichtigung zum \u00dcbermittlungsstatus (Weiterleitung)',
    says: 'weitergegeben',
  },
  {
    kind: 'delivered',
    language: 'de',
    subject: 'Benachrichtigung zum \u00dcbermittlungsstatus (Erfolg)',
    says: 'wurde diesen Empf\u00e4ngern zugestellt',
  },
])('messages.reportLanguage: $kind in $language', async ({ kind, language, subject, says }) => {
  const { parsed, part } = await partsOf(await buildReport({ ...content, kind, language }));
  expect(parsed.subject).toBe(subject);
  expect(parsed.text).toContain(says);
  expect(part('message/delivery-status')).toContain(`Action: ${kind}\n`);
});

test('a delay tells how long it is tried', async () => {
  const recipients = [
    { address: 'a@example.org', failure: null, lastAttempt: null, retryUntilMs: Date.parse('2030-01-06T00:00:00Z') },
    {
      address: 'b@example.org',
      failure: replyFailure('rcpt', false, '450 4.2.1 Busy'),
      lastAttempt: { ...lastAttempt, reply: '450 4.2.1 Busy' },
      retryUntilMs: Date.parse('2030-01-03T00:00:00Z'),
    },
  ];
  const report = await buildReport({ ...content, kind: 'delayed', envid: undefined, recipients });
  const { parsed, part } = await partsOf(report);
  expect(parsed.text).toContain('Delivery is tried until at least: 2030-01-03 00:00 UTC');
  expect(part('message/delivery-status')?.trimEnd()).toBe(
    `Reporting-MTA: dns; relay.test.invalid
Received-From-MTA: dns; PKICA01
Arrival-Date: Tue, 01 Jan 2030 00:00:00 +0000

Final-Recipient: rfc822; a@example.org
Action: delayed
Status: 4.0.0
Will-Retry-Until: Sun, 06 Jan 2030 00:00:00 +0000

Final-Recipient: rfc822; b@example.org
Action: delayed
Status: 4.2.1
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 450 4.2.1 Busy
Last-Attempt-Date: Wed, 02 Jan 2030 03:04:00 +0000
Will-Retry-Until: Thu, 03 Jan 2030 00:00:00 +0000`,
  );
});

test('a success names the server that took the message, with its words', async () => {
  const recipients = [
    { address: 'a@example.org', failure: null, lastAttempt: { ...lastAttempt, reply: '250 2.0.0 Queued as 4711' } },
  ];
  const { part } = await partsOf(await buildReport({ ...content, kind: 'relayed', envid: undefined, recipients }));
  expect(part('message/delivery-status')).toContain(`Action: relayed
Status: 2.0.0
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 250 2.0.0 Queued as 4711
Last-Attempt-Date: Wed, 02 Jan 2030 03:04:00 +0000
`);
});

test('mail in the Drop folder has no server to quote', async () => {
  const recipients = [
    { address: 'a@example.org', failure: null, lastAttempt: { ...lastAttempt, remoteName: null, reply: 'Stored' } },
  ];
  const { part } = await partsOf(await buildReport({ ...content, kind: 'delivered', recipients }));
  const status = part('message/delivery-status');
  expect(status).toContain('Status: 2.0.0\n');
  expect(status).not.toMatch(/Remote-MTA|Diagnostic-Code/);
});

test('tells programs the same by RFC 3464', async () => {
  const { part } = await partsOf(await buildReport(content));
  expect(part('message/delivery-status')?.trimEnd()).toBe(
    `Original-Envelope-Id: QQ314159
Reporting-MTA: dns; relay.test.invalid
Received-From-MTA: dns; PKICA01
Arrival-Date: Tue, 01 Jan 2030 00:00:00 +0000

Original-Recipient: rfc822;gone@example.org
Final-Recipient: rfc822; gone@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 The mailbox is unknown
Last-Attempt-Date: Wed, 02 Jan 2030 03:04:00 +0000

Final-Recipient: utf-8; m\\x{FC}ller\\x{2B}x@example.net
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
  const recipients = [{ address: 'a@example.org', failure: replyFailure('rcpt', true, text), lastAttempt }];
  const report = await buildReport({ ...content, recipients });
  const status = (await partsOf(report)).part('message/delivery-status') ?? '';
  expect(status.match(/^Action:/gm)).toEqual(['Action:']);
  for (const line of report.toString('latin1').split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
});

test.each<{ kind: ReportKind; failure: Failure; status: string }>([
  { kind: 'failed', failure: replyFailure('data', true, '554 refused'), status: '5.0.0' },
  { kind: 'failed', failure: { ...replyFailure('rcpt', false, '450 busy'), permanent: true }, status: '4.0.0' },
  { kind: 'delayed', failure: replyFailure('greeting', false, '554 5.7.1 Go away'), status: '4.7.1' },
  { kind: 'delayed', failure: replyFailure('greeting', false, '554 Go away'), status: '4.0.0' },
  { kind: 'delayed', failure: temporaryFailure('dns', 'no answer'), status: '4.4.3' },
  { kind: 'delayed', failure: temporaryFailure('connect', 'refused'), status: '4.4.1' },
  { kind: 'delayed', failure: temporaryFailure('data', 'lost'), status: '4.4.0' },
])('$kind by $failure.stage "$failure.text" has the status $status', async ({ kind, failure, status }) => {
  const recipients = [{ address: 'a@example.org', failure, lastAttempt }];
  const { part } = await partsOf(await buildReport({ ...content, kind, recipients }));
  expect(part('message/delivery-status')).toContain(`Status: ${status}\n`);
});
