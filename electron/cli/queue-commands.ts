import { type Command, Option } from 'commander';
import type { AnswerOf } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/client.ts';
import type { QueueFilter, QueueRow, QueueState } from '../../shared/contract/messages.ts';
import { collectState, parseWhole } from './argument-parsers.ts';
import { addBulkCommands } from './bulk-commands.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { formatSize, formatSpan, formatUntil } from './formats.ts';
import { messageText } from './message-text.ts';
import { type Column, formatJson, formatTable, plainText } from './output.ts';
import { messageIdOf } from './queue-ids.ts';

/** What one call may ask for. */
const pageRows = 500;
const pieceBytes = 262_144;

interface ListOptions extends JsonOption {
  readonly state?: readonly QueueState[];
  readonly search?: string;
  readonly limit: number;
}

interface ShowOptions extends JsonOption {
  readonly source?: true;
}

export const addQueueCommands: AddCommands = (program, cli) => {
  const queue = program.command('queue').description('see and handle the mail that waits');
  addList(queue, cli);
  addShow(queue, cli);
  addBulkCommands(queue, cli);
};

function addList(queue: Command, cli: Cli): void {
  queue
    .command('list')
    .description('list queued messages, the oldest first')
    .option(...jsonFlag)
    .option('--state <state>', 'only messages in this state; may be given several times', collectState)
    .option('--search <text>', 'only messages with every word of the text in an address, the subject or the error')
    .option('--limit <number>', 'how many at the most', parseWhole(1, 1_000_000), 100)
    .action(async ({ json, state, search, limit }: ListOptions) => {
      const filter: QueueFilter = {
        ...(state === undefined ? {} : { states: [...new Set(state)] }),
        ...(search === undefined ? {} : { search }),
      };
      const page = await cli.withRelay((relay) => listQueue(relay, cli.serverId(), filter, limit));
      cli.terminal.out(json === true ? formatJson(page) : listText(page, cli.ports.clock.now()));
    });
}

type QueuePage = AnswerOf<'queue.list'>;

async function listQueue(
  relay: ContractClient,
  serverId: string,
  filter: QueueFilter,
  limit: number,
): Promise<QueuePage> {
  const page = (offset: number) =>
    relay.call('queue.list', {
      serverId,
      filter,
      sort: { by: 'receivedAtMs', descending: false },
      offset,
      limit: Math.min(limit - offset, pageRows),
    });
  const first = await page(0);
  const rows = [...first.rows];
  while (rows.length < Math.min(limit, first.total)) {
    const next = await page(rows.length);
    if (next.rows.length === 0) break; // delivered meanwhile
    rows.push(...next.rows);
  }
  return { ...first, rows };
}

function listText(page: QueuePage, nowMs: number): string {
  const reading = page.recovering ? 'The queue folder is still being read; more may follow.\n' : '';
  if (page.rows.length === 0) {
    return page.queueTotal === 0
      ? `The queue is empty.\n${reading}`
      : `None of the ${page.queueTotal} queued messages matches.\n${reading}`;
  }
  const shown = page.rows.length;
  const count =
    shown < page.total ? `${shown} of ${page.total} messages; --limit shows more.` : `${shown} ${messages(shown)}.`;
  return `${formatTable(columns(nowMs), page.rows)}${count}\n${reading}`;
}

const messages = (count: number): string => (count === 1 ? 'message' : 'messages');

const columns = (nowMs: number): readonly Column<QueueRow>[] => [
  { title: 'ID', text: ({ id }) => id },
  { title: 'STATE', text: ({ state }) => state },
  { title: 'AGE', text: ({ receivedAtMs }) => formatSpan(nowMs - receivedAtMs), alignRight: true },
  { title: 'SIZE', text: ({ sizeBytes }) => formatSize(sizeBytes), alignRight: true },
  { title: 'FROM', text: ({ sender }) => (sender === '' ? '<>' : sender), maxWidth: 32 },
  {
    title: 'TO',
    text: ({ recipient, recipientCount }) => (recipientCount > 1 ? `${recipient} (+${recipientCount - 1})` : recipient),
    maxWidth: 40,
  },
  { title: 'SUBJECT', text: ({ subject }) => subject, maxWidth: 40 },
  { title: 'TRIES', text: ({ attempts }) => String(attempts), alignRight: true },
  {
    title: 'NEXT',
    text: ({ nextAttemptAtMs }) => (nextAttemptAtMs === null ? '' : formatUntil(nextAttemptAtMs, nowMs)),
    alignRight: true,
  },
  { title: 'LAST ERROR', text: ({ lastError }) => lastError ?? '', maxWidth: 100 },
];

function addShow(queue: Command, cli: Cli): void {
  queue
    .command('show')
    .description('show one message: envelope, recipients, attempts, headers and text')
    .argument('<id>')
    .option(...jsonFlag)
    .addOption(new Option('--source', 'print the message as it will be sent').conflicts('json'))
    .action(async (idText: string, { json, source }: ShowOptions) => {
      const id = messageIdOf(idText, cli.serverId());
      await cli.withRelay(async (relay) => {
        if (source === true) return await printSource(relay, cli, id);
        const details = await relay.call('queue.show', { serverId: cli.serverId(), id });
        cli.terminal.out(json === true ? formatJson(details) : messageText(details, cli.ports.clock.now()));
      });
    });
}

/** Byte by byte into a file or another program; a terminal gets no control characters from a stranger's mail. */
async function printSource(relay: ContractClient, cli: Cli, id: string): Promise<void> {
  const serverId = cli.serverId();
  for (let offsetBytes = 0; ; ) {
    const piece = await relay.call('queue.source', { serverId, id, offsetBytes, limitBytes: pieceBytes });
    const bytes = Buffer.from(piece.text, 'latin1');
    if (cli.terminal.isWatched) cli.terminal.out(plainText(bytes.toString('utf8')));
    else await cli.terminal.outBytes(bytes);
    offsetBytes += bytes.byteLength;
    if (bytes.byteLength === 0 || offsetBytes >= piece.totalBytes) return;
  }
}
