/** What Chromium and the window may not do. Everything is refused that the console does not need; nothing remote is ever loaded. */
import type { App, Session, WebContents } from 'electron';
import { isConsolePage, isOwnDownload, isOwnUrl } from './console-page.ts';

/** Before the application is ready. */
export function hardenProcess(app: App): void {
  app.enableSandbox();
  // A failing graphics driver, common over Remote Desktop, must not take the relay with it: Chromium ends the whole program
  // when its graphics process ends three times. A console is drawn without one.
  app.disableHardwareAcceleration();
  app.commandLine.appendSwitch('disable-gpu-process-crash-limit');
  app.on('web-contents-created', (_event, contents) => hardenContents(contents));
  if (!app.isPackaged) return;
  // Whoever may start the program on a Certification Authority does not thereby get a debugger into it.
  for (const name of ['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address']) {
    app.commandLine.removeSwitch(name);
  }
}

function hardenContents(contents: WebContents): void {
  const refuseOthers = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isConsolePage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', refuseOthers);
  contents.on('will-frame-navigate', refuseOthers);
  contents.on('will-redirect', refuseOthers);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Copying rows as text needs this one; Chromium asks for it only after a key or click. */
const isAllowed = (permission: string, url: string): boolean =>
  permission === 'clipboard-sanitized-write' && isOwnUrl(url);

export interface SessionOptions {
  /** Developer tools load their own pages; a packaged application has none. */
  readonly developerTools: boolean;
}

export function hardenSession(session: Session, { developerTools }: SessionOptions): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(isAllowed(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, `${origin}/`));
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !isOwnUrl(url) && !isOwnDownload(url) && !(developerTools && url.startsWith('devtools://')) });
  });
  session.on('will-download', (event, item) => {
    if (!isOwnDownload(item.getURL())) event.preventDefault();
  });
}
