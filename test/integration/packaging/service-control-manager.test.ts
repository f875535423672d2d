/** The real foreign functions against a library with the functions and the threads of advapi32.dll. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const fakes = resolve(import.meta.dirname, '../../fakes');

const hasCompiler = (): boolean => {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return process.platform === 'linux';
  } catch {
    return false;
  }
};
const available = hasCompiler();

let folder: string;
let library: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'service-control-'));
  library = join(folder, 'advapi32.so');
  if (!available) return;
  const source = join(fakes, 'service-control-manager.c');
  execFileSync('cc', ['-shared', '-fPIC', '-pthread', '-o', library, source]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function runService(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [join(fakes, 'service-program.ts'), library], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const exitCode = await new Promise((settle) => child.once('close', settle));
  return { exitCode, lines: output.trim().split('\n') };
}

test.skipIf(!available)('Windows is answered from its own threads, while the relay stays on one', async () => {
  // Interrogate, an unknown control, stop.
  const { exitCode, lines } = await runService({ SCM_CONTROLS: '4,42,1' });
  // The answer to the stop comes on a thread of its own: it may be written while the relay stops.
  const stopAnswer = 'control 1 answered 0';
  expect(lines.filter((line) => line === stopAnswer)).toHaveLength(1);
  expect(lines.filter((line) => line !== stopAnswer)).toEqual([
    'dispatcher SmtpRelay terminated 1',
    'handler of SmtpRelay',
    'status 16 state 2 accepts 5 exit 0/0 check 1 hint 60000',
    'relay opened',
    'status 16 state 4 accepts 5 exit 0/0 check 0 hint 0',
    'control 4 answered 0',
    'control 42 answered 120',
    'status 16 state 3 accepts 0 exit 0/0 check 1 hint 60000',
    'relay stopped',
    'status 16 state 1 accepts 0 exit 0/0 check 0 hint 0',
    'dispatcher ends',
  ]);
  expect(exitCode).toBe(0);
});

test.skipIf(!available)('the end of the computer is heard as a stop', async () => {
  const { lines } = await runService({ SCM_CONTROLS: '5' });
  expect(lines).toContain('relay stopped');
});

test.skipIf(!available)('a failure reaches Windows as an error of the service, for its recovery actions', async () => {
  const { exitCode, lines } = await runService({ SCM_CONTROLS: '', RELAY_FAILS: '1' });
  expect(lines).toContain('status 16 state 1 accepts 0 exit 1066/1 check 0 hint 0');
  expect(exitCode).toBe(1);
});

test.skipIf(!available)('started by a person, the program runs without the service control manager', async () => {
  const { exitCode, lines } = await runService({ SCM_REFUSES: '1', STOP_AT_ONCE: '1' });
  expect(lines).toEqual(['relay opened', 'relay stopped']);
  expect(exitCode).toBe(0);
});
