import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type ConsoleServer, startConsoleServer } from '../../../electron/console-server.ts';
import type { FrameChannel } from '../../../shared/contract/frames.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

let root: string;
let server: ConsoleServer;
let origin: string;
let addresses: string[];
let channels: FrameChannel[];
let clock: FakeClock;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'relay-console-'));
  const folder = join(root, 'renderer');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(root, 'secret.html'), 'secret');
  await writeFile(join(folder, 'index.html'), '<title>console</title>');
  await writeFile(join(folder, 'assets', 'index.js'), 'let one = 1;');
  await writeFile(join(folder, 'notes.txt'), 'not of a type we serve');
  addresses = [];
  channels = [];
  clock = new FakeClock();
  server = await startConsoleServer({
    host: {
      attach: (channel) => {
        channels.push(channel);
        channel.onFrame((frame) => channel.send(frame));
      },
    },
    connectComputer: (channel) => channel.onFrame(() => channel.send('computer')),
    port: 0,
    folder,
    log: new MemoryLog(),
    onAddress: (url) => addresses.push(url),
    clock,
  });
  origin = new URL(server.address).origin;
});

afterEach(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The path goes out as it stands: a client library would tidy `..` away. */
const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });

async function openConsole(): Promise<{ cookie: string }> {
  const { headers } = await get(`/${new URL(addresses.at(-1) ?? '').search}`);
  return { cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
}

test('the address opens the console once and leaves the address bar', async () => {
  expect(addresses).toEqual([server.address]);
  const { search } = new URL(server.address);
  const opened = await get(`/${search}`);
  expect(opened).toMatchObject({ status: 303, headers: { location: '/' } });
  const [setCookie = ''] = opened.headers['set-cookie'] ?? [];
  expect(setCookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);

  const cookie = setCookie.split(';')[0] ?? '';
  expect(await get('/', { cookie })).toMatchObject({ status: 200, body: '<title>console</title>' });
  const script = await get('/assets/index.js', { cookie });
  expect(script).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' } });
  expect(await get('/assets/index.js', { cookie }, 'HEAD')).toMatchObject({ status: 200, body: '' });

  const again = await get(`/${search}`);
  expect(again).toMatchObject({ status: 403, body: expect.stringContaining('open the newest one') });
  expect(again.headers['set-cookie']).toBeUndefined();
});

test('whoever comes with a used address finds a fresh one in the terminal, which does not flood', async () => {
  const { search } = new URL(server.address);
  await openConsole();
  for (let count = 0; count < 10; count += 1) expect((await get(`/${search}`)).status).toBe(403);
  expect(addresses).toHaveLength(2);
  await clock.advance(60_000);
  expect(addresses).toHaveLength(3); // the last of them is answered as well
  expect((await openConsole()).cookie).not.toBe('');
});

test.each([
  { title: 'no cookie', path: '/', headers: {}, status: 403 },
  { title: 'no cookie, a file', path: '/assets/index.js', headers: {}, status: 403 },
  { title: 'a wrong token', path: '/?token=AAAA', headers: {}, status: 403 },
  { title: 'a host of elsewhere', path: '/', headers: { host: 'evil.example' }, status: 403 },
  { title: 'a page of elsewhere', path: '/', headers: { origin: 'https://evil.example' }, status: 403 },
])('$title: $status, and no word of the console', async ({ path, headers, status }) => {
  const answer = await get(path, headers);
  expect(answer.status).toBe(status);
  expect(answer.body).not.toContain('<title>console</title>');
  expect(answer.headers['set-cookie']).toBeUndefined();
});

test.each([
  { path: '/../secret.html' },
  { path: '/..%2fsecret.html' },
  { path: '/assets/../../secret.html' },
  { path: '/%2e%2e/secret.html' },
  { path: '/..\\secret.html' },
  { path: '/assets/' },
  { path: '/notes.txt' },
  { path: '//secret.html' },
])('nothing but the files of the console: $path', async ({ path }) => {
  const answer = await get(path, await openConsole());
  expect(answer.status).toBe(404);
  expect(answer.body).not.toContain('secret');
});

test.each(['/', '/absent', '/?token=x'])('strict headers on every answer: %s', async (path) => {
  for (const headers of [{}, await openConsole()]) {
    const answer = await get(path, headers);
    const policy = answer.headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  }
});

test('what is asked for is never shown in an answer', async () => {
  const answer = await get('/<script>alert(1)</script>', await openConsole());
  expect(answer).toMatchObject({ status: 404, body: expect.not.stringContaining('alert') });
});

const socketUrl = (): string => `${origin.replace('http', 'ws')}/contract`;

const openSocket = (options: { headers?: Record<string, string>; url?: string }): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(options.url ?? socketUrl(), { headers: options.headers });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });

