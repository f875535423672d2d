/**
 * The console in a browser: for development, for tests, and where the desktop window cannot be opened. Loopback only; nothing
 * is served without the cookie that the one-time address is exchanged for.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { computerSocketPath, consoleSocketPath } from '../shared/contract/bridge.ts';
import type { FrameChannel } from '../shared/contract/frames.ts';
import { problem } from '../shared/contract/problem.ts';
import { errorCode } from './base/error-code.ts';
import { nodeClock } from './base/node-ports.ts';
import type { Clock, Log } from './base/ports.ts';
import { type ConsoleAdmission, createConsoleAdmission } from './host/console-admission.ts';
import { type ConsoleFiles, readConsoleFiles } from './host/console-files.ts';
import {
  type ConsoleRequest,
  type Judgement,
  judgeConsoleRequest,
  mayOpenSocket,
  originOf,
  sessionCookie,
} from './host/console-request.ts';
import type { Host } from './host/types.ts';
import { createWebSocketChannel } from './host/websocket-channel.ts';

export interface ConsoleServerOptions {
  readonly host: Pick<Host, 'attach'>;
  /** Answers what the console asks of this computer; absent where nobody does. */
  readonly connectComputer?: (channel: FrameChannel) => void;
  /** 0 for any free port. */
  readonly port: number;
  /** The built console, `dist/renderer`. */
  readonly folder: string;
  readonly log: Log;
  /** Called with the address to open, and with a fresh one when somebody came with a used one. */
  readonly onAddress: (url: string) => void;
  readonly clock?: Clock;
}

export interface ConsoleServer {
  /** With the one-time token, as it was at the start. */
  readonly address: string;
  stop(): Promise<void>;
}

const maxSocketPayloadBytes = 1_048_576;
const maxConnections = 256;
/** Between two fresh addresses: whoever knocks in a loop must not flood the terminal. */
const betweenAddressesMs = 5_000;

const securityHeaders = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'", // emotion writes style elements at run time
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

/** @throws {ProblemError} 'notFound' when the console was not built, 'addressInUse' and the like when the port is not to be had. */
export async function startConsoleServer(options: ConsoleServerOptions): Promise<ConsoleServer> {
  const { host, connectComputer, folder, log, onAddress, clock = nodeClock } = options;
  const files = await readConsoleFiles(folder);
  const admission = createConsoleAdmission();
  const server = createServer();
  server.maxConnections = maxConnections;
  const port = await listen(server, options.port);
  server.on('error', (error) => log.error('console server failed', error));

  const currentAddress = (): string => `${originOf(port)}/?token=${admission.token}`;
  const offerAddress = rateLimited(clock, () => {
    if (server.listening) onAddress(currentAddress());
  });

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const judgement = judgeConsoleRequest(factsOf(request), port, admission);
    if (judgement.type === 'refuse' && judgement.stale) offerAddress();
    const { status, headers, body } = replyTo(judgement, files, port);
    response.writeHead(status, { ...securityHeaders, ...headers, 'Content-Length': Buffer.byteLength(body) });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  const connectors: SocketConnectors = {
    [consoleSocketPath]: (channel) => host.attach(channel),
    ...(connectComputer === undefined ? {} : { [computerSocketPath]: connectComputer }),
  };
  const sockets = serveSockets(server, port, admission, connectors);

  const address = currentAddress();
  onAddress(address);
  return {
    address,
    stop: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** At once, or at the end of the quiet time: the person who came last finds an address as well. */
function rateLimited(clock: Clock, action: () => void): () => void {
  let quiet = false;
  let asked = false;
  const run = (): void => {
    quiet = true;
    asked = false;
    clock.after(betweenAddressesMs, () => {
      quiet = false;
      if (asked) run();
    });
    action();
  };
  return () => {
    if (quiet) asked = true;
    else run();
  };
}

/** Whom a socket is connected with, by its path. */
type SocketConnectors = Readonly<Record<string, (channel: FrameChannel) => void>>;

function serveSockets(
  server: Server,
  port: number,
  admission: ConsoleAdmission,
  connectors: SocketConnectors,
): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxSocketPayloadBytes, perMessageDeflate: false });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const facts = factsOf(request);
    socket.on('error', () => socket.destroy());
    const connect = Object.hasOwn(connectors, facts.target) ? connectors[facts.target] : undefined;
    if (connect === undefined || !mayOpenSocket(facts, port, admission)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => connect(createWebSocketChannel(client)));
  });
  return sockets;
}

const factsOf = ({ method = '', url = '', headers }: IncomingMessage): ConsoleRequest => ({
  method,
  target: url,
  host: headers.host,
  origin: headers.origin,
  cookie: headers.cookie,
});

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

function replyTo(judgement: Judgement, files: ConsoleFiles, port: number): Reply {
  switch (judgement.type) {
    case 'open':
      return {
        status: 303,
        headers: { Location: '/', 'Set-Cookie': sessionCookie(port, judgement.session) },
        body: '',
      };
    case 'redirect':
      return { status: 303, headers: { Location: '/' }, body: '' };
    case 'refuse':
      return page(
        judgement.status,
        judgement.status === 403 ? staleText : 'This kind of request is not answered here.',
      );
    case 'serve': {
      const file = files.get(judgement.path === '/' ? '/index.html' : judgement.path);
      if (file === undefined) return page(404, 'There is no such page.');
      return { status: 200, headers: { 'Content-Type': file.contentType }, body: file.bytes };
    }
  }
}

const staleText =
  'This address does not open the console, or it was used before. Each address that the relay prints works once: open the newest one in its terminal.';

const page = (status: number, text: string): Reply => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: pageWith(text),
});

/** Only our own sentences: nothing of the request is shown. */
const pageWith = (text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>SMTP Relay Manager</title><body style="font: 15px sans-serif; max-width: 40em; margin: 4em auto"><h1>SMTP Relay Manager</h1><p>${text}</p></body></html>`;

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenProblem(port, error)));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.removeAllListeners('error');
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function listenProblem(port: number, error: Error): Error {
  if (errorCode(error) === 'EADDRINUSE') {
    return problem(
      'addressInUse',
      `Another program listens on 127.0.0.1:${port}. Choose another port for the console.`,
    );
  }
  return problem('notPossible', `The console cannot listen on 127.0.0.1:${port}: ${error.message}.`);
}
