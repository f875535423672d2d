/** Settings of a server as a file: to another server, another computer, or the safe. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { problem } from '../../shared/contract/problem.ts';
import { errorCode } from '../base/error-code.ts';
import { type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { writeNewFile } from './new-file.ts';
import { type Column, formatJson, formatTable } from './output.ts';
import { secretsToSet, settingText } from './setting-words.ts';
import { withSettings } from './settings-desk.ts';
import type { ImportedSettings } from './settings-desk-types.ts';

interface ImportOptions extends JsonOption {
  readonly new?: true;
  readonly preview?: true;
}

export function addTransferCommands(config: Command, cli: Cli): void {
  config
    .command('export')
    .description('print the settings that differ from the defaults, for "config import"; passwords are not among them')
    .argument('[file]', 'a new file to write instead')
    .action(async (file: string | undefined) => {
      const text = await withSettings(cli, (desk) => desk.exportText());
      if (file === undefined) return cli.terminal.out(text);
      const path = resolve(file);
      await writeNewFile(cli.ports.disk, path, onePiece(text));
      cli.terminal.out(`The settings of virtual server ${cli.serverId()} are in ${path}.\n`);
    });

  config
    .command('import')
    .description(
      'put exported settings in force; an existing server keeps its state, endpoints and home directory, and everything the file does not name gets its default',
    )
    .argument('<file>')
    .option('--new', 'as a further virtual server, which begins stopped')
    .option('--preview', 'show what would be changed, and change nothing')
    .option(...jsonFlag)
    .action(async (file: string, { new: asNew, preview, json }: ImportOptions) => {
      const text = await readText(cli, resolve(file));
      const options = { asNew: asNew === true, preview: preview === true };
      const imported = await withSettings(cli, (desk) => desk.importText(text, options));
      cli.terminal.out(json === true ? formatJson(imported) : importText(imported, options.preview));
    });
}

type Change = ImportedSettings['changes'][number];

const changeColumns: readonly Column<Change>[] = [
  { title: 'KEY', text: ({ key }) => key },
  { title: 'BEFORE', text: ({ key, before }) => settingText(key, before), maxWidth: 60 },
  { title: 'AFTER', text: ({ key, after }) => settingText(key, after), maxWidth: 60 },
];

function importText({ serverId, changes, missingSecrets }: ImportedSettings, preview: boolean): string {
  const table = changes.length === 0 ? '' : `${formatTable(changeColumns, changes)}\n`;
  const count = changes.length === 1 ? '1 setting' : `${changes.length} settings`;
  const done = preview ? 'would be changed; nothing was' : 'changed';
  return `${table}${count} of virtual server ${serverId} ${done}.\n${secretsToSet(missingSecrets, serverId)}`;
}

async function* onePiece(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function readText(cli: Cli, path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await cli.ports.disk.readFile(path));
  } catch (error) {
    if (error instanceof TypeError) throw problem('badArgument', `${path} is not UTF-8 text; nothing was changed.`);
    const reason = errorCode(error) === 'ENOENT' ? 'There is no such file' : wordsOf(error);
    throw problem('storage', `${path} cannot be read: ${reason}.`);
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
