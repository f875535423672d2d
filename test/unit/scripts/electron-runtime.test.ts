import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startProblemExitCode } from '../../../electron/main/exit-codes.ts';
import { endOf, fetchElectron, findElectron, runDesktop } from '../../../electron/scripts/electron-runtime.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'electron-runtime-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const never = new AbortController().signal;
const write = (name: string, text = ''): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test('a runtime that is half unpacked is no runtime', () => {
  mkdirSync(join(folder, 'dist'));
  write('dist/electron');
  expect(findElectron(folder, {})).toBeNull();
  write('path.txt', 'electron');
  expect(findElectron(folder, {})).toBe(join(folder, 'dist', 'electron'));
});

test('an executable named by the environment comes first, and must exist', () => {
  const own = write('own-electron');
  expect(findElectron(folder, { ELECTRON_EXEC_PATH: own })).toBe(own);
  expect(findElectron(folder, { ELECTRON_EXEC_PATH: join(folder, 'gone') })).toBeNull();
  expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'gone') })).toBeNull();
});

test.each([
  { installer: '', failure: null },
  {
    installer: 'console.error("\\nTypeError: fetch failed\\n at x"); process.exit(1);',
    failure: 'TypeError: fetch failed',
  },
  { installer: 'process.exit(4);', failure: 'exit code 4' },
])('fetching says why it failed: $failure', async ({ installer, failure }) => {
  write('install.js', installer);
  expect(await fetchElectron(folder, never)).toBe(failure);
});

test('fetching ends when the person stops it', async () => {
  write('install.js', 'setInterval(() => {}, 1000);');
  const stop = new AbortController();
  const fetching = fetchElectron(folder, stop.signal);
  stop.abort();
  expect(await fetching).not.toBeNull();
});

test.each([
  { code: 0, signal: null, stopWanted: false, end: { kind: 'ended', exitCode: 0 } },
  { code: startProblemExitCode, signal: null, stopWanted: false, end: { kind: 'ended', exitCode: 3 } },
  { code: null, signal: 'SIGKILL', stopWanted: false, end: { kind: 'ended', exitCode: 1 } },
  { code: null, signal: 'SIGTERM', stopWanted: true, end: { kind: 'ended', exitCode: 0 } },
  { code: 1, signal: null, stopWanted: false, end: { kind: 'runtimeFailed', reason: 'exit code 1' } },
  { code: 127, signal: null, stopWanted: false, end: { kind: 'runtimeFailed', reason: 'exit code 127' } },
  { code: null, signal: 'SIGTRAP', stopWanted: false, end: { kind: 'runtimeFailed', reason: 'SIGTRAP' } },
] as const)(
  'exit code $code, signal $signal, stop wanted $stopWanted: $end.kind',
  ({ code, signal, stopWanted, end }) => {
    expect(endOf(code, signal, stopWanted)).toEqual(end);
  },
);

test('an executable that can not be started is a failure of the runtime, not of the program', async () => {
  const end = await runDesktop({ executable: join(folder, 'gone'), appFolder: folder, args: [], stop: never });
  expect(end.kind).toBe('runtimeFailed');
});
