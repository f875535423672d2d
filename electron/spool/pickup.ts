/** Looks into the Pickup folder and has every file that is complete taken into the queue. */
import { join } from 'node:path';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import { errorCode } from '../base/error-code.ts';
import type { Ports } from '../base/ports.ts';
import { ChangeListeners } from './change-listeners.ts';
import type { OpenSpool } from './spool.ts';
import { storageProblem } from './storage-problem.ts';
import type { Pickup } from './types.ts';

export interface PickupOptions {
  readonly spool: Pick<OpenSpool, 'takeOver'>;
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log'>;
  /** In force at this moment. */
  readonly settings: () => Pick<
    ServerSettings,
    'messages.pickup' | 'messages.pickupFolder' | 'messages.sizeLimit' | 'delivery.hopLimit'
  >;
  readonly mailroot: string;
}

export const createPickup = (options: PickupOptions): Pickup => new PickupFolder(options);

const lookEveryMs = 2_000;
/** After so many files everybody else has a turn. */
const filesPerTurn = 100;
/** A file is complete when nobody has written to it for so long. */
const unchangedForMs = lookEveryMs;
/** A program may make its file first and think about its content then. */
const emptyForMs = 60_000;
/** A file that is held once is being written; one that is held for longer is a problem. */
const heldLooks = 5;

interface Sighting {
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly sinceMs: number;
  readonly heldCount: number;
}

class PickupFolder implements Pickup {
  readonly #options: PickupOptions;
  readonly #listeners: ChangeListeners;
  readonly #seen = new Map<string, Sighting>();
  #running = false;
  #cancelTimer: (() => void) | undefined;
  #looking = Promise.resolve();
  /** Names of this round that were not looked at yet; a round goes once through the folder. */
  #remaining: string[] = [];
  #roundFolder = '';
  #roundProblem: string | null = null;
  #problem: string | null = null;
  #taken = 0;

  constructor(options: PickupOptions) {
    this.#options = options;
    this.#listeners = new ChangeListeners(options.ports.log);
  }

  get folder(): string {
    const { settings, mailroot } = this.#options;
    return settings()['messages.pickupFolder'] || join(mailroot, 'Pickup');
  }

  get problem(): string | null {
    return this.#problem;
  }

  get taken(): number {
    return this.#taken;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#lookAfter(0);
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelTimer?.();
    await this.#looking;
  }

  #lookAfter(delayMs: number): void {
    if (!this.#running) return;
    this.#cancelTimer = this.#options.ports.clock.after(delayMs, () => {
      this.#looking = this.#look();
    });
  }

  /** Never rejects. */
  async #look(): Promise<void> {
    try {
      if (this.#options.settings()['messages.pickup']) await this.#turn();
      else this.#forget();
    } catch (error) {
      this.#remaining = [];
      this.#setProblem(storageProblem(this.folder, 'be looked at', error).message);
    }
    this.#lookAfter(this.#remaining.length > 0 ? 0 : lookEveryMs);
  }

  #forget(): void {
    this.#seen.clear();
    this.#remaining = [];
    this.#setProblem(null);
  }

  async #turn(): Promise<void> {
    if (this.#remaining.length === 0) await this.#beginRound();
    for (const name of this.#remaining.splice(0, filesPerTurn)) {
      if (!this.#running) return;
      await this.#lookAt(name);
    }
    if (this.#remaining.length === 0) this.#setProblem(this.#roundProblem);
  }

  async #beginRound(): Promise<void> {
    const { folder } = this;
    if (folder !== this.#roundFolder) this.#seen.clear();
    this.#roundFolder = folder;
    this.#roundProblem = null;
    this.#remaining = (await this.#names(folder)).sort();
    const names = new Set(this.#remaining);
    for (const name of this.#seen.keys()) if (!names.has(name)) this.#seen.delete(name);
  }

  async #names(folder: string): Promise<string[]> {
    const { disk } = this.#options.ports;
    try {
      return (await disk.list(folder)).filter(({ name, isFile }) => isFile && isForUs(name)).map(({ name }) => name);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      await disk.ensureFolder(folder);
      return [];
    }
  }

  async #lookAt(name: string): Promise<void> {
    const { ports } = this.#options;
    const path = join(this.#roundFolder, name);
    try {
      const sizeBytes = await ports.disk.sizeBytes(path);
      const modifiedAtMs = await ports.disk.modifiedAtMs(path);
      const before = this.#seen.get(name);
      const nowMs = ports.clock.now();
      const isSame = before?.sizeBytes === sizeBytes && before.modifiedAtMs === modifiedAtMs && before.sinceMs <= nowMs;
      if (!isSame) this.#seen.set(name, { sizeBytes, modifiedAtMs, sinceMs: nowMs, heldCount: 0 });
      else if (nowMs - before.sinceMs >= (sizeBytes === 0 ? emptyForMs : unchangedForMs))
        await this.#take(name, before);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return;
      this.#roundProblem ??= storageProblem(path, 'be taken', error).message;
    }
  }

  async #take(name: string, sighting: Sighting): Promise<void> {
    const { spool, settings, ports } = this.#options;
    const { 'messages.sizeLimit': sizeLimitBytes, 'delivery.hopLimit': hopLimit } = settings();
    const folder = this.#roundFolder;
    const result = await spool
      .takeOver({ folder, name, note: null, protocol: 'Pickup', limits: { sizeLimitBytes, hopLimit } })
      .catch((error: unknown) => {
        // The spool is being closed: the file stays for the next start.
        if (error instanceof ProblemError && error.problem.code === 'notPossible') return null;
        throw error;
      });
    if (result === null) return;
    if (result.kind === 'held') {
      const heldCount = sighting.heldCount + 1;
      this.#seen.set(name, { ...sighting, heldCount });
      if (heldCount >= heldLooks) throw result.error;
      return;
    }
    this.#seen.delete(name);
    if (result.kind === 'malformed') {
      ports.log.warn('file from Pickup moved to Badmail', { file: join(folder, name), reason: result.reason });
    }
    if (result.kind !== 'queued') return;
    ports.log.info('picked up', { id: result.entry.id, file: join(folder, name) });
    this.#taken += 1;
    this.#listeners.tell();
  }

  #setProblem(problem: string | null): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    if (problem === null) this.#options.ports.log.info('Pickup works again', { folder: this.folder });
    else this.#options.ports.log.warn('Pickup does not work', { folder: this.folder, reason: problem });
    this.#listeners.tell();
  }
}

/** What begins with a dot or ends in .tmp is being written, or is ours. */
const isForUs = (name: string): boolean => !name.startsWith('.') && !/\.tmp$/i.test(name);
