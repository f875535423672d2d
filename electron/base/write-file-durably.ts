import { dirname } from 'node:path';
import type { Disk } from './disk.ts';

/**
 * Puts `bytes` in place of a file, all or nothing: whenever the power goes, the path holds the old content or the new.
 * Once resolved, the new content survives a power loss. A temporary file left by a crash is replaced.
 * @throws what the disk throws. The path may then hold the new content only if the flush of the folder failed.
 */
export async function writeFileDurably(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  await disk.remove(temporary);
  try {
    await writeSynced(disk, temporary, bytes);
    await disk.rename(temporary, path);
  } catch (error) {
    // On a full disk the room counts; that the clean-up may fail too must not hide why.
    await disk.remove(temporary).catch(() => undefined);
    throw error;
  }
  await disk.syncFolder(dirname(path));
}

async function writeSynced(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const writer = await disk.createFile(path);
  try {
    await writer.write(bytes);
    await writer.sync();
  } finally {
    await writer.close();
  }
}
