/** Takes files out of the queue that cannot be used, and says why in a text file beside them. Never deletes one. */
import { basename, join } from 'node:path';
import type { Ports } from '../base/ports.ts';
import { replaceFile } from './replace-file.ts';
import type { SpoolPaths } from './spool-paths.ts';
import { causeText } from './storage-problem.ts';
import type { RecoveryReport } from './types.ts';

export type DamagedFile = RecoveryReport['damaged'][number];

export class Quarantine {
  readonly #ports: Pick<Ports, 'clock' | 'disk' | 'log'>;
  readonly #paths: SpoolPaths;
  readonly #takenNames: Set<string>;

  /** @param takenNames  The names in the Damaged folder: nothing there is ever overwritten. */
  constructor(ports: Pick<Ports, 'clock' | 'disk' | 'log'>, paths: SpoolPaths, takenNames: Iterable<string>) {
    this.#ports = ports;
    this.#paths = paths;
    this.#takenNames = new Set(takenNames);
  }

  /** Moves a file of the queue folder. Never rejects: a file that cannot be moved stays, and the report says so. */
  take(name: string, reason: string): Promise<DamagedFile> {
    return this.takeFrom(join(this.#paths.queue, name), 'the queue folder', reason);
  }

  /** As `take`, from another folder; `where` names it in sentences. */
  async takeFrom(path: string, where: string, reason: string): Promise<DamagedFile> {
    const { disk, log, clock } = this.#ports;
    const { damaged } = this.#paths;
    const name = basename(path);
    const target = this.#freeName(name);
    try {
      await disk.ensureFolder(damaged);
      const note = `${name} was taken out of the queue on ${new Date(clock.now()).toISOString()}.\r\n${reason}\r\n`;
      await replaceFile(disk, join(damaged, `${target}.txt`), Buffer.from(note));
      await disk.rename(path, join(damaged, target));
      await disk.syncFolder(damaged);
    } catch (error) {
      log.error('damaged file could not be moved', error, { file: path, reason });
      return { file: name, reason: `${reason} It is still in ${where}: ${causeText(error)}` };
    }
    log.warn('damaged file', { file: join(damaged, target), reason });
    return { file: name, reason };
  }

  #freeName(name: string): string {
    let free = name;
    for (let count = 2; this.#takenNames.has(free); count += 1) free = `${name}.${count}`;
    this.#takenNames.add(free);
    return free;
  }
}
