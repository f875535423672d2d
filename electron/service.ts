/**
 * Entry without a window: the relay as a service, until it is told to stop.
 *   --data DIR   the data folder; without it the one of this computer
 * A listener that cannot be bound is a warning here, not the end: the CA's mail waits for nobody at the keyboard, and the
 * listener is tried again.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ProblemError } from '../shared/contract/problem.ts';
import { nodePorts } from './base/node-ports.ts';
import { readVersion } from './host/app-files.ts';
import { createHost } from './host/create-host.ts';
import { defaultDataFolder } from './host/data-folder.ts';
import { firstSignal } from './host/first-signal.ts';
import { createOperatorLog } from './logging/operator-log.ts';

const usageExitCode = 2;

/** @returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  let dataFolder: string;
  try {
    const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } } });
    dataFolder = resolve(values.data ?? defaultDataFolder());
  } catch (error) {
    complain(error);
    return usageExitCode;
  }
  const log = createOperatorLog(process.stderr);
  const stopWanted = firstSignal();
  try {
    const ports = nodePorts({ log });
    const host = await createHost({ dataFolder, hostedBy: 'service', version: readVersion(), ports });
    await stopWanted;
    await host.stop();
    return 0;
  } catch (error) {
    if (error instanceof ProblemError) complain(error);
    else log.error('service failed', error);
    return 1;
  }
}

const complain = (error: unknown): void =>
  void process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);

process.exitCode = await main(process.argv.slice(2));
