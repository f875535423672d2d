/** One group of commands without the rest of the command line, and without a relay. */
import { Command } from 'commander';
import { nodePorts } from '../../electron/base/node-ports.ts';
import type { AddCommands, Cli } from '../../electron/cli/cli.ts';
import { MemoryLog } from './memory-log.ts';

export interface FakeCliResult {
  readonly exitStatus: number;
  readonly output: string;
}

export const fakeCliFolder = '/nowhere/smtp-relay';

/** @throws what the command throws; wrong usage as a CommanderError. */
export async function fakeCli(addCommands: AddCommands, args: readonly string[]): Promise<FakeCliResult> {
  const result = { exitStatus: 0, output: '' };
  const cli: Cli = {
    terminal: {
      out: (text) => {
        result.output += text;
      },
      outBytes: async () => {},
      complain: () => {},
      readSecret: async () => '',
      isWatched: false,
    },
    ports: nodePorts({ log: new MemoryLog() }),
    dataFolder: () => fakeCliFolder,
    serverId: () => '1',
    withRelay: () => Promise.reject(new Error('There is no relay here.')),
    endWith: (exitStatus) => {
      result.exitStatus = exitStatus;
    },
  };
  const program = new Command('smtp-relay').exitOverride().configureOutput({ writeErr: () => {} });
  addCommands(program, cli);
  await program.parseAsync(args, { from: 'user' });
  return result;
}
