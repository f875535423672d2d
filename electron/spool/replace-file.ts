import type { Disk, FileWriter } from '../base/disk.ts';
import { errorCode } from '../base/error-code.ts';
import { gatherWrites } from './gathered-writer.ts';

/** What is being written, until it has its name. */
const unfinishedSuffix = '.tmp';

/**
 * Writes a whole file so that after a crash either the old or the new one is there, never half of it.
 * The caller flushes the folder.
 * @param content  All of it, or its pieces in order: one at a time is in memory.
 */
export async function replaceFile(
  disk: Disk,
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  const unfinished = `${path}${unfinishedSuffix}`;
  const writer = gatherWrites(await createAnew(disk, unfinished));
  try {
    try {
      if (content instanceof Uint8Array) await writer.write(content);
      else for await (const chunk of content) await writer.write(chunk);
      await writer.sync();
    } finally {
      await writer.close();
    }
    await disk.rename(unfinished, path);
  } catch (error) {
    // The first failure is the one to tell; start-up sweeps what is left.
    await disk.remove(unfinished).catch(() => undefined);
    throw error;
  }
}

/** A file that an earlier failure left behind is in the way only once. */
async function createAnew(disk: Disk, path: string): Promise<FileWriter> {
  try {
    return await disk.createFile(path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    await disk.remove(path);
    return await disk.createFile(path);
  }
}
