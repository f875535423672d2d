/** The Electron runtime: finding it, fetching it, running the desktop application on it. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProblemExitCode } from '../main/exit-codes.ts';

const fetchLimitMs = 120_000;

const programNames: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
};
const programName = programNames[process.platform] ?? 'electron';

type Environment = Readonly<Record<string, string | undefined>>;

/** Path of the executable, null when there is none. The variables are those that Electron's own tools read. */
export function findElectron(packageFolder: string, env: Environment): string | null {
  if (env.ELECTRON_EXEC_PATH) return existing(env.ELECTRON_EXEC_PATH);
  if (env.ELECTRON_OVERRIDE_DIST_PATH) return existing(join(env.ELECTRON_OVERRIDE_DIST_PATH, programName));
  // Written last by the installer: without it the folder may hold half a runtime.
  if (!existsSync(join(packageFolder, 'path.txt'))) return null;
  return existing(join(packageFolder, 'dist', readFileSync(join(packageFolder, 'path.txt'), 'utf8').trim()));
}

const existing = (path: string): string | null => (existsSync(path) ? path : null);

/** Runs the installer of the electron package. @returns why it failed, null when it did not. */
export function fetchElectron(packageFolder: string, stop: AbortSignal): Promise<string | null> {
  const limit = AbortSignal.timeout(fetchLimitMs);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(packageFolder, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      signal: AbortSignal.any([stop, limit]),
      killSignal: 'SIGKILL',
    });
    let output = '';
    let failure: string | null = null;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-4_000);
    });
    child.once('error', (error) => {
      failure = limit.aborted ? `no end after ${fetchLimitMs / 1_000} seconds` : error.message;
      if (child.pid === undefined) resolve(failure);
    });
    child.once('close', (code) => {
      if (failure === null && code !== 0) failure = firstLine(output) ?? `exit code ${code}`;
      resolve(failure);
    });
  });
}

const firstLine = (text: string): string | undefined =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '');

export interface DesktopRun {
  readonly executable: string;
  /** Folder with the package.json of the application. */
  readonly appFolder: string;
  readonly args: readonly string[];
  /** Ends the application in good order. */
  readonly stop: AbortSignal;
}

export type DesktopEnd =
  | { readonly kind: 'ended'; readonly exitCode: number }
  /** The runtime did not come up or broke down; the application had no say in it. */
  | { readonly kind: 'runtimeFailed'; readonly reason: string };

export function runDesktop({ executable, appFolder, args, stop }: DesktopRun): Promise<DesktopEnd> {
  // Set by some editors in their terminals; it would turn the runtime into a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  return new Promise((resolve) => {
    const child = spawn(executable, [appFolder, ...args], { stdio: 'inherit', env });
    const end = (): void => void child.kill('SIGTERM');
    stop.addEventListener('abort', end);
    const settle = (result: DesktopEnd): void => {
      stop.removeEventListener('abort', end);
      resolve(result);
    };
    child.once('error', (error) => settle({ kind: 'runtimeFailed', reason: error.message }));
    child.once('exit', (code, signal) => settle(endOf(code, signal, stop.aborted)));
  });
}

/** Exit codes other than those of our own main process come from the runtime: no sandbox, no X server, a missing library. */
export function endOf(code: number | null, signal: NodeJS.Signals | null, stopWanted: boolean): DesktopEnd {
  if (code === 0 || code === startProblemExitCode) return { kind: 'ended', exitCode: code };
  if (stopWanted) return { kind: 'ended', exitCode: 0 };
  if (signal === 'SIGKILL') return { kind: 'ended', exitCode: 1 };
  return { kind: 'runtimeFailed', reason: signal === null ? `exit code ${code}` : signal };
}
