/** The real disk: `Disk` on node:fs, with what Windows needs to be as durable as Linux. */
import { createReadStream } from 'node:fs';
import { chmod, type FileHandle, mkdir, open, opendir, readFile, rename, stat, statfs, unlink } from 'node:fs/promises';
import type { Disk, FileEntry, FileWriter } from './disk.ts';
import { errorCode } from './error-code.ts';
import { retryWhileHeld } from './retry-while-held.ts';

export interface NodeDiskOptions {
  readonly platform: NodeJS.Platform;
  readonly wait: (delayMs: number) => Promise<void>;
}

/** Mail is confidential: only the account of the relay may read it. Windows takes the rights of the parent folder. */
const fileMode = 0o600;
const folderMode = 0o700;
const ownerMayWrite = 0o200;
/** Folder entries fetched at once; the default of 32 is slow for 100,000 files. */
const listBatch = 1_024;

export function createNodeDisk({ platform, wait }: NodeDiskOptions): Disk {
  const windows = platform === 'win32';
  const patiently = (action: () => Promise<void>): Promise<void> => (windows ? retryWhileHeld(action, wait) : action());
  return {
    createFile: async (path) => writerOn(await open(path, 'wx', fileMode)),
    readFile: (path) => readFile(path),
    readHead: (path, maxBytes) => readPart(path, 0, maxBytes),
    async readRange(path, startBytes, lengthBytes) {
      const part = await readPart(path, startBytes, lengthBytes);
      if (part.length === lengthBytes) return part;
      throw Object.assign(new Error(`EIO: ${path} ends too early`), { code: 'EIO' });
    },
    readStream: (path, range) => createReadStream(path, range),
    sizeBytes: async (path) => (await stat(path)).size,
    modifiedAtMs: async (path) => Math.floor((await stat(path)).mtimeMs),
    async rename(from, to) {
      await patiently(() => rename(from, to));
      // A folder cannot be flushed on Windows; flushing the file under its new name carries the rename to the NTFS log.
      if (windows) await patiently(() => flushFile(to));
    },
    remove: (path) => patiently(() => removeFile(path)),
    list,
    async ensureFolder(path) {
      await mkdir(path, { recursive: true, mode: folderMode });
    },
    syncFolder: async (path) => (windows ? undefined : await flushFolder(path)),
    async freeBytes(path) {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    },
  };
}

const writerOn = (handle: FileHandle): FileWriter => ({
  async write(chunk) {
    // One write may take less than all of it, on a nearly full disk for instance.
    for (let offset = 0; offset < chunk.byteLength; ) {
      offset += (await handle.write(chunk, offset)).bytesWritten;
    }
  },
  sync: () => handle.datasync(),
  close: () => handle.close(),
});

async function readPart(path: string, startBytes: number, maxBytes: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    // Not cleared: only the filled part is given away, and start-up reads 100,000 heads.
    const buffer = Buffer.allocUnsafe(maxBytes);
    let filled = 0;
    while (filled < maxBytes) {
      const { bytesRead } = await handle.read(buffer, filled, maxBytes - filled, startBytes + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

async function list(folder: string): Promise<readonly FileEntry[]> {
  const entries: FileEntry[] = [];
  for await (const entry of await opendir(folder, { bufferSize: listBatch })) {
    entries.push({ name: entry.name, isFile: entry.isFile() });
  }
  return entries;
}

async function flushFile(path: string): Promise<void> {
  const handle = await openToFlush(path);
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Windows flushes only what is open for writing, and opens nothing for writing that is marked as read-only. */
async function openToFlush(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    const { mode } = await stat(path);
    if ((mode & ownerMayWrite) !== 0) throw error;
    await chmod(path, fileMode);
    return await open(path, 'r+');
  }
}

async function flushFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems know no flush of a folder and say so; there is nothing better to do on them.
    if (errorCode(error) !== 'EINVAL') throw error;
  } finally {
    await handle.close();
  }
}
