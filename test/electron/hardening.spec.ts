/** Each thing that the window may not do, with a test that fails when its protection is taken away. */
import type { Page } from '@playwright/test';
import { eventually } from '../fakes/relay-process.ts';
import { test as base, callFromPage, expect } from './desktop-test.ts';
import type { StandInApplication } from './stand-in/launch.ts';
import { startTrap, type Trap } from './trap.ts';

const test = base.extend<{ readonly trap: Trap }>({
  trap: async ({ headless: _ }, use) => {
    const trap = await startTrap();
    await use(trap);
    await trap.close();
  },
});

const consoleUrl = 'app://console/index.html';

/** Whether the application prevents this event of its window or of its session. */
const isPrevented = (
  application: StandInApplication,
  target: 'contents' | 'session',
  event: string,
  url: string,
): Promise<boolean> =>
  application.inspect(
    ({ BrowserWindow, session }, [target, name, url]) => {
      const event = {
        url,
        prevented: false,
        preventDefault() {
          this.prevented = true;
        },
      };
      const emitter: NodeJS.EventEmitter | undefined =
        target === 'session' ? session.defaultSession : BrowserWindow.getAllWindows()[0]?.webContents;
      emitter?.emit(name, event, { getURL: () => url });
      return event.prevented;
    },
    [target, event, url] as const,
  );

const currentUrl = (application: StandInApplication) =>
  application.inspect(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL(), null);

test('the window is created sandboxed, isolated and without Node', async ({ desktop }) => {
  const application = desktop.launch();
  await application.firstWindow();
  const [options, sandboxed, spellChecker] = await application.inspect((electron) => {
    const [window] = electron.BrowserWindow.getAllWindows() as unknown as { options: { webPreferences: object } }[];
    const { sandboxed } = electron.app as unknown as { sandboxed: boolean };
    const { spellChecker } = electron.session.defaultSession as unknown as { spellChecker: boolean };
    return [window?.options.webPreferences, sandboxed, spellChecker] as const;
  }, null);
  expect(options).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  });
  expect({ sandboxed, spellChecker }).toEqual({ sandboxed: true, spellChecker: false });
});

test('a packaged application has neither developer tools nor a remote debugger', async ({ desktop }) => {
  const application = desktop.launch({ packaged: true });
  await application.firstWindow();
  const [devTools, removed] = await application.inspect((electron) => {
    const [window] = electron.BrowserWindow.getAllWindows() as unknown as {
      options: { webPreferences: { devTools: boolean } };
    }[];
    return [
      window?.options.webPreferences.devTools,
      (electron.app as unknown as { removedSwitches: string[] }).removedSwitches,
    ] as const;
  }, null);
  expect(devTools).toBe(false);
  expect(removed).toEqual(expect.arrayContaining(['remote-debugging-port', 'remote-debugging-pipe']));
});

test('the policy keeps foreign scripts, styles, images and connections out of the page', async ({ desktop, trap }) => {
  const page = await desktop.launch().firstWindow();
  const result = await page.evaluate(async (origin) => {
    const violated = new Set<string>();
    const state: { ran?: boolean; violated?: ReadonlySet<string> } = globalThis as object;
    state.violated = violated;
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violated.add(effectiveDirective));
    const inline = document.createElement('script');
    inline.textContent = 'globalThis.ran = true';
    document.body.append(inline);
    for (const [tag, source] of [
      ['script', 'src'],
      ['img', 'src'],
      ['iframe', 'src'],
    ] as const) {
      const element = document.createElement(tag);
      element.setAttribute(source, `${origin}/${tag}`);
      document.body.append(element);
    }
    const fetched = await fetch(`${origin}/fetch`).then(
      () => 'answered',
      () => 'refused',
    );
    // In a task of its own: what DevTools evaluates itself is exempt.
    const evaluated = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          resolve(new Function('return "answered"')());
        } catch {
          resolve('refused');
        }
      });
    });
    return { ran: state.ran === true, fetched, evaluated };
  }, trap.origin);
  expect(result).toEqual({ ran: false, fetched: 'refused', evaluated: 'refused' });
  const violated = () => page.evaluate(() => [...(globalThis as unknown as { violated: Set<string> }).violated].sort());
  await expect.poll(violated).toEqual(['connect-src', 'frame-src', 'img-src', 'script-src', 'script-src-elem']);
  expect(trap.visits).toEqual([]);
});

test('remote content is blocked even where the policy would let it through', async ({ desktop, trap }) => {
  const page = await desktop.launch().firstWindow();
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Page.setBypassCSP', { enabled: true });
  await page.reload();
  const load = (url: string) =>
    page.evaluate(
      (url) =>
        fetch(url).then(
          () => 'answered',
          () => 'refused',
        ),
      url,
    );
  expect(await load('https://console.app.invalid/index.html')).toBe('answered');
  expect(await load(`${trap.origin}/fetch`)).toBe('refused');
  expect(trap.visits).toEqual([]);
});

test('the page can not be left', async ({ desktop, trap }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  // Without the policy and the request filter: the navigation itself must be refused.
  await application.inspect(
    ({ session }) => session.defaultSession.webRequest.onBeforeRequest((_details, answer) => answer({})),
    null,
  );
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Page.setBypassCSP', { enabled: true });
  await page.reload();
  for (const way of ['location', 'link', 'form'] as const) {
    await page.evaluate(
      ([way, url]) => {
        const link = document.createElement('a');
        const form = document.createElement('form');
        link.href = url;
        form.action = url;
        document.body.append(link, form);
        if (way === 'location') location.assign(url);
        else if (way === 'link') link.click();
        else form.submit();
      },
      [way, `${trap.origin}/${way}`] as const,
    );
    // Answered by the same page, after its navigation was decided.
    await expect(callFromPage(page, 'status.get', null)).resolves.toBeTruthy();
    expect(await currentUrl(application)).toBe(consoleUrl);
  }
  expect(trap.visits).toEqual([]);
});

