import type { MessageId } from '../../shared/contract/messages.ts';
import type { FoundMessage, IncomingFile } from './message-store.ts';
import { subjectSearchBytes } from './subject.ts';
import type { IncomingMessage, QueueEntry } from './types.ts';

export interface IncomingMailHooks {
  /** The message is on disk: makes it part of the queue. */
  readonly committed: (message: Pick<FoundMessage, 'contentBytes' | 'contentStart'>) => QueueEntry;
  /** Bytes could not be written. */
  readonly failed: (error: unknown) => void;
  /** Nothing more will come, whatever the outcome. */
  readonly ended: () => void;
  /** Runs an action that closing the spool has to wait for. */
  readonly track: <Answer>(action: () => Promise<Answer>) => Promise<Answer>;
}

/** A message on its way in: counts it and keeps its first bytes for the subject, while the store writes it. */
export class IncomingMail implements IncomingMessage {
  readonly id: MessageId;
  readonly #file: IncomingFile;
  readonly #hooks: IncomingMailHooks;
  #contentBytes = 0;
  #start: Uint8Array[] = [];

  constructor(id: MessageId, file: IncomingFile, hooks: IncomingMailHooks) {
    this.id = id;
    this.#file = file;
    this.#hooks = hooks;
  }

  async write(chunk: Uint8Array): Promise<void> {
    const missingBytes = subjectSearchBytes - this.#contentBytes;
    if (missingBytes > 0) this.#start.push(Uint8Array.from(chunk.subarray(0, missingBytes)));
    this.#contentBytes += chunk.byteLength;
    try {
      await this.#file.write(chunk);
    } catch (error) {
      this.#hooks.failed(error);
      throw error;
    }
  }

  commit(): Promise<QueueEntry> {
    return this.#hooks.track(async () => {
      try {
        await this.#file.commit();
        const contentStart = Buffer.concat(this.#start);
        return this.#hooks.committed({ contentBytes: this.#contentBytes, contentStart });
      } finally {
        this.#hooks.ended();
      }
    });
  }

  async abort(): Promise<void> {
    await this.#file.abort();
    this.#hooks.ended();
  }
}
