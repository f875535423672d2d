import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectPipe, pipeAddressOf } from '../../../electron/host/pipe-client.ts';
import { type PipeServer, servePipe } from '../../../electron/host/pipe-server.ts';
import type { FrameChannel } from '../../../shared/contract/frames.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

let folder: string;
const servers: PipeServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-pipe-'));
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await rm(folder, { recursive: true, force: true });
});

/** A server that sends every frame back, and tells when a client has gone. */
async function serveEcho(dataFolder = folder): Promise<{ address: string; clientGone: Promise<void> }> {
  let announceGone: () => void = () => {};
  const clientGone = new Promise<void>((resolve) => {
    announceGone = resolve;
  });
  const server = await servePipe({
    address: pipeAddressOf(dataFolder),
    log: new MemoryLog(),
    onChannel(channel) {
      channel.onFrame((frame) => channel.send(frame));
      channel.onClose(announceGone);
    },
  });
  servers.push(server);
  return { address: server.address, clientGone };
}

const nextFrame = (channel: FrameChannel): Promise<unknown> => new Promise((resolve) => channel.onFrame(resolve));
const closed = (channel: FrameChannel): Promise<void> => new Promise((resolve) => channel.onClose(resolve));

test('frames travel both ways, large ones and those of every script included', async () => {
  const { address } = await serveEcho();
  const channel = await connectPipe(address);
  const frame = { name: 'Zertifikat “Ä” 証明書', ids: Array.from({ length: 100_000 }, (_, index) => `id-${index}`) };
  channel.send(frame);
  expect(await nextFrame(channel)).toEqual(frame);
  channel.close();
  await closed(channel);
});

test('what was sent before the client listens is not lost', async () => {
  const server = await servePipe({
    address: pipeAddressOf(folder),
    log: new MemoryLog(),
    onChannel: (channel) => channel.send('hello'),
  });
  servers.push(server);
  const channel = await connectPipe(server.address);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await nextFrame(channel)).toBe('hello');
  channel.close();
});

test('both sides learn that the other one has gone', async () => {
  const { address, clientGone } = await serveEcho();
  const first = await connectPipe(address);
  first.onFrame(() => {});
  first.close();
  await clientGone;

  const second = await connectPipe(address);
  second.onFrame(() => {});
  await servers.splice(0)[0]?.close();
  await closed(second);
  await closed(second); // also when asked afterwards
});

test.each([
  { title: 'an HTTP request', bytes: Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n') },
  { title: 'a length of 4 GB', bytes: Buffer.from([255, 255, 255, 255]) },
  { title: 'broken JSON', bytes: Buffer.from([0, 0, 0, 2, 0x7b, 0x7b]) },
])('a client that sends $title is cut off', async ({ bytes }) => {
  const { address, clientGone } = await serveEcho();
  const socket = connect(address);
  socket.on('error', () => {});
  socket.write(bytes);
  await clientGone;
  socket.destroy();
});

test('a client that does not read its answers is cut off', async () => {
  const accepted: FrameChannel[] = [];
  const server = await servePipe({
    address: pipeAddressOf(folder),
    log: new MemoryLog(),
    onChannel: (channel) => accepted.push(channel),
  });
  servers.push(server);
  const client = await connectPipe(server.address); // reads nothing without a listener
  const channel = await vi.waitUntil(() => accepted[0]);
  const gone = closed(channel);
  for (let count = 0; count < 8; count += 1) channel.send('x'.repeat(4 * 1_048_576));
  await gone;
  client.close();
});

test.each([
  { title: 'no folder', prepare: async () => {}, path: 'absent/relay.sock' },
  { title: 'no socket', prepare: async () => {}, path: 'relay.sock' },
  {
    title: 'a file in its place',
    prepare: async (address: string) => await writeFile(address, ''),
    path: 'relay.sock',
  },
])('where there is $title, the client says that no relay is running', async ({ prepare, path }) => {
  const address = join(folder, path);
  await prepare(address);
  await expect(connectPipe(address)).rejects.toMatchObject({
    problem: { code: 'notFound', message: expect.stringContaining(address) },
  });
});

test.skipIf(process.platform === 'win32')(
  'the socket is for this account only, and one left by a crash is replaced',
  async () => {
    await writeFile(pipeAddressOf(folder), '');
    const { address } = await serveEcho();
    const facts = await stat(address);
    expect(facts.isSocket()).toBe(true);
    expect(facts.mode & 0o777).toBe(0o600);
  },
);

test.skipIf(process.platform !== 'linux')('a data folder of any depth has a pipe', async () => {
  const deep = join(folder, 'd'.repeat(120), 'e'.repeat(120));
  await mkdir(deep, { recursive: true });
  const { address } = await serveEcho(deep);
  expect(Buffer.byteLength(address)).toBeGreaterThan(200);
  const channel = await connectPipe(address);
  channel.send('here');
  expect(await nextFrame(channel)).toBe('here');
  channel.close();
});

test('an address that cannot be served is reported with its name', async () => {
  const address = join(folder, 'absent', 'relay.sock');
  await expect(servePipe({ address, log: new MemoryLog(), onChannel: () => {} })).rejects.toMatchObject({
    problem: { code: 'storage', message: expect.stringContaining(address) },
  });
});
