import type { EpochMs } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import type { Ports } from '../base/ports.ts';

/** A burst of messages asks the disk once. */
const knownForMs = 1_000;
const mebibyte = 1_048_576;

export interface FreeSpaceOptions {
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log'>;
  readonly folder: string;
  /** Asked for every message: the setting may change. */
  readonly floorBytes: () => number;
}

/** Below the floor no new mail is taken in, so that delivery states can still be written. */
export class FreeSpace {
  readonly #options: FreeSpaceOptions;
  #freeBytes: Promise<number> | undefined;
  #askedAtMs: EpochMs = 0;

  constructor(options: FreeSpaceOptions) {
    this.#options = options;
  }

  /** @throws {ProblemError} 'storage' below the floor. */
  async check(): Promise<void> {
    const { folder } = this.#options;
    const floorBytes = this.#options.floorBytes();
    const freeBytes = await this.#ask();
    if (freeBytes >= floorBytes) return;
    const [freeMb, floorMb] = [freeBytes, floorBytes].map((bytes) => Math.floor(bytes / mebibyte));
    throw problem(
      'storage',
      `Only ${freeMb} MB are free on the disk of ${folder}. New mail is refused until there are ${floorMb} MB again.`,
    );
  }

  #ask(): Promise<number> {
    const { clock } = this.#options.ports;
    const ageMs = clock.now() - this.#askedAtMs;
    // Negative when the clock was set back.
    if (this.#freeBytes === undefined || ageMs < 0 || ageMs >= knownForMs) {
      this.#askedAtMs = clock.now();
      this.#freeBytes = this.#measure();
    }
    return this.#freeBytes;
  }

  /** Never rejects: a file system that cannot tell its free space is no reason to refuse mail. */
  async #measure(): Promise<number> {
    const { ports, folder } = this.#options;
    try {
      return await ports.disk.freeBytes(folder);
    } catch (error) {
      ports.log.error('free space is not known', error, { folder });
      return Number.POSITIVE_INFINITY;
    }
  }
}
