/**
 * Makes a message of a file that somebody put into a folder, once, whenever the process dies or the power goes.
 *
 *   1  Queue/<id>.pickup    written: which file is to become message <id>       flushed
 *   2  <folder>/<name>      renamed to <id>.taken.tmp: now nobody else has it   flushed
 *   3  Queue/<id>.eml       written from it and renamed into place              flushed
 *   4  <id>.taken.tmp       removed, and the note beside the file               flushed
 *   5  Queue/<id>.pickup    removed                                             flushed
 *   6  the message is queued; only now may it be delivered
 *
 * While there is a `.pickup`, the message is not in the queue. What a crash left is settled by one question: is the
 * `.eml` there? Then 4 to 6 are done, again if need be; else the file gets its name back and is found anew.
 * The folder may be on another volume: the file is renamed only within it.
 */
import { join } from 'node:path';
import type { MessageId } from '../../shared/contract/messages.ts';
import { errorCode } from '../base/error-code.ts';
import type { Ports } from '../base/ports.ts';
import type { IncomingFile } from './message-store.ts';
import { fileExists } from './move-file.ts';
import type { Quarantine } from './quarantine.ts';
import { replaceFile } from './replace-file.ts';
import type { SpoolPaths } from './spool-paths.ts';
import { storageProblem } from './storage-problem.ts';
import { decodeIntent, encodeIntent, type TakeOverIntent } from './take-over-intent.ts';
import type { TakeOverHooks, TakeOverResult, TakeOverSource, TakeOvers } from './take-over-types.ts';
import type { Envelope, QueueEntry } from './types.ts';
import { writeFromFile } from './write-from-file.ts';

export interface TakeOverOptions extends TakeOverHooks {
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log'>;
  readonly paths: SpoolPaths;
  readonly quarantine: Quarantine;
  readonly flushQueue: () => Promise<void>;
  readonly begin: (id: MessageId, envelope: Envelope) => Promise<IncomingFile>;
  /** What earlier runs left. */
  readonly found: readonly MessageId[];
}

/** What could not be settled, because a folder cannot be reached for instance, is tried again then. */
const againMs = 10_000;

export class TakeOver implements TakeOvers {
  readonly #options: TakeOverOptions;
  readonly #unsettled = new Map<MessageId, TakeOverIntent>();
  #cancelTimer: (() => void) | undefined;
  #settling = Promise.resolve();
  #closed = false;

  constructor(options: TakeOverOptions) {
    this.#options = options;
  }

