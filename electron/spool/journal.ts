/**
 * The journal: what makes a message durable with one flush for everybody who waits for one, where a file of its own costs
 * two flushes and five calls. It holds a message until its file is in the queue folder, or it is delivered before that.
 * Segments are only ever appended to; the oldest goes first, once nothing in it is needed.
 */
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { MessageId } from '../../shared/contract/messages.ts';
import type { FileWriter } from '../base/disk.ts';
import type { Ports } from '../base/ports.ts';
import { encodeRecords, encodeSegmentHead, type JournalRecord, markerBytes } from './journal-record.ts';
import { type JournalContent, type JournalPlace, type JournalSegment, segmentPath } from './journal-replay.ts';

export interface JournalOptions {
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log'>;
  readonly folder: string;
  readonly found: Pick<JournalContent, 'segments' | 'highestNumber'>;
  /** Makes removals in the queue folder durable: the record that says so is about to go. */
  readonly flushQueue: () => Promise<void>;
  /** Takes a damaged segment out of the folder. Never rejects. */
  readonly setAside: (path: string) => Promise<void>;
}

const segmentBytes = 8_388_608;
/** Beyond, messages are written as files at once. A start reads all of it before the first client is greeted. */
const fullBytes = 67_108_864;
/** Records that are written and flushed together. */
const groupBytes = 4_194_304;
const roomBytes = 65_536;
/** Mail should not lie in a file for longer than it has to: after so long without any, the segment goes as well. */
const calmMs = 10_000;

interface Waiting {
  readonly record: JournalRecord;
  readonly resolve: (place: JournalPlace) => void;
  readonly reject: (error: unknown) => void;
}

interface OpenSegment {
  readonly segment: JournalSegment;
  readonly writer: FileWriter;
  readonly marker: Buffer;
}

