/** Finds a Chromium for the browser tests, or installs one where that is possible without asking. Bounded in time. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type ChromiumSearch = { readonly path: string } | { readonly reason: string };

const installLimitMs = 300_000;

const installedPaths = (): readonly string[] => {
  const programFiles = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
  switch (process.platform) {
    case 'win32':
      return programFiles.flatMap((folder) =>
        folder === undefined
          ? []
          : [
              join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
              join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
            ],
      );
    case 'darwin':
      return [
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ];
    default:
      return [
        '/usr/bin/chromium-headless-shell',
        '/usr/bin/chromium',
        '/usr/bin/chromium-browser',
        '/usr/bin/google-chrome',
        '/usr/bin/microsoft-edge',
      ];
  }
};

const findInstalled = (): string | undefined => installedPaths().find((path) => existsSync(path));

/** Resolves with whether the command ended with 0 in time. Its output is shown only when it failed. */
function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    const timer = setTimeout(() => child.kill('SIGKILL'), installLimitMs);
    const end = (ok: boolean) => {
      clearTimeout(timer);
      if (!ok) console.error(output.split('\n').slice(-5).join('\n'));
      resolve(ok);
    };
    child.once('error', () => end(false));
    child.once('exit', (code) => end(code === 0));
  });
}

const isDebianRoot = (): boolean =>
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

async function fromDebian(): Promise<string | undefined> {
  if (!isDebianRoot()) return undefined;
  console.log('No Chromium found: installing Debian package chromium-headless-shell …');
  await succeeds('/usr/bin/apt-get', ['update', '-qq']);
  for (const name of ['chromium-headless-shell', 'chromium']) {
    if (await succeeds('/usr/bin/apt-get', ['install', '-y', '-qq', '--no-install-recommends', name])) break;
  }
  return findInstalled();
}

/** A Chromium inside an npm package; Linux x64 only. */
async function fromNpm(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    return await packaged.executablePath();
  } catch (error) {
    console.error(`The packaged Chromium could not be unpacked: ${String(error)}`);
    return undefined;
  }
}

export async function findChromium(): Promise<ChromiumSearch> {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    return existsSync(named) ? { path: named } : { reason: `CHROMIUM_PATH names ${named}, which does not exist` };
  }
  const path = findInstalled() ?? (await fromDebian()) ?? (await fromNpm());
  return path === undefined
    ? { reason: 'no Chromium, Chrome or Edge was found and none could be installed; set CHROMIUM_PATH to one' }
    : { path };
}
