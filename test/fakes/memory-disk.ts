import { Readable } from 'node:stream';
import type { Disk, FileEntry, FileWriter } from '../../electron/base/disk.ts';

const missing = (path: string): Error => Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });

/** Files in memory, one flat name space: for tests that need thousands of runs rather than a real file system. */
export class MemoryDisk implements Disk {
  readonly files = new Map<string, Buffer>();
  /** When a file was last written; 0 for those a test put there itself. */
  readonly modifiedAt = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = () => 0) {
    this.#now = now;
  }

  async createFile(path: string): Promise<FileWriter> {
    if (this.files.has(path)) throw Object.assign(new Error(`EEXIST: ${path}`), { code: 'EEXIST' });
    this.files.set(path, Buffer.alloc(0));
    this.modifiedAt.set(path, this.#now());
    return {
      write: async (chunk) => {
        const held = this.files.get(path);
        if (held === undefined) return;
        this.files.set(path, Buffer.concat([held, chunk]));
        this.modifiedAt.set(path, this.#now());
      },
      sync: async () => {},
      close: async () => {},
    };
  }

  async readFile(path: string): Promise<Buffer> {
    return this.#content(path);
  }

  async readHead(path: string, maxBytes: number): Promise<Buffer> {
    return this.#content(path).subarray(0, maxBytes);
  }

  async readRange(path: string, startBytes: number, lengthBytes: number): Promise<Buffer> {
    const part = this.#content(path).subarray(startBytes, startBytes + lengthBytes);
    if (part.length < lengthBytes) throw Object.assign(new Error(`EIO: ${path}`), { code: 'EIO' });
    return part;
  }

  readStream(path: string, range: { readonly start: number; readonly end?: number } = { start: 0 }): Readable {
    const end = range.end === undefined ? undefined : range.end + 1;
    return Readable.from([this.#content(path).subarray(range.start, end)]);
  }

  async sizeBytes(path: string): Promise<number> {
    return this.#content(path).byteLength;
  }

  async modifiedAtMs(path: string): Promise<number> {
    this.#content(path);
    return this.modifiedAt.get(path) ?? 0;
  }

  async rename(from: string, to: string): Promise<void> {
    this.files.set(to, this.#content(from));
    this.files.delete(from);
    this.modifiedAt.set(to, this.modifiedAt.get(from) ?? 0);
    this.modifiedAt.delete(from);
  }

  async remove(path: string): Promise<void> {
    this.files.delete(path);
    this.modifiedAt.delete(path);
  }

  async list(folder: string): Promise<readonly FileEntry[]> {
    const prefix = `${folder}/`;
    return [...this.files.keys()]
      .filter((path) => path.startsWith(prefix))
      .map((path) => ({ name: path.slice(prefix.length), isFile: true }));
  }

  async ensureFolder(): Promise<void> {}

  async syncFolder(): Promise<void> {}

  async freeBytes(): Promise<number> {
    return 1_099_511_627_776;
  }

  #content(path: string): Buffer {
    const content = this.files.get(path);
    if (content === undefined) throw missing(path);
    return content;
  }
}
