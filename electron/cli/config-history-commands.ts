/** Earlier settings of all servers, and back to them. */
import type { Command } from 'commander';
import { parseWhole } from './argument-parsers.ts';
import { type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { formatTime } from './formats.ts';
import { type Column, formatJson, formatTable } from './output.ts';
import { withSettings } from './settings-desk.ts';
import type { HistoryEntry } from './settings-desk-types.ts';

export function addHistoryCommands(config: Command, cli: Cli): void {
  config
    .command('history')
    .description('list the revisions of the settings of all virtual servers, the latest first')
    .option(...jsonFlag)
    .action(async ({ json }: JsonOption) => {
      const entries = await withSettings(cli, (desk) => desk.history());
      cli.terminal.out(json === true ? formatJson(entries) : formatTable(columns, entries));
    });

  config
    .command('rollback')
    .description('put an earlier revision in force for all virtual servers, as a new one')
    .argument('<revision>', 'number from "config history"', parseWhole(0, 999_999_999))
    .option(...jsonFlag)
    .action(async (toRevision: number, { json }: JsonOption) => {
      const { revision, isRunning } = await withSettings(cli, async (desk) => ({
        revision: await desk.rollback(toRevision),
        isRunning: desk.isRunning,
      }));
      if (json === true) return cli.terminal.out(formatJson({ revision }));
      const note = isRunning ? '' : ' (saved; no relay is running)';
      cli.terminal.out(`The settings of revision ${toRevision} are in force as revision ${revision}${note}.\n`);
    });
}

const columns: readonly Column<HistoryEntry>[] = [
  { title: 'REVISION', text: ({ revision }) => String(revision), alignRight: true },
  {
    title: 'REPLACED',
    text: ({ replacedAtMs }) => (replacedAtMs === null ? 'in force' : formatTime(replacedAtMs)),
  },
  { title: 'CHANGED THEN', text: ({ changes }) => changes.join('; ') },
];
