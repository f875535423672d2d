/** The command line within the test's own process: the same commands on the same pipe, without the cost of a process. */

import { Readable, Writable } from 'node:stream';
import type { Ports } from '../../electron/base/ports.ts';
import type { Terminal } from '../../electron/cli/cli.ts';
import { runCli } from '../../electron/cli/program.ts';
import { readSecret } from '../../electron/cli/read-secret.ts';
import type { CliResult } from './relay-process.ts';

/** @param input  Standard input, for commands that read a secret. */
export async function runCliHere(
  args: readonly string[],
  ports: Ports,
  isWatched = false,
  input = '',
): Promise<CliResult> {
  const out: Uint8Array[] = [];
  const complaints: string[] = [];
  const terminal: Terminal = {
    out: (text) => void out.push(Buffer.from(text)),
    outBytes: async (bytes) => void out.push(bytes),
    complain: (sentence) => void complaints.push(`${sentence}\n`),
    readSecret: (name) => readSecret({ input: Readable.from([input]), question: new Writable() }, name),
    isWatched,
  };
  const exitCode = await runCli(args, terminal, ports);
  return { exitCode, stdout: Buffer.concat(out).toString('utf8'), stderr: complaints.join('') };
}
