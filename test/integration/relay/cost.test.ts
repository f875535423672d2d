/**
 * What a message costs, in a unit that is the same on every machine and at every load: calls of the operating system that
 * touch the journal and the queue folder. A change that reads or writes a message once more shows here; how fast it is, `npm run bench` tells.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import {
  eventually,
  newDataFolder,
  type RelayProcess,
  removeDataFolder,
  startRelayProcess,
} from '../../fakes/relay-process.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { canTrace, readTrace, type SystemCall, tracer } from '../../fakes/system-calls.ts';
import { startUpstream, type Upstream } from '../../fakes/upstream.ts';

let relay: RelayProcess | undefined;
let upstream: Upstream | undefined;
let dataFolder: string | undefined;

afterEach(async () => {
  await relay?.kill();
  await upstream?.stop();
  if (dataFolder !== undefined) await removeDataFolder(dataFolder);
});

const traced = [
  ...['openat', 'read', 'pread64', 'readv', 'preadv', 'write', 'pwrite64', 'writev', 'pwritev', 'close', 'statx'],
  ...['fsync', 'fdatasync', 'rename', 'unlink'],
];

const sessions = 4;
const messagesEach = 15;
const messages = sessions * messagesEach;

/** A record when it comes and one when it goes, each written and flushed; messages at the same time share both. */
const inJournal = 4;
/** For a message that waits long enough to get a file, as on a busy machine: its file, and its way out of it. */
const makeFile = 5; // create, write, flush, close, rename
const useFile = 8; // open, read, end of file, close, look for a state, remove message, remove state, and a record of the file
/** Of the relay as a whole. */
const once = 20;

test.skipIf(!canTrace())(
  'a message costs no more calls on the disk than were counted when this was written',
  async () => {
    dataFolder = await newDataFolder();
    upstream = await startUpstream();
    const file = join(dataFolder, 'trace');
    const smartHost = `127.0.0.1:${upstream.port}`;
    relay = await startRelayProcess({ dataFolder, smartHost, launcher: tracer(file, traced) });
    const { port } = relay;
    await Promise.all(Array.from({ length: sessions }, () => send(port, messagesEach)));
    const { messages: arrived } = upstream;
    await eventually(
      () => Promise.resolve(arrived.length),
      (count) => count === messages,
    );
    await relay.stop();
    const trace = await eventually(
      () => readFile(file, 'utf8'),
      (text) => /\+\+\+ (exited|killed).*\n$/.test(text),
    );
    const calls = readTrace(trace);
    const of = (fits: (call: SystemCall) => boolean): number => calls.filter(fits).length;
    const journal = of(({ parameters }) => parameters.includes('.journal'));
    const flushes = of(({ name, parameters }) => name === 'fdatasync' && parameters.includes('.journal'));
    const filed = of(({ name, parameters }) => name === 'rename' && parameters.includes('.eml'));
    const queue = of(({ parameters }) => parameters.includes('/Queue/'));
    const folders = of(({ name, parameters }) => name === 'fsync' && /\/(Queue|Journal)>$/.test(parameters));
    expect(flushes, 'what is promised is flushed').toBeGreaterThan(0);
    expect(journal).toBeLessThanOrEqual(messages * inJournal + filed * 2 + once);
    expect(queue).toBeLessThanOrEqual(filed * (makeFile + useFile) + once);
    expect(folders).toBeLessThanOrEqual(filed + once);
  },
);

async function send(port: number, count: number): Promise<void> {
  const client = await SmtpDialogue.connect(port);
  await client.expect('220');
  await client.send('EHLO CA01', '250');
  for (let sent = 0; sent < count; sent += 1) {
    await client.mail({ from: 'ca@example.org', to: ['eva@example.org'] }, 'Subject: x\r\n\r\nx\r\n');
  }
  client.close();
}
