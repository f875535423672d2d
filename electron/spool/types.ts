/** What the spool promises to the listener (accept) and to delivery (read, update, remove). */
import type { Readable } from 'node:stream';
import type {
  Attempt,
  BadmailRow,
  EpochMs,
  Failure,
  MessageId,
  RecipientState,
  TrashRow,
} from '../../shared/contract/messages.ts';

/** RFC 3461 parameters of one recipient. */
export interface RecipientDsn {
  /** 'NEVER' alone, or any of the others; absent means the default (FAILURE, DELAY). */
  readonly notify?: readonly ('NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY')[];
  /** As received, for example 'rfc822;user@example.org', xtext-decoded. */
  readonly orcpt?: string;
}

export interface EnvelopeRecipient {
  readonly address: string;
  readonly dsn: RecipientDsn;
}

/** Everything known before the first byte of the message. Fixed once accepted. */
export interface Envelope {
  /** Empty for a report (null sender). */
  readonly sender: string;
  /** 1 or more. */
  readonly recipients: readonly EnvelopeRecipient[];
  readonly receivedAtMs: EpochMs;
  readonly clientAddress: string;
  readonly heloName: string;
  /** For the Received line (RFC 3848): 'SMTP', 'ESMTP', 'ESMTPS', 'UTF8SMTP'…; 'local' for mail made here, 'Pickup'. */
  readonly protocol: string;
  readonly body: '7BIT' | '8BITMIME';
  readonly smtpUtf8: boolean;
  readonly dsn: { readonly ret?: 'FULL' | 'HDRS'; readonly envid?: string };
  /** Set when the client has proved who it is. */
  readonly authenticatedUser?: string;
  /** What the client's address is called in DNS, for the Received line: asked only when so set, never waited for. */
  readonly reverseLookup?: { readonly result: 'verified' | 'unverified' | 'failed'; readonly name?: string };
}

/** Delivery state of one recipient. Plain data: written to `<id>.json` as it is. */
export interface RecipientRecord {
  readonly address: string;
  readonly state: RecipientState;
  readonly attempts: number;
  /** 0 = as soon as possible. */
  readonly nextAttemptAtMs: EpochMs;
  readonly lastFailure: Failure | null;
  readonly deliveredAtMs: EpochMs | null;
}

/** The part of a message's life that changes. On disk only once an attempt failed or an operator acted. */
export interface DeliveryRecord {
  readonly held: boolean;
  /** Failed for good, and the report could not be made yet. */
  readonly failed: boolean;
  readonly recipients: readonly RecipientRecord[];
  /** The sender was told that it takes long. Absent means no. */
  readonly delayReported?: true;
  /** Smart hosts an operator chose for this message alone. */
  readonly route?: readonly string[];
  /** An operator released it from a remote domain that holds its mail. */
  readonly released?: true;
}

/** A queued message in memory: enough for the list and for the scheduler, about 1 KB. */
export interface QueueEntry {
  readonly id: MessageId;
  readonly sender: string;
  readonly subject: string;
  /** The message as it goes out. */
  readonly sizeBytes: number;
  readonly receivedAtMs: EpochMs;
  readonly record: DeliveryRecord;
}

/** The message while DATA arrives. Bounded memory: a slow disk slows `write`. */
export interface IncomingMessage {
  readonly id: MessageId;
  write(chunk: Uint8Array): Promise<void>;
  /** Takes responsibility: resolves once file and folder are flushed. Only then may the session answer 250. */
  commit(): Promise<QueueEntry>;
  /** Forgets the message and removes what was written. Never throws. */
  abort(): Promise<void>;
}

export interface StoredMessage {
  readonly entry: QueueEntry;
  readonly envelope: Envelope;
  /** Oldest first; the first and the latest ones of very many. */
  readonly attempts: readonly Attempt[];
  /** The message as it goes out: our Received line, then the bytes as received. */
  readonly contentBytes: number;
  /** `endBytes` is exclusive. The stream holds the file open until it ends or is destroyed. */
  content(range?: { readonly startBytes: number; readonly endBytes?: number }): Readable;
}

export interface RecoveryReport {
  readonly messages: number;
  /** Unfinished files of a crash; never acknowledged, so they were removed. */
  readonly sweptFiles: number;
  /** Files that could not be read, moved to `Damaged` beside the queue with a sentence each. */
  readonly damaged: readonly { readonly file: string; readonly reason: string }[];
}

export type SpoolChange =
  | { readonly type: 'added' | 'updated'; readonly entry: QueueEntry }
  | { readonly type: 'removed'; readonly id: MessageId };

