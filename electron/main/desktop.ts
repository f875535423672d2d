/**
 * The life of the desktop application. Hosting the relay, it outlives its window in the tray and asks before it ends;
 * attached to a relay that runs elsewhere, it is a window and ends with it.
 */
import { app, type BrowserWindow, dialog, type Tray } from 'electron';
import type { Log, Ports } from '../base/ports.ts';
import { endSignals } from '../host/first-signal.ts';
import { consoleUrl } from './console-page.ts';
import { bridgeContract } from './contract-bridge.ts';
import { createCrashLimit } from './crash-limit.ts';
import { confirmQuit } from './questions.ts';
import type { DesktopRelay } from './relay.ts';
import type { DesktopTexts } from './texts.ts';
import { createRelayTray } from './tray.ts';
import { saveWindowPlace } from './window-place.ts';

export interface DesktopApplicationOptions {
  readonly window: BrowserWindow;
  readonly placeFile: string;
  readonly iconFolder: string;
  readonly texts: DesktopTexts;
  readonly ports: Pick<Ports, 'clock' | 'log'>;
  /** Settles some time after the window is shown. */
  readonly opening: Promise<DesktopRelay>;
}

/** Resolves once the relay is open. @throws {ProblemError} when it can't be opened. */
export async function runDesktopApplication(options: DesktopApplicationOptions): Promise<void> {
  const { window, texts, ports, opening } = options;
  let relay: DesktopRelay | null = null;
  let tray: Tray | null = null;
  let stopping = false;
  let asking = false;

  const show = (): void => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    if (window.webContents.isCrashed()) window.webContents.reload();
  };

  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    if (!window.isDestroyed()) saveWindowPlace(options.placeFile, window);
    try {
      const opened = await opening;
      if (opened.kind === 'hosted') await opened.stop();
    } catch (error) {
      ports.log.error('relay not stopped in good order', error);
    }
    tray?.destroy();
    app.exit(0);
  };

  const quit = async (): Promise<void> => {
    if (stopping || asking) return;
    asking = true;
    try {
      const opened = await opening.catch(() => null);
      if (opened === null) return; // a start that failed ends the application by itself
      const agreed =
        opened.kind === 'attached' || (await confirmQuit(opened, texts, window.isVisible() ? window : null));
      if (agreed) await stop();
    } finally {
      asking = false;
    }
  };

  bridgeContract(window, (channel) => {
    opening.then(
      (opened) => opened.connect(channel),
      () => channel.close(),
    );
  });
  window.on('close', (event) => {
    if (stopping) return;
    saveWindowPlace(options.placeFile, window);
    // While the relay is still being opened nobody knows yet whose it is: as if it were ours.
    if (relay?.kind === 'attached') return;
    event.preventDefault();
    window.hide();
  });
  // The system takes a few seconds at most before it ends the process; what was accepted is on disk anyway.
  window.on('session-end', () => void stop());

  const mayReload = createCrashLimit(ports.clock);
  const giveUp = async (): Promise<void> => {
    window.hide();
    await dialog.showMessageBox({ type: 'error', title: texts.productName, message: texts.crashed });
    if (relay?.kind === 'attached') await stop();
  };
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || stopping) return;
    ports.log.warn('console page crashed', { reason, exitCode });
    // Not inside the event, where Chromium still takes the old process apart.
    ports.clock.after(0, () => {
      if (!mayReload()) void giveUp();
      else if (!window.isDestroyed()) window.webContents.reload();
    });
  });

  app.on('window-all-closed', () => void stop());
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('before-quit', (event) => {
    event.preventDefault();
    void quit();
  });
  // Nobody is there to ask. Heard more than once: Ctrl+C comes from the terminal and again from `npm start`, and the
  // second one must not cut the stop short.
  for (const signal of endSignals) process.on(signal, () => void stop());

  void load(window, ports.log);
  relay = await opening;
  ports.log.info('relay opened', { kind: relay.kind });
  if (stopping) return;
  if (relay.kind === 'hosted') {
    tray = createRelayTray({ ...options, ...ports, relay, open: show, quit: () => void quit() });
  } else if (!window.isVisible()) {
    void stop();
  }
}

async function load(window: BrowserWindow, log: Log): Promise<void> {
  try {
    await window.loadURL(consoleUrl);
  } catch (error) {
    log.error('console page not loaded', error);
  }
}
