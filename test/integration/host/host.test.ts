import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { connectPipe, pipeAddressOf } from '../../../electron/host/pipe-client.ts';
import type { Host } from '../../../electron/host/types.ts';
import { createContractClient } from '../../../shared/contract/client.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { freePort } from '../../fakes/free-port.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { newDataFolder, removeFolder, startTestHost, statusOf, type TestHostOptions } from '../../fakes/test-host.ts';
import { startUpstream, type Upstream } from '../../fakes/upstream.ts';

const server1 = { serverId: '1' };
const everything = {
  ...server1,
  filter: {},
  sort: { by: 'receivedAtMs', descending: false } as const,
  offset: 0,
  limit: 500,
};
const patience = { timeout: 20_000, interval: 25 };

let dataFolder: string;
let port: number;
let smartHostPort: number;
const hosts: Host[] = [];
const upstreams: Upstream[] = [];
const blockers: Server[] = [];

beforeEach(async () => {
  dataFolder = await newDataFolder();
  port = await freePort();
  smartHostPort = await freePort();
});

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
  await Promise.all(upstreams.splice(0).map((upstream) => upstream.stop()));
  for (const blocker of blockers.splice(0)) blocker.close();
  await removeFolder(dataFolder);
});

async function start(options: Partial<TestHostOptions> = {}): Promise<Host> {
  const host = await startTestHost({ dataFolder, port, smartHostPort, ...options });
  hosts.push(host);
  return host;
}

async function gatewayUp(): Promise<Upstream> {
  const upstream = await startUpstream({ port: smartHostPort });
  upstreams.push(upstream);
  return upstream;
}

async function send(content: string | Uint8Array = 'Subject: issued\r\n\r\nHello\r\n', onPort = port): Promise<string> {
  const client = await SmtpDialogue.connect(onPort);
  await client.expect('220');
  await client.send('EHLO CA01', '250');
  const reply = await client.mail({ from: 'ca@example.org', to: ['eva@example.org'] }, content);
  await client.send('QUIT', '221');
  client.close();
  return /[0-9A-Z]{26}/.exec(reply)?.[0] ?? '';
}

const rowsOf = async (host: Host) => (await host.handlers['queue.list'](everything)).rows;
/** The first attempt of each message is over and failed: the gateway is down. */
const allWaiting = (host: Host) =>
  vi.waitUntil(async () => {
    const rows = await rowsOf(host);
    return rows.every(({ state, lastError }) => state === 'retry' && lastError !== null) ? rows : undefined;
  }, patience);
const retryAll = (host: Host) => host.handlers['queue.retry']({ ...server1, target: { filter: {} } });

/** Somebody else on a port of 127.0.0.1. */
async function occupy(taken: number): Promise<Server> {
  const blocker = createServer();
  blockers.push(blocker);
  await new Promise<void>((resolve) => blocker.listen(taken, '127.0.0.1', resolve));
  return blocker;
}

test('mail taken in while the gateway is down waits in the list with the reason, and goes out on a retry', async () => {
  const host = await start();
  const id = await send();
  const [row] = await allWaiting(host);
  expect(row).toMatchObject({
    id,
    state: 'retry',
    sender: 'ca@example.org',
    recipient: 'eva@example.org',
    subject: 'issued',
  });
  const status = await host.handlers['status.get'](null);
  expect(status.servers[0]).toMatchObject({ queue: { total: 1, retry: 1 }, totals: { accepted: 1, delivered: 0 } });
  expect(status.warnings).toMatchObject([{ code: 'destinationUnreachable', serverId: '1' }]);

  const upstream = await gatewayUp();
  expect(await retryAll(host)).toEqual({ changed: 1, skipped: [] });
  await vi.waitUntil(() => upstream.messages.length === 1, patience);
  await vi.waitUntil(async () => (await rowsOf(host)).length === 0, patience);
  await vi.waitUntil(async () => (await statusOf(host)).totals.delivered === 1, patience);
});

test('a restart finds every message again and goes on delivering', async () => {
  const first = await start();
  const ids = [await send(), await send(), await send()];
  await first.stop();
  const second = await start();
  const rows = await vi.waitUntil(async () => {
    const page = await second.handlers['queue.list'](everything);
    return page.recovering ? undefined : page.rows;
  }, patience);
  expect(rows.map(({ id }) => id)).toEqual(ids);
  const upstream = await gatewayUp();
  await retryAll(second);
  await vi.waitUntil(() => upstream.messages.length === 3, patience);
});

