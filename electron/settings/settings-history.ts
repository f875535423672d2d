/** Earlier settings files: `history/settings-<revision>.json`, so that a change can be looked up and taken back. */
import { join } from 'node:path';
import type { Disk } from '../base/disk.ts';
import { writeFileDurably } from '../base/write-file-durably.ts';

const filesKept = 50;

export async function keepInHistory(disk: Disk, folder: string, revision: number, bytes: Uint8Array): Promise<void> {
  await disk.ensureFolder(folder);
  await writeFileDurably(disk, join(folder, `settings-${revision}.json`), bytes);
}

/** Removes all but the latest files of the history; files of other names stay. */
export async function pruneHistory(disk: Disk, folder: string): Promise<void> {
  const revisions = (await disk.list(folder))
    .flatMap(({ name }) => /^settings-([0-9]+)\.json$/.exec(name)?.[1] ?? [])
    .sort((left, right) => Number(right) - Number(left));
  for (const revision of revisions.slice(filesKept)) await disk.remove(join(folder, `settings-${revision}.json`));
}
