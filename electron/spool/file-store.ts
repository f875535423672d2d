/** The message store with a file per message: what an administrator sees in the queue folder is all there is. */
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { decodeTime } from 'ulid';
import type { Attempt, MessageId } from '../../shared/contract/messages.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { FileEntry } from '../base/disk.ts';
import { errorCode } from '../base/error-code.ts';
import type { Ports } from '../base/ports.ts';
import type { BadmailFolder } from './badmail.ts';
import { recoverQueue } from './file-recovery.ts';
import { findMessage } from './find-message.ts';
import { createGroupFlush } from './group-flush.ts';
import { createIncomingFile } from './incoming-file.ts';
import { encodeHead } from './message-file.ts';
import type { FoundMessage, IncomingFile, MessageStore, StoredFile } from './message-store.ts';
import { fileExists } from './move-file.ts';
import { type DamagedFile, Quarantine } from './quarantine.ts';
import { contentBytesOf, readFileStart } from './read-head.ts';
import { replaceFile } from './replace-file.ts';
import { classifyQueue, highestId, type QueueListing, type SpoolPaths } from './spool-paths.ts';
import { decodeState, encodeState, type StateResult, withAttempt } from './state-file.ts';
import { storageProblem } from './storage-problem.ts';
import { TakeOver } from './take-over.ts';
import type { TakeOverHooks, TakeOvers } from './take-over-types.ts';
import { TrashFolder } from './trash-folder.ts';
import type { DeliveryRecord, Envelope, RecoveryReport } from './types.ts';

export type StorePorts = Pick<Ports, 'clock' | 'disk' | 'log'>;

/** Few messages have a longer head; those cost a second read. */
const headReadBytes = 16_384;

/**
 * Makes the folders and reads their names, not yet the files.
 * @throws {ProblemError} 'storage' when a folder cannot be made or read.
 */
export async function openFileStore(
  ports: StorePorts,
  paths: SpoolPaths,
  badmail: BadmailFolder,
): Promise<MessageStore> {
  const folders = [paths.queue, paths.damaged, paths.trash];
  await makeFolders(ports, paths.mailroot, folders);
  const [queue = [], damaged = [], trash = []] = await Promise.all(folders.map((folder) => listFolder(ports, folder)));
  const badmailNames = await badmail.open();
  const names = [...queue, ...damaged, ...trash].map(({ name }) => name);
  return new FileStore(ports, paths, badmail, {
    listing: classifyQueue(queue),
    highestId: highestId([...names, ...badmailNames]),
    damagedNames: damaged.map(({ name }) => name),
    trash,
  });
}

async function makeFolders({ disk }: StorePorts, mailroot: string, folders: readonly string[]): Promise<void> {
  try {
    for (const folder of folders) await disk.ensureFolder(folder);
    await disk.syncFolder(mailroot);
    await disk.syncFolder(dirname(mailroot));
  } catch (error) {
    throw storageProblem(mailroot, 'be prepared', error);
  }
}

async function listFolder({ disk }: StorePorts, folder: string): Promise<readonly FileEntry[]> {
  try {
    return await disk.list(folder);
  } catch (error) {
    throw storageProblem(folder, 'be read', error);
  }
}

interface FoundAtOpen {
  readonly listing: QueueListing;
  readonly highestId: MessageId | undefined;
  readonly damagedNames: readonly string[];
  readonly trash: readonly FileEntry[];
}

class FileStore implements MessageStore {
  readonly highestId: MessageId | undefined;
  readonly trash: TrashFolder;
  readonly #ports: StorePorts;
  readonly #paths: SpoolPaths;
  readonly #badmail: BadmailFolder;
  readonly #quarantine: Quarantine;
  readonly #flushQueue: () => Promise<void>;
  readonly #takeOvers: readonly MessageId[];
  #listing: QueueListing | null;

