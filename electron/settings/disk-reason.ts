/** Reading what need not exist, and why the disk refused, in words. */
import type { Disk, FileEntry } from '../base/disk.ts';
import { errorCode } from '../base/error-code.ts';

const words: Readonly<Record<string, string>> = {
  EACCES: 'access is denied',
  EPERM: 'access is denied, or another program holds the file',
  EBUSY: 'another program holds the file',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  ENOENT: 'the folder does not exist',
  EISDIR: 'it is a folder',
  EIO: 'the disk reports an error',
};

/** 'the disk is full (ENOSPC)'. */
export function diskReason(error: unknown): string {
  const code = errorCode(error);
  if (code === undefined) return error instanceof Error ? error.message : String(error);
  return `${words[code] ?? 'the operating system refused'} (${code})`;
}

/** Null when there is no such file. */
export async function readIfThere(disk: Disk, path: string): Promise<Uint8Array | null> {
  try {
    return await disk.readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Empty when there is no such folder. */
export async function listIfThere(disk: Disk, folder: string): Promise<readonly FileEntry[]> {
  try {
    return await disk.list(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
