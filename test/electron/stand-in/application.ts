/** The application object: ready, single instance, the order of quitting. */
import { EventEmitter } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEvent } from './contents.ts';
import { strict, strictClass } from './strict.ts';
import type { StandInWindow } from './window.ts';

export interface ApplicationOptions {
  readonly appFolder: string;
  readonly userDataFolder: string;
  readonly packaged: boolean;
  readonly languages: readonly string[];
  /** Starts what the application needs to be ready. */
  readonly prepare: () => Promise<void>;
  readonly shutDown: () => Promise<void>;
  readonly windows: () => readonly StandInWindow[];
}

/** The entry in the system's list of what starts with a session. */
export interface LoginItemRecord {
  openAtLogin: boolean;
  readonly changes: object[];
}

const lockName = 'single-instance';
const secondInstancePollMs = 50;

export class Application extends EventEmitter {
  readonly isPackaged: boolean;
  /** For tests. */
  sandboxed = false;
  hardwareAcceleration = true;
  readonly removedSwitches: string[] = [];
  readonly appendedSwitches: string[] = [];
  readonly loginItem: LoginItemRecord = { openAtLogin: false, changes: [] };
  readonly commandLine = strict('app.commandLine', {
    removeSwitch: (name: string) => void this.removedSwitches.push(name),
    appendSwitch: (name: string) => void this.appendedSwitches.push(name),
  });
  readonly #options: ApplicationOptions;
  readonly #ready: Promise<void>;
  #userData: string;
  #lock: string | null = null;
  #ending = false;

  constructor(options: ApplicationOptions) {
    super();
    this.#options = options;
    this.isPackaged = options.packaged;
    this.#userData = options.userDataFolder;
    // Not before the main script has run to its end.
    this.#ready = new Promise((resolve) => setImmediate(resolve)).then(options.prepare);
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }
  getAppPath(): string {
    return this.#options.appFolder;
  }
  getVersion(): string {
    return (JSON.parse(readFileSync(join(this.getAppPath(), 'package.json'), 'utf8')) as { version: string }).version;
  }
  getPreferredSystemLanguages(): readonly string[] {
    return this.#options.languages;
  }
  getPath(name: string): string {
    if (name !== 'userData') throw new Error(`stand-in: path ${name} is unknown`);
    return this.#userData;
  }
  setPath(name: string, path: string): void {
    if (name !== 'userData') throw new Error(`stand-in: path ${name} is unknown`);
    this.#userData = path;
  }
  enableSandbox(): void {
    this.sandboxed = true;
  }
  disableHardwareAcceleration(): void {
    this.hardwareAcceleration = false;
  }
  getLoginItemSettings(): { readonly openAtLogin: boolean } {
    return { openAtLogin: this.loginItem.openAtLogin };
  }
  setLoginItemSettings(settings: { readonly openAtLogin: boolean }): void {
    this.loginItem.openAtLogin = settings.openAtLogin;
    this.loginItem.changes.push(settings);
  }

  requestSingleInstanceLock(additionalData: object = {}): boolean {
    mkdirSync(this.#userData, { recursive: true });
    const lock = join(this.#userData, lockName);
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch {
      writeFileSync(join(this.#userData, `second-${process.pid}`), JSON.stringify(additionalData));
      return false;
    }
    this.#lock = lock;
    setInterval(() => this.#noticeOthers(), secondInstancePollMs).unref();
    return true;
  }

  #noticeOthers(): void {
    for (const name of readdirSync(this.#userData)) {
      if (!name.startsWith('second-')) continue;
      const file = join(this.#userData, name);
      const text = readFileSync(file, 'utf8');
      if (text === '') continue; // not written yet
      rmSync(file);
      this.emit('second-instance', createEvent({}), [], '', JSON.parse(text));
    }
  }

  quit(): void {
    void this.#quit();
  }

  async #quit(): Promise<void> {
    const event = createEvent({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    for (const window of this.#options.windows()) if (!(await window.requestClose())) return;
    this.emit('will-quit', createEvent({}));
    await this.#end(0);
  }

  exit(exitCode = 0): void {
    void this.#end(exitCode);
  }

  async #end(exitCode: number): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    if (this.#lock !== null) rmSync(this.#lock, { force: true });
    await this.#options.shutDown();
    process.exit(exitCode);
  }
}
strictClass(Application, 'app');
