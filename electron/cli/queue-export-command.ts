import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { ContractClient } from '../../shared/contract/client.ts';
import type { MessageId } from '../../shared/contract/messages.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import { parseFolder } from './argument-parsers.ts';
import { type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { messagePieces, type ReadPiece } from './message-source.ts';
import { writeNewFile } from './new-file.ts';
import { formatJson, oneLine } from './output.ts';
import { printSource } from './print-source.ts';
import { messageIdOf, unknownMessages } from './queue-ids.ts';
import { matchingIds } from './queue-pages.ts';
import { addSelection, type Selection, type SelectionOptions, selectionOf } from './queue-selection.ts';

interface ExportOptions extends SelectionOptions, JsonOption {
  /** A folder, or '-' for standard output. */
  readonly into: string;
}

export function addExportCommand(queue: Command, cli: Cli): void {
  const command = queue.command('export').description('write messages as .eml files, as they will be sent');
  addSelection(command)
    .requiredOption('--into <folder>', 'where to, or - for one message to standard output', parseFolder)
    .option(...jsonFlag)
    .action(async (texts: string[], { into, json, ...options }: ExportOptions) => {
      const selection = selectionOf(command, texts, options, cli.ports.clock.now());
      const serverId = cli.serverId();
      await cli.withRelay(async (relay) => {
        const ids = await idsOf(relay, selection, cli);
        const reader =
          (id: MessageId): ReadPiece =>
          (piece) =>
            relay.call('queue.source', { serverId, id, ...piece });
        if (into === '-') {
          const [only, ...others] = ids;
          if (only === undefined || others.length > 0) {
            command.error(`error: standard output takes one message, and these are ${ids.length}`);
            return;
          }
          return await printSource(cli, reader(only));
        }
        await exportInto(cli, resolve(into), ids, reader, json === true);
      });
    });
}

/** What was delivered meanwhile is named, and the others are written. */
async function exportInto(
  cli: Cli,
  folder: string,
  ids: readonly MessageId[],
  reader: (id: MessageId) => ReadPiece,
  json: boolean,
): Promise<void> {
  const { disk } = cli.ports;
  const files: string[] = [];
  const gone: MessageId[] = [];
  for (const id of ids) {
    const path = join(folder, `${id}.eml`);
    try {
      await writeNewFile(disk, path, messagePieces(reader(id)));
      files.push(path);
    } catch (error) {
      if (!(error instanceof ProblemError && error.problem.code === 'notFound')) throw error;
      gone.push(id);
    }
  }
  if (json) cli.terminal.out(formatJson({ exported: files.length, files, notFound: gone }));
  else cli.terminal.out(`${files.length} exported to ${oneLine(folder)}\n`);
  if (gone.length > 0) throw unknownMessages(gone, cli.serverId());
}

const idsOf = async (relay: ContractClient, selection: Selection, cli: Cli): Promise<readonly MessageId[]> =>
  'ids' in selection
    ? [...new Set(selection.ids.map((text) => messageIdOf(text, cli.serverId())))]
    : await matchingIds(relay, cli.serverId(), selection.filter);
