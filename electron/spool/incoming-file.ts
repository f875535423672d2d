/** Writes one message while it arrives and takes responsibility for it: the path to every 250. */
import type { MessageId } from '../../shared/contract/messages.ts';
import type { FileWriter } from '../base/disk.ts';
import type { Ports } from '../base/ports.ts';
import { gatherWrites } from './gathered-writer.ts';
import type { IncomingFile } from './message-store.ts';
import type { SpoolPaths } from './spool-paths.ts';
import { storageProblem } from './storage-problem.ts';

export interface IncomingFileOptions {
  readonly ports: Pick<Ports, 'disk' | 'log'>;
  readonly paths: SpoolPaths;
  /** Makes the names in the queue folder durable, for all who wait at once. */
  readonly flushQueue: () => Promise<void>;
}

/** @throws {ProblemError} 'storage' when the file cannot be made. */
export async function createIncomingFile(
  options: IncomingFileOptions,
  id: MessageId,
  head: Buffer,
): Promise<IncomingFile> {
  const { disk } = options.ports;
  const path = options.paths.incoming(id);
  let writer: FileWriter;
  try {
    writer = gatherWrites(await disk.createFile(path));
  } catch (error) {
    throw storageProblem(path, 'be created', error);
  }
  const file = new UnfinishedFile(options, id, writer);
  try {
    await file.write(head);
  } catch (error) {
    await file.abort();
    throw error;
  }
  return file;
}

class UnfinishedFile implements IncomingFile {
  readonly #options: IncomingFileOptions;
  readonly #id: MessageId;
  readonly #writer: FileWriter;
  #ended = false;
  #failure: Error | undefined;

  constructor(options: IncomingFileOptions, id: MessageId, writer: FileWriter) {
    this.#options = options;
    this.#id = id;
    this.#writer = writer;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#expectOpen('write');
    try {
      await this.#writer.write(chunk);
    } catch (error) {
      this.#failure = storageProblem(this.#options.paths.incoming(this.#id), 'be written', error);
      throw this.#failure;
    }
  }

  async commit(): Promise<void> {
    this.#expectOpen('commit');
    this.#ended = true;
    const { paths, ports, flushQueue } = this.#options;
    const path = paths.message(this.#id);
    try {
      // Contents before the name: a file under its final name is always whole.
      await this.#writer.sync();
      await this.#writer.close();
      await ports.disk.rename(paths.incoming(this.#id), path);
      await flushQueue();
    } catch (error) {
      await this.#discard();
      throw storageProblem(path, 'be stored', error);
    }
  }

  async abort(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#discard();
  }

  #expectOpen(action: string): void {
    if (this.#ended) throw new Error(`Message ${this.#id} was asked to ${action} after its end.`);
    // Bytes are missing: whatever the caller made of the failed write, this must not become a message.
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Nobody was told 250, so nothing should be left; what the disk keeps anyway is at most one message too many. */
  async #discard(): Promise<void> {
    const { paths, ports } = this.#options;
    // A second close is harmless; Windows does not remove a file that is open.
    await this.#writer.close().catch(() => undefined);
    for (const path of [paths.incoming(this.#id), paths.message(this.#id)]) {
      await ports.disk.remove(path).catch((error: unknown) => {
        ports.log.error('file of a refused message is left', error, { id: this.#id, file: path });
      });
    }
  }
}
