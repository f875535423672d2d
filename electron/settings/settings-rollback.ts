/** An earlier settings file, to be put in force again. */
import { problem } from '../../shared/contract/problem.ts';
import type { Disk } from '../base/disk.ts';
import { diskReason, readIfThere } from './disk-reason.ts';
import { readSettingsFile, type SettingsFile } from './settings-file.ts';
import { historyPath } from './settings-history.ts';

/** @throws {ProblemError} 'notFound', 'storage' when the file cannot be read or no longer fits this version. */
export async function earlierFile(disk: Disk, folder: string, revision: number): Promise<SettingsFile> {
  const path = historyPath(folder, revision);
  const bytes = await readIfThere(disk, path).catch((error: unknown) => {
    throw problem('storage', `${path} cannot be read, nothing was changed: ${diskReason(error)}.`);
  });
  if (bytes === null) throw problem('notFound', `There is no revision ${revision} in the history of the settings.`);
  const reading = readSettingsFile(bytes);
  if (reading.ok) return reading.file;
  throw problem(
    'storage',
    `Revision ${revision} cannot be put in force, nothing was changed. ${path}${reading.isNewer === true ? '' : ':'} ${reading.reason}`,
    reading.key === undefined ? {} : { field: reading.key.slice(0, 200) },
  );
}