test('a second relay on the folder is told who has it, and disturbs nothing', async () => {
  const host = await start();
  await expect(startTestHost({ dataFolder, port: await freePort() })).rejects.toMatchObject({
    problem: { code: 'storage', parameters: { pid: process.pid, program: 'service' } },
  });
  await send();
  expect(await rowsOf(host)).toHaveLength(1);
  const client = createContractClient(await connectPipe(host.pipeAddress));
  expect(await client.call('status.get', null)).toMatchObject({ processId: process.pid });
  client.close();
});

test('a stop frees the port, the pipe and the folder', async () => {
  const host = await start();
  await host.stop();
  await host.stop(); // a second one has nothing to do
  await expect(SmtpDialogue.connect(port)).rejects.toThrow('ECONNREFUSED');
  await expect(connectPipe(host.pipeAddress)).rejects.toMatchObject({ problem: { code: 'notFound' } });
  expect((await readdir(dataFolder)).sort()).toEqual(['logs', 'mailroot', 'metrics']);
  await start();
});

test('consoles at the pipe get answers and events', async () => {
  const host = await start();
  const client = createContractClient(await connectPipe(pipeAddressOf(dataFolder)));
  const told = new Set<number>();
  client.on('queue.changed', ({ revision }) => told.add(revision));
  const id = await send();
  const { revision } = await client.call('queue.list', everything);
  await vi.waitUntil(() => Math.max(...told) >= revision, patience);
  expect((await client.call('queue.list', everything)).rows.map((row) => row.id)).toEqual([id]);
  await expect(client.call('queue.show', { ...server1, id: '0'.repeat(26) })).rejects.toMatchObject({
    problem: { code: 'notFound' },
  });
  await expect(client.call('settings.get', { serverId: '7' })).rejects.toMatchObject({ problem: { code: 'notFound' } });

  const gone = new Promise<void>((resolve) => client.onClose(resolve));
  await host.stop();
  await gone;
});

test('a console that comes while the relay starts waits and is answered', async () => {
  const ports = nodePorts({ log: new MemoryLog() });
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const disk = {
    ...ports.disk,
    readFile: async (path: string) => {
      if (path.endsWith('settings.json')) await held;
      return await ports.disk.readFile(path);
    },
  };
  const starting = start({ ports: { disk } });
  const channel = await vi.waitUntil(() => connectPipe(pipeAddressOf(dataFolder)).catch(() => undefined), patience);
  const client = createContractClient(channel);
  const status = client.call('status.get', null);
  release();
  expect(await status).toMatchObject({ version: '1.2.3', dataFolder });
  client.close();
  await starting;
});

test('stopped: no listener and no delivery, after a restart too; started: both again', async () => {
  const host = await start();
  await send();
  expect(await host.handlers['server.stop'](server1)).toMatchObject({
    state: 'stopped',
    listeners: [{ boundTo: null, problem: null }],
  });
  await expect(SmtpDialogue.connect(port)).rejects.toThrow('ECONNREFUSED');
  const upstream = await gatewayUp();
  await host.stop();

  const again = await start();
  await vi.waitUntil(async () => (await rowsOf(again)).length === 1, patience);
  await retryAll(again);
  expect(await statusOf(again)).toMatchObject({ state: 'stopped', queue: { total: 1, sending: 0 } });
  expect(upstream.connections).toBe(0);
  await expect(SmtpDialogue.connect(port)).rejects.toThrow('ECONNREFUSED');

  expect(await again.handlers['server.start'](server1)).toMatchObject({
    state: 'started',
    listeners: [{ boundTo: `127.0.0.1:${port}` }],
  });
  await vi.waitUntil(() => upstream.messages.length === 1, patience);
  await send();
});

test('paused: who is connected goes on, who comes is turned away, delivery goes on', async () => {
  const host = await start();
  const upstream = await gatewayUp();
  const connected = await SmtpDialogue.connect(port);
  await connected.expect('220');
  await connected.send('EHLO CA01', '250');
  expect(await host.handlers['server.pause'](server1)).toMatchObject({ state: 'paused' });
  const late = await SmtpDialogue.connect(port);
  await late.expect('421');
  await connected.mail({ from: 'ca@example.org', to: ['eva@example.org'] }, 'Subject: x\r\n\r\n');
  connected.close();
  late.close();
  await vi.waitUntil(() => upstream.messages.length === 1, patience);
});

test('a state given for this run cannot be changed, because nothing would come of it', async () => {
  const host = await start({ overrides: { 'general.state': 'paused' } });
  await expect(host.handlers['server.start'](server1)).rejects.toMatchObject({ problem: { code: 'notPossible' } });
});

