import PostalMime from 'postal-mime';
import { beforeEach, expect, test } from 'vitest';
import { permanentFailure, replyFailure } from '../../../electron/delivery/failure.ts';
import type { ReportKind } from '../../../electron/delivery/report-text.ts';
import { isWanted, Reporter } from '../../../electron/delivery/reporter.ts';
import type { Envelope, QueueEntry, RecipientDsn } from '../../../electron/spool/types.ts';
import type { Failure } from '../../../shared/contract/messages.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { mailTo } from '../../fakes/mail.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { MemorySpool } from '../../fakes/memory-spool.ts';

let spool: MemorySpool;
let settings: ServerSettings;
let reporter: Reporter;

beforeEach(() => {
  spool = new MemorySpool();
  settings = { ...defaultServerSettings, 'delivery.fullyQualifiedName': 'relay.test.invalid' };
  reporter = new Reporter({
    spool,
    settings: () => settings,
    ports: { clock: new FakeClock(), log: new MemoryLog(), computerName: () => 'CA01' },
    version: '0.0.0',
  });
});

const busy = replyFailure('rcpt', false, '450 4.2.1 Busy');
const content = 'Subject: original\r\n\r\nThe text\r\n';

/** Reports on every recipient of a message. @returns the report */
const report = async (
  kind: ReportKind,
  change: Partial<Envelope> = {},
  {
    host = null,
    to = ['a@x.example'],
    failure = busy,
  }: { host?: string | null; to?: string[]; failure?: Failure } = {},
): Promise<QueueEntry | undefined> => {
  const entry = await spool.put(mailTo(to, change), content);
  await spool.update(entry.id, entry.record, {
    startedAtMs: 1,
    endedAtMs: 2,
    nextHop: 'x.example',
    host,
    outcomes: to.map((recipient) => ({ recipient, result: 'retry', reply: '450 4.2.1 Busy' })),
  });
  const subjects = entry.record.recipients.map((recipient) => ({ recipient: { ...recipient, lastFailure: failure } }));
  await reporter.report(await spool.read(entry.id), kind, subjects);
  return [...spool.entries()].find(({ id }) => id > entry.id);
};

const textOf = async (entry: QueueEntry | undefined): Promise<string> => {
  let text = '';
  for await (const chunk of (await spool.read(entry?.id ?? '')).content()) text += String(chunk);
  return text;
};

test.each<{ kind: ReportKind; notify: RecipientDsn['notify']; wanted: boolean }>([
  { kind: 'failed', notify: undefined, wanted: true },
  { kind: 'failed', notify: ['FAILURE', 'DELAY'], wanted: true },
  { kind: 'failed', notify: ['SUCCESS'], wanted: false },
  { kind: 'failed', notify: ['NEVER'], wanted: false },
  { kind: 'delayed', notify: undefined, wanted: true },
  { kind: 'delayed', notify: ['DELAY'], wanted: true },
  { kind: 'delayed', notify: ['FAILURE'], wanted: false },
  { kind: 'delayed', notify: ['NEVER'], wanted: false },
  { kind: 'relayed', notify: undefined, wanted: false },
  { kind: 'relayed', notify: ['SUCCESS'], wanted: true },
  { kind: 'delivered', notify: ['FAILURE', 'SUCCESS'], wanted: true },
  { kind: 'delivered', notify: ['NEVER'], wanted: false },
])('$kind with NOTIFY=$notify is wanted: $wanted', ({ kind, notify, wanted }) => {
  expect(isWanted(kind, notify === undefined ? {} : { notify })).toBe(wanted);
});

test('only who wants to be told about is in it', async () => {
  const recipients = [
    { address: 'a@x.example', dsn: { notify: ['DELAY' as const], orcpt: 'rfc822;first@corp.example' } },
    { address: 'b@x.example', dsn: { notify: ['FAILURE' as const] } },
  ];
  const text = await textOf(
    await report('delayed', { recipients, dsn: { envid: 'QQ1' } }, { to: ['a@x.example', 'b@x.example'] }),
  );
  expect(text).toContain('Original-Envelope-Id: QQ1\r\n');
  expect(text).toContain('Original-Recipient: rfc822;first@corp.example\r\n');
  expect(text).not.toContain('b@x.example');
});