export class Journal {
  readonly #options: JournalOptions;
  readonly #segments: JournalSegment[];
  #lastNumber: number;
  #current: OpenSegment | null = null;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #retiring: Promise<void> = Promise.resolve();
  /** Written by a group that failed: perhaps on disk, though their clients were told no. */
  #refused: MessageId[] = [];
  #cancelCalm: (() => void) | null = null;
  #usedSinceLook = false;
  /** For the group that is being written: there is only one at a time. */
  readonly #room = Buffer.allocUnsafe(roomBytes);
  #closed = false;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#segments = [...options.found.segments];
    this.#lastNumber = options.found.highestNumber;
  }

  get folder(): string {
    return this.#options.folder;
  }

  /** There is no room for more messages; a line about one still fits. */
  get isFull(): boolean {
    return this.#sizeBytes >= fullBytes;
  }

  get isHalfFull(): boolean {
    return this.#sizeBytes >= fullBytes / 2;
  }

  /** Resolves once the record would survive a power loss. @throws what the disk throws. */
  append(record: JournalRecord): Promise<JournalPlace> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  /** @throws what the disk throws. */
  read({ segment, startBytes, lengthBytes }: JournalPlace): Promise<Buffer> {
    return this.#options.ports.disk.readRange(segment.path, startBytes, lengthBytes);
  }

  /** The message at this place is filed or removed. */
  release({ segment }: JournalPlace): void {
    segment.unfiled -= 1;
    if (segment.unfiled === 0 && !segment.inUse) this.retire();
  }

  /** Removes segments nobody needs any more, in the background. */
  retire(): void {
    this.#retiring = this.#retiring.then(() => this.#retireOldest());
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelCalm?.();
    await this.#writing;
    await this.#endCurrent();
    this.retire();
    await this.#retiring;
  }

  get #sizeBytes(): number {
    return this.#segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Those that arrive in the same turn of the event loop share the flush: the busier the thread, the more they are.
      await setImmediate();
      const group = this.#nextGroup();
      try {
        const places = await this.#write(group.map(({ record }) => record));
        for (const [index, place] of places.entries()) group[index]?.resolve(place);
      } catch (error) {
        for (const { record, reject } of group) {
          if (record.kind === 'message') this.#refused.push(record.id);
          reject(error);
        }
      }
    }
    this.#writing = null;
    this.#armCalm();
  }

  #nextGroup(): readonly Waiting[] {
    let bytes = 0;
    const count = this.#waiting.findIndex(({ record }) => {
      bytes += record.kind === 'message' ? record.bytes.byteLength : 0;
      return bytes > groupBytes;
    });
    return this.#waiting.splice(0, count < 0 ? this.#waiting.length : Math.max(count, 1));
  }

  async #write(records: readonly JournalRecord[]): Promise<readonly JournalPlace[]> {
    const open = await this.#openSegment();
    const { segment, writer, marker } = open;
    const { bytes, starts } = encodeRecords(records, marker, this.#room);
    const offset = segment.sizeBytes;
    try {
      await writer.write(bytes);
      await writer.sync();
    } catch (error) {
      // What is on disk of it nobody knows: nothing is written behind it.
      await this.#endCurrent();
      throw error;
    }
    segment.sizeBytes += bytes.length;
    this.#usedSinceLook = true;
    return records.map((record, index) => {
      if (record.kind === 'message') segment.unfiled += 1;
      return {
        segment,
        startBytes: offset + (starts[index] ?? 0),
        lengthBytes: record.kind === 'message' ? record.bytes.byteLength : 0,
      };
    });
  }

  async #openSegment(): Promise<OpenSegment> {
    if (this.#current !== null && this.#current.segment.sizeBytes < segmentBytes) return this.#current;
    await this.#endCurrent();
    const { ports, folder } = this.#options;
    const number = this.#lastNumber + 1;
    const path = segmentPath(folder, number);
    this.#lastNumber = number;
    const marker = randomBytes(markerBytes);
    const writer = await ports.disk.createFile(path);
    const refused = this.#refused;
    const revoked = encodeRecords(
      refused.map((id) => ({ kind: 'removed', id })),
      marker,
      this.#room,
    );
    const head = Buffer.concat([encodeSegmentHead(marker), revoked.bytes]);
    const segment = { path, sizeBytes: head.length, unfiled: 0, inUse: true, damaged: false };
    this.#segments.push(segment);
    try {
      await writer.write(head);
      await writer.sync();
      await ports.disk.syncFolder(folder);
    } catch (error) {
      await writer.close().catch(() => undefined);
      segment.inUse = false;
      this.retire();
      throw error;
    }
    this.#refused = this.#refused.slice(refused.length);
    this.#current = { segment, writer, marker };
    return this.#current;
  }

  async #endCurrent(): Promise<void> {
    const ended = this.#current;
    this.#current = null;
    if (ended === null) return;
    await ended.writer.close().catch((error: unknown) => {
      this.#options.ports.log.error('journal could not be closed', error, { file: ended.segment.path });
    });
    ended.segment.inUse = false;
    this.retire();
  }

  #armCalm(): void {
    if (this.#closed || this.#cancelCalm !== null || this.#current === null) return;
    this.#usedSinceLook = false;
    this.#cancelCalm = this.#options.ports.clock.after(calmMs, () => {
      this.#cancelCalm = null;
      const isCalm = !this.#usedSinceLook && this.#writing === null && this.#current?.segment.unfiled === 0;
      if (isCalm) void this.#endCurrent();
      else this.#armCalm();
    });
  }

  /** Oldest first: a record that takes a message back must outlive the message. */
  async #retireOldest(): Promise<void> {
    const { ports, folder, flushQueue, setAside } = this.#options;
    for (
      let oldest = this.#segments[0];
      oldest !== undefined && oldest.unfiled === 0 && !oldest.inUse;
      oldest = this.#segments[0]
    ) {
      try {
        await flushQueue();
        if (oldest.damaged) await setAside(oldest.path);
        else await ports.disk.remove(oldest.path);
        await ports.disk.syncFolder(folder);
      } catch (error) {
        // The next one that is finished tries it again.
        ports.log.error('journal that is no longer needed is left', error, { file: oldest.path });
        return;
      }
      this.#segments.shift();
    }
  }
}
