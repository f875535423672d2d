/**
 * `<mailroot>/outages.json`: which destinations are and were down, so that after a restart mail does not expire for the time
 * nobody could be reached. Worth little beside the mail: no trouble with it stops anything.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { epochMsSchema, failureSchema } from '../../shared/contract/messages.ts';
import { errorCode } from '../base/error-code.ts';
import type { Ports } from '../base/ports.ts';
import { writeFileDurably } from '../base/write-file-durably.ts';
import type { OutageRecord } from './destinations.ts';

/** An array per destination: names are data, not keys. */
const fileSchema = z.strictObject({
  version: z.literal(1),
  /** The relay was stopped, as against a crash. */
  stopped: z.boolean(),
  down: z.array(
    z.strictObject({
      nextHop: z.string(),
      sinceMs: epochMsSchema,
      probedAtMs: epochMsSchema,
      failure: failureSchema,
    }),
  ),
  past: z.array(
    z.strictObject({
      nextHop: z.string(),
      outages: z.array(z.strictObject({ fromMs: epochMsSchema, untilMs: epochMsSchema })),
    }),
  ),
});

/** A name server that is gone takes a thousand domains down, one after the other. */
const pauseMs = 1_000;

export interface StoredOutages {
  readonly record: OutageRecord;
  /** False after a crash. */
  readonly wasStopped: boolean;
}

export interface OutageFileOptions {
  readonly stateFolder: string;
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log'>;
  /** What is to be stored, as it is when the write begins. */
  readonly record: () => OutageRecord;
}

export class OutageFile {
  readonly #options: OutageFileOptions;
  readonly #path: string;
  #isOutdated = false;
  #underWay: Promise<void> | null = null;
  #cancelPause: (() => void) | null = null;

  constructor(options: OutageFileOptions) {
    this.#options = options;
    this.#path = join(options.stateFolder, 'outages.json');
  }

  /** Never throws. A file that makes no sense is put aside under another name. */
  async load(): Promise<StoredOutages | null> {
    const { disk, log } = this.#options.ports;
    let bytes: Buffer;
    try {
      bytes = await disk.readFile(this.#path);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') log.error('outages not read', error, { file: this.#path });
      return null;
    }
    const stored = parse(bytes);
    if (stored !== null) return stored;
    const aside = join(this.#options.stateFolder, 'outages.damaged.json');
    log.warn('outages file is damaged', { file: this.#path, movedTo: aside });
    await disk
      .rename(this.#path, aside)
      .catch((error: unknown) => log.error('outages file not moved', error, { file: this.#path }));
    return null;
  }

  /** Soon, and not more often than once a second. */
  save(): void {
    this.#isOutdated = true;
    if (this.#underWay !== null || this.#cancelPause !== null) return;
    void this.#write(false);
  }

  /** Stores what there is now; resolves when that is done or has failed. Never throws. @param stopped  See `wasStopped`. */
  async flush(stopped: boolean): Promise<void> {
    await this.#underWay;
    this.#endPause();
    await this.#write(stopped);
    this.#endPause();
  }

  #endPause(): void {
    this.#cancelPause?.();
    this.#cancelPause = null;
  }

  #write(stopped: boolean): Promise<void> {
    this.#underWay = this.#writeOnce(stopped).then(() => {
      this.#underWay = null;
      this.#cancelPause = this.#options.ports.clock.after(pauseMs, () => {
        this.#cancelPause = null;
        if (this.#isOutdated) this.save();
      });
    });
    return this.#underWay;
  }

  async #writeOnce(stopped: boolean): Promise<void> {
    const { ports, record } = this.#options;
    this.#isOutdated = false;
    try {
      await writeFileDurably(ports.disk, this.#path, Buffer.from(format(record(), stopped)));
    } catch (error) {
      ports.log.error('outages not stored', error, { file: this.#path });
    }
  }
}

function parse(bytes: Buffer): StoredOutages | null {
  try {
    const { stopped, down, past } = fileSchema.parse(JSON.parse(bytes.toString('utf8')));
    const record = {
      down: new Map(down.map(({ nextHop, ...outage }) => [nextHop, outage])),
      past: new Map(past.map(({ nextHop, outages }) => [nextHop, outages])),
    };
    return { record, wasStopped: stopped };
  } catch {
    return null;
  }
}

const format = ({ down, past }: OutageRecord, stopped: boolean): string =>
  JSON.stringify({
    version: 1,
    stopped,
    down: [...down].map(([nextHop, outage]) => ({ nextHop, ...outage })),
    past: [...past].map(([nextHop, outages]) => ({ nextHop, outages })),
  });
