/** The contents of a window: a page of Chromium with our preload script, its navigation and its IPC. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Answer, Browser, Parameters } from './browser.ts';
import { openWorldEnd, runPreload } from './page-scripts.ts';
import type { Schemes, Session } from './session.ts';
import { strictClass } from './strict.ts';

const preloadWorld = 'stand-in preload';

export interface ContentsOptions {
  readonly browser: Browser;
  readonly session: Session;
  readonly schemes: Schemes;
  readonly ipcMain: EventEmitter;
  readonly preloadFile: string | undefined;
  readonly size: { readonly width: number; readonly height: number };
}

export interface PreventableEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

export const createEvent = <Details extends object>(details: Details): Details & PreventableEvent => ({
  ...details,
  defaultPrevented: false,
  preventDefault() {
    this.defaultPrevented = true;
  },
});

type OpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' };

export class WebContents extends EventEmitter {
  readonly session: Session;
  readonly attached: Promise<void>;
  /** For tests: what was asked of the window-open handler. */
  readonly opened: { readonly url: string; readonly action: string }[] = [];
  targetId = '';
  readonly #options: ContentsOptions;
  #sessionId = '';
  #frameId = '';
  #contextId: number | null = null;
  #url = '';
  #loading = false;
  #crashed = false;
  #destroyed = false;
  #openHandler: OpenHandler = () => ({ action: 'allow' });

  constructor(options: ContentsOptions) {
    super();
    this.#options = options;
    this.session = options.session;
    this.attached = this.#attach();
  }

  get mainFrame() {
    const url = this.#url;
    return { url, origin: /^[a-z]+:\/\/[^/]*/.exec(url)?.[0] ?? 'null', parent: null };
  }
  getURL(): string {
    return this.#url;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isCrashed(): boolean {
    return this.#crashed;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  send(channel: string, ...values: readonly unknown[]): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    if (this.#contextId === null) return;
    const message = JSON.stringify(JSON.stringify({ channel, values }));
    const expression = `standInDeliver(${message})`;
    this.#ask('Runtime.evaluate', { contextId: this.#contextId, expression }).catch(() => {}); // the page went away
  }

  async loadURL(url: string): Promise<void> {
    await this.attached;
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve));
    this.#loading = true;
    const { errorText } = await this.#ask('Page.navigate', { url: this.#options.schemes.toWire(url) });
    if (errorText !== undefined) throw new Error(`${String(errorText)} loading '${url}'`);
    await loaded;
    this.#loading = false;
  }

  reload(): void {
    this.#loading = true;
    this.once('did-finish-load', () => {
      this.#loading = false;
    });
    void this.#ask('Page.reload');
  }

  forcefullyCrashRenderer(): void {
    this.#ask('Page.crash').catch(() => {}); // never answered: the page is gone
  }

  destroy(): void {
    this.#destroyed = true;
    this.emit('destroyed');
  }

  #ask(method: string, parameters?: Parameters): Promise<Answer> {
    return this.#options.browser.send(method, parameters, this.#sessionId);
  }

  async #attach(): Promise<void> {
    const { browser, size } = this.#options;
    const target = await browser.send('Target.createTarget', { url: 'about:blank', newWindow: true });
    this.targetId = String(target.targetId);
    const attachment = await browser.send('Target.attachToTarget', { targetId: this.targetId, flatten: true });
    this.#sessionId = String(attachment.sessionId);
    this.#listen();
    await Promise.all([
      this.#ask('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false }),
      this.#ask('Page.enable'),
      this.#ask('Runtime.enable'),
      this.#ask('Runtime.addBinding', { name: 'standInPost', executionContextName: preloadWorld }),
      this.#ask('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    ]);
    const { frameTree } = (await this.#ask('Page.getFrameTree')) as unknown as FrameTree;
    this.#frameId = frameTree.frame.id;
    await this.#addScripts();
  }

  async #addScripts(): Promise<void> {
    const { preloadFile } = this.#options;
    if (preloadFile === undefined) return;
    const channel = JSON.stringify(randomUUID());
    const inMainFrame = (statement: string): string => `if (window.top === window) { ${statement} }`;
    // The page's end must listen before the preload script exposes anything to it.
    await this.#ask('Page.addScriptToEvaluateOnNewDocument', {
      source: inMainFrame(`(${openWorldEnd})(${channel}, 'page');`),
    });
    const preload = `function (require, module, exports, process) {${readFileSync(preloadFile, 'utf8')}\n}`;
    await this.#ask('Page.addScriptToEvaluateOnNewDocument', {
      worldName: preloadWorld,
      source: inMainFrame(`(${runPreload})((${openWorldEnd})(${channel}, 'preload'), ${preload});`),
    });
  }

  #on<Event>(method: string, listener: (event: Event) => void): void {
    this.#options.browser.on(method, (event) => listener(event as Event), this.#sessionId);
  }

  #listen(): void {
    const { schemes, ipcMain } = this.#options;
    this.#on<{ context: { id: number; name: string; auxData: { frameId: string } } }>(
      'Runtime.executionContextCreated',
      ({ context }) => {
        if (context.name === preloadWorld && context.auxData.frameId === this.#frameId) this.#contextId = context.id;
      },
    );
    this.#on('Runtime.executionContextsCleared', () => {
      this.#contextId = null;
    });
    this.#on<{ payload: string }>('Runtime.bindingCalled', ({ payload }) => {
      const { channel, values } = JSON.parse(payload) as { channel: string; values: readonly unknown[] };
      ipcMain.emit(channel, { sender: this, senderFrame: this.mainFrame }, ...values);
    });
    this.#on<{ frame: { parentId?: string; url: string } }>('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return;
      this.#crashed = false;
      this.#url = schemes.fromWire(frame.url);
      this.emit('did-navigate', createEvent({}), this.#url);
    });
    this.#on('Page.loadEventFired', () => this.emit('did-finish-load', createEvent({})));
    this.#on<{ url: string }>('Page.windowOpen', ({ url }) => {
      const { action } = this.#openHandler({ url: schemes.fromWire(url) });
      this.opened.push({ url: schemes.fromWire(url), action });
      this.emit('stand-in-open-decided');
    });
    this.#on('Inspector.targetCrashed', () => {
      this.#crashed = true;
      this.#contextId = null;
      this.emit('render-process-gone', createEvent({}), { reason: 'crashed', exitCode: 1 });
    });
    this.#on<PausedRequest>('Fetch.requestPaused', (paused) => {
      this.#answer(paused).catch(() => {}); // the page went away meanwhile
    });
  }

  async #answer({ requestId, request, resourceType, frameId }: PausedRequest): Promise<void> {
    const { schemes, session } = this.#options;
    const url = schemes.fromWire(request.url);
    const fail = (errorReason: string): Promise<Answer> => this.#ask('Fetch.failRequest', { requestId, errorReason });
    if (resourceType === 'Document' && !this.#loading && this.#mayNot(url, frameId))
      return void (await fail('Aborted'));
    if (session.blocks(url)) return void (await fail('BlockedByClient'));
    const handler = session.handlers.get(url.split(':', 1)[0] ?? '');
    if (handler === undefined) return void (await this.#ask('Fetch.continueRequest', { requestId }));
    const response = await handler(new Request(url, { method: request.method }));
    await this.#ask('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  /** A navigation that the page itself began. */
  #mayNot(url: string, frameId: string): boolean {
    const isMainFrame = frameId === this.#frameId;
    const event = createEvent({ url, isMainFrame });
    if (isMainFrame) this.emit('will-navigate', event, url);
    this.emit('will-frame-navigate', event);
    return event.defaultPrevented;
  }
}
strictClass(WebContents, 'webContents');

interface FrameTree {
  readonly frameTree: { readonly frame: { readonly id: string } };
}

interface PausedRequest {
  readonly requestId: string;
  readonly request: { readonly url: string; readonly method: string };
  readonly resourceType: string;
  readonly frameId: string;
}
