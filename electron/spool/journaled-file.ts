import type { MessageId } from '../../shared/contract/messages.ts';
import type { IncomingFile } from './message-store.ts';

export interface JournaledFileOptions {
  readonly id: MessageId;
  readonly head: Buffer;
  /** Takes responsibility for a message that fits into the journal. */
  readonly keep: (bytes: Buffer) => Promise<void>;
  /** For one that does not. */
  readonly createFile: (head: Buffer) => Promise<IncomingFile>;
}

/** Larger messages get their file at once: written twice they would cost more than a flush. Also what one client can hold in memory. */
const journaledBytes = 65_536;

/** A message on its way in, in memory while it is small: it may never need a file. */
export class JournaledFile implements IncomingFile {
  readonly #options: JournaledFileOptions;
  #gathered: Uint8Array[];
  #gatheredBytes: number;
  #file: IncomingFile | null = null;
  #ended = false;

  constructor(options: JournaledFileOptions) {
    this.#options = options;
    this.#gathered = [options.head];
    this.#gatheredBytes = options.head.length;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#expectOpen('write');
    if (this.#file === null && this.#gatheredBytes + chunk.byteLength <= journaledBytes) {
      // A copy: the caller may use its buffer again.
      this.#gathered.push(Uint8Array.from(chunk));
      this.#gatheredBytes += chunk.byteLength;
      return;
    }
    this.#file ??= await this.#options.createFile(this.#take());
    if (this.#ended) await this.#file.abort(); // it was aborted while the file was being made
    await this.#file.write(chunk);
  }

  async commit(): Promise<void> {
    this.#expectOpen('commit');
    this.#ended = true;
    if (this.#file === null) await this.#options.keep(this.#take());
    else await this.#file.commit();
  }

  async abort(): Promise<void> {
    if (this.#file !== null) {
      await this.#file.abort();
      return;
    }
    this.#ended = true;
    this.#take();
  }

  #take(): Buffer {
    const bytes = Buffer.concat(this.#gathered, this.#gatheredBytes);
    this.#gathered = [];
    this.#gatheredBytes = 0;
    return bytes;
  }

  #expectOpen(action: string): void {
    if (this.#ended) throw new Error(`Message ${this.#options.id} was asked to ${action} after its end.`);
  }
}
