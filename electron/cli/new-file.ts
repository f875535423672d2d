import { dirname } from 'node:path';
import { problem } from '../../shared/contract/problem.ts';
import type { Disk } from '../base/disk.ts';
import { errorCode } from '../base/error-code.ts';

/**
 * Writes a file that was not there before; half a file never stays.
 * @throws {ProblemError} 'storage' naming the file; and whatever the source throws.
 */
export async function writeNewFile(disk: Disk, path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const pieces = content[Symbol.asyncIterator]();
  // The first piece before the file: what is not there any more leaves no file behind.
  let piece = await pieces.next();
  const file = await create(disk, path);
  try {
    for (; piece.done !== true; piece = await pieces.next()) await file.write(piece.value);
    await file.sync();
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined);
    await disk.remove(path).catch(() => undefined);
    throw error;
  }
}

async function create(disk: Disk, path: string) {
  try {
    await disk.ensureFolder(dirname(path));
    return await disk.createFile(path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      throw problem('storage', `There is a file ${path} already. Remove it, or choose another folder.`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw problem('storage', `The file ${path} cannot be written: ${reason}.`);
  }
}
