/** The spool: the queue in memory over a store that keeps it. Everything the other units see of stored mail. */
import type { Attempt, MessageId } from '../../shared/contract/messages.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import { BadmailFolder } from './badmail.ts';
import { badmailNote } from './badmail-note.ts';
import { ChangeListeners } from './change-listeners.ts';
import { FreeSpace } from './free-space.ts';
import { IncomingMail } from './incoming-mail.ts';
import { openJournaledStore } from './journaled-store.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { createIdSource } from './message-ids.ts';
import type { FoundMessage, MessageStore } from './message-store.ts';
import { QueueIndex } from './queue-index.ts';
import { receivedLine } from './received-line.ts';
import { SharedValues } from './shared-values.ts';
import { spoolPaths } from './spool-paths.ts';
import { StorageHealth } from './storage-health.ts';
import { subjectOf } from './subject.ts';
import type { TakeOverResult, TakeOverSource, TakeOvers } from './take-over-types.ts';
import { TimedTrash } from './trash.ts';
import type {
  DeliveryRecord,
  Envelope,
  IncomingMessage,
  QueueEntry,
  RecoveryReport,
  Spool,
  SpoolChange,
  SpoolFolders,
  StoredMessage,
} from './types.ts';

type SpoolPorts = Pick<Ports, 'clock' | 'disk' | 'log' | 'random'>;

export interface SpoolOptions {
  /** Folder of one virtual server: `<data>/mailroot/<server>`. */
  readonly mailroot: string;
  readonly ports: SpoolPorts;
  /** For our Received line; asked for every message. */
  readonly fullyQualifiedName: () => string;
  /** In force at this moment. */
  readonly settings: () => Pick<ServerSettings, 'messages.badmailFolder' | 'alerts.freeSpaceFloor'>;
}

/** The spool as its neighbours in this unit see it. */
export interface OpenSpool extends Spool {
  readonly folders: SpoolFolders;
  /**
   * Makes a message of a file in another folder, once even if the process dies in between. Files that are no mail go to
   * Badmail when `source` comes from Pickup, and stay where they are otherwise.
   * @throws {ProblemError} 'storage', below the free-space floor as well; the file is then where it was.
   */
  takeOver(source: TakeOverSource): Promise<TakeOverResult>;
}

/**
 * Makes the folders if need be and begins to read them; resolves before they are read.
 * @throws {ProblemError} 'storage' when a folder cannot be made or listed.
 */
export async function openSpool(options: SpoolOptions): Promise<OpenSpool> {
  const { mailroot, ports, settings } = options;
  const paths = spoolPaths(mailroot, settings);
  const badmail: BadmailFolder = new BadmailFolder({
    ports,
    folder: () => paths.badmail,
    takeOver: (source) => spool.takeOver(source),
  });
  const spool = new StoredSpool(options, await openJournaledStore(ports, paths, badmail), badmail, paths);
  return spool;
}

class StoredSpool implements OpenSpool {
  readonly folders: SpoolFolders;
  readonly badmail: BadmailFolder;
  readonly trash: TimedTrash;
  readonly recovered: Promise<RecoveryReport>;
  readonly #options: SpoolOptions;
  readonly #store: MessageStore;
  readonly #takeOver: TakeOvers;
  readonly #freeSpace: FreeSpace;
  readonly #health = new StorageHealth();
  readonly #nextId: () => MessageId;
  readonly #index = new QueueIndex();
  readonly #shared = new SharedValues();
  readonly #perMessage = new KeyedQueue();
  readonly #incoming = new Set<IncomingMail>();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #listeners: ChangeListeners<SpoolChange>;
  readonly #closing = new AbortController();
  #recovering = true;

  constructor(options: SpoolOptions, store: MessageStore, badmail: BadmailFolder, folders: SpoolFolders) {
    const { ports, settings, fullyQualifiedName } = options;
    const floorBytes = (): number => settings()['alerts.freeSpaceFloor'];
    this.folders = folders;
    this.badmail = badmail;
    this.trash = new TimedTrash(ports, store.trash);
    this.#options = options;
    this.#store = store;
    this.#listeners = new ChangeListeners(ports.log);
    this.#freeSpace = new FreeSpace({ ports, folder: folders.queue, floorBytes });
    this.#nextId = createIdSource(ports, store.highestId);
    this.#takeOver = store.takeOver({ fullyQualifiedName, nextId: this.#nextId, queue: (id) => this.#queue(id) });
    this.recovered = this.#recover();
  }

  get recovering(): boolean {
    return this.#recovering;
  }

  get revision(): number {
    return this.#index.revision;
  }

  get size(): number {
    return this.#index.size;
  }

  get storageProblem(): string | null {
    return this.#health.problem;
  }

  get(id: MessageId): QueueEntry | undefined {
    return this.#index.get(id);
  }

  entries(): IterableIterator<QueueEntry> {
    return this.#index.entries();
  }

