/** Removes the oldest of a log's own files. */
import { join } from 'node:path';
import type { Ports } from '../base/ports.ts';

export interface PruneOptions {
  readonly folder: string;
  /** Others stay whatever they are. */
  readonly isOwn: (name: string) => boolean;
  readonly filesKept: number;
  readonly ports: Pick<Ports, 'disk' | 'log'>;
}

/** Never rejects: a file that is open in an editor is removed another time. */
export async function pruneFiles({ folder, isOwn, filesKept, ports: { disk, log } }: PruneOptions): Promise<void> {
  try {
    const own = (await disk.list(folder)).filter(({ name, isFile }) => isFile && isOwn(name));
    if (own.length <= filesKept) return;
    const dated = await Promise.all(
      own.map(async ({ name }) => ({ name, modifiedAtMs: await disk.modifiedAtMs(join(folder, name)) })),
    );
    dated.sort((a, b) => b.modifiedAtMs - a.modifiedAtMs || (a.name < b.name ? 1 : -1));
    for (const { name } of dated.slice(filesKept)) await disk.remove(join(folder, name));
  } catch (error) {
    log.warn('old log files not removed', { folder, reason: error instanceof Error ? error.message : String(error) });
  }
}
