/** The spool: the queue in memory over a store that keeps it. Everything the other units see of stored mail. */
import type { Attempt, MessageId } from '../../shared/contract/messages.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { Ports } from '../base/ports.ts';
import { badmailNote } from './badmail-note.ts';
import { openFileStore } from './file-store.ts';
import { FreeSpace } from './free-space.ts';
import { IncomingMail } from './incoming-mail.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { createIdSource } from './message-ids.ts';
import type { FoundMessage, MessageStore } from './message-store.ts';
import { QueueIndex } from './queue-index.ts';
import { receivedLine } from './received-line.ts';
import { SharedValues } from './shared-values.ts';
import { spoolPaths } from './spool-paths.ts';
import { subjectOf } from './subject.ts';
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
  /** With less than this free, no new mail is taken in. */
  readonly freeSpaceFloorBytes: number;
}

/**
 * Makes the folders if need be and begins to read them; resolves before they are read.
 * @throws {ProblemError} 'storage' when a folder cannot be made or listed.
 */
export async function openSpool(options: SpoolOptions): Promise<Spool & { readonly folders: SpoolFolders }> {
  const paths = spoolPaths(options.mailroot);
  const store = await openFileStore(options.ports, paths);
  const { queue, badmail, damaged } = paths;
  return new StoredSpool(options, store, { queue, badmail, damaged });
}

class StoredSpool implements Spool {
  readonly folders: SpoolFolders;
  readonly recovered: Promise<RecoveryReport>;
  readonly #options: SpoolOptions;
  readonly #store: MessageStore;
  readonly #freeSpace: FreeSpace;
  readonly #nextId: () => MessageId;
  readonly #index = new QueueIndex();
  readonly #shared = new SharedValues();
  readonly #perMessage = new KeyedQueue();
  readonly #incoming = new Set<IncomingMail>();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #listeners = new Set<(change: SpoolChange) => void>();
  readonly #closing = new AbortController();
  #recovering = true;

  constructor(options: SpoolOptions, store: MessageStore, folders: SpoolFolders) {
    const { ports, freeSpaceFloorBytes: floorBytes } = options;
    this.folders = folders;
    this.#options = options;
    this.#store = store;
    this.#freeSpace = new FreeSpace({ ports, folder: folders.queue, floorBytes });
    this.#nextId = createIdSource(ports, store.highestId);
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

  get badmailCount(): number {
    return this.#store.badmailCount;
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
      const file = await this.#store.begin(id, envelope);
      const mail = new IncomingMail(id, file, {
        committed: ({ contentBytes, contentStart }) => {
          const entry = this.#newEntry({ id, envelope, contentBytes, contentStart, record: null });
          this.#index.set(entry);
          this.#emit({ type: 'added', entry });
          return entry;
        },
        ended: () => this.#incoming.delete(mail),
        track: (action) => this.#track(action),
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
      await this.#store.writeState(id, record, attempt);
      const entry = { ...before, record: this.#shared.record(record) };
      this.#index.set(entry);
      this.#emit({ type: 'updated', entry });
      return entry;
    });
  }

  remove(id: MessageId): Promise<void> {
    return this.#forMessage(id, () => this.#store.remove(id, () => this.#drop(id)));
  }

  moveToBadmail(id: MessageId, reason: string): Promise<void> {
    return this.#forMessage(id, (entry) => {
      const note = badmailNote(entry, reason, this.#options.ports.clock.now());
      return this.#store.moveToBadmail(id, note, () => this.#drop(id));
    });
  }

  onChange(listener: (change: SpoolChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.recovered;
    while (this.#underWay.size > 0 || this.#incoming.size > 0) {
      // Never acknowledged: the client sends them again. What is being committed is not touched by this.
      await Promise.all([...this.#incoming].map((mail) => mail.abort()));
      await Promise.allSettled(this.#underWay);
    }
  }

  async #recover(): Promise<RecoveryReport> {
    try {
      return await this.#store.recover((message) => {
        const entry = this.#newEntry(message);
        this.#index.set(entry);
        this.#emit({ type: 'added', entry });
      }, this.#closing.signal);
    } finally {
      this.#recovering = false;
    }
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
    if (this.#index.delete(id)) this.#emit({ type: 'removed', id });
  }

  #emit(change: SpoolChange): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        // The message is stored: a listener's fault must not turn its 250 into a refusal.
        this.#options.ports.log.error('listener of the spool failed', error, { change: change.type });
      }
    }
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
