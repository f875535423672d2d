/** Windows as the application sees them: shown and hidden only on paper, their contents are real pages. */
import { EventEmitter } from 'node:events';
import type { Browser } from './browser.ts';
import { createEvent, WebContents } from './contents.ts';
import type { Schemes, Session } from './session.ts';
import { strictClass } from './strict.ts';

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly x?: number;
  readonly y?: number;
  readonly show?: boolean;
  readonly title?: string;
  readonly webPreferences?: { readonly preload?: string };
}

export interface Surroundings {
  readonly browser: () => Browser;
  readonly session: Session;
  readonly schemes: () => Schemes;
  readonly ipcMain: EventEmitter;
  readonly app: EventEmitter;
  readonly open: Set<StandInWindow>;
}

export class StandInWindow extends EventEmitter {
  readonly webContents: WebContents;
  /** As given to the constructor. */
  readonly options: WindowOptions;
  readonly #around: Surroundings;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #destroyed = false;

  constructor(options: WindowOptions, around: Surroundings) {
    super();
    this.options = options;
    this.#around = around;
    this.#visible = options.show !== false;
    const { width = 800, height = 600 } = options;
    this.webContents = new WebContents({
      browser: around.browser(),
      session: around.session,
      schemes: around.schemes(),
      ipcMain: around.ipcMain,
      preloadFile: options.webPreferences?.preload,
      size: { width, height },
    });
    around.open.add(this);
    around.app.emit('web-contents-created', createEvent({}), this.webContents);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  show(): void {
    this.#visible = true;
    this.emit('show');
  }
  hide(): void {
    this.#visible = false;
  }
  focus(): void {
    this.emit('focus');
  }
  minimize(): void {
    this.#minimized = true;
  }
  restore(): void {
    this.#minimized = false;
  }
  maximize(): void {
    this.#maximized = true;
    this.#visible = true;
  }
  isVisible(): boolean {
    return this.#visible;
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  isMaximized(): boolean {
    return this.#maximized;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  getNormalBounds() {
    const { x = 0, y = 0, width = 800, height = 600 } = this.options;
    return { x, y, width, height };
  }

  /** What the cross of a title bar does. */
  close(): void {
    void this.requestClose();
  }

  async requestClose(): Promise<boolean> {
    if (this.#destroyed) return true;
    const event = createEvent({});
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    await this.destroy();
    return true;
  }

  async destroy(): Promise<void> {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#around.open.delete(this);
    this.webContents.destroy();
    await this.#around.browser().send('Target.closeTarget', { targetId: this.webContents.targetId });
    this.emit('closed');
    if (this.#around.open.size === 0) this.#around.app.emit('window-all-closed');
  }
}
strictClass(StandInWindow, 'BrowserWindow');

export interface WindowClass {
  new (options?: WindowOptions): StandInWindow;
  getAllWindows(): StandInWindow[];
}

export function createWindowClass(around: Surroundings): WindowClass {
  return class BrowserWindow extends StandInWindow {
    static getAllWindows(): StandInWindow[] {
      return [...around.open];
    }
    constructor(options: WindowOptions = {}) {
      super(options, around);
    }
  };
}

/** Closes what a page opened against the application's will; what it allows stays. */
export async function watchOpenedWindows(browser: Browser, windows: () => readonly StandInWindow[]): Promise<void> {
  const targets = new Map<StandInWindow, string[]>();
  const decide = (window: StandInWindow): void => {
    const waiting = targets.get(window) ?? [];
    for (const [index, targetId] of waiting.entries()) {
      if (window.webContents.opened[index]?.action === 'deny') {
        browser.send('Target.closeTarget', { targetId }).catch(() => {}); // closed itself
      }
    }
  };
  browser.on('Target.targetCreated', (event) => {
    const { targetInfo } = event as unknown as { targetInfo: { targetId: string; openerId?: string } };
    const window = windows().find(({ webContents }) => webContents.targetId === targetInfo.openerId);
    if (window === undefined) return;
    if (!targets.has(window)) window.webContents.on('stand-in-open-decided', () => decide(window));
    targets.set(window, [...(targets.get(window) ?? []), targetInfo.targetId]);
    decide(window);
  });
  await browser.send('Target.setDiscoverTargets', { discover: true });
}