test('saved settings take effect at once; a port in use is a warning and not a failure', async () => {
  const [moved, taken] = [await freePort(), await freePort()];
  const listen = (...endpoints: string[]) => ({ 'general.listen': endpoints });
  await occupy(taken);
  const log = new MemoryLog();
  await writeFile(
    join(dataFolder, 'settings.json'),
    JSON.stringify({ version: 1, revision: 1, servers: [{ id: '1', settings: listen(`127.0.0.1:${port}`) }] }),
  );
  const { createHost } = await import('../../../electron/host/create-host.ts');
  const host = await createHost({ dataFolder, hostedBy: 'console', version: '1', ports: nodePorts({ log }) });
  hosts.push(host);
  const changes: number[] = [];
  host.on('settings.changed', ({ revision }) => changes.push(revision));

  const { revision } = await host.handlers['settings.get'](server1);
  const saved = await host.handlers['settings.save']({
    ...server1,
    revision,
    changes: listen(`127.0.0.1:${moved}`, `127.0.0.1:${taken}`),
  });
  expect(saved.revision).toBe(revision + 1);
  expect(changes).toEqual([revision + 1]);
  await send(undefined, moved);
  await expect(SmtpDialogue.connect(port)).rejects.toThrow('ECONNREFUSED');

  const { warnings, servers } = await host.handlers['status.get'](null);
  expect(servers[0]?.listeners).toMatchObject([
    { boundTo: `127.0.0.1:${moved}`, problem: null },
    { boundTo: null, problem: { code: 'addressInUse' } },
  ]);
  expect(warnings).toContainEqual(
    expect.objectContaining({ code: 'listenerNotBound', parameters: { endpoint: `127.0.0.1:${taken}` } }),
  );
  const save = (changed: Record<string, unknown>, from = saved.revision) =>
    host.handlers['settings.save']({ ...server1, revision: from, changes: changed });
  await expect(save(listen('127.0.0.1:2525'), revision)).rejects.toMatchObject({ problem: { code: 'conflict' } });
  await expect(save(listen('127.0.0.1:2525', '127.0.0.1:2525'))).rejects.toMatchObject({
    problem: { code: 'invalidSetting', field: 'general.listen', message: expect.stringContaining('127.0.0.1:2525') },
  });
});

test('a listener whose port was taken is bound as soon as the port is free', async () => {
  const blocker = await occupy(port);
  const clock = new FakeClock();
  const host = await start({ ports: { clock } });
  expect((await statusOf(host)).listeners).toMatchObject([{ boundTo: null, problem: { code: 'addressInUse' } }]);
  await new Promise((resolve) => blocker.close(resolve));
  await clock.advance(60_000);
  await vi.waitUntil(async () => (await statusOf(host)).listeners[0]?.boundTo != null, patience);
  // Stopping waits for sessions and connections by this clock, which nobody moves on.
  hosts.length = 0;
  let stopped = false;
  const stopping = host.stop().then(() => {
    stopped = true;
  });
  await vi.waitUntil(async () => {
    await clock.advance(1_000);
    return stopped;
  }, patience);
  await stopping;
});

test('settings that cannot be read refuse the start, change nothing and leave the folder free', async () => {
  const path = join(dataFolder, 'settings.json');
  await writeFile(path, '{ "version": 1, ');
  await expect(start()).rejects.toMatchObject({ problem: { code: 'storage', message: expect.stringContaining(path) } });
  expect(await readFile(path, 'utf8')).toBe('{ "version": 1, ');
  expect(existsSync(join(dataFolder, 'lock'))).toBe(false);
  await writeFile(path, '{ "version": 1, "revision": 1, "servers": [ { "id": "1", "settings": {} } ] }');
  await start();
});

