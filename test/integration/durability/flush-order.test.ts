/** What the operating system was asked to do before a client was told 250, in order, by many sessions at once. */
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

let relay: RelayProcess | undefined;
let dataFolder: string | undefined;

afterEach(async () => {
  await relay?.kill();
  if (dataFolder !== undefined) await removeDataFolder(dataFolder);
});

const traced = [
  ...['fsync', 'fdatasync', 'rename', 'renameat', 'renameat2'],
  ...['write', 'pwrite64', 'writev', 'pwritev', 'sendto', 'sendmsg'],
];
/** Enough for all messages that share a flush. */
const shownOctets = 16_384;

const small = 'Subject: x\r\n\r\nx\r\n';
const large = `Subject: x\r\n\r\n${`${'x'.repeat(70)}\r\n`.repeat(1_000)}`;

test.skipIf(!canTrace()).each([
  { what: 'written to the journal, then that flushed, then 250', content: small, steps: ['journal', 'flush', '250'] },
  {
    what: 'large: its file flushed, then renamed, then its folder flushed, then 250',
    content: large,
    steps: ['file', 'name', 'folder', '250'],
  },
])('$what: for each of sixty messages of six sessions', async ({ content, steps }) => {
  dataFolder = await newDataFolder();
  const file = join(dataFolder, 'trace');
  relay = await startRelayProcess({
    dataFolder,
    smartHost: '127.0.0.1:9',
    launcher: tracer(file, traced, shownOctets),
  });
  const { port } = relay;
  const ids = await Promise.all(Array.from({ length: 6 }, () => sendSome(port, 10, content)));
  await relay.stop();
  const trace = await eventually(
    () => readFile(file, 'utf8'),
    (text) => /\+\+\+ (exited|killed).*\n$/.test(text),
  );
  const calls = readTrace(trace);
  for (const id of ids.flat()) expect(stepsBefore250(calls, id, steps), id).toEqual(steps);
});

/** @returns the ids that the relay gave them. */
async function sendSome(port: number, count: number, content: string): Promise<readonly string[]> {
  const client = await SmtpDialogue.connect(port);
  await client.expect('220');
  await client.send('EHLO CA01', '250');
  const ids: string[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    const reply = await client.mail({ from: 'ca@example.org', to: ['eva@example.org'] }, content);
    ids.push(/[0-9A-Z]{26}/.exec(reply)?.[0] ?? reply);
  }
  client.close();
  return ids;
}

const isFlush = ({ name }: SystemCall): boolean => /^f(data)?sync$/.test(name);

/** What a call looks like that is the step of a message. */
const looks: Readonly<Record<string, (call: SystemCall, id: string) => boolean>> = {
  journal: ({ name, parameters }, id) =>
    /write/.test(name) && /\/Journal\/\d+\.journal>/.test(parameters) && parameters.includes(id),
  flush: (call) => isFlush(call) && call.parameters.endsWith('.journal>'),
  file: (call, id) => isFlush(call) && call.parameters.includes(`/Queue/${id}.tmp>`),
  name: ({ name, parameters }, id) => name.startsWith('rename') && parameters.includes(`/Queue/${id}.eml"`),
  folder: (call) => isFlush(call) && call.parameters.endsWith('/Queue>'),
  250: ({ parameters }, id) => parameters.includes(`250 2.6.0 <${id}>`),
};

/** Each step is the first successful one that began after the one before had ended. */
function stepsBefore250(calls: readonly SystemCall[], id: string, steps: readonly string[]): readonly string[] {
  const answer = calls.find((call) => looks['250']?.(call, id));
  const found: string[] = [];
  let endedAt = -1;
  for (const name of steps) {
    const call = calls.find(
      (next) => next.begunAt > endedAt && !next.result.startsWith('-1') && looks[name]?.(next, id),
    );
    if (call === undefined || answer === undefined || call.begunAt > answer.begunAt) break;
    found.push(name);
    endedAt = call.endedAt;
  }
  return found;
}
