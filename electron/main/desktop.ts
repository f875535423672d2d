/**
 * The life of the desktop application. Hosting the relay, it outlives its window in the tray and asks before it ends;
 * attached to a relay that runs elsewhere, it is a window and ends with it.
 */
import { app, type BrowserWindow, powerMonitor } from 'electron';
import { computerIpcChannel, type DesktopRequest, frameIpcChannel } from '../../shared/contract/bridge.ts';
import { computerCalls } from '../../shared/contract/computer/computer-calls.ts';
import type { Log, Ports } from '../base/ports.ts';
import type { ComputerWindow } from '../computer/create-computer.ts';
import { thisComputer } from '../computer/this-computer.ts';
import { serveCalls } from '../host/contract-server.ts';
import { endSignals } from '../host/first-signal.ts';
import { consoleUrl } from './console-page.ts';
import { bridgeContract } from './contract-bridge.ts';
import { bridgeDesktop } from './desktop-bridge.ts';
import type { DesktopLanguage } from './desktop-language.ts';
import type { LogonSwitch } from './logon-switch.ts';
import { confirmQuit, tellVersion } from './questions.ts';
import type { DesktopRelay, HostedRelay } from './relay.ts';
import { createRelayDesk } from './relay-desk.ts';
import { settledWithin } from './settled-within.ts';
import { createRelayTray, type RelayTray } from './tray.ts';
import { trayCommands } from './tray-commands.ts';
import { handleWindowFailures } from './window-failures.ts';
import { saveWindowPlace } from './window-place.ts';

export interface DesktopApplicationOptions {
  readonly window: BrowserWindow;
  readonly placeFile: string;
  readonly hintFile: string | null;
  readonly iconFolder: string;
  readonly version: string;
  readonly language: DesktopLanguage;
  readonly logon: LogonSwitch;
  readonly ports: Ports;
  /** Of the relay. */
  readonly dataFolder: string;
  readonly openRelay: () => Promise<DesktopRelay>;
  readonly chooseFile: ComputerWindow['chooseFile'];
  /** Starts the application once more with administrator rights; false when the person declined. */
  readonly startElevated: () => Promise<boolean>;
  /** There is no relay any more, and none can be opened. */
  readonly onLost: (error: unknown) => void;
}

/** Longer than the relay gives to conversations under way. What was accepted is on disk, whatever happens after it. */
const stopLimitMs = 30_000;
/** Windows ends a program five seconds after it was told that the session ends. */
const sessionEndLimitMs = 4_000;

