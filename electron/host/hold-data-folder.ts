/** The lock of a data folder with the real process table and the real pipe behind it. */

import { ProblemError } from '../../shared/contract/problem.ts';
import type { Clock, Ports } from '../base/ports.ts';
import { type DataFolderLock, lockDataFolder } from './data-folder-lock.ts';
import { keepAlive } from './keep-alive.ts';
import { connectPipe, pipeAddressOf } from './pipe-client.ts';
import { identityOf, presenceOf, systemProcessTable } from './process-identity.ts';

export interface HoldOptions {
  readonly dataFolder: string;
  readonly program: string;
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'random'>;
}

/** An owner serves its pipe at once after taking the lock; nobody behind it for this long means that it is gone. */
const probes = 15;
const betweenProbesMs = 200;

/** @throws {ProblemError} 'storage': the process that has the folder, or why the lock cannot be written. */
export function holdDataFolder({ dataFolder, program, ports }: HoldOptions): Promise<DataFolderLock> {
  const table = systemProcessTable();
  return keepAlive(() =>
    lockDataFolder({
      dataFolder,
      program,
      ports,
      self: identityOf(process.pid, table),
      presenceOf: (identity) => presenceOf(identity, table),
      answers: () => pipeAnswers(pipeAddressOf(dataFolder), ports.clock),
    }),
  );
}

async function pipeAnswers(address: string, clock: Clock): Promise<boolean> {
  for (let probe = 0; probe < probes; probe += 1) {
    try {
      (await connectPipe(address)).close();
      return true;
    } catch (error) {
      // Anything but "nobody there" means that somebody is.
      if (!(error instanceof ProblemError && error.problem.code === 'notFound')) return true;
    }
    await new Promise<void>((resolve) => void clock.after(betweenProbesMs, resolve));
  }
  return false;
}
