import type { Readable } from 'node:stream';
import type { Disk, FileEntry, FileWriter } from '../../electron/base/disk.ts';

export type DiskOperation = keyof Disk | 'write' | 'sync' | 'close';

export interface DiskStep {
  /** Counted from 1 over all operations that change something on disk; reading steps carry the number of the last change. */
  readonly number: number;
  readonly operation: DiskOperation;
  /** The file or folder; for a rename the source. */
  readonly path: string;
  /** For a rename. */
  readonly to?: string;
}

export interface Fault {
  /** Node's error code, for example 'ENOSPC'. */
  readonly code: string;
  readonly when: (step: DiskStep) => boolean;
  /** How often it happens; absent: every time. */
  readonly times?: number;
}

const changes: ReadonlySet<DiskOperation> = new Set([
  'createFile',
  'write',
  'sync',
  'close',
  'rename',
  'remove',
  'syncFolder',
]);

/**
 * A disk that breaks on demand.
 *   `fail({ code: 'ENOSPC', when: ({ operation }) => operation === 'sync' })`  lets matching operations fail without effect;
 *   `crashAt(n)`  lets the n-th change and everything after it fail without effect, as when the process is gone.
 */
export class FaultyDisk implements Disk {
  /** Every step so far, failed ones included. */
  readonly steps: DiskStep[] = [];
  readonly #disk: Disk;
  readonly #faults: { readonly fault: Fault; left: number }[] = [];
  #changeCount = 0;
  #crashAt = Number.POSITIVE_INFINITY;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** @returns a function that repairs the disk again. */
  fail(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#faults.push(entry);
    return () => {
      entry.left = 0;
    };
  }

  /** Counted from the changes made so far: 1 is the next one. */
  crashAt(change: number): void {
    this.#crashAt = this.#changeCount + change;
  }

  /** True once the crash has happened. */
  get crashed(): boolean {
    return this.#changeCount >= this.#crashAt;
  }

  async createFile(path: string): Promise<FileWriter> {
    this.#step('createFile', path);
    const writer = await this.#disk.createFile(path);
    return {
      write: (chunk) => this.#run('write', path, () => writer.write(chunk)),
      sync: () => this.#run('sync', path, () => writer.sync()),
      close: async () => {
        try {
          this.#step('close', path);
        } finally {
          // Even a failed close gives the handle back, or the tests run out of them.
          await writer.close();
        }
      },
    };
  }

  readFile(path: string): Promise<Buffer> {
    return this.#run('readFile', path, () => this.#disk.readFile(path));
  }

  readHead(path: string, maxBytes: number): Promise<Buffer> {
    return this.#run('readHead', path, () => this.#disk.readHead(path, maxBytes));
  }

  readRange(path: string, startBytes: number, lengthBytes: number): Promise<Buffer> {
    return this.#run('readRange', path, () => this.#disk.readRange(path, startBytes, lengthBytes));
  }

  readStream(path: string, range?: { readonly start: number; readonly end?: number }): Readable {
    this.#step('readStream', path);
    return this.#disk.readStream(path, range);
  }

  sizeBytes(path: string): Promise<number> {
    return this.#run('sizeBytes', path, () => this.#disk.sizeBytes(path));
  }

  modifiedAtMs(path: string): Promise<number> {
    return this.#run('modifiedAtMs', path, () => this.#disk.modifiedAtMs(path));
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step('rename', from, to);
    await this.#disk.rename(from, to);
  }

  remove(path: string): Promise<void> {
    return this.#run('remove', path, () => this.#disk.remove(path));
  }

  list(folder: string): Promise<readonly FileEntry[]> {
    return this.#run('list', folder, () => this.#disk.list(folder));
  }

  ensureFolder(path: string): Promise<void> {
    return this.#run('ensureFolder', path, () => this.#disk.ensureFolder(path));
  }

  syncFolder(path: string): Promise<void> {
    return this.#run('syncFolder', path, () => this.#disk.syncFolder(path));
  }

  freeBytes(path: string): Promise<number> {
    return this.#run('freeBytes', path, () => this.#disk.freeBytes(path));
  }

  async #run<Answer>(operation: DiskOperation, path: string, action: () => Promise<Answer>): Promise<Answer> {
    this.#step(operation, path);
    return await action();
  }

  /** @throws {Error} with Node's `code`, `syscall` and `path` when this step is to fail. */
  #step(operation: DiskOperation, path: string, to?: string): void {
    if (changes.has(operation)) this.#changeCount += 1;
    const step = { number: this.#changeCount, operation, path, ...(to === undefined ? {} : { to }) };
    this.steps.push(step);
    if (this.crashed) throw diskError('EIO', step);
    const hit = this.#faults.find(({ fault, left }) => left > 0 && fault.when(step));
    if (hit === undefined) return;
    hit.left -= 1;
    throw diskError(hit.fault.code, step);
  }
}

const diskError = (code: string, { operation, path }: DiskStep): Error =>
  Object.assign(new Error(`${code}: made by the test, ${operation} '${path}'`), { code, syscall: operation, path });
