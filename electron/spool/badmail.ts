/**
 * The Badmail folder: a message, or a file nobody can make sense of, as `<name>.eml`, and why it is there in `<name>.txt`.
 * Administrators work in it with the Explorer, so the folder is the truth and memory only saves reading it again.
 */
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { BadmailRow, EpochMs, MessageId } from '../../shared/contract/messages.ts';
import { type ProblemError, problem } from '../../shared/contract/problem.ts';
import { errorCode } from '../base/error-code.ts';
import type { Ports } from '../base/ports.ts';
import {
  type BadmailContent,
  type BadmailFile,
  badmailBaseName,
  badmailContent,
  badmailFiles,
  freeName,
  messageFileOf,
  noteFileOf,
} from './badmail-files.ts';
import { fileNote, reasonIn } from './badmail-note.ts';
import { ChangeListeners } from './change-listeners.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { maxHeadBytes } from './message-file.ts';
import { moveFile } from './move-file.ts';
import { replaceFile } from './replace-file.ts';
import { causeText, storageProblem } from './storage-problem.ts';
import type { TakeOverResult, TakeOverSource } from './take-over-types.ts';
import type { Badmail, BadmailMessage, QueueEntry } from './types.ts';

export interface BadmailOptions {
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log'>;
  /** Asked at each use: the setting may change. */
  readonly folder: () => string;
  readonly takeOver: (source: TakeOverSource) => Promise<TakeOverResult>;
}

const headReadBytes = 65_536;
const readGrowth = 8;
const noteReadBytes = 65_536;
const readers = 8;

interface KnownFile {
  /** Size and times of message and note: while they are the same, so is the rest. */
  readonly stamp: string;
  /** Null for a file that is not mail. */
  readonly row: BadmailRow | null;
}

export class BadmailFolder implements Badmail {
  readonly #options: BadmailOptions;
  readonly #listeners: ChangeListeners;
  /** A name is found free and used up in one go. */
  readonly #naming = new KeyedQueue();
  #known = new Map<string, KnownFile>();
  #count = 0;

  constructor(options: BadmailOptions) {
    this.#options = options;
    this.#listeners = new ChangeListeners(options.ports.log);
  }

