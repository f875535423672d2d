/** Messages in the queue folder, a file each: what an administrator sees there. The journal before it is in journaled-store.ts. */
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
import { ownIdPattern } from './message-ids.ts';
import type { FoundMessage, IncomingFile, StoredFile } from './message-store.ts';
import { fileExists } from './move-file.ts';
import { type DamagedFile, Quarantine } from './quarantine.ts';
import { contentBytesOf, readFileStart } from './read-head.ts';
import { replaceFile } from './replace-file.ts';
import { classifyQueue, highestId, type QueueListing, type SpoolPaths } from './spool-paths.ts';
import { decodeState, encodeState, type StateResult, withAttempt } from './state-file.ts';
import { storageProblem } from './storage-problem.ts';
import { streamOf } from './stream-of.ts';
import { TakeOver } from './take-over.ts';
import type { TakeOverHooks, TakeOvers } from './take-over-types.ts';
import { TrashFolder } from './trash-folder.ts';
import type { DeliveryRecord, RecoveryReport } from './types.ts';

export type StorePorts = Pick<Ports, 'clock' | 'disk' | 'log'>;

/** Few messages have a longer head; those cost a second read. */
const headReadBytes = 16_384;
/** In whatever folder, with what is added to a name there; never one that is still being written. */
const messageFile = new RegExp(`^(${ownIdPattern})\\.(?:.*\\.)?eml(?:\\.\\d+)?$`);
const nothing = Buffer.alloc(0);

/**
 * Reads the names of the folders, not yet the files.
 * @param removed  Messages that must not come back, though the removal of their files may have been undone.
 * @throws {ProblemError} 'storage' when a folder cannot be read.
 */
export async function openFileStore(
  ports: StorePorts,
  paths: SpoolPaths,
  badmail: BadmailFolder,
  removed: ReadonlySet<MessageId>,
): Promise<FileStore> {
  const folders = [paths.queue, paths.damaged, paths.trash];
  const [queue = [], damaged = [], trash = []] = await Promise.all(folders.map((folder) => listFolder(ports, folder)));
  const badmailNames = await badmail.open();
  const names = [...[...queue, ...damaged, ...trash].map(({ name }) => name), ...badmailNames];
  return new FileStore(ports, paths, badmail, {
    listing: classifyQueue(await withoutRemoved(ports, paths, queue, removed)),
    names,
    damagedNames: damaged.map(({ name }) => name),
    trash,
  });
}

async function withoutRemoved(
  { disk }: StorePorts,
  paths: SpoolPaths,
  entries: readonly FileEntry[],
  removed: ReadonlySet<MessageId>,
): Promise<readonly FileEntry[]> {
  if (removed.size === 0) return entries;
  const kept: FileEntry[] = [];
  for (const entry of entries) {
    const id = entry.name.replace(/\.eml$/, '');
    if (id === entry.name || !removed.has(id)) kept.push(entry);
    else {
      await disk.remove(paths.message(id)).catch((error: unknown) => {
        throw storageProblem(paths.message(id), 'be removed, though it was delivered', error);
      });
    }
  }
  return kept;
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
  /** Of all folders a message may be in. */
  readonly names: readonly string[];
  readonly damagedNames: readonly string[];
  readonly trash: readonly FileEntry[];
}

export class FileStore {
  readonly highestId: MessageId | undefined;
  readonly trash: TrashFolder;
  readonly #ports: StorePorts;
  readonly #paths: SpoolPaths;
  readonly #badmail: BadmailFolder;
  readonly #quarantine: Quarantine;
  readonly #flushQueue: () => Promise<void>;
  readonly #takeOvers: readonly MessageId[];
  /** Messages that have a state file: most never get one, and are not asked for it. */
  readonly #withState: Set<MessageId>;
  /** Until the folder is read. */
  #names: readonly string[];
  #listing: QueueListing | null;

  constructor(ports: StorePorts, paths: SpoolPaths, badmail: BadmailFolder, found: FoundAtOpen) {
    const { names, listing, damagedNames, trash } = found;
    this.highestId = highestId(names);
    this.#names = names;
    this.#withState = new Set(listing.states);
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

  /** Which of these messages have a file in one of the folders. Until `recover`. */
  filed(ids: Iterable<MessageId>): ReadonlySet<MessageId> {
    const wanted = new Set(ids);
    const found = this.#names.flatMap((name) => messageFile.exec(name)?.[1] ?? []);
    return new Set(found.filter((id) => wanted.has(id)));
  }

  /** Durable, as `MessageStore` says of all of these. */
  get flushQueue(): () => Promise<void> {
    return this.#flushQueue;
  }

  /** Takes a file elsewhere that cannot be used to where somebody finds it. Never rejects. */
  async setAside(path: string): Promise<void> {
    await this.#quarantine.takeFrom(
      path,
      'the journal folder',
      'Part of it is damaged. What could be read of it is in the queue.',
    );
  }

  takeOver(hooks: TakeOverHooks): TakeOvers {
    return new TakeOver({
      ...hooks,
      ports: this.#ports,
      paths: this.#paths,
      quarantine: this.#quarantine,
      flushQueue: this.#flushQueue,
      begin: (id, envelope) => this.createFile(id, encodeHead(envelope)),
      found: this.#takeOvers,
    });
  }

  async createFile(id: MessageId, head: Buffer): Promise<IncomingFile> {
    const options = { ports: this.#ports, paths: this.#paths, flushQueue: this.#flushQueue };
    return await createIncomingFile(options, id, head);
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
          // Most mail is small enough to have come along with its head.
          if (inMemory !== null || startBytes >= end) return streamOf(inMemory?.subarray(startBytes, end) ?? nothing);
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
    if (withState) this.#withState.add(id);
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
    this.#withState.add(id);
    try {
      await replaceFile(this.#ports.disk, path, bytes);
      await this.#flushQueue();
    } catch (error) {
      throw storageProblem(path, 'be written', error);
    }
  }

  /** @param settle  Makes the removal durable. */
  async remove(id: MessageId, gone: () => void, settle: () => Promise<unknown>): Promise<void> {
    const path = this.#paths.message(id);
    try {
      // The message first: a state without a message is harmless and swept at start-up. The other way round a crash
      // between the two would leave a delivered message looking like a new one.
      await this.#ports.disk.remove(path);
      gone();
      await settle();
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
    this.#names = [];
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
    if (!this.#withState.has(id)) return null;
    const path = this.#paths.state(id);
    try {
      return decodeState(await this.#ports.disk.readFile(path));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw storageProblem(path, 'be read', error);
    }
  }

  async #removeState(id: MessageId): Promise<void> {
    if (!this.#withState.delete(id)) return;
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