  begin(envelope: Envelope): Promise<IncomingMessage> {
    return this.#track(async () => {
      await this.#freeSpace.check();
      const id = this.#nextId();
      const failed = (error: unknown): void => this.#health.note(error);
      const file = await this.#store.begin(id, envelope).catch((error: unknown) => {
        failed(error);
        throw error;
      });
      const mail = new IncomingMail(id, file, {
        committed: (content) => this.#add({ id, envelope, ...content, record: null }),
        failed,
        ended: () => this.#incoming.delete(mail),
        track: (action) => this.#track(() => this.#health.watch(action)),
      });
      this.#incoming.add(mail);
      try {
        await mail.write(Buffer.from(receivedLine(envelope, this.#options.fullyQualifiedName(), id)));
      } catch (error) {
        await mail.abort();
        throw error;
      }
      return mail;
    });
  }

  read(id: MessageId): Promise<StoredMessage> {
    return this.#forMessage(id, async (entry) => ({ entry, ...(await this.#store.read(id)) }));
  }

  update(id: MessageId, record: DeliveryRecord, attempt?: Attempt): Promise<QueueEntry> {
    return this.#forMessage(id, async (before) => {
      await this.#health.watch(() => this.#store.writeState(id, record, attempt));
      const entry = { ...before, record: this.#shared.record(record) };
      this.#index.set(entry);
      this.#listeners.tell({ type: 'updated', entry });
      return entry;
    });
  }

  remove(id: MessageId): Promise<void> {
    return this.#forMessage(id, () => this.#health.watch(() => this.#store.remove(id, () => this.#drop(id))));
  }

  discard(id: MessageId): Promise<void> {
    return this.#forMessage(id, (entry) => this.#health.watch(() => this.trash.put(entry, () => this.#drop(id))));
  }

  restore(id: MessageId): Promise<QueueEntry> {
    return this.#track(() =>
      this.#perMessage.run(id, async () => {
        await this.#health.watch(() => this.trash.takeBack(id));
        return await this.#queue(id);
      }),
    );
  }

  takeOver(source: TakeOverSource): Promise<TakeOverResult> {
    const reject =
      source.protocol === 'Pickup'
        ? async (path: string, reason: string) => void (await this.badmail.take(path, source.name, reason))
        : undefined;
    return this.#track(async () => {
      await this.#freeSpace.check();
      return await this.#health.watch(() => this.#takeOver.take(source, reject));
    });
  }

  moveToBadmail(id: MessageId, reason: string): Promise<void> {
    return this.#forMessage(id, (entry) => {
      const note = badmailNote(entry, reason, this.#options.ports.clock.now());
      return this.#health.watch(() => this.#store.moveToBadmail(id, note, () => this.#drop(id)));
    });
  }

  onChange(listener: (change: SpoolChange) => void): () => void {
    return this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.recovered;
    await Promise.all([this.trash.close(), this.#takeOver.close()]);
    while (this.#underWay.size > 0 || this.#incoming.size > 0) {
      // Never acknowledged: the client sends them again. What is being committed is not touched by this.
      await Promise.all([...this.#incoming].map((mail) => mail.abort()));
      await Promise.allSettled(this.#underWay);
    }
    await this.#store.close();
  }

  async #recover(): Promise<RecoveryReport> {
    try {
      const report = await this.#store.recover((message) => this.#add(message), this.#closing.signal);
      await this.trash.recover(this.#closing.signal);
      if (!this.#closing.signal.aborted) await this.#takeOver.recover();
      return report;
    } finally {
      this.#recovering = false;
    }
  }

  /** A message of the queue folder becomes part of the queue. */
  async #queue(id: MessageId): Promise<QueueEntry> {
    return this.#index.get(id) ?? this.#add(await this.#store.find(id));
  }

  #add(message: FoundMessage): QueueEntry {
    const entry = this.#newEntry(message);
    this.#index.set(entry);
    this.#listeners.tell({ type: 'added', entry });
    return entry;
  }

  #newEntry({ id, envelope, record, contentBytes, contentStart }: FoundMessage): QueueEntry {
    return {
      id,
      sender: this.#shared.text(envelope.sender),
      subject: this.#shared.text(subjectOf(contentStart)),
      sizeBytes: contentBytes,
      receivedAtMs: envelope.receivedAtMs,
      record:
        record === null
          ? this.#shared.freshRecord(envelope.recipients.map(({ address }) => address))
          : this.#shared.record(record),
    };
  }

  /** Runs alone for this message. A message that somebody took out of the folder leaves the list as well. */
  #forMessage<Answer>(id: MessageId, action: (entry: QueueEntry) => Promise<Answer>): Promise<Answer> {
    return this.#track(() =>
      this.#perMessage.run(id, async () => {
        const entry = this.#index.get(id);
        if (entry === undefined) throw problem('notFound', `There is no message ${id} in the queue any more.`);
        try {
          return await action(entry);
        } catch (error) {
          if (error instanceof ProblemError && error.problem.code === 'notFound') {
            this.#options.ports.log.warn('message file was taken away', { id });
            this.#drop(id);
          }
          throw error;
        }
      }),
    );
  }

  #drop(id: MessageId): void {
    if (this.#index.delete(id)) this.#listeners.tell({ type: 'removed', id });
  }

  /** @throws {ProblemError} 'notPossible' once the spool is being closed. */
  async #track<Answer>(action: () => Promise<Answer>): Promise<Answer> {
    if (this.#closing.signal.aborted) throw problem('notPossible', 'The queue is closed because the relay stops.');
    const running = action();
    this.#underWay.add(running);
    try {
      return await running;
    } finally {
      this.#underWay.delete(running);
    }
  }
}
