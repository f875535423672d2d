import type { Readable } from 'node:stream';
import type { Attempt, MessageId } from '../../shared/contract/messages.ts';
import type { TakeOverHooks, TakeOvers } from './take-over-types.ts';
import type { TrashedFile } from './trash-name.ts';
import type { DeliveryRecord, Envelope, RecoveryReport } from './types.ts';

export interface IncomingFile {
  write(chunk: Uint8Array): Promise<void>;
  /** Resolves once the message would survive a power loss. After a failure nothing of it is left, if the disk lets us. */
  commit(): Promise<void>;
  /** Never throws; does nothing after `commit`. */
  abort(): Promise<void>;
}

export interface StoredFile {
  readonly envelope: Envelope;
  readonly attempts: readonly Attempt[];
  readonly contentBytes: number;
  content(range?: { readonly startBytes: number; readonly endBytes?: number }): Readable;
}

export interface FoundMessage {
  readonly id: MessageId;
  readonly envelope: Envelope;
  /** Null when nothing has happened to it yet. */
  readonly record: DeliveryRecord | null;
  readonly contentBytes: number;
  /** The first bytes of the content, enough to find the subject. */
  readonly contentStart: Buffer;
}

/** What the file of a message holds. */
export type FileContent =
  | ({ readonly kind: 'message' } & Pick<FoundMessage, 'envelope' | 'contentBytes' | 'contentStart'>)
  | { readonly kind: 'malformed'; readonly reason: string };

/** Deleted messages, until they are removed for good. Methods reject with {ProblemError} 'storage'. */
export interface TrashStore {
  /** What earlier runs left. */
  readonly found: readonly TrashedFile[];
  /** Makes an end of what a crash left half done. Never rejects. */
  sweep(): Promise<void>;
  /** @throws what the disk throws. */
  read(file: TrashedFile): Promise<FileContent>;
  /**
   * Out of the queue.
   * @param gone  Called when it is out of the queue, even if making that durable fails afterwards.
   * @throws {ProblemError} 'notFound' when somebody took the message away.
   */
  put(file: TrashedFile, gone: () => void): Promise<void>;
  /** Back into the queue folder, with its state. @throws {ProblemError} 'notFound' when somebody took it away. */
  takeBack(file: TrashedFile): Promise<void>;
  purge(file: TrashedFile): Promise<void>;
}

/**
 * Where messages are kept: the durable half of the spool. It knows ids, envelopes and bytes; not what is queued, in
 * which order or why. The spool keeps the index on top of it and never touches a file itself.
 *
 * Every promise resolves when its effect is durable. Calls for the same id come one after the other.
 * All methods reject with {ProblemError} 'storage', with a sentence that names the file.
 */
export interface MessageStore {
  /** The highest id in use when the store was opened. New ids must be higher. */
  readonly highestId: MessageId | undefined;
  readonly trash: TrashStore;
  /** Makes messages of files elsewhere. Call once. */
  takeOver(hooks: TakeOverHooks): TakeOvers;
  begin(id: MessageId, envelope: Envelope): Promise<IncomingFile>;
  /** @throws {ProblemError} 'notFound' when somebody took the message away. */
  read(id: MessageId): Promise<StoredFile>;
  /**
   * A message of the queue folder that is not in the queue yet.
   * @throws {ProblemError} 'notFound' when it is gone or could not be used; then it is in `Damaged`, if the disk lets us.
   */
  find(id: MessageId): Promise<FoundMessage>;
  /** Replaces the record; adds the attempt to those stored. */
  writeState(id: MessageId, record: DeliveryRecord, attempt: Attempt | undefined): Promise<void>;
  /** @param gone  Called when the message is out of the queue, even if making that durable fails afterwards. */
  remove(id: MessageId, gone: () => void): Promise<void>;
  /**
   * @param note  Plain text for the file beside the message.
   * @param gone  As for `remove`.
   * @throws {ProblemError} 'notFound' when somebody took the message away.
   */
  moveToBadmail(id: MessageId, note: string, gone: () => void): Promise<void>;
  /**
   * Reads what earlier runs left: call once, with messages of this run already coming in. Never rejects.
   * @param found  Called for each message, roughly by arrival.
   * @param signal  Ends it early.
   */
  recover(found: (message: FoundMessage) => void, signal: AbortSignal): Promise<RecoveryReport>;
  /** Call once nothing else is under way. Never rejects. */
  close(): Promise<void>;
}
