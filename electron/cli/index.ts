/** Entry of the smtp-relay command. */
import { isProgram } from '../base/is-program.ts';
import { nodePorts } from '../base/node-ports.ts';
import type { Log } from '../base/ports.ts';
import { createOperatorLog } from '../logging/operator-log.ts';
import type { Terminal } from './cli.ts';
import { runCli } from './program.ts';
import { readSecret } from './read-secret.ts';
import { secretSource } from './secret-source.ts';

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  outBytes: (bytes) =>
    new Promise((resolve, reject) => process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()))),
  complain: (sentence) => void process.stderr.write(`${sentence}\n`),
  readSecret: async (name) => await readSecret(await secretSource(), name),
  get isWatched() {
    return process.stdout.isTTY;
  },
};

/** @param args  without the program. @returns the exit status. */
export function runCommandLine(args: readonly string[]): Promise<number> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader went away, as `head` does when it has enough: nobody is left to tell anything to.
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  /** Only what goes wrong: what went well is the command's own answer. */
  const log: Log = { ...createOperatorLog(process.stderr), info: () => {} };
  return runCli(args, terminal, nodePorts({ log }));
}

if (isProgram(import.meta)) process.exitCode = await runCommandLine(process.argv.slice(2));