  async take(
    source: TakeOverSource,
    reject?: (path: string, reason: string) => Promise<void>,
  ): Promise<TakeOverResult> {
    const { folder, name, note } = source;
    const intent: TakeOverIntent = { folder, name, note };
    const id = this.#options.nextId();
    try {
      await this.#writeIntent(id, intent);
      const refusal = await this.#claim(id, intent);
      if (refusal !== null) {
        await this.#removeIntent(id);
        return refusal;
      }
      const reason = await writeFromFile(this.#options, id, claimPath(id, intent), source);
      if (reason === null) return { kind: 'queued', entry: await this.#finish(id, intent) };
      if (reject !== undefined) {
        await reject(claimPath(id, intent), reason);
        // It must be gone for good before nobody knows any more whose it was.
        await this.#flushFolder(folder);
      }
      await this.#undo(id, intent);
      return { kind: 'malformed', reason };
    } catch (error) {
      await this.#trySettle(id, intent);
      throw storageProblem(join(folder, name), 'be taken over', error);
    }
  }

  async recover(): Promise<void> {
    for (const id of this.#options.found) {
      const intent = await this.#readIntent(id);
      if (intent !== null) await this.#trySettle(id, intent);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer?.();
    await this.#settling;
  }

  /** @returns null when the file is ours. */
  async #claim(id: MessageId, { folder, name }: TakeOverIntent): Promise<TakeOverResult | null> {
    const { disk } = this.#options.ports;
    const claim = join(folder, `${id}.taken.tmp`);
    try {
      await disk.rename(join(folder, name), claim);
    } catch (error) {
      // A read-only file is renamed on Windows, and then cannot be flushed: what counts is where it is.
      if (!(await fileExists(disk, claim))) {
        return errorCode(error) === 'ENOENT' ? { kind: 'gone' } : { kind: 'held', error };
      }
    }
    await disk.syncFolder(folder);
    return null;
  }

  async #trySettle(id: MessageId, intent: TakeOverIntent): Promise<void> {
    const { ports, paths } = this.#options;
    try {
      if (await fileExists(ports.disk, paths.message(id))) await this.#finish(id, intent);
      else await this.#undo(id, intent);
      this.#unsettled.delete(id);
    } catch (error) {
      ports.log.error('file that was being taken over has to wait', error, {
        id,
        file: join(intent.folder, intent.name),
      });
      this.#unsettled.set(id, intent);
      this.#armTimer();
    }
  }

  #armTimer(): void {
    if (this.#closed || this.#cancelTimer !== undefined) return;
    this.#cancelTimer = this.#options.ports.clock.after(againMs, () => {
      this.#cancelTimer = undefined;
      this.#settling = this.#settleAll();
    });
  }

  async #settleAll(): Promise<void> {
    for (const [id, intent] of [...this.#unsettled]) if (!this.#closed) await this.#trySettle(id, intent);
  }

  /** Steps 4 to 6; each may have been done before. */
  async #finish(id: MessageId, intent: TakeOverIntent): Promise<QueueEntry> {
    const { disk } = this.#options.ports;
    await disk.remove(claimPath(id, intent));
    if (intent.note !== null) await disk.remove(join(intent.folder, intent.note));
    await this.#flushFolder(intent.folder);
    await this.#removeIntent(id);
    return await this.#options.queue(id);
  }

  async #undo(id: MessageId, intent: TakeOverIntent): Promise<void> {
    const { disk, log } = this.#options.ports;
    const claim = claimPath(id, intent);
    if (await fileExists(disk, claim)) {
      const original = join(intent.folder, intent.name);
      // Somebody may have put a new file there meanwhile.
      const target = (await fileExists(disk, original)) ? join(intent.folder, `${id} ${intent.name}`) : original;
      await disk.rename(claim, target);
      await this.#flushFolder(intent.folder);
      if (target !== original) log.warn('file has a new name, because its own is in use', { file: original, target });
    }
    await this.#removeIntent(id);
  }

  async #flushFolder(folder: string): Promise<void> {
    try {
      await this.#options.ports.disk.syncFolder(folder);
    } catch (error) {
      // Without its folder the file is gone for good as well.
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }

  async #writeIntent(id: MessageId, intent: TakeOverIntent): Promise<void> {
    const { ports, paths, flushQueue } = this.#options;
    await replaceFile(ports.disk, paths.intent(id), encodeIntent(intent));
    await flushQueue();
  }

  async #removeIntent(id: MessageId): Promise<void> {
    const { ports, paths, flushQueue } = this.#options;
    await ports.disk.remove(paths.intent(id));
    await flushQueue();
  }

  /** Null when it cannot be used: then a message with its id is queued, better sent twice than lost. */
  async #readIntent(id: MessageId): Promise<TakeOverIntent | null> {
    const { ports, paths, quarantine, queue } = this.#options;
    try {
      const intent = decodeIntent(await ports.disk.readFile(paths.intent(id)));
      if (intent !== null) return intent;
      await quarantine.take(`${id}.pickup`, 'It does not say which file was being taken over.');
      if (await fileExists(ports.disk, paths.message(id))) await queue(id);
    } catch (error) {
      ports.log.error('file that was being taken over could not be settled', error, { id, file: paths.intent(id) });
    }
    return null;
  }
}

const claimPath = (id: MessageId, { folder }: Pick<TakeOverIntent, 'folder'>): string =>
  join(folder, `${id}.taken.tmp`);
