/** A report to the sender: multipart/report by RFC 3462 and 3464; MIME by nodemailer. Pure. */
import MimeNode from 'nodemailer/lib/mime-node';
import type { EpochMs, Failure } from '../../shared/contract/messages.ts';
import { formatFailure } from './failure.ts';
import { type ReportKind, type ReportLanguage, reportSubject, reportText } from './report-text.ts';

export interface ReportedRecipient {
  readonly address: string;
  /** RFC 3461, as received: 'rfc822;user@example.org'. */
  readonly orcpt?: string | undefined;
  /** Why it was not delivered. Null for a success, and for mail nobody could try to deliver yet. */
  readonly failure: Failure | null;
  /** The latest attempt for this recipient; null when there was none. */
  readonly lastAttempt: {
    readonly endedAtMs: EpochMs;
    /** The host that answered: a name, or an address in brackets. Null when none was reached. */
    readonly remoteName: string | null;
    /** Its answer, or our description. */
    readonly reply: string;
  } | null;
  /** When it will be given up; for a delay only. */
  readonly retryUntilMs?: EpochMs;
}

export interface ReportContent {
  readonly kind: ReportKind;
  readonly language: ReportLanguage;
  /** Unique; used for Message-ID and boundary. */
  readonly id: string;
  /** Name of this server. */
  readonly reportingName: string;
  /** Where an answer of a person can be received. */
  readonly postmasterDomain: string;
  readonly version: string;
  readonly nowMs: EpochMs;
  readonly sender: string;
  readonly recipients: readonly ReportedRecipient[];
  readonly subject: string;
  readonly arrivedAtMs: EpochMs;
  /** What the client called itself. */
  readonly heloName: string;
  readonly envid?: string | undefined;
  /** The whole message, or its header only. */
  readonly original: { readonly bytes: Buffer; readonly headersOnly: boolean };
}

export function buildReport(content: ReportContent): Promise<Buffer> {
  const { id, kind, language, reportingName, postmasterDomain, nowMs, sender, version, original } = content;
  const report = new MimeNode('multipart/report; report-type=delivery-status', {
    baseBoundary: id,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  report.setHeader({
    From: { name: 'Mail Delivery Subsystem', address: `postmaster@${postmasterDomain}` },
    To: { name: '', address: sender },
    Subject: reportSubject(kind, language),
    Date: rfc5322Date(nowMs),
    'Message-ID': `<${id}@${reportingName}>`,
    'Auto-Submitted': 'auto-replied', // RFC 3834: no vacation notice may answer it
    'X-Mailer': `SMTP Relay Manager ${version}`,
    'MIME-Version': '1.0',
  });
  report.createChild('text/plain').setContent(explanation(content));
  report.createChild('message/delivery-status').setContent(Buffer.from(deliveryStatus(content)));
  report.createChild(original.headersOnly ? 'text/rfc822-headers' : 'message/rfc822').setContent(original.bytes);
  return report.build();
}

function explanation({ kind, language, recipients, subject, reportingName, arrivedAtMs }: ReportContent): string {
  const untilMs = recipients.flatMap(({ retryUntilMs }) => retryUntilMs ?? []);
  return reportText({
    kind,
    language,
    reportingName,
    recipients: recipients.map(({ address, failure }) => ({
      address: oneLine(address),
      reason: failure === null ? null : formatFailure(failure),
    })),
    subject: oneLine(subject),
    arrivedAtMs,
    retryUntilMs: untilMs.length === 0 ? null : Math.min(...untilMs),
  });
}

function deliveryStatus({ kind, recipients, reportingName, arrivedAtMs, heloName, envid }: ReportContent): string {
  const message = [
    ...(envid === undefined ? [] : [field('Original-Envelope-Id', envid)]),
    field('Reporting-MTA', `dns; ${reportingName}`),
    ...(heloName === '' ? [] : [field('Received-From-MTA', `dns; ${heloName}`)]),
    field('Arrival-Date', rfc5322Date(arrivedAtMs)),
  ];
  const groups = recipients.map((recipient) => recipientFields(kind, recipient));
  return [message, ...groups].map((fields) => `${fields.join('\r\n')}\r\n`).join('\r\n');
}

function recipientFields(
  kind: ReportKind,
  { address, orcpt, failure, lastAttempt, retryUntilMs }: ReportedRecipient,
): string[] {
  // Words of a server are quoted as such; only with them there was a server that the report can name.
  const answered = failure === null ? lastAttempt?.remoteName != null : failure.code !== undefined;
  const reply = failure === null ? lastAttempt?.reply : formatFailure(failure);
  const isTold = failure !== null || answered;
  return [
    ...(orcpt === undefined ? [] : [field('Original-Recipient', orcpt)]),
    field('Final-Recipient', typedAddress(address)),
    field('Action', kind),
    field('Status', statusOf(kind, failure)),
    ...(answered && lastAttempt?.remoteName != null ? [field('Remote-MTA', `dns; ${lastAttempt.remoteName}`)] : []),
    ...(isTold && reply !== undefined ? [field('Diagnostic-Code', `${answered ? 'smtp' : 'x-local'}; ${reply}`)] : []),
    ...(lastAttempt === null ? [] : [field('Last-Attempt-Date', rfc5322Date(lastAttempt.endedAtMs))]),
    ...(retryUntilMs === undefined ? [] : [field('Will-Retry-Until', rfc5322Date(retryUntilMs))]),
  ];
}

/** RFC 3464 section 2.3.4 wants a status; without one from the server the class of the reply must do. */
function statusOf(kind: ReportKind, failure: Failure | null): string {
  switch (kind) {
    case 'relayed':
    case 'delivered':
      return '2.0.0';
    case 'delayed':
      // A host that turns everybody away with 5.7.1 delays the message all the same: it is the class that says so.
      return failure?.enhanced?.replace(/^./, '4') ?? delayStatus(failure);
    case 'failed':
      return failure?.enhanced ?? (failure?.code !== undefined && failure.code < 500 ? '4.0.0' : '5.0.0');
  }
}

/** RFC 3463 section 3.5: X.4.3 directory server failure, X.4.1 no answer from host, X.4.0 another reason on the way. */
const delayStatus = (failure: Failure | null): string => {
  if (failure === null || failure.code !== undefined) return '4.0.0';
  if (failure.stage === 'dns') return '4.4.3';
  return failure.stage === 'connect' ? '4.4.1' : '4.4.0';
};

/** An address beyond ASCII can be told in a 7-bit part only as RFC 6533 section 3 spells it. */
const typedAddress = (address: string): string =>
  /^[\x20-\x7e]*$/.test(address)
    ? `rfc822; ${address}`
    : `utf-8; ${address.replace(/[^\x21-\x7e]|[\\+=]/gu, (letter) => `\\x{${hex(letter)}}`)}`;

const hex = (letter: string): string => (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0');

/** These parts are 7-bit text (RFC 3464 section 2.1); what is not is shown as a question mark. */
const field = (name: string, value: string): string => fold(`${name}: ${oneLine(value).replace(/[^\x20-\x7e]/g, '?')}`);

const oneLine = (text: string): string => text.replace(/[\p{Cc}]+/gu, ' ').trim();

/** Lines of at most 78 characters where there are spaces, and of 900 where there are none (RFC 5322 section 2.1.1). */
const fold = (line: string): string =>
  line.replace(/[^ ]{900}/g, '$& ').replace(/(?=.{78})(.{1,76}) (?=[^ ])/g, '$1\r\n ');

const rfc5322Date = (ms: EpochMs): string => new Date(ms).toUTCString().replace('GMT', '+0000');