test('every message of a CA can be looked at, its source byte for byte', async () => {
  const host = await start();
  const folder = join(import.meta.dirname, '../../fixtures/exit-module');
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.eml'))) {
    const bytes = await readFile(join(folder, name));
    const id = await send(bytes);
    const details = await host.handlers['queue.show']({ ...server1, id });
    expect(details, name).toMatchObject({
      row: { id },
      envelope: { sender: 'ca@example.org', heloName: 'CA01', clientAddress: '127.0.0.1' },
      recipients: [{ address: 'eva@example.org', state: 'pending', deliveredAtMs: null }],
    });
    expect(details.headers[0]?.name).toBe('Received');

    const pieces: string[] = [];
    for (let offsetBytes = 0, totalBytes = 1; offsetBytes < totalBytes; offsetBytes += 100) {
      const piece = await host.handlers['queue.source']({ ...server1, id, offsetBytes, limitBytes: 100 });
      totalBytes = piece.totalBytes;
      pieces.push(piece.text);
    }
    const source = Buffer.from(pieces.join(''), 'latin1');
    expect(source.subarray(source.byteLength - bytes.byteLength).equals(bytes), name).toBe(true);
    expect(source.byteLength).toBe(details.row.sizeBytes);
  }
  const past = { ...server1, id: (await rowsOf(host))[0]?.id ?? '', offsetBytes: 1_000_000, limitBytes: 1 };
  expect(await host.handlers['queue.source'](past)).toMatchObject({ text: '' });
});

test('held, released and deleted by what a filter matches', async () => {
  const host = await start();
  await send('Subject: one\r\n\r\n');
  await send('Subject: two\r\n\r\n');
  const target = { filter: { search: 'two' } };
  await allWaiting(host);
  expect(await host.handlers['queue.hold']({ ...server1, target })).toEqual({ changed: 1, skipped: [] });
  expect((await rowsOf(host)).find(({ subject }) => subject === 'two')).toMatchObject({
    state: 'held',
    nextAttemptAtMs: null,
  });
  expect(await host.handlers['queue.hold']({ ...server1, target })).toMatchObject({ changed: 0 });
  expect(await host.handlers['queue.release']({ ...server1, target })).toMatchObject({ changed: 1 });
  await allWaiting(host);
  expect(await host.handlers['queue.delete']({ ...server1, target, report: false })).toMatchObject({ changed: 1 });
  expect((await rowsOf(host)).map(({ subject }) => subject)).toEqual(['one']);
});

test('a test message goes the way of all mail', async () => {
  const upstream = await gatewayUp();
  const host = await start({ overrides: { 'delivery.fullyQualifiedName': 'ca01.example.org' } });
  const { id } = await host.handlers['mail.sendTest']({ ...server1, to: 'operations@example.org' });
  expect(id).toMatch(/^[0-9A-Z]{26}$/);
  const [message] = await vi.waitUntil(() => (upstream.messages.length > 0 ? upstream.messages : undefined), patience);
  expect(message).toMatchObject({ sender: 'postmaster@ca01.example.org' });
  expect(message?.bytes.toString()).toContain('Subject: SMTP Relay Manager test message\r\n');
  await expect(host.handlers['mail.sendTest']({ ...server1, to: 'nobody' })).rejects.toMatchObject({
    problem: { code: 'badArgument', field: 'to' },
  });
});

test('who may relay, and where one can listen', async () => {
  const host = await start();
  const check = (clientAddress: string) =>
    host.handlers['relay.check']({ clientAddress, mode: 'onlyListed', list: ['host', '10.0.0.0/8'] });
  expect(await check('127.0.0.1')).toMatchObject({ allowed: true, reason: 'thisComputer' });
  expect(await check('10.1.2.3')).toMatchObject({ allowed: true, entry: '10.0.0.0/8' });
  expect(await check('192.0.2.1')).toMatchObject({ allowed: false });
  expect(await host.handlers['network.addresses'](null)).toContainEqual(
    expect.objectContaining({ address: '127.0.0.1', family: 'IPv4' }),
  );
});

test('who is connected shows while the connection lasts', async () => {
  const host = await start();
  const client = await SmtpDialogue.connect(port);
  await client.expect('220');
  await client.send('EHLO CA01', '250');
  const inbound = async () =>
    (await host.handlers['session.list'](server1)).filter(({ direction }) => direction === 'inbound');
  expect(await inbound()).toMatchObject([{ user: 'CA01', peer: expect.stringContaining('127.0.0.1') }]);
  await client.send('QUIT', '221');
  client.close();
  await vi.waitUntil(async () => (await inbound()).length === 0, patience);
});

test('damaged files are moved aside and warned about', async () => {
  const first = await start();
  const id = await send();
  await first.stop();
  await writeFile(join(dataFolder, 'mailroot', '1', 'Queue', `${id}.eml`), 'no message of ours');
  const host = await start();
  const warnings = await vi.waitUntil(async () => {
    const found = (await host.handlers['status.get'](null)).warnings;
    return found.some(({ code }) => code === 'damagedFiles') ? found : undefined;
  }, patience);
  expect(warnings).toContainEqual(
    expect.objectContaining({ code: 'damagedFiles', parameters: expect.objectContaining({ count: 1 }) }),
  );
});
