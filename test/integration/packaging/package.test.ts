/** The application as it is installed: made with a runtime that runs nothing, then looked at and run on plain Node. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findChromium } from '../../../electron/scripts/find-chromium.ts';
import { makeInstallers, prepareApp } from '../../../electron/scripts/package.ts';
import { makeElectronDist, readFuses } from '../../fakes/electron-dist.ts';
import { eventually } from '../../fakes/eventually.ts';
import { freePort } from '../../fakes/free-port.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';

const root = resolve(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly devDependencies: { readonly electron: string };
};
const available = process.platform === 'linux' && process.env.npm_execpath !== undefined;
const chromium = await findChromium();
const patience = { timeout: 30_000, interval: 50 } as const;

let folder: string;
let app: string;
const children: ChildProcess[] = [];

/** A package with the stand-in of a runtime. @returns its folder. */
async function makePackage(platform: 'linux' | 'win32'): Promise<string> {
  const dist = join(folder, `electron-${platform}`);
  const output = join(folder, `release-${platform}`);
  await makeElectronDist(dist, platform, manifest.devDependencies.electron);
  const target = platform === 'linux' ? '--linux' : '--win';
  const options = [`-c.electronDist=${dist}`, `-c.directories.output=${output}`];
  if ((await makeInstallers([target, '--dir', ...options])) !== 0) throw new Error('The package was not made.');
  return join(output, platform === 'linux' ? 'linux-unpacked' : 'win-unpacked');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'));
  if (!available) return;
  await prepareApp();
}, 300_000);

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

