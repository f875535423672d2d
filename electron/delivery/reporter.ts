/** Puts reports to the sender into the queue: who wants one (RFC 3461), what of the original comes back, who gets a copy. */
import type { Attempt, EpochMs } from '../../shared/contract/messages.ts';
import { isIpv4 } from '../../shared/settings/address.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import type { RecipientDsn, RecipientRecord, Spool, StoredMessage } from '../spool/types.ts';
import { temporaryFailure } from './failure.ts';
import { ownName } from './own-name.ts';
import { buildReport, type ReportedRecipient } from './report.ts';
import type { ReportKind } from './report-text.ts';

export interface ReporterOptions {
  readonly spool: Pick<Spool, 'begin'>;
  readonly settings: () => ServerSettings;
  readonly ports: Pick<Ports, 'clock' | 'log' | 'computerName'>;
  readonly version: string;
}

export interface ReportSubject {
  readonly recipient: RecipientRecord;
  readonly retryUntilMs?: EpochMs;
}

/** Larger originals are returned as their header only. */
const maxOriginalBytes = 102_400;
const maxHeaderBytes = 65_536;

export class Reporter {
  readonly #options: ReporterOptions;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /**
   * Tells the sender; nothing happens when nobody wants to know, or when the message is a report itself.
   * Durable once resolved.
   * @throws {ProblemError} 'storage'; no report exists then.
   */
  async report(message: StoredMessage, kind: ReportKind, subjects: readonly ReportSubject[]): Promise<void> {
    const { envelope, entry } = message;
    const recipients = subjects.flatMap((subject) => reported(message, kind, subject));
    // A report is never answered by a report (RFC 5321 section 6.1).
    if (envelope.sender === '' || recipients.length === 0) return;
    const { spool, settings, ports, version } = this.#options;
    const values = settings();
    const nowMs = ports.clock.now();
    const reportingName = ownName(values, ports.computerName);
    const original = await readOriginal(message, bringsBack(message, kind, recipients));
    // Both in one message, so that a crash cannot make one of two; with a copy to a wrong address it ends in Badmail.
    const receivers = receiversOf(envelope.sender, kind, values['messages.reportCopyTo']);
    const incoming = await spool.begin({
      sender: '',
      recipients: receivers.map((address) => ({ address, dsn: { notify: ['NEVER'] } })),
      receivedAtMs: nowMs,
      clientAddress: '127.0.0.1',
      heloName: reportingName,
      protocol: 'local',
      body: !original.headersOnly && original.bytes.some((byte) => byte > 0x7f) ? '8BITMIME' : '7BIT',
      smtpUtf8: receivers.some((address) => /[^\x20-\x7e]/.test(address)),
      dsn: {},
    });
    try {
      await incoming.write(
        await buildReport({
          kind,
          language: values['messages.reportLanguage'],
          id: incoming.id,
          reportingName,
          postmasterDomain: values['domains.default'] || reportingName,
          version,
          nowMs,
          sender: envelope.sender,
          recipients,
          subject: entry.subject,
          arrivedAtMs: envelope.receivedAtMs,
          heloName: envelope.heloName,
          envid: envelope.dsn.envid,
          original,
        }),
      );
      await incoming.commit();
    } catch (error) {
      await incoming.abort();
      throw error;
    }
    ports.log.info('report', {
      id: entry.id,
      report: incoming.id,
      kind,
      to: receivers.join(', '),
      recipients: recipients.length,
    });
  }
}

/** RFC 3461 section 4.1: without NOTIFY failures and delays are told, with it what it names. */
export function isWanted(kind: ReportKind, { notify }: RecipientDsn): boolean {
  switch (kind) {
    case 'failed':
      return notify?.includes('FAILURE') ?? true;
    case 'delayed':
      return notify?.includes('DELAY') ?? true;
    case 'relayed':
    case 'delivered':
      return notify?.includes('SUCCESS') ?? false;
  }
}

const reported = (
  { envelope, attempts }: StoredMessage,
  kind: ReportKind,
  { recipient, retryUntilMs }: ReportSubject,
): readonly ReportedRecipient[] => {
  const { address, lastFailure } = recipient;
  const dsn = envelope.recipients.find((candidate) => candidate.address === address)?.dsn ?? {};
  if (!isWanted(kind, dsn)) return [];
  return [
    {
      address,
      orcpt: dsn.orcpt,
      failure: kind === 'failed' ? (lastFailure ?? unknownReason) : kind === 'delayed' ? lastFailure : null,
      lastAttempt: lastAttemptFor(address, attempts),
      ...(retryUntilMs === undefined ? {} : { retryUntilMs }),
    },
  ];
};

const unknownReason = temporaryFailure('local', 'The reason is not known.');

function lastAttemptFor(address: string, attempts: readonly Attempt[]): ReportedRecipient['lastAttempt'] {
  for (const { outcomes, endedAtMs, host } of attempts.toReversed()) {
    const outcome = outcomes.find(({ recipient }) => recipient === address);
    if (outcome !== undefined) return { endedAtMs, remoteName: remoteNameOf(host), reply: outcome.reply };
  }
  return null;
}

/** Of 'mail.example.org [192.0.2.1]:25' the name; of an address alone the address literal. */
const remoteNameOf = (host: string | null): string | null => {
  const name = /^(?:\[[^\]]*\]|[^ :]+)/.exec(host ?? '')?.[0];
  if (name === undefined) return null;
  return isIpv4(name) ? `[${name}]` : name;
};

const receiversOf = (sender: string, kind: ReportKind, copyTo: string): readonly string[] =>
  kind === 'failed' && copyTo !== '' && copyTo.toLowerCase() !== sender.toLowerCase() ? [sender, copyTo] : [sender];

/** RFC 3461 section 4.3: RET is about failures; other reports bring back the header only. */
function bringsBack(
  { envelope, contentBytes }: StoredMessage,
  kind: ReportKind,
  recipients: readonly ReportedRecipient[],
): 'message' | 'header' {
  if (kind !== 'failed' || envelope.dsn.ret === 'HDRS' || contentBytes > maxOriginalBytes) return 'header';
  // 5.6.x is about the content (RFC 3463 section 3.7): whoever cannot have it cannot have it inside a report either.
  return recipients.some(({ failure }) => failure?.enhanced?.startsWith('5.6.') === true) ? 'header' : 'message';
}

async function readOriginal(
  message: StoredMessage,
  wanted: 'message' | 'header',
): Promise<{ bytes: Buffer; headersOnly: boolean }> {
  const headersOnly = wanted === 'header';
  const range = headersOnly ? { startBytes: 0, endBytes: Math.min(maxHeaderBytes, message.contentBytes) } : undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of message.content(range)) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const end = bytes.indexOf('\r\n\r\n');
  return { bytes: headersOnly && end >= 0 ? bytes.subarray(0, end + 2) : bytes, headersOnly };
}
