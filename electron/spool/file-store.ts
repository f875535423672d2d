/** The message store with a file per message: what an administrator sees in the queue folder is all there is. */
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { decodeTime } from 'ulid';
import type { Attempt, MessageId } from '../../shared/contract/messages.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { FileEntry } from '../base/disk.ts';
import { errorCode } from '../base/error-code.ts';
import type { Ports } from '../base/ports.ts';
import { recoverQueue } from './file-recovery.ts';
import { createGroupFlush } from './group-flush.ts';
import { createIncomingFile } from './incoming-file.ts';
import { encodeHead } from './message-file.ts';
import type { FoundMessage, IncomingFile, MessageStore, StoredFile } from './message-store.ts';
import { Quarantine } from './quarantine.ts';
import { contentBytesOf, readFileStart } from './read-head.ts';
import { replaceFile } from './replace-file.ts';
import { classifyQueue, highestId, type QueueListing, type SpoolPaths } from './spool-paths.ts';
import { decodeState, encodeState, type StateResult, withAttempt } from './state-file.ts';
import { storageProblem } from './storage-problem.ts';
import type { DeliveryRecord, Envelope, RecoveryReport } from './types.ts';

export type StorePorts = Pick<Ports, 'clock' | 'disk' | 'log'>;

/** Few messages have a longer head; those cost a second read. */
const headReadBytes = 16_384;

/**
 * Makes the folders and reads their names, not yet the files.
 * @throws {ProblemError} 'storage' when a folder cannot be made or read.
 */
export async function openFileStore(ports: StorePorts, paths: SpoolPaths): Promise<MessageStore> {
  const folders = [paths.queue, paths.badmail, paths.damaged];
  await makeFolders(ports, paths.mailroot, folders);
  const [queue = [], badmail = [], damaged = []] = await Promise.all(
    folders.map((folder) => listFolder(ports, folder)),
  );
  const names = [...queue, ...badmail, ...damaged].map(({ name }) => name);
  return new FileStore(ports, paths, {
    listing: classifyQueue(queue),
    highestId: highestId(names),
    badmailCount: badmail.filter(({ name, isFile }) => isFile && name.endsWith('.eml')).length,
    damagedNames: damaged.map(({ name }) => name),
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
  readonly badmailCount: number;
  readonly damagedNames: readonly string[];
}

class FileStore implements MessageStore {
  readonly highestId: MessageId | undefined;
  readonly #ports: StorePorts;
  readonly #paths: SpoolPaths;
  readonly #quarantine: Quarantine;
  readonly #flushQueue: () => Promise<void>;
  #listing: QueueListing | null;
  #badmailCount: number;

  constructor(ports: StorePorts, paths: SpoolPaths, found: FoundAtOpen) {
    this.highestId = found.highestId;
    this.#ports = ports;
    this.#paths = paths;
    this.#quarantine = new Quarantine(ports, paths, found.damagedNames);
    this.#flushQueue = createGroupFlush(() => ports.disk.syncFolder(paths.queue));
    this.#listing = found.listing;
    this.#badmailCount = found.badmailCount;
  }

  get badmailCount(): number {
    return this.#badmailCount;
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
      return {
        envelope,
        attempts: state?.kind === 'state' ? state.state.attempts : [],
        contentBytes,
        content({ startBytes, endBytes = contentBytes } = { startBytes: 0 }) {
          const end = Math.min(endBytes, contentBytes);
          if (startBytes >= end) return Readable.from([], { objectMode: false });
          return disk.readStream(path, { start: contentOffsetBytes + startBytes, end: contentOffsetBytes + end - 1 });
        },
      };
    } catch (error) {
      throw problemWith(path, 'be read', error);
    }
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
    const { disk } = this.#ports;
    const target = this.#paths.badmailMessage(id);
    try {
      await disk.ensureFolder(this.#paths.badmail);
      // The reason first: a crash before the rename leaves the message in the queue, where it will be tried again.
      await replaceFile(disk, this.#paths.badmailReason(id), Buffer.from(note));
      await disk.rename(this.#paths.message(id), target);
      this.#badmailCount += 1;
      gone();
      // The new name before the loss of the old one: at no moment is there neither.
      await disk.syncFolder(this.#paths.badmail);
      await this.#flushQueue();
    } catch (error) {
      throw problemWith(target, 'be written', error);
    }
    await this.#removeState(id);
  }

  async recover(found: (message: FoundMessage) => void, signal: AbortSignal): Promise<RecoveryReport> {
    const listing = this.#listing;
    if (listing === null) throw new Error('The queue folder was recovered already.');
    // Names of 100,000 files need not stay in memory.
    this.#listing = null;
    const options = { ports: this.#ports, paths: this.#paths, quarantine: this.#quarantine, listing };
    return await recoverQueue({ ...options, flushQueue: this.#flushQueue }, found, signal);
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
