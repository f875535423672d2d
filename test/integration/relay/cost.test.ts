/**
 * What a message costs, in a unit that is the same on every machine and at every load: calls of the operating system that
 * touch the queue folder. A change that reads or writes a message once more shows here; how fast it is, `npm run bench` tells.
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
import { canTrace, readTrace, tracer } from '../../fakes/system-calls.ts';
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

const accept = 5; // create, write, flush, close, rename
const deliver = 7; // open, read, end of file, close, look for a state, remove message, remove state
/** Of the relay as a whole. */
const once = 10;
/** Of the folder, one for the accept and one for the removal; messages share them when the disk is slow. */
const folderFlushes = 2;

test.skipIf(!canTrace())(
  'a message costs no more calls in the queue folder than were counted when this was written',
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
    const counts = new Map<string, number>();
    const calls = readTrace(trace);
    for (const { name, parameters } of calls) {
      if (parameters.includes('/Queue/')) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    expect(counts.get('fdatasync'), 'every message is flushed').toBeGreaterThanOrEqual(messages);
    expect(total, JSON.stringify([...counts])).toBeLessThanOrEqual(messages * (accept + deliver) + once);
    const flushes = calls.filter(({ name, parameters }) => name === 'fsync' && parameters.endsWith('/Queue>')).length;
    expect(flushes).toBeLessThanOrEqual(messages * folderFlushes + once);
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
