/** Takes every message of the spool into the plan, in slices, and completes what a crash or a full disk left undone. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MessageId } from '../../shared/contract/messages.ts';
import type { QueueEntry, Spool } from '../spool/types.ts';

export interface SpoolScanOptions {
  readonly spool: Pick<Spool, 'entries' | 'get'>;
  readonly track: (entry: QueueEntry) => void;
  /** Completes the end of a message. Never throws. */
  readonly finish: (id: MessageId) => Promise<void>;
  readonly isStopped: () => boolean;
}

/** Messages looked at before others get a turn. */
const messagesPerTurn = 500;

export class SpoolScan {
  readonly #options: SpoolScanOptions;
  #latest = 0;

  constructor(options: SpoolScanOptions) {
    this.#options = options;
  }

  /**
   * A later run ends the ones before it.
   * @param placeEarlier  Brings a message forward that should not wait for its stored time.
   * @returns false when it was ended before it had seen every message
   */
  async run(placeEarlier: (entry: QueueEntry) => void): Promise<boolean> {
    const { spool, track, finish, isStopped } = this.#options;
    this.#latest += 1;
    const mine = this.#latest;
    let looked = 0;
    for (const { id } of [...spool.entries()]) {
      looked += 1;
      if (looked % messagesPerTurn === 0) await nextTurn();
      if (mine !== this.#latest) return false;
      const entry = spool.get(id);
      if (entry === undefined) continue;
      track(entry);
      placeEarlier(entry);
      if (!isStopped() && isUnfinished(entry)) await finish(id);
    }
    return mine === this.#latest;
  }

  cancel(): void {
    this.#latest += 1;
  }
}

const isUnfinished = ({ record }: QueueEntry): boolean =>
  record.failed || record.recipients.every(({ state }) => state !== 'pending');