describe.skipIf(!available)('the package for Linux', () => {
  let unpacked: string;
  let archive: string;
  let files: readonly string[];

  beforeAll(async () => {
    unpacked = await makePackage('linux');
    archive = join(unpacked, 'resources/app.asar');
    files = listPackage(archive, { isPack: false }).map((name) => name.replaceAll('\\', '/'));
    app = join(folder, 'app');
    extractAll(archive, app);
  }, 300_000);

  test('has the programs, the console and the icons, and nothing else', () => {
    const tops = new Set(files.map((name) => name.split('/').slice(1, 3).join('/')));
    expect([...tops].sort()).toEqual([
      ...['assets', 'assets/tray', 'dist', 'dist/cli', 'dist/main', 'dist/preload', 'dist/renderer', 'dist/service'],
      'package.json',
    ]);
    const kinds = new Set(files.filter((name) => /\.[^/]+$/.test(name)).map((name) => name.split('.').at(-1)));
    expect([...kinds].sort()).toEqual(['cjs', 'css', 'html', 'js', 'json', 'png', 'svg', 'woff', 'woff2']);
  });

  test('is small: a library that came along by mistake would show', () => {
    expect(readFileSync(archive).length).toBeLessThan(12 * 1_048_576);
    expect(existsSync(`${archive}.unpacked`)).toBe(false);
  });

  test('tells nothing of the computer it was made on and has no source maps', () => {
    for (const name of files.filter((file) => /\.(c?js|css|html|json)$/.test(file))) {
      const text = readFileSync(join(app, name), 'utf8');
      expect(text.includes(root), name).toBe(false);
      expect(text, name).not.toMatch(/sourceMappingURL=(?!\*)\S+\.map/);
    }
  });

  test('has a manifest without scripts and dependencies', () => {
    const packaged = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')) as object;
    expect(packaged).toMatchObject({ main: 'dist/main/index.js', type: 'module', version: manifest.version });
    expect(Object.keys(packaged)).not.toEqual(expect.arrayContaining(['scripts']));
    expect(Object.keys(packaged).filter((key) => /dependencies/i.test(key))).toEqual([]);
  });

  test('has no browser console: neither its server nor what it would need', () => {
    for (const program of ['cli', 'service', 'main']) {
      const text = readFileSync(join(app, `dist/${program}/index.js`), 'utf8');
      expect(text, program).not.toMatch(/WebSocketServer|createConsoleAdmission/);
    }
  });

  test('lets the executable run this application only', () => {
    expect(readFuses(readFileSync(join(unpacked, 'smtp-relay-manager')))).toBe('010011000');
  });

  test('brings the licences, the bill of materials, the unit and the command line', () => {
    expect(readdirSync(unpacked)).toEqual(
      expect.arrayContaining([
        ...['LICENSE.txt', 'LICENSES.chromium.html', 'licences.txt', 'sbom.json', 'smtp-relay', 'smtp-relay.service'],
      ]),
    );
    const bom = JSON.parse(readFileSync(join(unpacked, 'sbom.json'), 'utf8')) as {
      readonly components: readonly { readonly name: string }[];
    };
    const names = bom.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['electron', 'smtp-server', 'nodemailer', 'zod', 'react', 'koffi']));
    expect(names).not.toEqual(expect.arrayContaining(['vite']));
    expect(readFileSync(join(unpacked, 'licences.txt'), 'utf8')).toMatch(/^smtp-server \d/m);
  });

  /** A relay of the archive, with one listener. @returns its port, and how it ends. */
  async function startRelay(program: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const dataFolder = await mkdtemp(join(folder, 'data-'));
    const port = await freePort();
    // The gateway is down: what was taken in stays in the queue.
    const settings = {
      'general.listen': [`127.0.0.1:${port}`],
      'delivery.smartHosts': [`127.0.0.1:${await freePort()}`],
    };
    const servers = [{ id: '1', settings }];
    await writeFile(join(dataFolder, 'settings.json'), JSON.stringify({ version: 1, revision: 1, servers }));
    const child = spawn(process.execPath, [...program, '--data', dataFolder], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    const exited = new Promise((settle) => child.once('exit', settle));
    await vi.waitUntil(() => output.includes('relay-started') || child.exitCode !== null, patience);
    return { dataFolder, port, child, exited, output: () => output };
  }

  async function sendMail(port: number): Promise<void> {
    const dialogue = await SmtpDialogue.connect(port);
    await dialogue.expect('220 ');
    await dialogue.send('EHLO ca01.corp.example.com', '250');
    await dialogue.send('MAIL FROM:<ca01@corp.example.com>', '250');
    await dialogue.send('RCPT TO:<pki@nowhere.invalid>', '250');
    await dialogue.send('DATA', '354');
    dialogue.sendBytes('Subject: from the package\r\n\r\nIssued.\r\n');
    await dialogue.send('.', '250');
    await dialogue.send('QUIT', '221');
  }

  const queued = (dataFolder: string): readonly string[] =>
    readdirSync(join(dataFolder, 'mailroot/1/Queue')).filter((name) => name.endsWith('.eml'));

  test('has a relay that takes mail, keeps it and ends in good order', async () => {
    const relay = await startRelay([join(app, 'dist/service/index.js')]);
    await sendMail(relay.port);
    await eventually(() => queued(relay.dataFolder)).toHaveLength(1);
    relay.child.kill('SIGTERM');
    expect(await relay.exited, relay.output()).toBe(0);
    expect(queued(relay.dataFolder)).toHaveLength(1);
  });

  test.skipIf(!('path' in chromium))('is a service when the executable gets --service, without a window', async () => {
    const standIn = join(root, 'test/electron/stand-in/register.ts');
    const profile = join(folder, 'profile');
    await mkdir(profile);
    const relay = await startRelay(['--import', standIn, join(app, 'dist/main/index.js'), '--service'], {
      STAND_IN_APP_FOLDER: app,
      STAND_IN_USER_DATA: profile,
      STAND_IN_CHROMIUM: 'path' in chromium ? chromium.path : '',
      STAND_IN_PACKAGED: '1',
      STAND_IN_LANGUAGE: 'en-US',
    });
    await sendMail(relay.port);
    await eventually(() => queued(relay.dataFolder)).toHaveLength(1);
    relay.child.kill('SIGTERM');
    expect(await relay.exited, relay.output()).toBe(0);
  });

  test('has a command line that knows its version and has no browser console', async () => {
    const run = (...args: readonly string[]) =>
      new Promise<string>((settle) => {
        const child = spawn(process.execPath, [join(app, 'dist/cli/index.js'), ...args], { cwd: folder });
        let output = '';
        for (const stream of [child.stdout, child.stderr])
          stream.setEncoding('utf8').on('data', (text) => (output += text));
        child.once('close', () => settle(output));
      });
    expect(await run('--version')).toBe(`${manifest.version}\n`);
    const dataFolder = await mkdtemp(join(folder, 'data-'));
    const port = String(await freePort());
    expect(await run('--data', dataFolder, 'serve', '--listen', `127.0.0.1:${port}`, '--console', '0')).toMatch(
      /no browser console/,
    );
    expect(await run('--data', dataFolder, 'service', 'install')).toMatch(/Only the installed application/);
  });
});

describe.skipIf(!available)('the package for Windows', () => {
  test('has an executable that runs this application only, and the command line beside it', async () => {
    const unpacked = await makePackage('win32');
    expect(readFuses(readFileSync(join(unpacked, 'SMTP Relay Manager.exe')))).toBe('010011000');
    expect(readFileSync(join(unpacked, 'smtp-relay.cmd'), 'latin1')).toBe(
      readFileSync(join(root, 'electron/packaging/windows/smtp-relay.cmd'), 'latin1'),
    );
    expect(listPackage(join(unpacked, 'resources/app.asar'), { isPack: false })).toContain('/dist/service/index.js');
  }, 300_000);
});
