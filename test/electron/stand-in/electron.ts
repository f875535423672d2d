/**
 * Stands in for the `electron` module of the main process in tests: real Node, real Chromium, an operating system on paper.
 * It has what our main process uses; anything else throws.
 */
import { EventEmitter } from 'node:events';
import { Application } from './application.ts';
import { type Browser, startBrowser } from './browser.ts';
import { answerTests } from './control.ts';
import { Schemes, Session } from './session.ts';
import { strict, strictClass } from './strict.ts';
import { createSystem, type SystemRecord } from './system.ts';
import { createWindowClass, type StandInWindow, watchOpenedWindows } from './window.ts';

const fromEnvironment = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`stand-in: ${name} is not set`);
  return value;
};

function createElectron() {
  const language = process.env.STAND_IN_LANGUAGE ?? 'en-US';
  let browser: Browser | null = null;
  let schemes = new Schemes([]);
  const runningBrowser = (): Browser => {
    if (browser === null) throw new Error('stand-in: the application is not ready');
    return browser;
  };

  class IpcMain extends EventEmitter {}
  strictClass(IpcMain, 'ipcMain');
  const ipcMain = new IpcMain();
  const defaultSession = new Session();
  const open = new Set<StandInWindow>();
  const windows = (): readonly StandInWindow[] => [...open];
  const app = new Application({
    appFolder: fromEnvironment('STAND_IN_APP_FOLDER'),
    userDataFolder: fromEnvironment('STAND_IN_USER_DATA'),
    packaged: process.env.STAND_IN_PACKAGED === '1',
    languages: [language],
    prepare: async () => {
      browser = await startBrowser(fromEnvironment('STAND_IN_CHROMIUM'), language);
      await watchOpenedWindows(browser, windows);
    },
    shutDown: async () => browser?.close(),
    windows,
  });
  const BrowserWindow = createWindowClass({
    browser: runningBrowser,
    session: defaultSession,
    schemes: () => schemes,
    ipcMain,
    app,
    open,
  });
  const protocol = strict('protocol', {
    registerSchemesAsPrivileged(list: readonly { readonly scheme: string }[]) {
      schemes = new Schemes(list.map(({ scheme }) => scheme));
    },
  });
  const session = strict('session', { defaultSession });
  const record: SystemRecord = { trays: [], boxes: [], applicationMenu: undefined, secondStarts: [] };
  const members = { app, BrowserWindow, ipcMain, protocol, session, ...createSystem(record) };
  app.on('second-instance', (_event, _arguments, _folder, start) => record.secondStarts.push(start));
  answerTests({ electron: { ...members, standIn: record }, browserAddress: () => runningBrowser().address });
  return members;
}

export const { app, BrowserWindow, ipcMain, protocol, session, Menu, Tray, dialog, screen, nativeTheme, powerMonitor } =
  createElectron();
