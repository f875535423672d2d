/** A file from one folder to another, which may be on another volume. */
import { dirname } from 'node:path';
import type { Disk } from '../base/disk.ts';
import { errorCode } from '../base/error-code.ts';
import { replaceFile } from './replace-file.ts';

/**
 * Moves a file so that at no moment, whenever the power goes, it is in neither folder. Onto another volume it is copied,
 * flushed and only then removed: there a crash may leave it in both. The caller flushes the folder it came from.
 * @param moved  Called when it has left its place, even if making that durable fails afterwards.
 * @throws what the disk throws; the file is then where it was, unless `moved` was called.
 */
export async function moveFile(disk: Disk, from: string, to: string, moved: () => void): Promise<void> {
  try {
    await disk.rename(from, to);
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error;
    await replaceFile(disk, to, disk.readStream(from));
    await disk.syncFolder(dirname(to));
    await disk.remove(from);
    moved();
    return;
  }
  moved();
  await disk.syncFolder(dirname(to));
}

/** False when there is no such file. @throws what the disk throws when it cannot tell. */
export async function fileExists(disk: Disk, path: string): Promise<boolean> {
  try {
    await disk.sizeBytes(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}
