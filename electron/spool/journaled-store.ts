/**
 * The message store with a journal before the queue folder: a message is durable when its record is, and gets its file
 * when it is not delivered at once. Everything but taking in, reading and removing works on files, and so makes one first.
 */
import { dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { decodeTime } from 'ulid';
import type { Attempt, MessageId } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import type { BadmailFolder } from './badmail.ts';
import { type FileStore, openFileStore, type StorePorts } from './file-store.ts';
import { Journal } from './journal.ts';
import { type JournalContent, type JournalPlace, replayJournal } from './journal-replay.ts';
import { JournaledFile } from './journaled-file.ts';
import { decodeHead, encodeHead } from './message-file.ts';
import type { FoundMessage, IncomingFile, MessageStore, StoredFile, TrashStore } from './message-store.ts';
import type { DamagedFile } from './quarantine.ts';
import { highestId, type SpoolPaths } from './spool-paths.ts';
import { causeText, storageProblem } from './storage-problem.ts';
import { streamOf } from './stream-of.ts';
import { subjectSearchBytes } from './subject.ts';
import type { TakeOverHooks, TakeOvers } from './take-over-types.ts';
import type { TrashedFile } from './trash-name.ts';
import type { DeliveryRecord, Envelope, RecoveryReport } from './types.ts';
import { UnfiledMail } from './unfiled-mail.ts';

/** A system that shuts down waits a few seconds; the journal keeps the rest. */
const filingAtCloseMs = 2_000;

/**
 * Makes the folders, reads their names and the journal, not yet the files.
 * @throws {ProblemError} 'storage' when a folder cannot be made or read.
 */
export async function openJournaledStore(
  ports: StorePorts,
  paths: SpoolPaths,
  badmail: BadmailFolder,
): Promise<MessageStore> {
  await makeFolders(ports, paths);
  const content = await replayJournal(ports, paths.journal).catch((error: unknown) => {
    throw storageProblem(paths.journal, 'be read', error);
  });
  const files = await openFileStore(ports, paths, badmail, content.removed);
  return new JournaledStore(ports, paths, files, content);
}

async function makeFolders({ disk }: StorePorts, paths: SpoolPaths): Promise<void> {
  const { mailroot, queue, damaged, trash, journal } = paths;
  try {
    for (const folder of [queue, damaged, trash, journal]) await disk.ensureFolder(folder);
    await disk.syncFolder(mailroot);
    await disk.syncFolder(dirname(mailroot));
  } catch (error) {
    throw storageProblem(mailroot, 'be prepared', error);
  }
}

class JournaledStore implements MessageStore {
  readonly highestId: MessageId | undefined;
  readonly trash: TrashStore;
  readonly #ports: StorePorts;
  readonly #files: FileStore;
  readonly #journal: Journal;
  readonly #unfiled: UnfiledMail;
  /** What earlier runs left in the journal alone, until it is recovered. */
  #found: readonly (readonly [MessageId, JournalPlace])[];
  readonly #damaged: readonly DamagedFile[];

  constructor(ports: StorePorts, paths: SpoolPaths, files: FileStore, content: JournalContent) {
    this.#ports = ports;
    this.#files = files;
    this.#damaged = content.damaged;
    this.#journal = new Journal({
      ports,
      folder: paths.journal,
      found: content,
      flushQueue: files.flushQueue,
      setAside: (path) => files.setAside(path),
    });
    this.#unfiled = new UnfiledMail({
      ports,
      journal: this.#journal,
      writeFile: async (id, bytes) => await (await files.createFile(id, bytes)).commit(),
    });
    // The relay ended between the two.
    const filed = files.filed(content.unfiled.keys());
    this.#found = [...content.unfiled].filter(([id, { segment }]) => {
      if (!filed.has(id)) return true;
      segment.unfiled -= 1;
      return false;
    });
    this.highestId = highestId([
      ...(files.highestId === undefined ? [] : [`${files.highestId}.`]),
      ...[...content.unfiled.keys(), ...content.removed].map((id) => `${id}.`),
    ]);
    this.trash = new TrashBehindJournal(files.trash, (id) => this.#unfiled.file(id));
  }

  takeOver(hooks: TakeOverHooks): TakeOvers {
    return this.#files.takeOver(hooks);
  }

  async begin(id: MessageId, envelope: Envelope): Promise<IncomingFile> {
    const head = encodeHead(envelope);
    if (this.#journal.isFull) return await this.#files.createFile(id, head);
    return new JournaledFile({
      id,
      head,
      keep: (bytes) => this.#keep(id, bytes),
      createFile: (start) => this.#files.createFile(id, start),
    });
  }

  async #keep(id: MessageId, bytes: Buffer): Promise<void> {
    try {
      this.#unfiled.add(id, await this.#journal.append({ kind: 'message', id, bytes }), bytes);
    } catch (error) {
      throw storageProblem(this.#journal.folder, 'be written', error);
    }
  }

  async read(id: MessageId): Promise<StoredFile> {
    const bytes = await this.#readUnfiled(id);
    if (bytes === null) return await this.#files.read(id);
    const head = decodeHead({ bytes, whole: true, arrivedAtMs: decodeTime(id) });
    if (head.kind !== 'head') throw problem('storage', `Message ${id} cannot be read in ${this.#journal.folder}.`);
    const content = bytes.subarray(head.contentOffsetBytes);
    return {
      envelope: head.envelope,
      attempts: [],
      contentBytes: content.length,
      content: ({ startBytes, endBytes = content.length } = { startBytes: 0 }) =>
        streamOf(content.subarray(startBytes, endBytes)),
    };
  }

  async #readUnfiled(id: MessageId): Promise<Buffer | null> {
    try {
      return await this.#unfiled.read(id);
    } catch (error) {
      throw storageProblem(this.#journal.folder, 'be read', error);
    }
  }

  find(id: MessageId): Promise<FoundMessage> {
    return this.#files.find(id);
  }

  async writeState(id: MessageId, record: DeliveryRecord, attempt: Attempt | undefined): Promise<void> {
    await this.#unfiled.file(id);
    await this.#files.writeState(id, record, attempt);
  }

  async remove(id: MessageId, gone: () => void): Promise<void> {
    try {
      if (await this.#unfiled.remove(id)) {
        gone();
        return;
      }
    } catch (error) {
      throw storageProblem(this.#journal.folder, 'be written', error);
    }
    // A line in the journal instead of a flush of the folder: one flush for what comes and what goes.
    const settle = (): Promise<unknown> =>
      this.#journal.append({ kind: 'removed', id }).catch(() => this.#files.flushQueue());
    await this.#files.remove(id, gone, settle);
  }

  async moveToBadmail(id: MessageId, note: string, gone: () => void): Promise<void> {
    await this.#unfiled.file(id);
    await this.#files.moveToBadmail(id, note, gone);
  }

  async recover(found: (message: FoundMessage) => void, signal: AbortSignal): Promise<RecoveryReport> {
    const report = await this.#files.recover(found, signal);
    const damaged = [...this.#damaged, ...report.damaged];
    const fromJournal = this.#found;
    this.#found = [];
    let messages = 0;
    for (const [id, place] of fromJournal) {
      if (signal.aborted) break;
      this.#unfiled.add(id, place, null);
      try {
        found(await this.#foundMessage(id));
        messages += 1;
      } catch (error) {
        this.#ports.log.error('message in the journal could not be read', error, { id });
        damaged.push({ file: `${id}.eml`, reason: `It is in the journal and could not be read: ${causeText(error)}` });
      }
    }
    this.#journal.retire();
    return { ...report, messages: report.messages + messages, damaged };
  }

  async #foundMessage(id: MessageId): Promise<FoundMessage> {
    const { envelope, contentBytes, content } = await this.read(id);
    const contentStart = await buffer(content({ startBytes: 0, endBytes: subjectSearchBytes }));
    return { id, envelope, record: null, contentBytes, contentStart };
  }

  async close(): Promise<void> {
    await this.#unfiled.close(filingAtCloseMs);
    await this.#journal.close();
  }
}

/** A message is deleted as a file. */
class TrashBehindJournal implements TrashStore {
  readonly #trash: TrashStore;
  readonly #file: (id: MessageId) => Promise<void>;

  constructor(trash: TrashStore, file: (id: MessageId) => Promise<void>) {
    this.#trash = trash;
    this.#file = file;
  }

  get found(): TrashStore['found'] {
    return this.#trash.found;
  }

  async put(file: TrashedFile, gone: () => void): Promise<void> {
    await this.#file(file.id);
    await this.#trash.put(file, gone);
  }

  sweep = (): Promise<void> => this.#trash.sweep();
  read: TrashStore['read'] = (file) => this.#trash.read(file);
  takeBack: TrashStore['takeBack'] = (file) => this.#trash.takeBack(file);
  purge: TrashStore['purge'] = (file) => this.#trash.purge(file);
}
