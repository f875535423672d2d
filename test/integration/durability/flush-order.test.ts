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

const traced = ['fsync', 'fdatasync', 'rename', 'renameat', 'renameat2', 'write', 'writev', 'sendto', 'sendmsg'];

test.skipIf(!canTrace())(
  'file flushed, then renamed, then its folder flushed, then 250: for each of sixty messages of six sessions',
  async () => {
    dataFolder = await newDataFolder();
    const file = join(dataFolder, 'trace');
    relay = await startRelayProcess({ dataFolder, smartHost: '127.0.0.1:9', launcher: tracer(file, traced) });
    const { port } = relay;
    const ids = await Promise.all(Array.from({ length: 6 }, () => sendSome(port, 10)));
    await relay.stop();
    const trace = await eventually(
      () => readFile(file, 'utf8'),
      (text) => /\+\+\+ (exited|killed).*\n$/.test(text),
    );
    const calls = readTrace(trace);
    for (const id of ids.flat()) expect(stepsBefore250(calls, id), id).toEqual(['file', 'name', 'folder', '250']);
  },
);

/** @returns the ids that the relay gave them. */
async function sendSome(port: number, count: number): Promise<readonly string[]> {
  const client = await SmtpDialogue.connect(port);
  await client.expect('220');
  await client.send('EHLO CA01', '250');
  const ids: string[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    const reply = await client.mail({ from: 'ca@example.org', to: ['eva@example.org'] }, 'Subject: x\r\n\r\nx\r\n');
    ids.push(/[0-9A-Z]{26}/.exec(reply)?.[0] ?? reply);
  }
  client.close();
  return ids;
}

/** Each step is the first successful one that began after the one before had ended. */
function stepsBefore250(calls: readonly SystemCall[], id: string): readonly string[] {
  const steps: readonly (readonly [string, (call: SystemCall) => boolean])[] = [
    ['file', ({ name, parameters }) => /^f(data)?sync$/.test(name) && parameters.includes(`/Queue/${id}.tmp>`)],
    ['name', ({ name, parameters }) => name.startsWith('rename') && parameters.includes(`/Queue/${id}.eml"`)],
    ['folder', ({ name, parameters }) => /^f(data)?sync$/.test(name) && parameters.endsWith('/Queue>')],
    ['250', ({ parameters }) => parameters.includes(`250 2.6.0 <${id}>`)],
  ];
  const answer = calls.find(steps[3]?.[1] ?? (() => false));
  const found: string[] = [];
  let endedAt = -1;
  for (const [name, fits] of steps) {
    const call = calls.find((next) => next.begunAt > endedAt && !next.result.startsWith('-1') && fits(next));
    if (call === undefined || answer === undefined || call.begunAt > answer.begunAt) break;
    found.push(name);
    endedAt = call.endedAt;
  }
  return found;
}
