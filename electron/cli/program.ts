/** The smtp-relay command: options, groups of commands, and how errors become one sentence and an exit status. */
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import type { ServerId } from '../../shared/contract/messages.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { Ports } from '../base/ports.ts';
import { readVersion } from '../host/app-files.ts';
import { defaultDataFolder } from '../host/data-folder.ts';
import { parseFolder, parseServerId } from './argument-parsers.ts';
import { addBadmailCommands } from './badmail-commands.ts';
import { addCaCommands } from './ca-commands.ts';
import { addCertificateCommands } from './certificate-commands.ts';
import { addCheckCommands } from './check-commands.ts';
import type { AddCommands, Cli, Terminal } from './cli.ts';
import { addConfigCommands } from './config-commands.ts';
import { addDoctorCommand } from './doctor-command.ts';
import { addDomainCommands } from './domain-commands.ts';
import { failedStatus, usageStatus } from './exit-statuses.ts';
import { addImportIisCommand } from './import-iis-command.ts';
import { addLogCommands } from './log-commands.ts';
import { oneLine } from './output.ts';
import { addQueueCommands } from './queue-commands.ts';
import { withRelay } from './relay-connection.ts';
import { addSendTestCommand } from './send-test-command.ts';
import { addServeCommand } from './serve-command.ts';
import { addServerCommands } from './server-commands.ts';
import { addServiceCommands } from './service-commands.ts';
import { addSessionCommands } from './session-commands.ts';
import { addStatusCommand } from './status-command.ts';
import { addUserCommands } from './user-commands.ts';

interface GlobalOptions {
  readonly data: string;
  readonly server: ServerId;
}

const groups: readonly AddCommands[] = [
  addServeCommand,
  addStatusCommand,
  addQueueCommands,
  addBadmailCommands,
  addServerCommands,
  addConfigCommands,
  addUserCommands,
  addDomainCommands,
  addCertificateCommands,
  addSessionCommands,
  addLogCommands,
  addCheckCommands,
  addDoctorCommand,
  addSendTestCommand,
  addServiceCommands,
  addCaCommands,
  addImportIisCommand,
];

/** @returns the exit status: 0 done, 1 failed, 2 wrong usage; more of them in exit-statuses.ts. */
export async function runCli(args: readonly string[], terminal: Terminal, ports: Ports): Promise<number> {
  let exitStatus = 0;
  const program = createProgram(terminal);
  const cli: Cli = {
    terminal,
    ports,
    dataFolder: () => resolve(program.opts<GlobalOptions>().data),
    serverId: () => program.opts<GlobalOptions>().server,
    withRelay: (action) => withRelay(cli.dataFolder(), action),
    endWith(status) {
      exitStatus = status;
    },
  };
  for (const addCommands of groups) addCommands(program, cli);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitStatus;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageStatus;
    terminal.complain(error instanceof ProblemError ? oneLine(error.problem.message) : wordsOf(error));
    return failedStatus;
  }
}

const createProgram = (terminal: Terminal): Command =>
  new Command('smtp-relay')
    .description('SMTP Relay Manager on the command line')
    .version(readVersion())
    .option('--data <folder>', 'data folder of the relay', parseFolder, defaultDataFolder())
    .option('--server <number>', 'virtual server', parseServerId, '1')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.complain(text.trimEnd()),
    })
    .exitOverride();

/** Our fault: whoever reports it needs the stack. */
const wordsOf = (error: unknown): string =>
  `Internal error: ${error instanceof Error ? (error.stack ?? error.message) : oneLine(String(error))}`;
