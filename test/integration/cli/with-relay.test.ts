/** The command line and the relay together: what one asks for, the other does. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { freePort } from '../../fakes/free-port.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { runCliHere } from '../../fakes/memory-terminal.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { patience, RelayBed, sendMail } from '../host/relay-bed.ts';

const ports = nodePorts({ log: new MemoryLog() });
let bed: RelayBed;
let [port, gatewayPort] = [0, 0];

beforeEach(async () => {
  [port, gatewayPort] = [await freePort(), await freePort()];
  bed = await RelayBed.make({
    1: { 'general.listen': [`127.0.0.1:${port}`], 'delivery.smartHosts': [`127.0.0.1:${gatewayPort}`] },
  });
  await bed.start();
});
afterEach(() => bed.clear());

const cli = (...args: readonly string[]) => runCliHere(['--data', bed.dataFolder, ...args], ports);
const json = async <Answer>(...args: readonly string[]): Promise<Answer> => {
  const { stdout, stderr } = await cli(...args, '--json');
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Answer;
};

interface Page {
  readonly total: number;
  readonly rows: readonly { readonly id: string; readonly state: string }[];
}

test('choose, hold, delete, undo, export', async () => {
  const anna = await sendMail(port, { from: 'anna@a.example' });
  const bert = await sendMail(port, { from: 'bert@b.example' });
  expect((await json<Page>('queue', 'list', '--from', 'anna')).rows.map(({ id }) => id)).toEqual([anna]);
  await vi.waitUntil(async () => (await json<Page>('queue', 'list', '--state', 'retry')).total === 2, patience);
  expect((await cli('queue', 'hold', '--from', 'bert')).stdout).toBe('1 changed\n');
  expect((await cli('queue', 'hold', '--all')).stdout).toBe('1 changed, 1 skipped: already so\n');
  expect((await cli('queue', 'delete', '--from', 'anna')).stdout).toBe('1 changed\n');
  expect((await json<Page>('queue', 'trash')).rows.map(({ id }) => id)).toEqual([anna]);
  expect((await cli('queue', 'undo', '--all')).stdout).toBe('1 changed\n');
  const folder = join(bed.dataFolder, 'export');
  await cli('queue', 'export', '--all', '--into', folder);
  expect((await readdir(folder)).sort()).toEqual([anna, bert].sort().map((id) => `${id}.eml`));
  expect(await readFile(join(folder, `${bert}.eml`), 'latin1')).toMatch(/^Received: from CA01 /);
});

test('next hops: list, freeze, route, thaw', async () => {
  const id = await sendMail(port);
  const nextHop = `127.0.0.1:${gatewayPort}`;
  await vi.waitUntil(async () => (await json<Page>('queue', 'list', '--state', 'retry')).total === 1, patience);
  expect((await cli('queue', 'destinations')).stdout).toContain(nextHop);
  expect((await cli('queue', 'freeze', nextHop)).exitCode).toBe(0);
  expect((await cli('queue', 'explain', 'eva@example.org')).stdout).toContain('is frozen');
  const other = await bed.gateway();
  expect((await cli('queue', 'route', id, '--smart-host', `127.0.0.1:${other.port}`)).stdout).toBe('1 changed\n');
  await vi.waitUntil(() => other.messages.length === 1, patience);
  expect((await cli('queue', 'thaw', nextHop)).exitCode).toBe(0);
});

test('servers come and go; sessions are cut; the log tells', async () => {
  const second = await freePort();
  const made = await cli('server', 'create', '--name', 'Second', '--listen', `127.0.0.1:${second}`);
  expect(made.stdout).toBe('Virtual server 2 (Second) was made and is started.\n');
  await sendMail(second);
  expect((await cli('server', 'rename', '2', 'Backup')).exitCode).toBe(0);
  const taken = await cli('server', 'create', '--name', 'Third', '--listen', `127.0.0.1:${second}`);
  expect(taken).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('Backup') });

  const client = await SmtpDialogue.connect(second);
  await client.expect('220');
  const [session] = await json<{ id: string }[]>('session', 'list', '--server', '2');
  expect((await cli('session', 'terminate', session?.id ?? '', '--server', '2')).stdout).toBe('1 terminated\n');
  await client.closed();
  client.close();
  expect((await cli('log', 'tail', '--server', '2', '--search', 'mail')).stdout).toContain('FROM:<ca@example.org>');

  expect((await cli('server', 'delete', '2')).stderr).toContain('not stopped');
  await cli('server', 'stop', '2');
  expect((await cli('status')).exitCode).toBe(5);
  expect((await cli('server', 'delete', '2')).exitCode).toBe(0);
  expect((await cli('status')).exitCode).toBe(0);
});

test('checks under the settings in force', async () => {
  expect((await cli('check', 'relay', '127.0.0.1')).exitCode).toBe(0);
  expect((await cli('check', 'relay', '192.0.2.1')).exitCode).toBe(6);
  await cli('config', 'set', 'access.connectionList', '192.0.2.0/24');
  expect((await cli('check', 'connection', '192.0.2.1')).exitCode).toBe(6);
  expect((await cli('check', 'name', '192.0.2.1')).exitCode).toBe(6);
});
