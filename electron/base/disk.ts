/** The file system as the relay needs it. Narrow, so that tests can break it at every step. */
import type { Readable } from 'node:stream';

export interface FileWriter {
  write(chunk: Uint8Array): Promise<void>;
  /** Data and size on stable storage. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface FileEntry {
  readonly name: string;
  readonly isFile: boolean;
}

export interface Disk {
  /** A new file; fails with EEXIST when there is one. */
  createFile(path: string): Promise<FileWriter>;
  readFile(path: string): Promise<Buffer>;
  /** At most `maxBytes` from the start. */
  readHead(path: string, maxBytes: number): Promise<Buffer>;
  /** Exactly this part of a file; rejects with code 'EIO' when the file ends before. */
  readRange(path: string, startBytes: number, lengthBytes: number): Promise<Buffer>;
  readStream(path: string, range?: { readonly start: number; readonly end?: number }): Readable;
  sizeBytes(path: string): Promise<number>;
  modifiedAtMs(path: string): Promise<number>;
  /** Replaces an existing file. On Windows retried for a while when a virus scanner holds the target. */
  rename(from: string, to: string): Promise<void>;
  /** No error when there is no such file. */
  remove(path: string): Promise<void>;
  list(folder: string): Promise<readonly FileEntry[]>;
  ensureFolder(path: string): Promise<void>;
  /** Makes renames and removals in a folder durable. Nothing to do on Windows: a folder cannot be flushed there. */
  syncFolder(path: string): Promise<void>;
  freeBytes(path: string): Promise<number>;
}
