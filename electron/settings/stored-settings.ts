/** The settings file on disk: read once, replaced atomically, its predecessor kept in the history. */
import { type ProblemError, problem } from '../../shared/contract/problem.ts';
import type { Disk } from '../base/disk.ts';
import type { Log } from '../base/ports.ts';
import { writeFileDurably } from '../base/write-file-durably.ts';
import { diskReason, readIfThere } from './disk-reason.ts';
import { decodeSettingsFile, emptySettingsFile, encodeSettingsFile, type SettingsFile } from './settings-file.ts';
import { keepInHistory, pruneHistory } from './settings-history.ts';

export interface StoredSettings {
  /** What the file holds. */
  file(): SettingsFile;
  /**
   * @throws {ProblemError} 'conflict' when another program changed the file, 'storage'. The file may hold the new settings
   *   even then; `file` tells.
   */
  write(next: SettingsFile): Promise<void>;
}

export interface StoredSettingsOptions {
  readonly path: string;
  readonly historyFolder: string;
  readonly disk: Disk;
  readonly log: Log;
}

/** @throws {ProblemError} 'storage' when the file cannot be read or understood. */
export async function openSettingsFile({
  path,
  historyFolder,
  disk,
  log,
}: StoredSettingsOptions): Promise<StoredSettings> {
  /** Null while there is no file. */
  let bytes = await readIfThere(disk, path).catch((error: unknown) => {
    throw problem('storage', `${path} cannot be read: ${diskReason(error)}.`);
  });
  let file = bytes === null ? emptySettingsFile : decodeSettingsFile(path, bytes);

  const replaceFile = async (next: SettingsFile, nextBytes: Uint8Array): Promise<void> => {
    try {
      // The history comes first: from the rename on, the previous file is to be found nowhere else.
      if (bytes !== null) await keepInHistory(disk, historyFolder, file.revision, bytes);
      await writeFileDurably(disk, path, nextBytes);
    } catch (error) {
      // A failure after the rename leaves the new file in place; what is in force must be what is in the file.
      const written = sameBytes(await readIfThere(disk, path).catch(() => null), nextBytes);
      if (written) [file, bytes] = [next, nextBytes];
      const outcome = written
        ? 'was written, but may be lost if the power fails'
        : 'could not be written, nothing was changed';
      throw problem('storage', `${path} ${outcome}: ${diskReason(error)}.`);
    }
    [file, bytes] = [next, nextBytes];
  };

  return {
    file: () => file,
    async write(next) {
      const found = await readIfThere(disk, path).catch((error: unknown) => {
        throw problem('storage', `${path} cannot be read, nothing was changed: ${diskReason(error)}.`);
      });
      if (!sameBytes(found, bytes)) throw editedMeanwhile(path);
      await replaceFile(next, encodeSettingsFile(next));
      await pruneHistory(disk, historyFolder).catch((error: unknown) => {
        log.warn('settings history not pruned', { folder: historyFolder, reason: diskReason(error) });
      });
    },
  };
}

const sameBytes = (left: Uint8Array | null, right: Uint8Array | null): boolean =>
  left === null || right === null ? left === right : Buffer.compare(left, right) === 0;

const editedMeanwhile = (path: string): ProblemError =>
  problem(
    'conflict',
    `${path} was changed by another program since the relay read it, nothing was saved. Restart the relay to work with the changed file.`,
  );
