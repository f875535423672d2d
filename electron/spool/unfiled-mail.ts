/** Accepted messages that are in the journal and have no file of their own yet, and when they get one. */
import type { EpochMs, MessageId } from '../../shared/contract/messages.ts';
import type { Ports } from '../base/ports.ts';
import type { Journal } from './journal.ts';
import type { JournalPlace } from './journal-replay.ts';

export interface UnfiledMailOptions {
  readonly ports: Pick<Ports, 'clock' | 'log'>;
  readonly journal: Journal;
  /** Writes the file of a message into the queue folder, durably. */
  readonly writeFile: (id: MessageId, bytes: Buffer) => Promise<void>;
}

interface Unfiled {
  readonly place: JournalPlace;
  /** Null when there was no room for it in memory. */
  readonly bytes: Buffer | null;
  /** Its file is being written, or it is being removed: never both. */
  busy: Promise<void> | null;
}

/**
 * Mail that is delivered at once never needs a file, and clients are answered faster while none is written. So files
 * appear when a moment without new mail has passed, or after ten of them, or when the journal is half full.
 */
const pauseMs = 500;
const mostPauses = 20;
/** When the disk took none of them. */
const troubleMs = 10_000;
/** Files written at once: they share flushes. */
const mostAtOnce = 8;
/** While new mail comes in and there is room in the journal: clients come first. */
const atOnceBesideIntake = 1;
const memoryBytes = 16_777_216;

export class UnfiledMail {
  readonly #options: UnfiledMailOptions;
  readonly #messages = new Map<MessageId, Unfiled>();
  /**
   * Those whose file is there while the journal does not say so yet. If the file went now and the power failed, a start
   * would take the message from the journal, without what has become of it since.
   */
  readonly #unsaid = new Map<MessageId, Promise<void>>();
  #bytesInMemory = 0;
  #cancelLook: (() => void) | null = null;
  #filing: Promise<void> | null = null;
  #pauses = 0;
  #arrivedSinceLook = false;
  #lastArrivalMs: EpochMs = 0;
  #closed = false;

  constructor(options: UnfiledMailOptions) {
    this.#options = options;
  }

  /** @param bytes  Null for a message that an earlier run left. */
  add(id: MessageId, place: JournalPlace, bytes: Buffer | null): void {
    const kept = bytes !== null && this.#bytesInMemory + bytes.length <= memoryBytes ? bytes : null;
    this.#bytesInMemory += kept?.length ?? 0;
    this.#messages.set(id, { place, bytes: kept, busy: null });
    this.#arrivedSinceLook = true;
    if (bytes !== null) this.#lastArrivalMs = this.#options.ports.clock.now();
    if (this.#options.journal.isHalfFull) this.#fileAll();
    else this.#armLook();
  }

  /** What its file will hold. Null when it is in none but the queue folder. @throws what the disk throws. */
  async read(id: MessageId): Promise<Buffer | null> {
    const message = this.#messages.get(id);
    if (message === undefined) return null;
    if (message.bytes !== null) return message.bytes;
    try {
      return await this.#options.journal.read(message.place);
    } catch (error) {
      // It got its file meanwhile, and its segment is gone.
      if (!this.#messages.has(id)) return null;
      throw error;
    }
  }

  /** Resolves once the message has a file, and the journal knows, or it is not here at all. @throws {ProblemError} 'storage'. */
  async file(id: MessageId): Promise<void> {
    await this.#fileWithoutSaying(id);
    await this.#unsaid.get(id);
  }

  async #fileWithoutSaying(id: MessageId): Promise<void> {
    const message = this.#messages.get(id);
    if (message === undefined) return;
    message.busy ??= this.#file(id, message);
    await message.busy;
  }

  /**
   * A message that needs no file any more.
   * @returns false when it has one, or is not here.
   * @throws what the disk throws; then it is still here.
   */
  async remove(id: MessageId): Promise<boolean> {
    await this.#messages.get(id)?.busy?.catch(() => undefined);
    const message = this.#messages.get(id);
    if (message === undefined) {
      await this.#unsaid.get(id);
      return false;
    }
    message.busy = this.#remove(id, message);
    await message.busy;
    return true;
  }

  /** Writes files for at most so long; what has none then stays in the journal. */
  async close(limitMs: number): Promise<void> {
    const limit = this.#options.ports.clock.after(limitMs, () => {
      this.#closed = true;
    });
    this.#cancelLook?.();
    this.#lastArrivalMs = 0; // nothing comes any more
    this.#fileAll();
    await this.#filing;
    this.#closed = true;
    limit();
  }

  #armLook(delayMs = pauseMs): void {
    if (this.#closed || this.#cancelLook !== null || this.#filing !== null) return;
    this.#arrivedSinceLook = false;
    this.#cancelLook = this.#options.ports.clock.after(delayMs, () => {
      this.#cancelLook = null;
      this.#pauses += 1;
      if (this.#arrivedSinceLook && this.#pauses < mostPauses) this.#armLook();
      else this.#fileAll();
    });
  }

  #fileAll(): void {
    this.#pauses = 0;
    if (this.#filing !== null) return;
    this.#cancelLook?.();
    this.#cancelLook = null;
    this.#filing = this.#fileThese([...this.#messages.keys()]).then((isDone) => {
      this.#filing = null;
      if (this.#messages.size > 0) this.#armLook(isDone ? pauseMs : troubleMs);
    });
  }

  /** Never rejects. @returns false when the disk did not take them. */
  async #fileThese(ids: readonly MessageId[]): Promise<boolean> {
    let failed = false;
    const fileOne = async (id: MessageId): Promise<void> => {
      try {
        await this.#fileWithoutSaying(id);
      } catch (error) {
        // Once for all of them.
        if (!failed) this.#options.ports.log.error('accepted mail stays in the journal', error, { id });
        failed = true;
      }
    };
    for (let begun = 0; begun < ids.length && !failed && !this.#closed; ) {
      const together = ids.slice(begun, begun + this.#filesAtOnce());
      begun += together.length;
      await Promise.all(together.map(fileOne));
    }
    return !failed;
  }

  #filesAtOnce(): number {
    // Either way: the clock may be set.
    const sinceArrivalMs = Math.abs(this.#options.ports.clock.now() - this.#lastArrivalMs);
    return sinceArrivalMs >= pauseMs || this.#options.journal.isHalfFull ? mostAtOnce : atOnceBesideIntake;
  }

  async #file(id: MessageId, message: Unfiled): Promise<void> {
    const { journal, ports, writeFile } = this.#options;
    try {
      await writeFile(id, message.bytes ?? (await journal.read(message.place)));
    } catch (error) {
      message.busy = null;
      throw error;
    }
    this.#forget(id, message);
    const said = journal.append({ kind: 'filed', id }).then(
      () => void this.#unsaid.delete(id),
      (error: unknown) => {
        this.#unsaid.delete(id);
        ports.log.error('journal does not say that a message has its file', error, { id });
      },
    );
    this.#unsaid.set(id, said);
  }

  async #remove(id: MessageId, message: Unfiled): Promise<void> {
    try {
      await this.#options.journal.append({ kind: 'removed', id });
    } catch (error) {
      message.busy = null;
      throw error;
    }
    this.#forget(id, message);
  }

  #forget(id: MessageId, message: Unfiled): void {
    this.#messages.delete(id);
    this.#bytesInMemory -= message.bytes?.length ?? 0;
    this.#options.journal.release(message.place);
  }
}
