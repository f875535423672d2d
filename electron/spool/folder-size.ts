import { join } from 'node:path';
import { errorCode } from '../base/error-code.ts';
import type { Ports } from '../base/ports.ts';

/** Others take files away: after so long the folder is counted anew. */
const knownForMs = 5_000;

interface KnownSize {
  readonly folder: string;
  readonly countedAtMs: number;
  bytes: number;
}

/** How much the files of a folder take, without counting them for every message. */
export class FolderSize {
  readonly #ports: Pick<Ports, 'clock' | 'disk'>;
  #known: KnownSize | undefined;
  #counting: Promise<KnownSize> | undefined;

  constructor(ports: Pick<Ports, 'clock' | 'disk'>) {
    this.#ports = ports;
  }

  /**
   * Counts `bytes` in when they fit under the limit; what is not written after all is forgotten with the next count.
   * @returns false when they do not fit.
   * @throws what the disk throws.
   */
  async reserve(folder: string, bytes: number, limitBytes: number): Promise<boolean> {
    const size = await this.#sizeOf(folder);
    if (size.bytes + bytes > limitBytes) return false;
    size.bytes += bytes;
    return true;
  }

  async #sizeOf(folder: string): Promise<KnownSize> {
    const known = this.#known;
    const ageMs = known === undefined ? 0 : this.#ports.clock.now() - known.countedAtMs;
    // Negative when the clock was set back.
    if (known?.folder === folder && ageMs >= 0 && ageMs < knownForMs) return known;
    this.#counting ??= this.#count(folder);
    try {
      this.#known = await this.#counting;
      return this.#known;
    } finally {
      this.#counting = undefined;
    }
  }

  async #count(folder: string): Promise<KnownSize> {
    const { clock, disk } = this.#ports;
    const countedAtMs = clock.now();
    let bytes = 0;
    for (const { name, isFile } of await disk.list(folder)) {
      if (!isFile) continue;
      try {
        bytes += await disk.sizeBytes(join(folder, name));
      } catch (error) {
        // Taken away meanwhile.
        if (errorCode(error) !== 'ENOENT') throw error;
      }
    }
    return { folder, countedAtMs, bytes };
  }
}
