/** The rights of the pipe, the hidden line of a console and the seal of a secret, against a library with the functions of Windows. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const fakes = resolve(import.meta.dirname, '../../fakes');
const folder = mkdtempSync(join(tmpdir(), 'windows-functions-'));
const library = join(folder, 'windows.so');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const available = ((): boolean => {
  if (process.platform !== 'linux') return false;
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-o', library, join(fakes, 'windows-functions.c')], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const run = (what: 'pipe' | 'secret' | 'seal', environment: Readonly<Record<string, string>> = {}): readonly string[] =>
  execFileSync(process.execPath, [join(fakes, 'windows-program.ts'), what, library], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  })
    .trim()
    .split('\n');

test.skipIf(!available)('the pipe is for the system, administrators and its owner, and for nobody else', () => {
  expect(run('pipe')).toEqual([
    'rights D:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;FA;;;OW) revision 1',
    'open \\\\.\\pipe\\smtp-relay access 60000 share 0 how 3',
    'set 20 what 4 descriptor',
    'close 20',
    'free descriptor',
  ]);
});

test.skipIf(!available)(
  'rights that can not be set are an error with the number of Windows, and nothing is left open',
  () => {
    expect(run('pipe', { DENIED: '1' }).slice(-3)).toEqual([
      'close 20',
      'free descriptor',
      'SetKernelObjectSecurity failed with error 5 of Windows.',
    ]);
  },
);

test.skipIf(!available)('a secret is asked for twice, without echo, and the console is as it was', () => {
  expect(run('secret', { TYPED: 'geheim|geheim' })).toEqual([
    'open CONIN$ access c0000000 share 3 how 3',
    'open CONOUT$ access c0000000 share 3 how 3',
    'mode 3',
    'say 20 10 P',
    'mode 1f7',
    'say 20 2 -',
    'mode 3',
    'say 20 7 A',
    'mode 1f7',
    'say 20 2 -',
    'secret geheim',
  ]);
});

test.skipIf(!available)('two that differ, a cancelled question and no console are sentences', () => {
  expect(run('secret', { TYPED: 'one|two' }).at(-1)).toBe('The two are not the same, nothing was changed.');
  expect(run('secret', { TYPED: 'one' }).at(-1)).toBe('Cancelled, nothing was changed.');
  expect(run('secret', { NO_CONSOLE: '1' }).at(-1)).toContain('There is no console to ask at.');
});

test.skipIf(!available)(
  'a secret is sealed for this computer, without a question, and every buffer is given back',
  () => {
    const sealed = [...Buffer.from('Größe')].map((octet) => octet ^ 0x5a);
    expect(run('seal')).toEqual([
      'protect 7 for SMTP Relay Manager flags 5',
      'free memory',
      `sealed ${Buffer.from(sealed).toString('hex')}`,
      'unprotect 7 flags 1',
      'free memory',
      'open Größe',
    ]);
  },
);

test.skipIf(!available)('a seal that Windows refuses is an error with its number', () => {
  expect(run('seal', { DENIED: '1' }).at(-1)).toBe('CryptProtectData failed with error 5 of Windows');
});
