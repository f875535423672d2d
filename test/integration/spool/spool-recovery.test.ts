import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeHead } from '../../../electron/spool/message-file.ts';
import type { SpoolChange } from '../../../electron/spool/types.ts';
import { envelope } from '../../fakes/envelopes.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { accept, contentOf, openTestSpool, realDisk, retried, temporaryMailroot } from '../../fakes/spools.ts';

const id = (letter: string): string => `01JGFJJZ00${letter.repeat(16)}`;

async function queueWith(mailroot: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const queue = join(mailroot, 'Queue');
  await mkdir(queue, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(queue, name), bytes);
  return queue;
}

const stored = (subject: string): Buffer =>
  Buffer.concat([encodeHead(envelope()), Buffer.from(`Received: x\r\nSubject: ${subject}\r\n\r\n`)]);

test('unfinished files and orphaned states are swept, only the first are counted', async () => {
  await using mailroot = await temporaryMailroot();
  const queue = await queueWith(mailroot.path, {
    [`${id('A')}.tmp`]: 'half a mess',
    [`${id('B')}.json.tmp`]: '{',
    [`${id('B')}.eml`]: stored('kept'),
    [`${id('C')}.json`]: '{}',
  });
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  expect(await spool.recovered).toEqual({ messages: 1, sweptFiles: 2, damaged: [] });
  expect(await readdir(queue)).toEqual([`${id('B')}.eml`]);
  await spool.close();
});

test('damaged files are moved with their state and a reason, never deleted', async () => {
  await using mailroot = await temporaryMailroot();
  const queue = await queueWith(mailroot.path, {
    [`${id('A')}.eml`]: '',
    [`${id('B')}.eml`]: Buffer.alloc(100_000),
    [`${id('B')}.json`]: '{"version":1}',
    [`${id('C')}.eml`]: encodeHead(envelope()).subarray(0, -20),
    [`${id('D')}.eml`]: stored('whole'),
  });
  const { spool, log } = await openTestSpool({ mailroot: mailroot.path });
  const { messages, damaged } = await spool.recovered;
  expect(messages).toBe(1);
  expect(damaged.map(({ file }) => file).sort()).toEqual([
    `${id('A')}.eml`,
    `${id('B')}.eml`,
    `${id('B')}.json`,
    `${id('C')}.eml`,
  ]);
  expect(await readdir(queue)).toEqual([`${id('D')}.eml`]);
  const moved = await readdir(spool.folders.damaged);
  expect(moved).toHaveLength(8);
  expect(await readFile(join(spool.folders.damaged, `${id('C')}.eml.txt`), 'utf8')).toContain(
    'The x-envelope line is not JSON.',
  );
  expect((await readFile(join(spool.folders.damaged, `${id('B')}.eml`))).length).toBe(100_000);
  expect(log.of('damaged file')).toHaveLength(4);
  await spool.close();
});

test('a damaged file that can not be moved stays, and the report says so', async () => {
  await using mailroot = await temporaryMailroot();
  const queue = await queueWith(mailroot.path, { [`${id('A')}.eml`]: 'nonsense' });
  const disk = new FaultyDisk(realDisk);
  disk.fail({ code: 'EACCES', when: ({ operation }) => operation === 'rename' });
  const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
  const { damaged } = await spool.recovered;
  expect(damaged).toEqual([
    { file: `${id('A')}.eml`, reason: expect.stringContaining('It is still in the queue folder: access was denied') },
  ]);
  expect(await readdir(queue)).toEqual([`${id('A')}.eml`]);
  await spool.close();
});

test('a message with a damaged state, or one of other recipients, starts anew', async () => {
  await using mailroot = await temporaryMailroot();
  const other = { held: true, failed: false, recipients: [] };
  await queueWith(mailroot.path, {
    [`${id('A')}.eml`]: stored('a'),
    [`${id('A')}.json`]: '{"version":1,"record"',
    [`${id('B')}.eml`]: stored('b'),
    [`${id('B')}.json`]: JSON.stringify({ version: 1, record: other, attempts: [] }),
  });
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const report = await spool.recovered;
  expect(report.messages).toBe(2);
  expect(report.damaged.map(({ reason }) => reason).sort()).toEqual([
    'The recipients are not those of the message file. The message is treated as new.',
    'The state file is not JSON. The message is treated as new.',
  ]);
  for (const entry of spool.entries()) {
    expect(entry.record.held).toBe(false);
    expect(entry.record.recipients.map(({ address, attempts }) => [address, attempts])).toEqual([
      ['admin@corp.example', 0],
    ]);
  }
  await spool.close();
});

test('files that are not ours are left alone and named once', async () => {
  await using mailroot = await temporaryMailroot();
  const foreign = {
    'readme.txt': 'x',
    'NTFS_0001.EML': 'x',
    [`${id('A')}.eml.bak`]: 'x',
    [`7${id('A').slice(1)}.eml`]: 'x',
  };
  const queue = await queueWith(mailroot.path, foreign);
  await mkdir(join(queue, 'folder'));
  const { spool, log } = await openTestSpool({ mailroot: mailroot.path });
  expect(await spool.recovered).toEqual({ messages: 0, sweptFiles: 0, damaged: [] });
  expect((await readdir(queue)).sort()).toEqual([...Object.keys(foreign), 'folder'].sort());
  const [line, ...more] = log.of('files in the queue folder that are not ours are left alone');
  expect(more).toEqual([]);
  expect(line?.fields).toMatchObject({ count: 5 });
  await spool.close();
});

