/**
 * Folders that look like Electron to electron-builder, for packaging where the real runtime is not to be had: programs with
 * the sections and marks it reads and changes, that run nothing.
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

/** @electron/fuses looks for this mark; behind it the version of the scheme, the number of fuses and one digit for each. */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1'),
  Buffer.from([1, 9]),
  Buffer.from('101100000', 'latin1'),
]);

/** Which fuses are on, in their order. */
export function readFuses(executable: Buffer): string {
  const start = executable.indexOf(fuseWire.subarray(0, 32)) + 34;
  return executable.subarray(start, start + 9).toString('latin1');
}

/** @param folder  is made. @param node  any ELF program. */
export async function makeElectronDist(folder: string, platform: 'linux' | 'win32', version: string): Promise<void> {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'resources.pak', 'locales/en-US.pak', 'locales/de.pak']) {
    writeFileSync(join(folder, name), name);
  }
  writeFileSync(join(folder, 'version'), version);
  await makeDefaultApp(folder);
  if (platform === 'win32') writeFileSync(join(folder, 'electron.exe'), windowsProgram());
  else {
    for (const name of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']) {
      copyFileSync('/bin/true', join(folder, name));
    }
    writeFileSync(join(folder, 'electron'), fuseWire, { flag: 'a' });
  }
}

async function makeDefaultApp(folder: string): Promise<void> {
  const source = join(folder, 'default_app');
  mkdirSync(source);
  writeFileSync(join(source, 'package.json'), '{"main":"main.js"}');
  await createPackage(source, join(folder, 'resources/default_app.asar'));
}

function windowsProgram(): Buffer {
  const executable = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(executable);
  const info = Resource.VersionInfo.createEmpty();
  info.setFileVersion(45, 4, 1, 0, 1033);
  info.setProductVersion(45, 4, 1, 0, 1033);
  info.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron', FileDescription: 'Electron' });
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  const behind = new Uint8Array(16 + fuseWire.length);
  behind.set(fuseWire, 16);
  executable.setExtraData(behind.buffer);
  return Buffer.from(executable.generate());
}
