/** Deleted messages: what can still be taken back, and taking it back. */
import type { Command } from 'commander';
import type { TrashRow } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import { parseWhole } from './argument-parsers.ts';
import { printOutcome } from './bulk-commands.ts';
import { type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { everyPage } from './every-page.ts';
import { formatSize, formatSpan, formatUntil } from './formats.ts';
import { oneByOne } from './one-by-one.ts';
import { type Column, formatJson, formatTable } from './output.ts';
import { messageIdOf } from './queue-ids.ts';

export function addTrashCommands(queue: Command, cli: Cli): void {
  queue
    .command('trash')
    .description('list deleted messages that can be taken back, the latest first')
    .option('--limit <number>', 'how many at the most', parseWhole(1, 1_000_000), 100)
    .option(...jsonFlag)
    .action(async ({ limit, json }: JsonOption & { readonly limit: number }) => {
      const serverId = cli.serverId();
      const trash = await cli.withRelay((relay) =>
        everyPage(limit, (place) => relay.call('trash.list', { serverId, ...place })),
      );
      if (json === true) cli.terminal.out(formatJson(trash));
      else if (trash.total === 0) cli.terminal.out('There are no deleted messages to take back.\n');
      else {
        const shown = `${trash.rows.length} of ${trash.total}; "queue undo" takes them back.\n`;
        cli.terminal.out(`${formatTable(columns(cli.ports.clock.now()), trash.rows)}${shown}`);
      }
    });

  const undo = queue
    .command('undo')
    .description('take deleted messages back into the queue')
    .argument('[ids...]', 'the messages')
    .option('--all', 'every message that can be taken back')
    .option(...jsonFlag);
  undo.action(async (texts: string[], options: JsonOption & { readonly all?: true }) => {
    const all = options.all === true;
    if (all === texts.length > 0) undo.error('error: name messages by their ids, or take all back with --all');
    const serverId = cli.serverId();
    if (all) {
      const outcome = await cli.withRelay((relay) => relay.call('trash.restore', { serverId, target: { all: true } }));
      return printOutcome(cli, outcome, options);
    }
    const ids = texts.map((text) => messageIdOf(text, serverId));
    const { outcome, unknown } = await cli.withRelay((relay) =>
      oneByOne(ids, (id) => relay.call('trash.restore', { serverId, target: { ids: [id] } })),
    );
    if (unknown.length < new Set(ids).size) printOutcome(cli, outcome, options);
    if (unknown.length > 0) {
      throw problem('notFound', `Not among the deleted messages of server ${serverId}: ${unknown.join(', ')}.`);
    }
  });
}

const columns = (nowMs: number): readonly Column<TrashRow>[] => [
  { title: 'ID', text: ({ id }) => id },
  { title: 'DELETED', text: ({ deletedAtMs }) => `${formatSpan(nowMs - deletedAtMs)} ago`, alignRight: true },
  { title: 'GONE', text: ({ keptUntilMs }) => formatUntil(keptUntilMs, nowMs), alignRight: true },
  { title: 'SIZE', text: ({ sizeBytes }) => formatSize(sizeBytes), alignRight: true },
  { title: 'FROM', text: ({ sender }) => (sender === '' ? '<>' : sender), maxWidth: 32 },
  {
    title: 'TO',
    text: ({ recipient, recipientCount }) => (recipientCount > 1 ? `${recipient} (+${recipientCount - 1})` : recipient),
    maxWidth: 40,
  },
  { title: 'SUBJECT', text: ({ subject }) => subject, maxWidth: 40 },
];
