import type { Command } from 'commander';
import type { QueueRow } from '../../shared/contract/messages.ts';
import { parseWhole } from './argument-parsers.ts';
import { addBulkCommands } from './bulk-commands.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { addDestinationCommands } from './destination-commands.ts';
import { formatSize, formatSpan, formatUntil } from './formats.ts';
import { type Column, formatJson, formatTable } from './output.ts';
import { addExportCommand } from './queue-export-command.ts';
import { listQueue, type QueuePage } from './queue-pages.ts';
import { addFilterOptions, type FilterOptions, filterOf } from './queue-selection.ts';
import { addShowCommand } from './queue-show-command.ts';
import { addTrashCommands } from './trash-commands.ts';

interface ListOptions extends JsonOption, FilterOptions {
  readonly limit: number;
}

export const addQueueCommands: AddCommands = (program, cli) => {
  const queue = program.command('queue').description('see and handle the mail that waits');
  addListCommand(queue, cli);
  addShowCommand(queue, cli);
  addExportCommand(queue, cli);
  addBulkCommands(queue, cli);
  addTrashCommands(queue, cli);
  addDestinationCommands(queue, cli);
};

function addListCommand(queue: Command, cli: Cli): void {
  addFilterOptions(queue.command('list').description('list queued messages, the oldest first'))
    .option('--limit <number>', 'how many at the most', parseWhole(1, 1_000_000), 100)
    .option(...jsonFlag)
    .action(async ({ json, limit, ...options }: ListOptions) => {
      const nowMs = cli.ports.clock.now();
      const page = await cli.withRelay((relay) => listQueue(relay, cli.serverId(), filterOf(options, nowMs), limit));
      cli.terminal.out(json === true ? formatJson(page) : listText(page, nowMs));
    });
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