  constructor(ports: StorePorts, paths: SpoolPaths, badmail: BadmailFolder, found: FoundAtOpen) {
    const { highestId, listing, damagedNames, trash } = found;
    this.highestId = highestId;
    this.#ports = ports;
    this.#paths = paths;
    this.#badmail = badmail;
    this.#quarantine = new Quarantine(ports, paths, damagedNames);
    this.#flushQueue = createGroupFlush(() => ports.disk.syncFolder(paths.queue));
    const flushTrash = createGroupFlush(() => ports.disk.syncFolder(paths.trash));
    this.trash = new TrashFolder({ ports, paths, flushQueue: this.#flushQueue, flushTrash, listing: trash });
    this.#takeOvers = listing.takeOvers;
    this.#listing = listing;
  }

  takeOver(hooks: TakeOverHooks): TakeOvers {
    return new TakeOver({
      ...hooks,
      ports: this.#ports,
      paths: this.#paths,
      quarantine: this.#quarantine,
      flushQueue: this.#flushQueue,
      begin: (id, envelope) => this.begin(id, envelope),
      found: this.#takeOvers,
    });
  }

  async begin(id: MessageId, envelope: Envelope): Promise<IncomingFile> {
    const options = { ports: this.#ports, paths: this.#paths, flushQueue: this.#flushQueue };
    return await createIncomingFile(options, id, encodeHead(envelope));
  }

  async read(id: MessageId): Promise<StoredFile> {
    const { disk } = this.#ports;
    const path = this.#paths.message(id);
    try {
      const start = await readFileStart(disk, path, { firstBytes: headReadBytes, arrivedAtMs: decodeTime(id) });
      if (start.head.kind === 'malformed') {
        throw problem('storage', `${path} cannot be read as a message. ${start.head.reason}`);
      }
      const { envelope, contentOffsetBytes } = start.head;
      const contentBytes = await contentBytesOf(disk, path, start, contentOffsetBytes);
      const state = await this.#readState(id);
      const inMemory = start.whole ? start.bytes.subarray(contentOffsetBytes) : null;
      return {
        envelope,
        attempts: state?.kind === 'state' ? state.state.attempts : [],
        contentBytes,
        content({ startBytes, endBytes = contentBytes } = { startBytes: 0 }) {
          const end = Math.min(endBytes, contentBytes);
          if (startBytes >= end) return Readable.from([], { objectMode: false });
          // Most mail is small enough to have come along with its head.
          if (inMemory !== null) return Readable.from([inMemory.subarray(startBytes, end)], { objectMode: false });
          return disk.readStream(path, { start: contentOffsetBytes + startBytes, end: contentOffsetBytes + end - 1 });
        },
      };
    } catch (error) {
      throw problemWith(path, 'be read', error);
    }
  }

  async find(id: MessageId): Promise<FoundMessage> {
    const options = { ports: this.#ports, paths: this.#paths, quarantine: this.#quarantine };
    const damaged: DamagedFile[] = [];
    const withState = await fileExists(this.#ports.disk, this.#paths.state(id));
    const message = await findMessage(options, id, { withState, damaged });
    if (message !== null) return message;
    throw problem('notFound', damaged[0]?.reason ?? `There is no message ${id} in the queue folder.`);
  }

  async writeState(id: MessageId, record: DeliveryRecord, attempt: Attempt | undefined): Promise<void> {
    const path = this.#paths.state(id);
    const before = await this.#readState(id);
    if (before?.kind === 'malformed') await this.#quarantine.take(`${id}.json`, before.reason);
    const attempts = before?.kind === 'state' ? before.state.attempts : [];
    const bytes = encodeState({ record, attempts: attempt === undefined ? attempts : withAttempt(attempts, attempt) });
    try {
      await replaceFile(this.#ports.disk, path, bytes);
      await this.#flushQueue();
    } catch (error) {
      throw storageProblem(path, 'be written', error);
    }
  }

  async remove(id: MessageId, gone: () => void): Promise<void> {
    const path = this.#paths.message(id);
    try {
      // The message first: a state without a message is harmless and swept at start-up. The other way round a crash
      // between the two would leave a delivered message looking like a new one.
      await this.#ports.disk.remove(path);
      gone();
      await this.#flushQueue();
    } catch (error) {
      throw storageProblem(path, 'be removed', error);
    }
    await this.#removeState(id);
  }

  async moveToBadmail(id: MessageId, note: string, gone: () => void): Promise<void> {
    const path = this.#paths.message(id);
    try {
      await this.#badmail.takeMessage(path, id, note, gone);
      await this.#flushQueue();
    } catch (error) {
      throw problemWith(path, `be moved to ${this.#paths.badmail}`, error);
    }
    await this.#removeState(id);
  }

  async recover(found: (message: FoundMessage) => void, signal: AbortSignal): Promise<RecoveryReport> {
    const listing = this.#listing;
    if (listing === null) throw new Error('The queue folder was recovered already.');
    // Names of 100,000 files need not stay in memory.
    this.#listing = null;
    const options = {
      ports: this.#ports,
      paths: this.#paths,
      quarantine: this.#quarantine,
      flushQueue: this.#flushQueue,
      listing,
      trashed: new Set(this.trash.found.map(({ id }) => id)),
      moveStateToTrash: (id: MessageId) => this.trash.takeState(id),
    };
    return await recoverQueue(options, found, signal);
  }

  /** Null when there is none. */
  async #readState(id: MessageId): Promise<StateResult | null> {
    const path = this.#paths.state(id);
    try {
      return decodeState(await this.#ports.disk.readFile(path));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw storageProblem(path, 'be read', error);
    }
  }

  async #removeState(id: MessageId): Promise<void> {
    const path = this.#paths.state(id);
    await this.#ports.disk.remove(path).catch((error: unknown) => {
      this.#ports.log.error('state of a finished message could not be removed', error, { id, file: path });
    });
  }
}

/** A message file that is not there was taken away by somebody. */
const problemWith = (path: string, what: string, error: unknown): ProblemError =>
  errorCode(error) === 'ENOENT'
    ? new ProblemError(
        { code: 'notFound', message: `The message is not in the queue folder any more (${path}).` },
        error,
      )
    : storageProblem(path, what, error);