test('a message dropped in by hand is accepted with defaults', async () => {
  await using mailroot = await temporaryMailroot();
  await queueWith(mailroot.path, {
    [`${id('A')}.eml`]: 'x-sender: a@b.example\r\nx-receiver: c@d.example\r\nSubject: by hand\r\n\r\nHello\r\n',
  });
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  await spool.recovered;
  expect(spool.get(id('A'))).toMatchObject({ sender: 'a@b.example', subject: 'by hand' });
  expect((await contentOf(spool, id('A'))).toString()).toBe('Subject: by hand\r\n\r\nHello\r\n');
  await spool.close();
});

test.each([
  { what: 'message', name: `${id('A')}.eml`, operation: 'readHead' },
  { what: 'state', name: `${id('A')}.json`, operation: 'readFile' },
] as const)('a $what that may not be read is left where it is and reported', async ({ name, operation }) => {
  await using mailroot = await temporaryMailroot();
  const first = await openTestSpool({ mailroot: mailroot.path });
  await queueWith(mailroot.path, { [`${id('A')}.eml`]: stored('a'), [`${id('B')}.eml`]: stored('b') });
  await first.spool.close();
  const second = await openTestSpool({ mailroot: mailroot.path });
  await second.spool.recovered;
  const held = retried({ ...(second.spool.get(id('A'))?.record ?? { failed: false, recipients: [] }), held: true });
  await second.spool.update(id('A'), held);
  await second.spool.close();

  const disk = new FaultyDisk(realDisk);
  disk.fail({ code: 'EACCES', when: (step) => step.operation === operation && step.path.endsWith(name) });
  const third = await openTestSpool({ mailroot: mailroot.path, disk });
  const report = await third.spool.recovered;
  expect(report.messages).toBe(1);
  expect(report.damaged).toEqual([
    { file: `${id('A')}.eml`, reason: expect.stringContaining('access was denied (EACCES)') },
  ]);
  expect((await readdir(third.spool.folders.queue)).sort()).toEqual([
    `${id('A')}.eml`,
    `${id('A')}.json`,
    `${id('B')}.eml`,
  ]);
  await third.spool.close();

  const repaired = await openTestSpool({ mailroot: mailroot.path });
  await repaired.spool.recovered;
  expect(repaired.spool.get(id('A'))?.record).toEqual(held);
  await repaired.spool.close();
});

test('a head longer than one read, and a subject behind it, are found', async () => {
  await using mailroot = await temporaryMailroot();
  const recipients = Array.from({ length: 5_000 }, (_, number) => ({
    address: `user${number}@department.corp.example`,
    dsn: {},
  }));
  const content = `Subject: to all\r\n\r\n${'x'.repeat(100_000)}\r\n`;
  const first = await openTestSpool({ mailroot: mailroot.path });
  const entry = await accept(first.spool, content, { recipients });
  await first.spool.close();
  const second = await openTestSpool({ mailroot: mailroot.path });
  await second.spool.recovered;
  expect(second.spool.get(entry.id)).toEqual(entry);
  expect(entry.subject).toBe('to all');
  expect((await contentOf(second.spool, entry.id)).toString().endsWith(content)).toBe(true);
  await second.spool.close();
});

test('the subject is found alike on arrival and at start, wherever in the header it is', async () => {
  await using mailroot = await temporaryMailroot();
  const first = await openTestSpool({ mailroot: mailroot.path });
  for (const sizeBytes of [0, 1_000, 16_000, 32_000, 33_000, 70_000]) {
    await accept(
      first.spool,
      `X-Long: ${'y'.repeat(sizeBytes)}\r\nSubject: at ${sizeBytes}\r\n\r\n${'z'.repeat(100_000)}`,
    );
  }
  const before = [...first.spool.entries()];
  expect(before.map(({ subject }) => subject)).toEqual(['at 0', 'at 1000', 'at 16000', 'at 32000', '', '']);
  await first.spool.close();
  const second = await openTestSpool({ mailroot: mailroot.path });
  await second.spool.recovered;
  expect([...second.spool.entries()]).toEqual(before);
  await second.spool.close();
});

test('20,000 messages are found again, in order of arrival, with new mail coming in meanwhile', async () => {
  await using mailroot = await temporaryMailroot();
  const count = 20_000;
  const queue = await queueWith(mailroot.path, {});
  const ids = Array.from({ length: count }, (_, number) => `01JGFJJZ00${String(number).padStart(16, '0')}`);
  const bytes = stored('one of many');
  for (let at = 0; at < count; at += 100) {
    await Promise.all(ids.slice(at, at + 100).map((name) => writeFile(join(queue, `${name}.eml`), bytes)));
  }
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  expect(spool.recovering).toBe(true);
  const changes: SpoolChange[] = [];
  spool.onChange((change) => changes.push(change));
  const fresh = await Promise.all(Array.from({ length: 50 }, () => accept(spool)));
  const report = await spool.recovered;
  expect(spool.recovering).toBe(false);
  expect(report).toEqual({ messages: count, sweptFiles: 0, damaged: [] });
  expect([...spool.entries()].map((entry) => entry.id)).toEqual([...ids, ...fresh.map((entry) => entry.id).sort()]);
  expect(changes).toHaveLength(count + fresh.length);
  expect(new Set([...spool.entries()].map((entry) => entry.record)).size).toBe(1);
  await spool.close();
}, 120_000);

test('closing does not wait for a long recovery', async () => {
  await using mailroot = await temporaryMailroot();
  const files = Array.from({ length: 500 }, (_, number) => [
    `01JGFJJZ00${String(number).padStart(16, '0')}.eml`,
    stored('x'),
  ]);
  await queueWith(mailroot.path, Object.fromEntries(files));
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  await spool.close();
  const { messages } = await spool.recovered;
  expect(messages).toBeLessThan(500);
});