/** Every accepted message until it is delivered, failed or removed. Knows files; not SMTP dialogue, not retry times. */
export interface Spool {
  /** Settles when start-up has read the folder. New mail is accepted before that. */
  readonly recovered: Promise<RecoveryReport>;
  readonly recovering: boolean;
  /** Grows with every change of the index. */
  readonly revision: number;
  readonly size: number;
  readonly badmail: Badmail;
  readonly trash: Trash;
  /** The last write that failed, as a sentence; null once one has succeeded after it. */
  readonly storageProblem: string | null;

  /**
   * Opens a file for a message.
   * @throws {ProblemError} code 'storage' below the free-space floor or when the folder cannot be written.
   */
  begin(envelope: Envelope): Promise<IncomingMessage>;
  get(id: MessageId): QueueEntry | undefined;
  /** By arrival. */
  entries(): IterableIterator<QueueEntry>;
  /** @throws {ProblemError} 'notFound' when it is gone, 'storage' when its file cannot be read. */
  read(id: MessageId): Promise<StoredMessage>;
  /** Stores a new record, and an attempt with it if one is given. Durable once resolved. */
  update(id: MessageId, record: DeliveryRecord, attempt?: Attempt): Promise<QueueEntry>;
  /** Takes a finished message out of the queue. Durable once resolved. */
  remove(id: MessageId): Promise<void>;
  /** Takes a deleted message out of the queue into the trash. Durable once resolved. */
  discard(id: MessageId): Promise<void>;
  /** Back from the trash into the queue, as it was. @throws {ProblemError} 'notFound' when its time is over. */
  restore(id: MessageId): Promise<QueueEntry>;
  /** Moves a message that could be neither delivered nor returned, with the reason in a text file beside it. */
  moveToBadmail(id: MessageId, reason: string): Promise<void>;
  onChange(listener: (change: SpoolChange) => void): () => void;
  /** Waits for writes under way. */
  close(): Promise<void>;
}

export interface SpoolFolders {
  readonly mailroot: string;
  readonly queue: string;
  readonly badmail: string;
  readonly damaged: string;
  readonly trash: string;
}

/** Deleted messages, kept for ten minutes. */
export interface Trash {
  readonly count: number;
  /** The latest first. */
  list(): readonly TrashRow[];
  onChange(listener: () => void): () => void;
}

export interface BadmailMessage {
  readonly row: BadmailRow;
  readonly note: string;
  readonly recipients: readonly string[];
  readonly contentBytes: number;
  content(range?: { readonly startBytes: number; readonly endBytes?: number }): Readable;
}

/** Mail that could be neither delivered nor returned, and Pickup files nobody can make sense of. */
export interface Badmail {
  readonly count: number;
  /** The latest first. Looks at the folder each time: administrators work in it with the Explorer. */
  list(): Promise<readonly BadmailRow[]>;
  /** @throws {ProblemError} 'notFound', 'storage' */
  read(name: string): Promise<BadmailMessage>;
  /**
   * Back into the queue as new mail, once even if the process dies in between.
   * @throws {ProblemError} 'notFound', 'storage', 'notPossible' when the file names no recipient.
   */
  resubmit(name: string): Promise<QueueEntry>;
  /** @throws {ProblemError} 'notFound', 'storage' */
  remove(name: string): Promise<void>;
  /** Takes a file from elsewhere in, its reason first. @returns the name it got. */
  take(path: string, baseName: string, reason: string): Promise<string>;
  onChange(listener: () => void): () => void;
}

/**
 * Takes files from the Pickup folder into the queue. Implemented in pickup.ts as
 *   createPickup(options: PickupOptions): Pickup
 */
export interface Pickup {
  /** Looks at the folder from now on. */
  start(): void;
  /** Waits for the file being taken. */
  stop(): Promise<void>;
  readonly folder: string;
  /** Why files cannot be taken at the moment; null while all is well. */
  readonly problem: string | null;
  readonly taken: number;
  onChange(listener: () => void): () => void;
}

/**
 * Local delivery: a file per message and folder. Implemented in drop-folder.ts as
 *   createDropFolder(options: DropFolderOptions): DropFolder
 */
export interface DropFolder {
  readonly folder: string;
  /**
   * Writes `x-sender`, `x-receiver` lines, `Return-Path:` and the message, durably. The same message and recipients
   * written again after a crash replace the file of the first time: nothing is delivered twice.
   * @throws {ProblemError} 'storage'; with parameters.reason 'quota' when the folder is full (RFC 3463 4.2.2).
   */
  deliver(message: StoredMessage, recipients: readonly string[]): Promise<void>;
}