  get count(): number {
    return this.#count;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /**
   * Makes the folder and counts its messages. Never rejects: a Badmail folder that cannot be reached stops no other mail.
   * @returns the names in it.
   */
  async open(): Promise<readonly string[]> {
    const { ports, folder } = this.#options;
    try {
      await ports.disk.ensureFolder(folder());
      const entries = await ports.disk.list(folder());
      this.#count = badmailFiles(entries).filter(({ isOurs }) => isOurs).length;
      return entries.map(({ name }) => name);
    } catch (error) {
      ports.log.error('Badmail folder cannot be used', error, { folder: folder() });
      return [];
    }
  }

  async list(): Promise<readonly BadmailRow[]> {
    const files = await this.#files();
    const known = new Map<string, KnownFile>();
    const remaining = files.values();
    const readFiles = async (): Promise<void> => {
      for (const file of remaining) {
        const read = await this.#know(file);
        if (read !== null) known.set(file.file, read);
      }
    };
    await Promise.all(Array.from({ length: readers }, readFiles));
    this.#known = known;
    const rows = [...known.values()].flatMap(({ row }) => row ?? []);
    this.#setCount(rows.length);
    return rows.sort((a, b) => b.movedAtMs - a.movedAtMs || (a.name < b.name ? -1 : 1));
  }

  async read(name: string): Promise<BadmailMessage> {
    const { disk } = this.#options.ports;
    const file = await this.#find(name);
    const path = this.#path(file.file);
    try {
      const { content, sizeBytes } = await this.#readStart(file);
      const note = await this.#readNote(file);
      const row = rowOf(file, content, { sizeBytes, movedAtMs: await this.#movedAtMs(file), note });
      const { contentOffsetBytes, recipients } = content;
      const contentBytes = sizeBytes - contentOffsetBytes;
      return {
        row,
        note,
        recipients,
        contentBytes,
        content({ startBytes, endBytes = contentBytes } = { startBytes: 0 }) {
          const end = Math.min(endBytes, contentBytes);
          if (startBytes >= end) return Readable.from([], { objectMode: false });
          return disk.readStream(path, { start: contentOffsetBytes + startBytes, end: contentOffsetBytes + end - 1 });
        },
      };
    } catch (error) {
      throw missingOr(error, name, () => storageProblem(path, 'be read', error));
    }
  }

  async resubmit(name: string): Promise<QueueEntry> {
    const { folder, takeOver } = this.#options;
    const file = await this.#find(name);
    const result = await takeOver({
      folder: folder(),
      name: file.file,
      note: file.note,
      protocol: 'local',
      limits: null,
    });
    if (result.kind === 'gone') throw notFound(name);
    if (result.kind === 'malformed') throw problem('notPossible', `${name} cannot be sent. ${result.reason}`);
    if (result.kind === 'held') throw storageProblem(this.#path(file.file), 'be taken', result.error);
    this.#setCount(this.#count - 1);
    return result.entry;
  }

  async remove(name: string): Promise<void> {
    const { ports, folder } = this.#options;
    const file = await this.#find(name);
    const path = this.#path(file.file);
    try {
      // The message first: a note alone is not listed.
      await ports.disk.remove(path);
      if (file.note !== null) await ports.disk.remove(this.#path(file.note));
      await ports.disk.syncFolder(folder());
    } catch (error) {
      throw storageProblem(path, 'be removed', error);
    }
    this.#setCount(this.#count - 1);
  }

  take(path: string, baseName: string, reason: string): Promise<string> {
    return this.#naming.run('', async () => {
      const { ports, folder } = this.#options;
      try {
        await ports.disk.ensureFolder(folder());
        const taken = new Set((await ports.disk.list(folder())).map(({ name }) => name));
        const name = freeName(badmailBaseName(baseName), taken);
        await this.#put(path, name, fileNote(baseName, reason, ports.clock.now()), () => undefined);
        return name;
      } catch (error) {
        throw storageProblem(path, `be moved to ${folder()}`, error);
      }
    });
  }

  /**
   * Takes a message of the queue. Done again after a crash, it replaces what the first time left.
   * @param gone  Called when it has left the queue folder.
   * @throws what the disk throws.
   */
  async takeMessage(path: string, id: MessageId, note: string, gone: () => void): Promise<void> {
    const { ports, folder } = this.#options;
    await ports.disk.ensureFolder(folder());
    await this.#put(path, id, note, gone);
  }

  /** The reason first: a crash before the move leaves the message where it was, where it will be tried again. */
  async #put(from: string, name: string, note: string, gone: () => void): Promise<void> {
    const { disk } = this.#options.ports;
    await replaceFile(disk, this.#path(noteFileOf(name)), Buffer.from(note));
    await moveFile(disk, from, this.#path(messageFileOf(name)), () => {
      gone();
      this.#setCount(this.#count + 1);
    });
  }

  #setCount(count: number): void {
    const before = this.#count;
    this.#count = Math.max(0, count);
    if (this.#count !== before) this.#listeners.tell();
  }

  #path(file: string): string {
    return join(this.#options.folder(), file);
  }

  async #files(): Promise<readonly BadmailFile[]> {
    const { ports, folder } = this.#options;
    try {
      return badmailFiles(await ports.disk.list(folder()));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw storageProblem(folder(), 'be read', error);
    }
  }

  async #find(name: string): Promise<BadmailFile> {
    const file = (await this.#files()).find((candidate) => candidate.name === name);
    if (file === undefined) throw notFound(name);
    return file;
  }

  /** From memory when nothing has changed. Null when the file is gone meanwhile. */
  async #know(file: BadmailFile): Promise<KnownFile | null> {
    const { disk, log } = this.#options.ports;
    const path = this.#path(file.file);
    try {
      const movedAtMs = await this.#movedAtMs(file);
      const stamp = [await disk.sizeBytes(path), await disk.modifiedAtMs(path), file.note, movedAtMs].join(' ');
      const known = this.#known.get(file.file);
      if (known?.stamp === stamp) return known;
      const { content, sizeBytes } = await this.#readStart(file);
      if (!file.isOurs && !content.isMail) return { stamp, row: null };
      const note = await this.#readNote(file);
      return { stamp, row: rowOf(file, content, { sizeBytes, movedAtMs, note }) };
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      log.error('file in Badmail could not be read', error, { file: path });
      if (!file.isOurs) return null;
      const facts = { sizeBytes: 0, movedAtMs: 0, note: `The file could not be read: ${causeText(error)}` };
      return { stamp: '', row: rowOf(file, unreadable, facts) };
    }
  }

  async #readStart(file: BadmailFile): Promise<{ readonly content: BadmailContent; readonly sizeBytes: number }> {
    const { disk } = this.#options.ports;
    const path = this.#path(file.file);
    for (let limitBytes = headReadBytes; ; limitBytes *= readGrowth) {
      const bytes = await disk.readHead(path, limitBytes);
      const whole = bytes.length < limitBytes || limitBytes >= maxHeadBytes;
      const content = badmailContent(bytes, whole);
      if (content !== null) return { content, sizeBytes: await disk.sizeBytes(path) };
      if (whole) return { content: unreadable, sizeBytes: await disk.sizeBytes(path) };
    }
  }

  async #readNote({ note }: BadmailFile): Promise<string> {
    if (note === null) return '';
    try {
      return (await this.#options.ports.disk.readHead(this.#path(note), noteReadBytes)).toString('utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return '';
      throw error;
    }
  }

  /** A moved file keeps its own time; its note was written when it was moved. */
  async #movedAtMs({ file, note }: BadmailFile): Promise<EpochMs> {
    return Math.max(0, await this.#options.ports.disk.modifiedAtMs(this.#path(note ?? file)));
  }
}

const unreadable: BadmailContent = { sender: '', recipients: [], subject: '', contentOffsetBytes: 0, isMail: false };

const rowOf = (
  { name }: BadmailFile,
  { sender, recipients, subject, contentOffsetBytes }: BadmailContent,
  { sizeBytes, movedAtMs, note }: { readonly sizeBytes: number; readonly movedAtMs: EpochMs; readonly note: string },
): BadmailRow => ({
  name,
  sender,
  recipient: recipients[0] ?? '',
  recipientCount: recipients.length,
  subject,
  sizeBytes: Math.max(0, sizeBytes - contentOffsetBytes),
  movedAtMs,
  reason: reasonIn(note),
});

const notFound = (name: string): ProblemError =>
  problem('notFound', `There is no ${name} in the Badmail folder any more.`);

const missingOr = (error: unknown, name: string, otherwise: () => ProblemError): ProblemError =>
  errorCode(error) === 'ENOENT' ? notFound(name) : otherwise();
