/**
 * `npm run package`: makes the installers of this operating system in release/.
 *   -- --dir            only the folder that an installer is made of
 *   -- --win --linux    for other systems, as far as this one can; takes everything that electron-builder takes
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from './build.ts';
import {
  licenceText,
  packageFolder,
  readPackage,
  requirePermissive,
  type ShippedPackage,
  shippedBom,
} from './licences.ts';

const root = resolve(import.meta.dirname, '../..');
/** All that goes into the archive; electron-builder.yml names it too. */
export const appFolder = join(root, 'release/app');

/** The runtime, which no bundle shows. */
const runtimeFolder = 'node_modules/electron';

/**
 * Fills release/app, dist/licences.txt and dist/sbom.json.
 * @throws {Error} a program that can't be built; a package without a permissive licence.
 */
export async function prepareApp(): Promise<readonly ShippedPackage[]> {
  // Where it says anything else, React's development version would be shipped, with the paths of this computer in it.
  process.env.NODE_ENV = 'production';
  const folders = new Set([runtimeFolder]);
  await rm(appFolder, { recursive: true, force: true });
  await build(undefined, {
    outFolder: join(appFolder, 'dist'),
    packaged: true,
    onSource: (id) => {
      const folder = packageFolder(id);
      if (folder !== null) folders.add(folder);
    },
  });
  const packages = [...folders].sort().map((folder) => readPackage(root, folder));
  requirePermissive(packages);
  await cp(join(root, 'assets/tray'), join(appFolder, 'assets/tray'), {
    recursive: true,
    filter: (source) => !source.endsWith('.svg'),
  });
  await writeFile(join(appFolder, 'package.json'), await appManifest());
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(join(root, 'dist/licences.txt'), licenceText(packages));
  await writeFile(join(root, 'dist/sbom.json'), `${JSON.stringify(shippedBom(await npmBom(), packages), null, 2)}\n`);
  return packages;
}

interface Manifest {
  readonly name: string;
  readonly productName: string;
  readonly version: string;
  readonly description: string;
  /** Of the packages as well: a Debian package has to name one. */
  readonly homepage: string;
  readonly author: string;
  readonly license: string;
  readonly type: string;
  readonly main: string;
}

/** Without scripts and dependencies: everything is in the bundles. */
async function appManifest(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
  const { name, productName, version, description, homepage, author, license, type, main } = manifest;
  const desktopName = `${name}.desktop`;
  const app = { name, productName, desktopName, version, description, author, homepage, license, type, main };
  return `${JSON.stringify(app, null, 2)}\n`;
}

async function npmBom(): Promise<Parameters<typeof shippedBom>[0]> {
  // Set by npm run; a script of that name is no program on Windows.
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error('Run this through npm: npm run package.');
  const args = [npm, 'sbom', '--sbom-format', 'cyclonedx', '--include=dev'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 64 * 1_048_576 });
  return JSON.parse(stdout) as Parameters<typeof shippedBom>[0];
}

/** electron-builder only mentions a file that is missing, and the installed service would not start. */
function requireServicePart(): void {
  const file = 'node_modules/@koromix/koffi-win32-x64/win32_x64/koffi.node';
  if (process.platform !== 'win32' || existsSync(join(root, file))) return;
  throw new Error(`${file} is missing, without which the service can't speak to Windows. Run npm ci on this computer.`);
}

/** @returns the exit code of electron-builder. */
export function makeInstallers(args: readonly string[]): Promise<number> {
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const child = spawn(process.execPath, [builder, '--publish', 'never', ...args], { cwd: root, stdio: 'inherit' });
  return new Promise((settle, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => settle(code ?? 1));
  });
}

if (import.meta.main) {
  try {
    const packages = await prepareApp();
    requireServicePart();
    console.log(`release/app is ready; ${packages.length} packages of others, all under permissive licences`);
    process.exitCode = await makeInstallers(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
