/**
 * The console in a browser on a relay that exists only in memory, for development and measurements. No access check:
 * loopback only, and nothing behind it.
 *
 *   npx node test/fakes/fake-console.ts [--port 5199] [--rows 8] [--changes 1] [--troubled] [--no-build]
 *     [--folder dist/renderer]
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { type WebSocket, WebSocketServer } from 'ws';
import { type ContractConnection, serveContract } from '../../electron/host/contract-server.ts';
import { consoleSocketPath } from '../../shared/contract/bridge.ts';
import type { FrameChannel } from '../../shared/contract/frames.ts';
import { createFakeRelay } from './fake-relay.ts';

const root = resolve(import.meta.dirname, '../..');
const builtFolder = join(root, 'dist/renderer');
const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export interface FakeConsole {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

export interface FakeConsoleOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly rows: number;
  /** Messages delivered in a second; they are told a few times a second, as the relay does. */
  readonly changesPerSecond?: number;
  /** A listener that is not bound, a destination that is down, an old certificate, Badmail. */
  readonly troubled?: boolean;
  /** The built console. */
  readonly folder?: string;
}

export async function startFakeConsole({
  port,
  rows,
  changesPerSecond = 0,
  troubled = false,
  folder = builtFolder,
}: FakeConsoleOptions): Promise<FakeConsole> {
  const connections = new Set<ContractConnection>();
  const relay = await createFakeRelay({
    rows,
    troubled,
    now: Date.now,
    emit: (name, event) => {
      for (const connection of connections) connection.sendEvent(name, event);
    },
  });
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = join(folder, path === '/' ? 'index.html' : path);
    readFile(file).then(
      (content) => {
        response.setHeader('Content-Type', mimeTypes[extname(file)] ?? 'application/octet-stream');
        response.setHeader('Content-Security-Policy', contentSecurityPolicy);
        response.end(content);
      },
      () => response.writeHead(404).end('Not found'),
    );
  });
  const sockets = new WebSocketServer({ server, path: consoleSocketPath });
  sockets.on('connection', (socket) => {
    const connection = serveContract(channelOf(socket), relay.handlers, {
      info: () => {},
      warn: () => {},
      error: (event, error) => console.error(event, error),
    });
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  });
  const tellEveryMs = changesPerSecond > 1 ? 250 : 1_000;
  const timer =
    changesPerSecond > 0
      ? setInterval(() => relay.tick(Math.round((changesPerSecond * tellEveryMs) / 1_000)), tellEveryMs)
      : undefined;
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : port}/`,
    stop: async () => {
      clearInterval(timer);
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((done) => server.close(done));
    },
  };
}

const channelOf = (socket: WebSocket): FrameChannel => ({
  send: (frame) => socket.send(JSON.stringify(frame)),
  onFrame: (listener) => socket.on('message', (data) => listener(JSON.parse(String(data)))),
  onClose: (listener) => socket.on('close', listener),
  close: () => socket.close(),
});

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '5199' },
      rows: { type: 'string', default: '8' },
      changes: { type: 'string', default: '0' },
      troubled: { type: 'boolean', default: false },
      'no-build': { type: 'boolean', default: false },
      folder: { type: 'string' },
    },
  });
  if (!values['no-build'] && values.folder === undefined)
    await build({ configFile: join(root, 'renderer/vite.config.ts'), logLevel: 'warn' });
  const started = await startFakeConsole({
    port: Number(values.port),
    rows: Number(values.rows),
    changesPerSecond: Number(values.changes),
    troubled: values.troubled,
    ...(values.folder === undefined ? {} : { folder: resolve(values.folder) }),
  });
  console.log(started.address);
}