test("no event of a navigation is let through for an address but the console's own page", async ({ desktop }) => {
  const application = desktop.launch();
  await application.firstWindow();
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    const refused = (url: string) => isPrevented(application, 'contents', event, url);
    expect(await refused('https://example.org/'), event).toBe(true);
    expect(await refused('file:///etc/passwd'), event).toBe(true);
    expect(await refused('app://console/assets/other.html'), event).toBe(true);
    expect(await refused('app://console.example.org/index.html'), event).toBe(true);
    expect(await refused(consoleUrl), event).toBe(false);
  }
});

test('the page opens no window', async ({ desktop, trap }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  // Not within the call: a popup shares its opener's thread, and Chromium stops both while a debugger attaches to the
  // popup. Closed at that moment, as here, it may never let the call return.
  await page.evaluate((url) => void setTimeout(() => window.open(url)), `${trap.origin}/popup`);
  const decisions = () =>
    application.inspect(({ BrowserWindow }) => {
      const windows = BrowserWindow.getAllWindows() as unknown as { webContents: { opened: { action: string }[] } }[];
      return windows.flatMap(({ webContents }) => webContents.opened.map(({ action }) => action));
    }, null);
  await eventually(decisions, (made) => made.length > 0);
  expect(await decisions()).toEqual(['deny']);
  const isForeign = (one: Page): boolean =>
    !one.url().startsWith('https://console.app.invalid/') && one.url() !== 'about:blank';
  await eventually(
    () => application.pages(),
    (pages) => !pages.some(isForeign),
  );
});

test('a webview can not be attached', async ({ desktop }) => {
  const application = desktop.launch();
  await application.firstWindow();
  expect(await isPrevented(application, 'contents', 'will-attach-webview', '')).toBe(true);
});

test('no permission is given but writing text to the clipboard, and that to the console alone', async ({ desktop }) => {
  const application = desktop.launch();
  await application.firstWindow();
  const ask = (permission: string, origin = 'app://console') =>
    application.inspect(
      ({ session }, [permission, origin]) =>
        (
          session.defaultSession as unknown as {
            standInPermission(permission: string, origin: string): Record<string, boolean>;
          }
        ).standInPermission(permission, origin),
      [permission, origin] as const,
    );
  const nothing = { request: false, check: false, device: false };
  for (const permission of [
    'notifications',
    'geolocation',
    'media',
    'clipboard-read',
    'fileSystem',
    'usb',
    'openExternal',
  ]) {
    expect(await ask(permission), permission).toEqual(nothing);
  }
  expect(await ask('clipboard-sanitized-write')).toEqual({ request: true, check: true, device: false });
  expect(await ask('clipboard-sanitized-write', 'https://console.example.org')).toEqual(nothing);
});

test('only a list that the console made itself can be downloaded', async ({ desktop }) => {
  const application = desktop.launch();
  await application.firstWindow();
  const refused = (url: string) => isPrevented(application, 'session', 'will-download', url);
  expect(await refused('https://example.org/setup.exe')).toBe(true);
  expect(await refused('blob:https://example.org/1')).toBe(true);
  expect(await refused('blob:app://console/1')).toBe(false);
});

test('frames are heard only from our page in the main frame of our window', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  /** Sends 'server.stop' as somebody else, or as ourselves when nothing is changed. */
  const stopAs = (sender: { contents?: 'foreign'; frame?: object | null }) =>
    application.inspect(({ BrowserWindow, ipcMain }, { contents: who, frame }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const own = { origin: 'app://console', url: 'app://console/index.html', parent: null };
      const event = {
        sender: who === 'foreign' ? { id: 99 } : contents,
        senderFrame: frame === null ? null : { ...own, ...frame },
      };
      const call = { type: 'call', id: 2_000_000, name: 'server.stop', argument: { serverId: '1' } };
      ipcMain.emit('contract-frame', event, JSON.stringify(call));
    }, sender);
  const revision = async () => (await callFromPage(page, 'settings.get', { serverId: '1' })).revision;

  const before = await revision();
  await stopAs({ contents: 'foreign' });
  await stopAs({ frame: null });
  await stopAs({ frame: { parent: { origin: 'app://console' } } });
  await stopAs({ frame: { origin: 'https://example.org' } });
  await stopAs({ frame: { origin: 'null', url: 'about:blank' } });
  // Saves happen in order: one of those calls, carried out, would have made a revision before this one.
  expect((await callFromPage(page, 'server.pause', { serverId: '1' })).state).toBe('paused');
  expect(await revision()).toBe(before + 1);

  await stopAs({});
  await eventually(
    () => callFromPage(page, 'status.get', null),
    ({ servers }) => servers[0]?.state === 'stopped',
  );
});

test('a page that sends nonsense loses its channel, not the relay', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  await page.evaluate(() => {
    const { bridge } = globalThis as unknown as { bridge: { send(frame: unknown): void } };
    for (const frame of [null, 1, 'text', [], {}, { type: 'call' }, { type: 'call', id: -1, name: 'x' }])
      bridge.send(frame);
  });
  const status = () => callFromPage(page, 'status.get', null).catch(() => null);
  await eventually(status, (answer) => answer !== null);
  await expect(page.getByRole('tree')).toContainText('SMTP Virtual Server #1');
  expect(application.process.exitCode).toBeNull();
});