test('the socket carries frames for our page', async () => {
  const { cookie } = await openConsole();
  const socket = await openSocket({ headers: { cookie, origin } });
  const answer = new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))));
  socket.send('{"type":"call","name":"Grüße"}');
  expect(await answer).toEqual({ type: 'call', name: 'Grüße' });
  socket.close();
});

test.each([
  { title: 'without a cookie', headers: () => ({ origin }) },
  { title: 'without an origin', headers: (cookie: string) => ({ cookie }) },
  { title: 'for a page of elsewhere', headers: (cookie: string) => ({ cookie, origin: 'https://evil.example' }) },
  { title: 'for another port', headers: (cookie: string) => ({ cookie, origin: 'http://127.0.0.1:1' }) },
  { title: 'under another name', headers: (cookie: string) => ({ cookie, origin, host: 'evil.example' }) },
])('no socket $title', async ({ headers }) => {
  const { cookie } = await openConsole();
  await expect(openSocket({ headers: headers(cookie) })).rejects.toThrow('403');
  expect(channels).toHaveLength(0);
});

const computerUrl = () => `${origin.replace('http', 'ws')}/computer`;

test('what a console asks of the computer has a socket of its own, with the same admission', async () => {
  const { cookie } = await openConsole();
  const socket = await openSocket({ url: computerUrl(), headers: { cookie, origin } });
  const answer = new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))));
  socket.send('{}');
  expect(await answer).toBe('computer');
  expect(channels).toHaveLength(0);
  socket.close();
  for (const headers of [{ origin }, { cookie }, { cookie, origin: 'https://evil.example' }]) {
    await expect(openSocket({ url: computerUrl(), headers })).rejects.toThrow('403');
  }
});

test('no socket for the computer where nobody answers for it', async () => {
  const plain = await other(0, join(root, 'renderer'));
  const address = new URL(plain.address);
  try {
    const { headers } = await new Promise<{ headers: IncomingHttpHeaders }>((resolve, reject) => {
      request(address, resolve).once('error', reject).end();
    });
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    const url = `${address.origin.replace('http', 'ws')}/computer`;
    await expect(openSocket({ url, headers: { cookie, origin: address.origin } })).rejects.toThrow('403');
  } finally {
    await plain.stop();
  }
});

test('no socket at another path', async () => {
  const { cookie } = await openConsole();
  const url = `${origin.replace('http', 'ws')}/other`;
  await expect(openSocket({ url, headers: { cookie, origin } })).rejects.toThrow('403');
});

test.each([
  { title: 'broken JSON', message: '{' },
  { title: 'bytes', message: Buffer.from('{}') },
  { title: 'more than any call', message: JSON.stringify('x'.repeat(1_100_000)) },
])('a page that sends $title is cut off, and the server lives', async ({ message }) => {
  const { cookie } = await openConsole();
  const socket = await openSocket({ headers: { cookie, origin } });
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.send(message);
  await closed;
  expect((await get('/', { cookie })).status).toBe(200);
});

test('a page that does not read its answers is cut off', async () => {
  const { cookie } = await openConsole();
  const socket = await openSocket({ headers: { cookie, origin } });
  socket.on('error', () => {});
  socket.pause();
  const [channel] = await vi.waitUntil(() => (channels.length > 0 ? channels : undefined));
  const gone = new Promise<void>((resolve) => channel?.onClose(resolve));
  for (let count = 0; count < 10; count += 1) channel?.send('x'.repeat(4 * 1_048_576));
  await gone;
  socket.terminate();
});

test('a stop ends the open sockets and frees the port', async () => {
  const { cookie } = await openConsole();
  const socket = await openSocket({ headers: { cookie, origin } });
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await server.stop();
  await closed;
  const refused = await new Promise((resolve) => {
    connect(Number(new URL(origin).port), '127.0.0.1').once('error', (error) => resolve('code' in error && error.code));
  });
  expect(refused).toBe('ECONNREFUSED');
});

const other = (port: number, folder: string) =>
  startConsoleServer({ host: { attach: () => {} }, port, folder, log: new MemoryLog(), onAddress: () => {} });

test('a port in use is named', async () => {
  const { port } = new URL(origin);
  await expect(other(Number(port), join(root, 'renderer'))).rejects.toMatchObject({
    problem: { code: 'addressInUse', message: expect.stringContaining(`127.0.0.1:${port}`) },
  });
});

test('a console that was not built is named', async () => {
  await expect(other(0, join(root, 'absent'))).rejects.toMatchObject({
    problem: { code: 'notFound', message: expect.stringContaining('npm run build') },
  });
});