test('a report is never answered by a report', async () => {
  expect(await report('failed', { sender: '' })).toBeUndefined();
});

test.each<{ kind: ReportKind; dsn: Envelope['dsn']; full: boolean }>([
  { kind: 'failed', dsn: {}, full: true },
  { kind: 'failed', dsn: { ret: 'FULL' }, full: true },
  { kind: 'failed', dsn: { ret: 'HDRS' }, full: false },
  { kind: 'delayed', dsn: { ret: 'FULL' }, full: false },
  { kind: 'relayed', dsn: { ret: 'FULL' }, full: false },
  { kind: 'delivered', dsn: { ret: 'FULL' }, full: false },
])('$kind with RET $dsn.ret brings the whole message back: $full', async ({ kind, dsn, full }) => {
  const recipients = [{ address: 'a@x.example', dsn: { notify: ['SUCCESS', 'FAILURE', 'DELAY'] as const } }];
  const text = await textOf(await report(kind, { recipients, dsn }));
  expect(text).toContain('Subject: original\r\n');
  expect(text.includes('The text')).toBe(full);
});

test.each([
  { enhanced: '5.6.3', full: false },
  { enhanced: '5.1.1', full: true },
])('a failure with $enhanced brings the whole message back: $full', async ({ enhanced, full }) => {
  const text = await textOf(await report('failed', {}, { failure: permanentFailure('data', enhanced, 'No.') }));
  expect(text).toContain('Subject: original\r\n');
  expect(text.includes('The text')).toBe(full);
});

test.each<{ what: string; kind: ReportKind; copyTo: string; receivers: string[] }>([
  { what: 'off', kind: 'failed', copyTo: '', receivers: ['ca@corp.example.com'] },
  { what: 'a failure', kind: 'failed', copyTo: 'pki@x.example', receivers: ['ca@corp.example.com', 'pki@x.example'] },
  { what: 'a delay', kind: 'delayed', copyTo: 'pki@x.example', receivers: ['ca@corp.example.com'] },
  { what: 'the sender itself', kind: 'failed', copyTo: 'CA@corp.example.com', receivers: ['ca@corp.example.com'] },
])('messages.reportCopyTo: $what', async ({ kind, copyTo, receivers }) => {
  settings = { ...settings, 'messages.reportCopyTo': copyTo };
  const entry = await report(kind);
  const { envelope } = await spool.read(entry?.id ?? '');
  expect(envelope.sender).toBe('');
  expect(envelope.recipients).toEqual(receivers.map((address) => ({ address, dsn: { notify: ['NEVER'] } })));
  expect(await textOf(entry)).toContain('To: ca@corp.example.com\r\n');
});

test('messages.reportLanguage: the report is in the language of the settings', async () => {
  settings = { ...settings, 'messages.reportLanguage': 'de' };
  const { subject } = await PostalMime.parse(await textOf(await report('failed')));
  expect(subject).toBe('Benachrichtigung zum \u00dcbermittlungsstatus (Fehlgeschlagen)');
});

test.each([
  { host: 'mail.example.org [192.0.2.1]:25', name: 'mail.example.org' },
  { host: '192.0.2.1:25', name: '[192.0.2.1]' },
  { host: '[2001:db8::1]:25', name: '[2001:db8::1]' },
])('the server that answered is named: $host', async ({ host, name }) => {
  expect(await textOf(await report('failed', {}, { host }))).toContain(`Remote-MTA: dns; ${name}\r\n`);
});

test('domains.default: a person can answer the report there', async () => {
  expect(await textOf(await report('failed'))).toMatch(/^From: .*<postmaster@relay\.test\.invalid>\r$/m);
  settings = { ...settings, 'domains.default': 'corp.example' };
  expect(await textOf(await report('failed'))).toMatch(/^From: .*<postmaster@corp\.example>\r$/m);
});

test('an address beyond ASCII makes the report ask for SMTPUTF8', async () => {
  const entry = await report('failed', { sender: 'c\u00e4@corp.example.com' });
  expect((await spool.read(entry?.id ?? '')).envelope.smtpUtf8).toBe(true);
});
