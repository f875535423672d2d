/** Starts the application on the stand-in: the surface of Playwright's `_electron.launch()`, as far as the tests need it. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { eventually } from '../../fakes/relay-process.ts';
import type { DesktopApplication, ElectronMain, EvaluateInMain } from '../desktop-application.ts';
import type { ControlAnswer, ControlRequest } from './control.ts';
import type { SystemRecord } from './system.ts';

const appFolder = resolve(import.meta.dirname, '../../..');

/** On a machine that is busy with other things as well. */
const startLimitMs = 60_000;

export const chromiumPath = (): string =>
  [process.env.CHROMIUM_PATH, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(
    (path): path is string => path !== undefined && existsSync(path),
  ) ?? 'chromium';

export interface StandInOptions {
  readonly userDataFolder: string;
  readonly args: readonly string[];
  readonly packaged?: boolean;
  readonly language?: string;
  /** What the main process takes its system for. Only those without named pipes: the rest of the system is real. */
  readonly platform?: 'linux' | 'darwin';
}

/** The members of Electron, and what they were used for. */
export type StandInMain = ElectronMain & { readonly standIn: SystemRecord };

export interface StandInApplication extends DesktopApplication {
  /** Like `evaluate`, with the record of the stand-in beside Electron's members. */
  inspect<Value, Argument>(
    action: (electron: StandInMain, argument: Argument) => Value | Promise<Value>,
    argument: Argument,
  ): Promise<Value>;
  /** Every page of the browser that is a window of the application or was opened by one. */
  pages(): Promise<readonly Page[]>;
  readonly process: ChildProcess;
}

export function launchStandIn(options: StandInOptions): StandInApplication {
  const child = fork(join(appFolder, 'dist/main/index.js'), [...options.args], {
    cwd: appFolder,
    execArgv: ['--import', join(import.meta.dirname, 'register.ts')],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      STAND_IN_APP_FOLDER: appFolder,
      STAND_IN_USER_DATA: options.userDataFolder,
      STAND_IN_CHROMIUM: chromiumPath(),
      STAND_IN_PACKAGED: options.packaged === true ? '1' : '0',
      STAND_IN_LANGUAGE: options.language ?? 'en-US',
      ...(options.platform === undefined ? {} : { STAND_IN_PLATFORM: options.platform }),
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  const exitCode = new Promise<number | null>((settle) => child.once('exit', (code) => settle(code)));
  const ask = askThrough(child, exitCode, () => output);

  let browser: Browser | null = null;
  const pages = async (): Promise<readonly Page[]> => {
    await browser?.close().catch(() => {});
    browser = await chromium.connectOverCDP(String(await ask({ ask: 'browserAddress' })));
    return browser.contexts().flatMap((context) => context.pages());
  };
  const inspect = (action: unknown, argument: unknown) =>
    ask({ ask: 'evaluate', source: String(action), argument }) as Promise<never>;

  return {
    inspect,
    evaluate: inspect as EvaluateInMain,
    pages,
    async firstWindow() {
      // A second debugger that comes and goes would disturb a page that is still being set up.
      const loaded = () => inspect(loadedUrl, null).catch(() => '');
      await eventually(loaded, (url: string) => url.startsWith('app://console/'), startLimitMs);
      const found = (await pages()).find((page) => page.url().startsWith('https://console.app.invalid/'));
      if (found === undefined) throw new Error('the console window is gone');
      return found;
    },
    exitCode,
    process: child,
    output: () => output,
    async kill() {
      await browser?.close().catch(() => {});
      // SIGTERM first, so that the browser of the stand-in ends with it.
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
      if (child.exitCode === null) child.kill('SIGTERM');
      await exitCode;
      clearTimeout(timer);
    },
  };
}

const loadedUrl = ({ BrowserWindow }: StandInMain): string =>
  BrowserWindow.getAllWindows()[0]?.webContents.getURL() ?? '';

type Question<Request = ControlRequest> = Request extends unknown ? Omit<Request, 'id'> : never;

function askThrough(child: ChildProcess, exitCode: Promise<unknown>, output: () => string) {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  const ended = (): Error => new Error(`the main process has ended:\n${output()}`);
  void exitCode.then(() => {
    for (const { reject } of waiting.values()) reject(ended());
    waiting.clear();
  });
  child.on('message', (answer: ControlAnswer) => {
    const entry = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('failure' in answer) entry?.reject(new Error(answer.failure));
    else entry?.resolve(answer.value);
  });
  return (question: Question): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (!child.connected) return reject(ended());
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      child.send({ ...question, id: lastId });
    });
}
