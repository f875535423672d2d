/** Mail that could be neither delivered nor returned. */
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { BadmailDetails, BadmailRow } from '../../shared/contract/messages.ts';
import { badmailNameSchema } from '../../shared/contract/messages.ts';
import { type ProblemError, problem } from '../../shared/contract/problem.ts';
import { parseFolder, parseWhole } from './argument-parsers.ts';
import { printOutcome } from './bulk-commands.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { everyPage } from './every-page.ts';
import { formatSize, formatTime } from './formats.ts';
import { messagePieces, type ReadPiece } from './message-source.ts';
import { contentSections, section } from './message-text.ts';
import { writeNewFile } from './new-file.ts';
import { oneByOne } from './one-by-one.ts';
import { type Column, formatJson, formatPairs, formatTable, oneLine, plainText } from './output.ts';
import { printSource } from './print-source.ts';

export const addBadmailCommands: AddCommands = (program, cli) => {
  const badmail = program
    .command('badmail')
    .description('see and handle mail that could be neither delivered nor returned');
  addList(badmail, cli);
  addShow(badmail, cli);
  addExport(badmail, cli);
  addAction(badmail, cli, 'resubmit', 'badmail.resubmit', 'put messages back into the queue as new mail');
  addAction(badmail, cli, 'delete', 'badmail.delete', 'delete messages for good');
};

function addList(badmail: Command, cli: Cli): void {
  badmail
    .command('list')
    .description('list them, the latest first')
    .option('--limit <number>', 'how many at the most', parseWhole(1, 1_000_000), 100)
    .option(...jsonFlag)
    .action(async ({ limit, json }: JsonOption & { readonly limit: number }) => {
      const serverId = cli.serverId();
      const list = await cli.withRelay((relay) =>
        everyPage(limit, (place) => relay.call('badmail.list', { serverId, ...place })),
      );
      if (json === true) cli.terminal.out(formatJson(list));
      else if (list.total === 0) cli.terminal.out('There is no badmail.\n');
      else cli.terminal.out(`${formatTable(columns, list.rows)}${list.rows.length} of ${list.total}.\n`);
    });
}

const columns: readonly Column<BadmailRow>[] = [
  { title: 'NAME', text: ({ name }) => name },
  { title: 'SINCE', text: ({ movedAtMs }) => formatTime(movedAtMs) },
  { title: 'SIZE', text: ({ sizeBytes }) => formatSize(sizeBytes), alignRight: true },
  { title: 'FROM', text: ({ sender }) => (sender === '' ? '<>' : sender), maxWidth: 32 },
  {
    title: 'TO',
    text: ({ recipient, recipientCount }) => (recipientCount > 1 ? `${recipient} (+${recipientCount - 1})` : recipient),
    maxWidth: 40,
  },
  { title: 'SUBJECT', text: ({ subject }) => subject, maxWidth: 40 },
  { title: 'REASON', text: ({ reason }) => reason, maxWidth: 100 },
];

interface ShowOptions extends JsonOption {
  readonly source?: true;
}

function addShow(badmail: Command, cli: Cli): void {
  badmail
    .command('show')
    .description('show one of them, with the reason')
    .argument('<name>')
    .option(...jsonFlag)
    .addOption(new Option('--source', 'print the message itself').conflicts('json'))
    .action(async (text: string, { json, source }: ShowOptions) => {
      const serverId = cli.serverId();
      const name = badmailNameOf(text, serverId);
      await cli.withRelay(async (relay) => {
        if (source === true) {
          return await printSource(cli, (piece) => relay.call('badmail.source', { serverId, name, ...piece }));
        }
        const details = await relay.call('badmail.show', { serverId, name });
        cli.terminal.out(json === true ? formatJson(details) : detailsText(details));
      });
    });
}

function detailsText(details: BadmailDetails): string {
  const { row, note, recipients } = details;
  const facts = formatPairs([
    ['Badmail', row.name],
    ['From', row.sender === '' ? '<> (a report)' : row.sender],
    ['To', recipients.join(', ')],
    ['Subject', row.subject],
    ['Size', formatSize(row.sizeBytes)],
    ['Since', formatTime(row.movedAtMs)],
  ]);
  const parts = [facts, section('Reason', `${plainText(note).trimEnd()}\n`), ...contentSections(details)];
  return parts.filter((part) => part !== '').join('\n');
}

function addExport(badmail: Command, cli: Cli): void {
  badmail
    .command('export')
    .description('write messages as .eml files')
    .argument('<names...>')
    .requiredOption('--into <folder>', 'where to', parseFolder)
    .option(...jsonFlag)
    .action(async (texts: string[], { into, json }: JsonOption & { readonly into: string }) => {
      const serverId = cli.serverId();
      const names = [...new Set(texts.map((text) => badmailNameOf(text, serverId)))];
      const folder = resolve(into);
      const files = await cli.withRelay(async (relay) => {
        const written: string[] = [];
        for (const name of names) {
          const read: ReadPiece = (piece) => relay.call('badmail.source', { serverId, name, ...piece });
          const path = join(folder, `${name}.eml`);
          await writeNewFile(cli.ports.disk, path, messagePieces(read));
          written.push(path);
        }
        return written;
      });
      if (json === true) cli.terminal.out(formatJson({ exported: files.length, files }));
      else cli.terminal.out(`${files.length} exported to ${oneLine(folder)}\n`);
    });
}

type Action = 'badmail.resubmit' | 'badmail.delete';

interface ActionOptions extends JsonOption {
  readonly all?: true;
}

function addAction(badmail: Command, cli: Cli, verb: string, call: Action, description: string): void {
  const command = badmail
    .command(verb)
    .description(description)
    .argument('[names...]')
    .option('--all', 'all of them')
    .option(...jsonFlag);
  command.action(async (texts: string[], options: ActionOptions) => {
    const all = options.all === true;
    if (all === texts.length > 0) command.error('error: name messages, or take all of them with --all');
    const serverId = cli.serverId();
    const { outcome, unknown, count } = await cli.withRelay(async (relay) => {
      const names = all
        ? (
            await everyPage(Number.MAX_SAFE_INTEGER, (place) => relay.call('badmail.list', { serverId, ...place }))
          ).rows.map(({ name }) => name)
        : texts.map((text) => badmailNameOf(text, serverId));
      const result = await oneByOne(names, (name) => relay.call(call, { serverId, names: [name] }));
      return { ...result, count: new Set(names).size };
    });
    if (all || unknown.length < count) printOutcome(cli, outcome, options);
    const [first] = unknown;
    if (!all && first !== undefined) throw unknownBadmail(unknown, serverId);
  });
}

function badmailNameOf(text: string, serverId: string): string {
  if (badmailNameSchema.safeParse(text).success) return text;
  throw unknownBadmail([text], serverId);
}

const unknownBadmail = (names: readonly string[], serverId: string): ProblemError =>
  problem(
    'notFound',
    `Not in the Badmail folder of server ${serverId}: ${names.slice(0, 20).map(oneLine).join(', ')}.`,
  );