/** Resolves once the relay is open. @throws {ProblemError} when it can't be opened. */
export async function runDesktopApplication(options: DesktopApplicationOptions): Promise<void> {
  const { window, language, logon, ports } = options;
  const { clock, log } = ports;
  let tray: RelayTray | null = null;
  let stopping = false;
  let asking = false;

  const visibleWindow = (): BrowserWindow | null => (!window.isDestroyed() && window.isVisible() ? window : null);
  /** While the relay is still being opened nobody knows yet whose it is: as if it were ours. */
  const outlivesWindow = (): boolean => desk.state() === 'hosted' || desk.state() === 'opening';
  const show = (): void => {
    if (window.isDestroyed() || stopping) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    if (window.webContents.isCrashed()) window.webContents.reload();
  };

  const stop = async (limitMs = stopLimitMs): Promise<void> => {
    if (stopping) return;
    stopping = true;
    if (!window.isDestroyed()) {
      saveWindowPlace(options.placeFile, window);
      window.hide();
    }
    tray?.stopping();
    try {
      if (!(await settledWithin(limitMs, desk.stop(), clock))) log.warn('relay not stopped in time', { limitMs });
    } catch (error) {
      log.error('relay not stopped in good order', error);
    }
    tray?.destroy();
    app.exit(0);
  };

  const quit = async (): Promise<void> => {
    if (stopping || asking) return;
    asking = true;
    try {
      const relay = desk.relay();
      const agreed =
        relay?.kind !== 'hosted' ||
        (await confirmQuit(await relay.controls['status.get'](null), language.texts, visibleWindow()));
      if (agreed) await stop();
    } finally {
      asking = false;
    }
  };

  const tellState = bridgeDesktop({
    window,
    state: () => ({ relay: desk.state(), startsAtLogon: logon.startsAtLogon() }),
    onRequest: (request) => carryOut(request),
  });
  const setStartAtLogon = (enabled: boolean): void => {
    logon.set(enabled);
    tray?.redraw();
    tellState();
  };
  const carryOut = (request: DesktopRequest): void => {
    switch (request.type) {
      case 'language':
        language.choose(request.language);
        tray?.redraw();
        break;
      case 'startAtLogon':
        setStartAtLogon(request.enabled);
        break;
      case 'showVersion':
        void tellVersion(options.version, language.texts, visibleWindow());
        break;
      case 'quit':
        void quit();
    }
  };
  const showInTray = (hosted: HostedRelay): RelayTray => {
    const commands = trayCommands({ relay: hosted, language, visibleWindow, onDone: () => tray?.redraw() });
    return createRelayTray({
      clock,
      log,
      relay: hosted,
      iconFolder: options.iconFolder,
      hintFile: options.hintFile,
      language,
      startsAtLogon: () => logon.startsAtLogon(),
      actions: { ...commands, open: show, startAtLogon: setStartAtLogon, quit: () => void quit() },
    });
  };

  const desk = createRelayDesk({
    openRelay: options.openRelay,
    clock,
    log,
    onChange: () => {
      const relay = desk.relay();
      tray?.destroy();
      tray = relay?.kind === 'hosted' ? showInTray(relay) : null;
      tellState();
      if (!outlivesWindow() && visibleWindow() === null) void stop(); // nothing is left to be done here
    },
    onLost: options.onLost,
  });
  const computer = thisComputer({
    ports,
    dataFolder: options.dataFolder,
    window: {
      chooseFile: options.chooseFile,
      restartElevated: async () => {
        const started = await options.startElevated();
        if (started) void stop(); // it waits for our end
        return started;
      },
      handOver: (change) => desk.handOver(change),
    },
  });

  bridgeContract({ window, ipcChannel: frameIpcChannel, connect: (channel) => desk.connect(channel) });
  bridgeContract({
    window,
    ipcChannel: computerIpcChannel,
    connect: (channel) => void serveCalls(channel, computerCalls, computer, log),
  });
  window.on('close', (event) => {
    if (stopping) return;
    saveWindowPlace(options.placeFile, window);
    if (!outlivesWindow()) return;
    event.preventDefault();
    window.hide();
    tray?.tellThatRelayGoesOn();
  });
  // Not at 'query-session-end': another program may still call the end off. Nor is it held up: what was accepted is on disk.
  window.on('session-end', () => void stop(sessionEndLimitMs));
  handleWindowFailures({
    window,
    language,
    clock,
    log,
    isStopping: () => stopping,
    onGivenUp: () => {
      if (!outlivesWindow()) void stop();
    },
  });

  app.on('window-all-closed', () => void stop());
  app.on('second-instance', (_event, _arguments, _folder, start) => {
    if (!isHiddenStart(start)) show();
  });
  app.on('activate', show);
  app.on('before-quit', (event) => {
    event.preventDefault();
    void quit();
  });
  // Nobody is there to ask. Heard more than once: Ctrl+C comes from the terminal and again from `npm start`, and the
  // second one must not cut the stop short.
  for (const signal of endSignals) process.on(signal, () => void stop());
  // Linux and macOS wait for a moment when asked to.
  powerMonitor.on('shutdown', (event?: Electron.Event) => {
    event?.preventDefault();
    void stop();
  });

  void load(window, log);
  await desk.open();
}

/** What a second start sends to the first. */
export interface SecondStart {
  readonly hidden: boolean;
}

const isHiddenStart = (start: unknown): boolean =>
  typeof start === 'object' && start !== null && 'hidden' in start && start.hidden === true;

async function load(window: BrowserWindow, log: Log): Promise<void> {
  try {
    await window.loadURL(consoleUrl);
  } catch (error) {
    log.error('console page not loaded', error);
  }
}
