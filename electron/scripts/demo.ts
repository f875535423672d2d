/**
 * `npm run demo`: a living queue to look at. A relay in a temporary folder, a gateway that is down for a while and then
 * up for a while, and a CA that keeps sending. Everything on loopback; ends with Ctrl+C and leaves nothing behind.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { nodePorts } from '../base/node-ports.ts';
import { startConsoleServer } from '../console-server.ts';
import { createHost } from '../host/create-host.ts';
import { build } from './build.ts';

const quietLog = { info: () => {}, warn: () => {}, error: () => {} };
const downMs = 45_000;
const upMs = 15_000;
const betweenMessagesMs = 1_500;
const repository = resolve(import.meta.dirname, '../..');

/** A gateway of the simplest kind: takes everything, keeps nothing; greylists one recipient, knows another one not. */
class DemoGateway {
  readonly port: number;
  taken = 0;
  #server: ReturnType<typeof createServer> | null = null;
  readonly #sockets = new Set<Socket>();

  constructor(port: number) {
    this.port = port;
  }

  open(): Promise<void> {
    const server = createServer((socket) => this.#converse(socket));
    this.#server = server;
    return new Promise((done) => server.listen(this.port, '127.0.0.1', done));
  }

  close(): void {
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #converse(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setEncoding('latin1');
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    const say = (line: string) => socket.write(`${line}\r\n`);
    let pending = '';
    let inData = false;
    say('220 mailgw.corp.example.com ESMTP');
    socket.on('data', (chunk: string) => {
      const lines = (pending + chunk).split('\r\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        if (inData) {
          if (line !== '.') continue;
          inData = false;
          this.taken += 1;
          say('250 2.0.0 Ok: queued');
        } else if (/^DATA/i.test(line)) {
          inData = true;
          say('354 End data with <CR><LF>.<CR><LF>');
        } else say(replyTo(line));
      }
    });
  }
}

function replyTo(line: string): string {
  if (/^RCPT.*pki-vertretung@/i.test(line)) return '450 4.2.0 Greylisted, please try again later';
  if (/^RCPT.*hans\.tester@/i.test(line)) return '550 5.1.1 <hans.tester@corp.example.com>: Recipient address rejected';
  if (/^QUIT/i.test(line)) return '221 2.0.0 Bye';
  if (/^EHLO/i.test(line)) return '250-mailgw.corp.example.com\r\n250-SIZE 20480000\r\n250-8BITMIME\r\n250 DSN';
  return '250 2.0.0 Ok';
}

/** Sends one message the way the CA does: one connection, HELO, no extensions. */
async function sendLikeTheCa(port: number, message: Buffer): Promise<void> {
  const text = message.toString('latin1');
  const [header = ''] = text.split('\r\n\r\n', 1);
  const sender = /^From: <?([^>\r\n]+)/m.exec(header)?.[1] ?? 'pki@corp.example.com';
  const receivers = [...header.matchAll(/^(?:To|Cc): (.*(?:\r\n[ \t].*)*)/gm)].flatMap(([, list = '']) =>
    [...list.matchAll(/<?([^\s<>,;"]+@[^\s<>,;"]+)>?/g)].map(([, address = '']) => address),
  );
  const stuffed = text.replaceAll(/^\./gm, '..');
  const commands = [
    'HELO CA01',
    `MAIL FROM: <${sender}>`,
    ...receivers.map((address) => `RCPT TO: <${address}>`),
    'DATA',
    `${stuffed}${stuffed.endsWith('\r\n') ? '' : '\r\n'}.`,
    'QUIT',
  ];
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  await new Promise<void>((done) => {
    socket.on('data', () => {
      const next = commands.shift();
      if (next === undefined) socket.end();
      else socket.write(`${next}\r\n`, 'latin1');
    });
    socket.on('error', () => done());
    socket.on('close', () => done());
  });
}

async function exitModuleMessages(): Promise<readonly Buffer[]> {
  const folder = join(repository, 'test/fixtures/exit-module');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  return await Promise.all(names.map((name) => readFile(join(folder, name))));
}

/** A port that is free now. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function main(): Promise<void> {
  await build();
  const dataFolder = await mkdtemp(join(tmpdir(), 'smtp-relay-demo-'));
  const gateway = new DemoGateway(await freePort());
  const relayPort = await freePort();
  const ended = new AbortController();
  const host = await createHost({
    dataFolder,
    hostedBy: 'console',
    version: '0.1.0',
    ports: nodePorts({ log: quietLog }),
    overrides: {
      'general.listen': [`127.0.0.1:${relayPort}`],
      'delivery.smartHosts': [`127.0.0.1:${gateway.port}`],
      'delivery.retryIntervals': [5, 10, 20, 30],
    },
  });
  const consoleServer = await startConsoleServer({
    host,
    port: 0,
    folder: join(repository, 'dist/renderer'),
    log: quietLog,
    onAddress: (url) => console.log(`\nOpen ${url}\n`),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());

  const pause = (delayMs: number) => wait(delayMs, undefined, { signal: ended.signal }).catch(() => {});
  const sendForever = async () => {
    const messages = await exitModuleMessages();
    for (let count = 0; !ended.signal.aborted; count += 1) {
      const message = messages[count % messages.length];
      if (message !== undefined) await sendLikeTheCa(relayPort, message);
      await pause(betweenMessagesMs);
    }
  };
  const breakForever = async () => {
    while (!ended.signal.aborted) {
      console.log(`The gateway is down for ${downMs / 1_000} s: the queue grows, the CA notices nothing.`);
      await pause(downMs);
      if (ended.signal.aborted) return;
      await gateway.open();
      console.log(`The gateway is up for ${upMs / 1_000} s: the queue drains.`);
      await pause(upMs);
      gateway.close();
      console.log(`It took ${gateway.taken} messages so far.`);
    }
  };
  await Promise.all([sendForever(), breakForever()]);
  gateway.close();
  await consoleServer.stop();
  await host.stop();
  await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
}

await main();
