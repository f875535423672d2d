/**
 * The least that could be called durable with the library the relay stands on: it greets at once, appends each message to one
 * file, flushes for all who wait and answers 250. No queue, no rules, no logs, no second file; nothing can be read back.
 *
 *   node ceiling-server.ts <port> <file>
 */
import { fdatasync, openSync, write } from 'node:fs';
import { promisify } from 'node:util';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { SMTPConnection } from 'smtp-server/lib/smtp-connection';

class Connection extends SMTPConnection {
  override init(): void {
    this._setListeners(() => this.connectionReady());
  }
}

class Server extends SMTPServer {
  override connect(...[socket, options]: Parameters<SMTPServer['connect']>): void {
    const connection = new Connection(this, socket, options);
    connection.on('error', () => undefined);
    connection.init();
  }
}

const [port, path = ''] = process.argv.slice(2);
const file = openSync(path, 'a');
let waiting: { readonly bytes: Buffer; readonly done: () => void }[] = [];
let isWriting = false;

async function writeAll(): Promise<void> {
  isWriting = true;
  while (waiting.length > 0) {
    const group = waiting;
    waiting = [];
    await promisify(write)(file, Buffer.concat(group.map(({ bytes }) => bytes)));
    await promisify(fdatasync)(file);
    for (const { done } of group) done();
  }
  isWriting = false;
}

const server = new Server({
  logger: false,
  disableReverseLookup: true,
  authOptional: true,
  hideSTARTTLS: true,
  onData(stream: SMTPServerDataStream, _session, done) {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => {
      waiting.push({ bytes: Buffer.concat(parts), done: () => done(null, 'taken') });
      if (!isWriting) void writeAll();
    });
  },
});
server.on('error', (error) => console.error(error));
server.listen(Number(port), '127.0.0.1');
