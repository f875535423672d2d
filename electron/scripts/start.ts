/**
 * `npm start`: builds, then opens the console with a relay of its own on a development data folder: as desktop application
 * where Electron runs, else in a browser.
 *   --data DIR   --listen ENDPOINT (several times)   --console-port N   --browser   --no-build
 */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { nodeClock } from '../base/node-ports.ts';
import { parentGone } from '../cli/parent-gone.ts';
import { readVersion } from '../host/app-files.ts';
import { firstSignal } from '../host/first-signal.ts';
import { createOperatorLog } from '../logging/operator-log.ts';
import { startBrowserConsole } from './browser-console.ts';
import { build } from './build.ts';
import { type ConsoleChoice, chooseConsole, hasDisplay } from './choose-console.ts';
import { developmentFolder } from './development-folder.ts';
import { fetchElectron, findElectron, runDesktop } from './electron-runtime.ts';
import { openBrowser } from './open-browser.ts';
import { parseStartOptions, type StartOptions } from './start-options.ts';

const appFolder = resolve(import.meta.dirname, '../..');
const electronPackage = join(appFolder, 'node_modules/electron');

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (error: unknown): void =>
  void process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);

async function main(): Promise<number> {
  let options: StartOptions;
  try {
    options = parseStartOptions(process.argv.slice(2));
  } catch (error) {
    complain(error);
    return 2;
  }
  const stop = new AbortController();
  void Promise.race([firstSignal(), ...(isRunByNpm() ? [parentGone(nodeClock, () => process.ppid)] : [])]).then(() =>
    stop.abort(),
  );
  try {
    if (options.buildWanted) await build();
    if (stop.signal.aborted) return 0;
    const dataFolder =
      options.dataFolder ?? developmentFolder({ platform: process.platform, env: process.env, homeFolder: homedir() });
    say(`Data folder: ${dataFolder}`);
    return await openConsole(options, dataFolder, stop.signal);
  } catch (error) {
    complain(error);
    return 1;
  }
}

/** Windows ends the whole tree of processes, and does not tell of a new parent. */
const isRunByNpm = (): boolean => process.env.npm_lifecycle_event === 'start' && process.platform !== 'win32';

async function openConsole(options: StartOptions, dataFolder: string, stop: AbortSignal): Promise<number> {
  const choice = await fetchIfWanted(choose(options), stop);
  if (stop.aborted) return 0;
  if (choice.kind === 'browser') {
    if (choice.reason !== null) say(choice.reason);
    return await runBrowser(options, dataFolder, stop);
  }
  const executable = findElectron(electronPackage, process.env);
  if (executable === null) return await runBrowser(options, dataFolder, stop);
  const args = ['--data', dataFolder, ...options.listen.flatMap((endpoint) => ['--listen', endpoint])];
  const end = await runDesktop({ executable, appFolder, args, stop });
  if (end.kind === 'ended') return end.exitCode;
  say(`The desktop window could not be kept open (${end.reason}): opening the browser console.`);
  return await runBrowser(options, dataFolder, stop);
}

const choose = (options: StartOptions): ConsoleChoice =>
  chooseConsole({
    browserWanted: options.browserWanted,
    hasDisplay: hasDisplay(process.platform, process.env),
    runtimePresent: findElectron(electronPackage, process.env) !== null,
    rootOnLinux: process.platform === 'linux' && process.geteuid?.() === 0,
  });

async function fetchIfWanted(choice: ConsoleChoice, stop: AbortSignal): Promise<ConsoleChoice> {
  if (choice.kind !== 'fetchElectron') return choice;
  say('Fetching the Electron runtime (once, about 110 MB, two minutes at the most) …');
  const failure = await fetchElectron(electronPackage, stop);
  if (failure === null) return { kind: 'electron' };
  return {
    kind: 'browser',
    reason: `The Electron runtime could not be fetched (${failure}): opening the browser console.`,
  };
}

async function runBrowser(options: StartOptions, dataFolder: string, stop: AbortSignal): Promise<number> {
  const browserConsole = await startBrowserConsole({
    appFolder,
    version: readVersion(),
    dataFolder,
    listen: options.listen,
    port: options.consolePort,
    log: createOperatorLog(process.stderr),
    say,
  });
  say('Ctrl+C stops the relay.');
  if (hasDisplay(process.platform, process.env)) openBrowser(browserConsole.address);
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  say('Stopping …');
  await browserConsole.stop();
  return 0;
}

process.exitCode = await main();
