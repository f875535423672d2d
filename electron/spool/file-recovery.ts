/** Start-up: what earlier runs left in the queue folder becomes the queue again, and what can't is named. */
import { join } from 'node:path';
import type { MessageId } from '../../shared/contract/messages.ts';
import type { FindOptions } from './find-message.ts';
import { findMessage } from './find-message.ts';
import type { FoundMessage } from './message-store.ts';
import type { DamagedFile } from './quarantine.ts';
import type { QueueListing } from './spool-paths.ts';
import type { RecoveryReport } from './types.ts';

export interface RecoveryOptions extends FindOptions {
  /** The folder as it was before this run wrote to it. */
  readonly listing: QueueListing;
  /** Deleted messages whose state may still be in the queue folder. */
  readonly trashed: ReadonlySet<MessageId>;
  readonly moveStateToTrash: (id: MessageId) => Promise<void>;
  readonly flushQueue: () => Promise<void>;
}

/** Reads under way at once: as many as Node has threads for; any more would only stand in the way of new mail there. */
const readers = 4;
const foreignNamesLogged = 5;

/** Never rejects. See `recover` of the message store. */
export async function recoverQueue(
  options: RecoveryOptions,
  found: (message: FoundMessage) => void,
  signal: AbortSignal,
): Promise<RecoveryReport> {
  const { listing, ports } = options;
  const sweptFiles = await sweep(options);
  reportForeign(options);
  const damaged: DamagedFile[] = [];
  let messages = 0;
  const remaining = listing.messages.values();
  const readMessages = async (): Promise<void> => {
    for (const id of remaining) {
      if (signal.aborted) return;
      const message = await findMessage(options, id, { withState: listing.states.has(id), damaged });
      if (message === null) continue;
      found(message);
      messages += 1;
    }
  };
  await Promise.all(Array.from({ length: readers }, readMessages));
  try {
    await options.flushQueue();
  } catch (error) {
    ports.log.error('queue folder could not be flushed after recovery', error, { folder: options.paths.queue });
  }
  ports.log.info('recovery', { messages, sweptFiles, damagedFiles: damaged.length, ended: !signal.aborted });
  return { messages, sweptFiles, damaged };
}

/** Unfinished files were never acknowledged; a state without its message has nothing to say any more. */
async function sweep({ ports, paths, listing, trashed, moveStateToTrash }: RecoveryOptions): Promise<number> {
  const remove = async (file: string): Promise<boolean> => {
    try {
      await ports.disk.remove(file);
    } catch (error) {
      ports.log.error('unfinished file could not be removed', error, { file });
      return false;
    }
    ports.log.info('swept file', { file });
    return true;
  };
  for (const id of listing.orphans) await (trashed.has(id) ? moveStateToTrash(id) : remove(paths.state(id)));
  let swept = 0;
  for (const name of listing.unfinished) if (await remove(join(paths.queue, name))) swept += 1;
  return swept;
}

function reportForeign({ ports, paths, listing: { foreign } }: RecoveryOptions): void {
  if (foreign.length === 0) return;
  ports.log.warn('files in the queue folder that are not ours are left alone', {
    folder: paths.queue,
    count: foreign.length,
    names: foreign.slice(0, foreignNamesLogged).join(', '),
  });
}
