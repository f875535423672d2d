/** Files elsewhere that become messages, as the neighbours of take-over.ts see it. */
import type { MessageId } from '../../shared/contract/messages.ts';
import type { TakeOverIntent } from './take-over-intent.ts';
import type { QueueEntry } from './types.ts';

export interface TakeOverSource extends TakeOverIntent {
  /** For the Received line. */
  readonly protocol: 'Pickup' | 'local';
  /** Null: an administrator decided. */
  readonly limits: { readonly sizeLimitBytes: number | null; readonly hopLimit: number } | null;
}

export type TakeOverResult =
  | { readonly kind: 'queued'; readonly entry: QueueEntry }
  /** It is no mail that can be sent. */
  | { readonly kind: 'malformed'; readonly reason: string }
  /** Somebody has it open, or we may not rename it. It is where it was. */
  | { readonly kind: 'held'; readonly error: unknown }
  | { readonly kind: 'gone' };

export interface TakeOverHooks {
  readonly fullyQualifiedName: () => string;
  readonly nextId: () => MessageId;
  /** The message is in the queue folder and ours alone: makes it part of the queue. */
  readonly queue: (id: MessageId) => Promise<QueueEntry>;
}

export interface TakeOvers {
  /**
   * @param reject  Takes a file away that is no mail, for instance to Badmail; without it the file stays where it was.
   * @throws {ProblemError} 'storage'; the file is then where it was, or will be soon.
   */
  take(source: TakeOverSource, reject?: (path: string, reason: string) => Promise<void>): Promise<TakeOverResult>;
  /** Settles what earlier runs left. Never rejects. */
  recover(): Promise<void>;
  close(): Promise<void>;
}
