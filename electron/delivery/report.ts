/** The report to the sender that mail could not be delivered: multipart/report by RFC 3462, 3464; MIME by nodemailer. Pure. */
import MimeNode from 'nodemailer/lib/mime-node';
import type { EpochMs, Failure } from '../../shared/contract/messages.ts';
import { formatFailure } from './failure.ts';

export interface FailedRecipient {
  readonly address: string;
  /** RFC 3461, as received: 'rfc822;user@example.org'. */
  readonly orcpt?: string | undefined;
  readonly failure: Failure;
}

export interface ReportContent {
  /** Unique; used for Message-ID and boundary. */
  readonly id: string;
  /** Name of this server. */
  readonly reportingName: string;
  readonly version: string;
  readonly nowMs: EpochMs;
  readonly sender: string;
  readonly failed: readonly FailedRecipient[];
  readonly subject: string;
  readonly arrivedAtMs: EpochMs;
  readonly lastAttemptAtMs: EpochMs;
  /** The next hop that gave the last answer: a name without its address, or null when there was none. */
  readonly remoteName: string | null;
  readonly envid?: string | undefined;
  /** The whole message, or its header only. */
  readonly original: { readonly bytes: Buffer; readonly headersOnly: boolean };
}

export function buildReport(content: ReportContent): Promise<Buffer> {
  const { id, reportingName, nowMs, sender, version, original } = content;
  const report = new MimeNode('multipart/report; report-type=delivery-status', {
    baseBoundary: id,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  report.setHeader({
    From: { name: 'Mail Delivery Subsystem', address: `postmaster@${reportingName}` },
    To: { name: '', address: sender },
    Subject: 'Delivery Status Notification (Failure)',
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

function explanation({ failed, subject, reportingName }: ReportContent): string {
  const list = failed.flatMap(({ address, failure }) => [`  ${oneLine(address)}`, `    ${formatFailure(failure)}`]);
  return [
    `This is the mail system at ${reportingName}.`,
    'Your message could not be delivered to these recipients:',
    '',
    ...list,
    '',
    `Subject: ${oneLine(subject)}`,
    '',
    'Ihre Nachricht konnte den oben genannten Empfängern nicht zugestellt werden.',
    'Der Grund steht jeweils darunter. Diese Meldung wurde automatisch erzeugt.',
    '',
  ].join('\r\n');
}

function deliveryStatus(content: ReportContent): string {
  const { failed, reportingName, arrivedAtMs, lastAttemptAtMs, remoteName, envid } = content;
  const message = [
    ...(envid === undefined ? [] : [field('Original-Envelope-Id', envid)]),
    field('Reporting-MTA', `dns; ${reportingName}`),
    field('Arrival-Date', rfc5322Date(arrivedAtMs)),
  ];
  const recipients = failed.map(({ address, orcpt, failure }) => [
    ...(orcpt === undefined ? [] : [field('Original-Recipient', orcpt)]),
    field('Final-Recipient', `rfc822; ${address}`),
    field('Action', 'failed'),
    field('Status', statusOf(failure)),
    ...(remoteName !== null && failure.code !== undefined ? [field('Remote-MTA', `dns; ${remoteName}`)] : []),
    field('Diagnostic-Code', `${failure.code === undefined ? 'x-local' : 'smtp'}; ${formatFailure(failure)}`),
    field('Last-Attempt-Date', rfc5322Date(lastAttemptAtMs)),
  ]);
  return [message, ...recipients].map((fields) => `${fields.join('\r\n')}\r\n`).join('\r\n');
}

/** RFC 3464 section 2.3.4 wants a status; without one from the server the class of the reply must do. */
const statusOf = ({ enhanced, code }: Failure): string => {
  if (enhanced !== undefined) return enhanced;
  return code !== undefined && code < 500 ? '4.0.0' : '5.0.0';
};

/** These parts are 7-bit text (RFC 3464 section 2.1); what is not is shown as a question mark. */
const field = (name: string, value: string): string => fold(`${name}: ${oneLine(value).replace(/[^\x20-\x7e]/g, '?')}`);

const oneLine = (text: string): string => text.replace(/[\p{Cc}]+/gu, ' ').trim();

/** Lines of at most 78 characters where there are spaces, and of 900 where there are none (RFC 5322 section 2.1.1). */
const fold = (line: string): string =>
  line.replace(/[^ ]{900}/g, '$& ').replace(/(?=.{78})(.{1,76}) (?=[^ ])/g, '$1\r\n ');

const rfc5322Date = (ms: EpochMs): string => new Date(ms).toUTCString().replace('GMT', '+0000');
