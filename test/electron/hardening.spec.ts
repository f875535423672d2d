/** Each thing that the window may not do, with a test that fails when its protection is taken away. */
import type { Page } from '@playwright/test';
import type { Bridge } from '../../shared/contract/bridge.ts';
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

test('a frame larger than any call ends the channel unread, not the relay', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  await callFromPage(page, 'status.get', null);
  const ended = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const { bridge } = globalThis as unknown as { bridge: Bridge };
        const id = 3_000_000;
        bridge.onFrame((frame) => {
          // The console's own questions are answered on the same channel.
          const { type, ...rest } = frame as { readonly type: string; readonly id?: number };
          if (type === 'end' || rest.id === id) resolve(frame);
        });
        const argument = 'x'.repeat(8 * 1_048_576);
        bridge.send({ type: 'call', id, name: 'status.get', argument });
      }),
  );
  expect(ended).toEqual({ type: 'end' });
  await desktop.sendMail('Still taken in');
});

test('the page gets exactly two functions of the application, which obey our page alone and known requests', async ({
  desktop,
}) => {
  const application = desktop.launch({ platform: 'darwin' });
  const page = await application.firstWindow();
  await callFromPage(page, 'status.get', null);
  const members = await page.evaluate(() => Object.keys((globalThis as unknown as { desktop: object }).desktop).sort());
  expect(members).toEqual(['onState', 'request']);

  /** As our page, but for what is said otherwise. */
  const request = (wish: unknown, sender: { contents?: 'foreign'; frame?: object | null } = {}) =>
    application.inspect(
      ({ BrowserWindow, ipcMain }, [wish, { contents: who, frame }]) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        const own = { origin: 'app://console', url: 'app://console/index.html', parent: null };
        const event = {
          sender: who === 'foreign' ? { id: 99 } : contents,
          senderFrame: frame === null ? null : { ...own, ...frame },
        };
        ipcMain.emit('desktop', event, wish);
      },
      [wish, sender] as const,
    );
  const changes = () =>
    application.inspect(({ app }) => (app as unknown as { loginItem: { changes: object[] } }).loginItem.changes, null);
  const on = { type: 'startAtLogon', enabled: true };
  await request(on, { contents: 'foreign' });
  await request(on, { frame: null });
  await request(on, { frame: { parent: { origin: 'app://console' } } });
  await request(on, { frame: { origin: 'https://example.org' } });
  await request({ ...on, enabled: 'yes' });
  await request({ ...on, path: '/tmp/other' });
  await request({ type: 'language', language: '../../etc' });
  await request({ type: 'openFile', path: '/etc/passwd' });
  await request(null);
  expect(await changes()).toEqual([]);
  await request(on);
  expect(await changes()).toEqual([{ openAtLogin: true }]);
});

test('the computer answers our page in the main frame of our window, and nobody else', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  const members = await page.evaluate(() =>
    Object.keys((globalThis as unknown as { computer: object }).computer).sort(),
  );
  expect(members).toEqual(['onFrame', 'send']);
  await application.evaluate(({ dialog }) => {
    const shown: unknown[] = [];
    Object.assign(globalThis, { shown });
    Object.assign(dialog, {
      showOpenDialog: async (_window: unknown, options: unknown) => {
        shown.push(options);
        return { canceled: false, filePaths: ['/srv/bad mail'] };
      },
    });
  }, null);
  const shown = () => application.evaluate(() => (globalThis as unknown as { shown: unknown[] }).shown, null);
  const askAs = (sender: { contents?: 'foreign'; frame?: object | null }) =>
    application.inspect(({ BrowserWindow, ipcMain }, { contents: who, frame }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const own = { origin: 'app://console', url: 'app://console/index.html', parent: null };
      const event = {
        sender: who === 'foreign' ? { id: 99 } : contents,
        senderFrame: frame === null ? null : { ...own, ...frame },
      };
      const call = { type: 'call', id: 900, name: 'file.choose', argument: { kind: 'folder' } };
      ipcMain.emit('computer-frame', event, JSON.stringify(call));
    }, sender);
  await askAs({ contents: 'foreign' });
  await askAs({ frame: null });
  await askAs({ frame: { parent: { origin: 'app://console' } } });
  await askAs({ frame: { origin: 'https://example.org' } });
  expect(await shown()).toEqual([]);

  const answer = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const { computer } = globalThis as unknown as { computer: Bridge };
        computer.onFrame((frame) => {
          if ((frame as { id?: number }).id === 901) resolve(frame);
        });
        computer.send({ type: 'call', id: 901, name: 'file.choose', argument: { kind: 'folder', startAt: '/' } });
      }),
  );
  expect(answer).toEqual({ type: 'answer', id: 901, value: { path: '/srv/bad mail' } });
  expect(await shown()).toMatchObject([{ defaultPath: '/', properties: expect.arrayContaining(['openDirectory']) }]);
});

test('no request leaves the console, whatever its scheme; a packaged application loads no developer tools', async ({
  desktop,
}) => {
  const application = desktop.launch({ packaged: true });
  await application.firstWindow();
  const blocked = (url: string) =>
    application.inspect(
      ({ session }, url) => (session.defaultSession as unknown as { blocks(url: string): boolean }).blocks(url),
      url,
    );
  for (const url of [
    'http://127.0.0.1/',
    'https://example.org/',
    'ws://127.0.0.1/',
    'wss://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'app://elsewhere/index.html',
    'app://console.example.org/index.html',
    'chrome://version/',
    'devtools://devtools/bundled/inspector.html',
  ]) {
    expect(await blocked(url), url).toBe(true);
  }
  expect(await blocked('app://console/index.html')).toBe(false);
});

test('looking at a hostile message loads nothing and runs nothing', async ({ desktop, trap }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  const html = `<p>Hello</p><img src="${trap.origin}/image"><script src="${trap.origin}/script"></script>
<link rel="stylesheet" href="${trap.origin}/style"><iframe src="${trap.origin}/frame"></iframe>
<img src="x" onerror="globalThis.ran = true"><a href="${trap.origin}/link">link</a>`;
  await desktop.sendMail('<img src=x onerror="globalThis.ran = true">', {
    headers: ['MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8'],
    text: html.replaceAll('\n', '\r\n'),
  });
  await page.getByRole('treeitem', { name: 'Queue' }).click();
  await page.getByRole('row').filter({ hasText: 'onerror' }).dblclick();
  const dialog = page.getByRole('dialog');
  for (const tab of await dialog.getByRole('tab').all()) await tab.click();
  await expect(dialog).toContainText('onerror');
  // Asked and answered: whatever the page wanted to load or run came before it.
  await callFromPage(page, 'status.get', null);
  expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
  expect(trap.visits).toEqual([]);
});

test('a secret goes in and never comes back', async ({ desktop }) => {
  const page = await desktop.launch().firstWindow();
  const server = { serverId: '1' };
  const value = 'correct horse battery staple';
  await callFromPage(page, 'secret.set', { ...server, name: 'delivery.password', value });
  const settings = await callFromPage(page, 'settings.get', server);
  expect(settings.secrets).toEqual(['delivery.password']);
  const answers = [
    settings,
    await callFromPage(page, 'settings.export', server),
    await callFromPage(page, 'settings.history', null),
    await callFromPage(page, 'status.get', null),
  ];
  expect(JSON.stringify(answers)).not.toContain(value);
});
