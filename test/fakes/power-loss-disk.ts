import { dirname, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { Disk, FileEntry, FileWriter } from '../../electron/base/disk.ts';

interface Inode {
  bytes: Buffer;
  /** What a flush put on stable storage; null before the first. */
  durableBytes: Buffer | null;
  modifiedAtMs: number;
}

/** One change of names, as a journalling file system records it: all or nothing, in order. */
interface NameChange {
  readonly folders: readonly string[];
  readonly apply: (names: Map<string, Inode>) => void;
}

const fileError = (code: string, path: string): Error => Object.assign(new Error(`${code}: ${path}`), { code });

/**
 * A disk in memory that remembers what is on stable storage. New names, renames and removals stay pending until
 * their folder is flushed; a power loss keeps a prefix of them, as the journals of ext4 and NTFS do. Contents that were
 * not flushed are lost entirely.
 */
export class PowerLossDisk implements Disk {
  readonly #names = new Map<string, Inode>();
  readonly #durableNames = new Map<string, Inode>();
  readonly #now: () => number;
  #pending: NameChange[] = [];

  /** @param now  For the time of the last change of a file. */
  constructor(now: () => number = () => 0) {
    this.#now = now;
  }

  /** How many changes of names a power loss now may or may not keep. */
  get pendingChanges(): number {
    return this.#pending.length;
  }

  /** The disk as it is found after a power loss that kept this many of the pending changes. */
  afterPowerLoss(keptChanges: number): PowerLossDisk {
    const names = new Map(this.#durableNames);
    for (const { apply } of this.#pending.slice(0, keptChanges)) apply(names);
    const found = new PowerLossDisk(this.#now);
    for (const [path, { durableBytes, modifiedAtMs }] of names) {
      const bytes = durableBytes ?? Buffer.alloc(0);
      const inode: Inode = { bytes, durableBytes: bytes, modifiedAtMs };
      found.#names.set(path, inode);
      found.#durableNames.set(path, inode);
    }
    return found;
  }

  /** Names of the files in a folder. */
  fileNames(folder: string): readonly string[] {
    const prefix = `${folder}${sep}`;
    return [...this.#names.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  }

  async createFile(path: string): Promise<FileWriter> {
    if (this.#names.has(path)) throw fileError('EEXIST', path);
    const now = this.#now;
    const inode: Inode = { bytes: Buffer.alloc(0), durableBytes: null, modifiedAtMs: now() };
    this.#change([path], (names) => names.set(path, inode));
    return {
      async write(chunk) {
        inode.bytes = Buffer.concat([inode.bytes, chunk]);
        inode.modifiedAtMs = now();
      },
      async sync() {
        inode.durableBytes = inode.bytes;
      },
      async close() {},
    };
  }

  async readFile(path: string): Promise<Buffer> {
    return this.#inode(path).bytes;
  }

  async readHead(path: string, maxBytes: number): Promise<Buffer> {
    return this.#inode(path).bytes.subarray(0, maxBytes);
  }

  async readRange(path: string, startBytes: number, lengthBytes: number): Promise<Buffer> {
    const part = this.#inode(path).bytes.subarray(startBytes, startBytes + lengthBytes);
    if (part.length < lengthBytes) throw Object.assign(new Error(`EIO: ${path}`), { code: 'EIO' });
    return part;
  }

  readStream(path: string, range: { readonly start: number; readonly end?: number } = { start: 0 }): Readable {
    const end = range.end === undefined ? undefined : range.end + 1;
    return Readable.from([this.#inode(path).bytes.subarray(range.start, end)], { objectMode: false });
  }

  async sizeBytes(path: string): Promise<number> {
    return this.#inode(path).bytes.length;
  }

  async modifiedAtMs(path: string): Promise<number> {
    return this.#inode(path).modifiedAtMs;
  }

  async rename(from: string, to: string): Promise<void> {
    const inode = this.#inode(from);
    this.#change([from, to], (names) => names.set(to, inode).delete(from));
  }

  async remove(path: string): Promise<void> {
    if (this.#names.has(path)) this.#change([path], (names) => names.delete(path));
  }

  async list(folder: string): Promise<readonly FileEntry[]> {
    return this.fileNames(folder).map((name) => ({ name, isFile: true }));
  }

  async ensureFolder(): Promise<void> {}

  async syncFolder(folder: string): Promise<void> {
    const touches = (change: NameChange): boolean => change.folders.includes(folder);
    for (const change of this.#pending.filter(touches)) change.apply(this.#durableNames);
    this.#pending = this.#pending.filter((change) => !touches(change));
  }

  async freeBytes(): Promise<number> {
    return Number.MAX_SAFE_INTEGER;
  }

  #inode(path: string): Inode {
    const inode = this.#names.get(path);
    if (inode === undefined) throw fileError('ENOENT', path);
    return inode;
  }

  #change(paths: readonly string[], apply: (names: Map<string, Inode>) => void): void {
    apply(this.#names);
    this.#pending.push({ folders: paths.map((path) => dirname(path)), apply });
  }
}
