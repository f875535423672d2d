/** One message for reading in a terminal. Pure; every text in it comes from a stranger. */
import type { Attempt, BadmailDetails, EpochMs, MessageDetails, Recipient } from '../../shared/contract/messages.ts';
import { formatSize, formatSpan, formatTime, formatUntil } from './formats.ts';
import { type Column, formatPairs, formatTable, oneLine, plainText } from './output.ts';

export function messageText(details: MessageDetails, nowMs: EpochMs): string {
  const { row, envelope, route, recipients, attempts } = details;
  const { authenticatedUser } = envelope;
  const facts = formatPairs([
    ['Message', row.id],
    ['State', row.state],
    ['From', row.sender === '' ? '<> (a report)' : row.sender],
    ['Subject', row.subject],
    ['Size', formatSize(row.sizeBytes)],
    ['Received', `${formatTime(row.receivedAtMs)}, ${formatSpan(nowMs - row.receivedAtMs)} ago`],
    ['Client', `${envelope.clientAddress} (${envelope.heloName}) by ${envelope.protocol}`],
    ...(authenticatedUser === null ? [] : ([['User', authenticatedUser]] as const)),
    ['Next hop', route === null ? row.nextHop : `${row.nextHop} (chosen for this message)`],
  ]);
  const sections = [
    facts,
    section('Recipients', formatTable(recipientColumns(nowMs), recipients)),
    attempts.length === 0 ? '' : section('Attempts', formatTable(attemptColumns, attempts.flatMap(attemptRows))),
    ...contentSections(details),
  ];
  return sections.filter((part) => part !== '').join('\n');
}

/** What is the same for every stored message. */
export const contentSections = ({
  headers,
  attachments,
  text,
  textTruncated,
}: Pick<BadmailDetails, 'headers' | 'attachments' | 'text' | 'textTruncated'>): readonly string[] => [
  section('Headers', headers.map(({ name, value }) => `${oneLine(name)}: ${oneLine(value)}\n`).join('')),
  attachments.length === 0 ? '' : section('Attachments', formatTable(attachmentColumns, attachments)),
  text === null ? '' : section(textTruncated ? 'Text (its beginning)' : 'Text', `${plainText(text).trimEnd()}\n`),
];

export const section = (title: string, content: string): string => `${title}\n${content.replaceAll(/^(?=.)/gm, '  ')}`;

const recipientColumns = (nowMs: EpochMs): readonly Column<Recipient>[] => [
  { title: 'ADDRESS', text: ({ address }) => address },
  { title: 'STATE', text: ({ state }) => state },
  { title: 'TRIES', text: ({ attempts }) => String(attempts), alignRight: true },
  {
    title: 'NEXT',
    text: ({ nextAttemptAtMs }) => (nextAttemptAtMs === null ? '' : formatUntil(nextAttemptAtMs, nowMs)),
    alignRight: true,
  },
  { title: 'LAST ERROR', text: ({ lastFailure }) => lastFailure?.text ?? '' },
];

interface AttemptRow {
  readonly at: string;
  readonly host: string;
  readonly recipient: string;
  readonly result: string;
  readonly reply: string;
}

const attemptRows = ({ startedAtMs, host, nextHop, outcomes }: Attempt): readonly AttemptRow[] =>
  outcomes.map(({ recipient, result, reply }) => ({
    at: formatTime(startedAtMs),
    host: host ?? nextHop,
    recipient,
    result,
    reply,
  }));

const attemptColumns: readonly Column<AttemptRow>[] = [
  { title: 'AT', text: ({ at }) => at },
  { title: 'HOST', text: ({ host }) => host },
  { title: 'RECIPIENT', text: ({ recipient }) => recipient },
  { title: 'RESULT', text: ({ result }) => result },
  { title: 'REPLY', text: ({ reply }) => reply },
];

const attachmentColumns: readonly Column<MessageDetails['attachments'][number]>[] = [
  { title: 'NAME', text: ({ name }) => name },
  { title: 'TYPE', text: ({ contentType }) => contentType },
  { title: 'SIZE', text: ({ sizeBytes }) => formatSize(sizeBytes), alignRight: true },
];
