import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectPipe, pipeAddressOf } from '../../../electron/host/pipe-client.ts';
import { createContractClient } from '../../../shared/contract/client.ts';
import { freePort } from '../../fakes/free-port.ts';
import { programPath } from '../../fakes/relay-process.ts';
import { newDataFolder, removeFolder } from '../../fakes/test-host.ts';

const root = resolve(import.meta.dirname, '../../..');
const patience = { timeout: 30_000, interval: 25 };

let dataFolder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  dataFolder = await newDataFolder();
});

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => ended(child, 'SIGKILL')));
  await removeFolder(dataFolder);
});

interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exited: Promise<number | null>;
}

function run(script: string, ...args: string[]): Running {
  const child = spawn(process.execPath, [resolve(root, script), ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return { child, output: () => text, exited: new Promise((done) => child.once('close', done)) };
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill(signal);
  });
}

const holdFolder = () => run('test/fakes/hold-folder.ts', dataFolder);

test('of several processes that find the lock of a crashed one, exactly one gets the folder', async () => {
  const crashed = holdFolder();
  await vi.waitUntil(() => crashed.output() !== '', patience);
  await ended(crashed.child, 'SIGKILL');
  expect(await readdir(dataFolder)).toEqual(['lock']);

  const racers = [1, 2, 3, 4].map(holdFolder);
  await vi.waitUntil(() => racers.every(({ output }) => output() !== ''), patience);
  const winners = racers.filter(({ output }) => output() === 'got it\n');
  expect(winners).toHaveLength(1);
  const pid = winners[0]?.child.pid;
  for (const { output } of racers) {
    if (output() !== 'got it\n') expect(output()).toContain(`already in use by process ${pid} (racer)`);
  }
  expect(await readdir(dataFolder)).toEqual(['lock']);
  expect(await readFile(join(dataFolder, 'lock'), 'utf8')).toContain(`"pid":${pid},`);
});

const startService = async (): Promise<Running> => {
  const settings = { 'general.listen': [`127.0.0.1:${await freePort()}`] };
  await writeFile(
    join(dataFolder, 'settings.json'),
    JSON.stringify({ version: 1, revision: 1, servers: [{ id: '1', settings }] }),
  );
  const service = run(programPath('service'), '--data', dataFolder);
  await vi.waitUntil(() => service.output().includes('relay-started') || service.child.exitCode !== null, patience);
  return service;
};

const statusOfService = async () => {
  const client = createContractClient(await connectPipe(pipeAddressOf(dataFolder)));
  try {
    return await client.call('status.get', null);
  } finally {
    client.close();
  }
};

test.skipIf(process.platform === 'win32')('the service runs until it is told to stop, and ends cleanly', async () => {
  const service = await startService();
  expect(await statusOfService()).toMatchObject({ hostedBy: 'service', processId: service.child.pid, dataFolder });
  service.child.kill('SIGTERM');
  expect(await service.exited).toBe(0);
  expect((await readdir(dataFolder)).sort()).toEqual(['logs', 'mailroot', 'metrics', 'settings.json']);
});

test('the service comes back after a crash', async () => {
  const crashed = await startService();
  await ended(crashed.child, 'SIGKILL');
  const service = await startService();
  expect(await statusOfService()).toMatchObject({ processId: service.child.pid });
});

test('a second service on the folder ends with one sentence that names the first', async () => {
  const first = await startService();
  const second = run(programPath('service'), '--data', dataFolder);
  expect(await second.exited).toBe(1);
  expect(second.output()).toMatch(new RegExp(`^[^\n]* in use by process ${first.child.pid} \\(service\\)[^\n]*\n$`));
});

test('an unknown option is a usage error', async () => {
  const service = run(programPath('service'), '--dta', dataFolder);
  expect(await service.exited).toBe(2);
  expect(service.output()).toContain('--dta');
});
