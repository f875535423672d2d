/**
 * Deleted messages on disk. A message is either in the queue folder or here, never in both and never in neither, because
 * one rename moves it. Its state is always moved so that it is in the queue folder while the message is there: without
 * its state a message looks new, and would go once more to those who have it.
 *
 *   delete    message to Trash  |  both folders flushed  |  state to Trash
 *   restore   state to Queue    |  queue folder flushed  |  message to Queue  |  both folders flushed
 *
 * A crash between the steps leaves a state in the queue folder whose message is here: start-up moves it here.
 */
import { join } from 'node:path';
import type { MessageId } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import type { FileEntry } from '../base/disk.ts';
import { errorCode } from '../base/error-code.ts';
import type { Ports } from '../base/ports.ts';
import { readMessageFile } from './find-message.ts';
import { ownIdPattern } from './message-ids.ts';
import type { FileContent, TrashStore } from './message-store.ts';
import type { SpoolPaths } from './spool-paths.ts';
import { storageProblem } from './storage-problem.ts';
import { parseTrashName, type TrashedFile, trashName } from './trash-name.ts';

export interface TrashFolderOptions {
  readonly ports: Pick<Ports, 'disk' | 'log'>;
  readonly paths: SpoolPaths;
  readonly flushQueue: () => Promise<void>;
  readonly flushTrash: () => Promise<void>;
  /** The folder as it was at start. */
  readonly listing: readonly FileEntry[];
}

const ownState = new RegExp(`^(${ownIdPattern})\\.json$`);

export class TrashFolder implements TrashStore {
  readonly #options: TrashFolderOptions;
  readonly found: readonly TrashedFile[];

  constructor(options: TrashFolderOptions) {
    this.#options = options;
    this.found = options.listing.flatMap(({ name, isFile }) => (isFile ? (parseTrashName(name) ?? []) : []));
  }

  async put(file: TrashedFile, gone: () => void): Promise<void> {
    const { ports, paths, flushQueue, flushTrash } = this.#options;
    const path = paths.message(file.id);
    try {
      await ports.disk.rename(path, this.#message(file));
      gone();
      await flushTrash();
      await flushQueue();
    } catch (error) {
      if (errorCode(error) === 'ENOENT')
        throw problem('notFound', `The message is not in the queue folder any more (${path}).`);
      throw storageProblem(path, 'be moved to the trash', error);
    }
    await this.takeState(file.id);
  }

  /** The state of a message that is here already. Never rejects. */
  async takeState(id: MessageId): Promise<void> {
    const { ports, paths } = this.#options;
    try {
      await ports.disk.rename(paths.state(id), this.#state(id));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return;
      ports.log.error('state of a deleted message is left in the queue folder', error, { id });
    }
  }

  async takeBack(file: TrashedFile): Promise<void> {
    const { ports, paths, flushQueue, flushTrash } = this.#options;
    try {
      await this.#giveStateBack(file.id);
      await ports.disk.rename(this.#message(file), paths.message(file.id));
      await flushQueue();
      await flushTrash();
    } catch (error) {
      if (errorCode(error) === 'ENOENT') throw problem('notFound', `Message ${file.id} is not in the trash any more.`);
      throw storageProblem(this.#message(file), 'be moved back into the queue', error);
    }
  }

  async #giveStateBack(id: MessageId): Promise<void> {
    const { ports, paths, flushQueue } = this.#options;
    try {
      await ports.disk.rename(this.#state(id), paths.state(id));
    } catch (error) {
      // There was none, or it never got here.
      if (errorCode(error) === 'ENOENT') return;
      throw error;
    }
    await flushQueue();
  }

  async purge(file: TrashedFile): Promise<void> {
    const { disk } = this.#options.ports;
    try {
      await disk.remove(this.#message(file));
      await disk.remove(this.#state(file.id));
    } catch (error) {
      throw storageProblem(this.#message(file), 'be removed', error);
    }
  }

  /** @throws what the disk throws. */
  read(file: TrashedFile): Promise<FileContent> {
    return readMessageFile(this.#options.ports.disk, this.#message(file), file.id);
  }

  /** States whose message was removed when its time was over. Never rejects. */
  async sweep(): Promise<void> {
    const { ports, listing } = this.#options;
    const kept = new Set(this.found.map(({ id }) => id));
    for (const { name } of listing) {
      const id = ownState.exec(name)?.[1];
      if (id === undefined || kept.has(id)) continue;
      await ports.disk.remove(this.#state(id)).catch((error: unknown) => {
        ports.log.error('state of a removed message is left in the trash', error, { id });
      });
    }
  }

  #message(file: TrashedFile): string {
    return join(this.#options.paths.trash, trashName(file));
  }

  #state(id: MessageId): string {
    return join(this.#options.paths.trash, `${id}.json`);
  }
}
