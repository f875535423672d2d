/** The real disk: `Disk` on node:fs, with what Windows needs to be as durable as Linux. */
import { close, createReadStream, open as openFile, read } from 'node:fs';
import { chmod, type FileHandle, mkdir, open, opendir, readFile, rename, stat, statfs, unlink } from 'node:fs/promises';
import { promisify } from 'node:util';
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
/** Most messages fit; for one that does not, the memory is made. */
const roomBytes = 65_536;
const roomsKept = 32;
/** Folder entries fetched at once; the default of 32 is slow for 100,000 files. */
const listBatch = 1_024;

export function createNodeDisk({ platform, wait }: NodeDiskOptions): Disk {
  const windows = platform === 'win32';
  const readPart = partReader();
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

// Plain descriptors: an object with a finalizer for each of 100,000 files is work for the collector.
const openDescriptor = promisify(openFile);
const readDescriptor = promisify(read);
const closeDescriptor = promisify(close);

/**
 * Reads into memory that is used again, and gives a copy of what was read. With 64 KB made for each of 100,000 files the
 * collector went through the whole heap eight times a second while a long queue was read, and clients waited for it.
 */
function partReader(): (path: string, startBytes: number, maxBytes: number) => Promise<Buffer> {
  const rooms: Buffer[] = [];
  return async (path, startBytes, maxBytes) => {
    const descriptor = await openDescriptor(path, 'r');
    const room = maxBytes > roomBytes ? null : (rooms.pop() ?? Buffer.allocUnsafeSlow(roomBytes));
    try {
      const buffer = room ?? Buffer.allocUnsafe(maxBytes); // not cleared: only what was read is given away
      let filled = 0;
      while (filled < maxBytes) {
        const { bytesRead } = await readDescriptor(descriptor, buffer, filled, maxBytes - filled, startBytes + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return room === null ? buffer.subarray(0, filled) : Buffer.from(buffer.subarray(0, filled));
    } finally {
      await closeDescriptor(descriptor);
      if (room !== null && rooms.length < roomsKept) rooms.push(room);
    }
  };
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
