/** The journal before the queue folder: when a message gets a file, and what is left of it in the journal. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '../../fakes/eventually.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { closedGate } from '../../fakes/gate.ts';
import {
  accept,
  acceptAsFile,
  contentOf,
  openTestSpool,
  realDisk,
  retried,
  type TestSpool,
  temporaryMailroot,
} from '../../fakes/spools.ts';

const queueNames = ({ spool }: TestSpool): Promise<string[]> => readdir(spool.folders.queue);
const journalNames = ({ spool }: TestSpool): Promise<string[]> => readdir(join(spool.folders.mailroot, 'Journal'));
const longEnoughMs = 60_000;

/** The names in the journal, the longer nothing comes. */
const calmJournal = ({ clock, ...opened }: TestSpool) =>
  eventually(async () => {
    await clock.advance(10_000);
    return journalNames({ clock, ...opened });
  });

/** Its process is gone: nothing more reaches the disk, and nobody tidies up. */
async function crash({ spool }: TestSpool, disk: FaultyDisk): Promise<void> {
  disk.crashAt(1);
  await spool.close();
}

test('mail that goes at once never gets a file, and nothing of it is left', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const opened = await openTestSpool({ mailroot: mailroot.path, disk });
  const { spool } = opened;
  await spool.recovered;
  const { id } = await accept(spool);
  expect((await contentOf(spool, id)).toString()).toContain('Hello');
  await spool.remove(id);
  await calmJournal(opened).toEqual([]);
  expect(disk.steps.filter(({ path }) => path.includes(id))).toEqual([]);
  await spool.close();
});

test('mail that waits gets a file when a moment without new mail has passed', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openTestSpool({ mailroot: mailroot.path });
  const { spool, clock } = opened;
  const { id } = await accept(spool);
  expect(await queueNames(opened)).toEqual([]);
  await clock.advance(500);
  await eventually(() => queueNames(opened)).toEqual([`${id}.eml`]);
  await calmJournal(opened).toEqual([]);
  expect((await contentOf(spool, id)).toString()).toContain('Hello');
  await spool.close();
});

test('mail that comes without a pause gets its files as well', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openTestSpool({ mailroot: mailroot.path });
  const { spool, clock } = opened;
  await accept(spool);
  for (let count = 0; count < 19; count += 1) {
    await clock.advance(499);
    await accept(spool);
  }
  expect(await queueNames(opened)).toEqual([]);
  for (let count = 0; count < 10; count += 1) {
    await clock.advance(499);
    await accept(spool);
  }
  await eventually(async () => (await queueNames(opened)).length).toBeGreaterThanOrEqual(20);
  await spool.close();
});

test('a message that is put off, deleted or given up is a file from then on', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openTestSpool({ mailroot: mailroot.path });
  const { spool } = opened;
  const [putOff, deleted, bad] = [await accept(spool), await accept(spool), await accept(spool)];
  await spool.update(putOff.id, retried(putOff.record));
  expect((await queueNames(opened)).sort()).toEqual([`${putOff.id}.eml`, `${putOff.id}.json`]);
  await spool.discard(deleted.id);
  await spool.moveToBadmail(bad.id, 'x');
  expect(spool.trash.list().map(({ id }) => id)).toEqual([deleted.id]);
  expect(spool.badmail.count).toBe(1);
  await spool.close();
});

test('a clean stop leaves files and no journal', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openTestSpool({ mailroot: mailroot.path });
  const ids = (await Promise.all(Array.from({ length: 30 }, () => accept(opened.spool)))).map(({ id }) => id);
  await opened.spool.close();
  expect((await queueNames(opened)).sort()).toEqual(ids.map((id) => `${id}.eml`).sort());
  expect(await journalNames(opened)).toEqual([]);
});

test('what only the journal has is there again after a crash, is read, and gets its file then', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const first = await openTestSpool({ mailroot: mailroot.path, disk });
  const [kept, gone] = [await accept(first.spool), await accept(first.spool)];
  await first.spool.remove(gone.id);
  await crash(first, disk);
  expect(await queueNames(first)).toEqual([]);

  const second = await openTestSpool({ mailroot: mailroot.path });
  expect(await second.spool.recovered).toEqual({ messages: 1, sweptFiles: 0, damaged: [] });
  expect([...second.spool.entries()]).toEqual([kept]);
  expect((await contentOf(second.spool, kept.id)).toString()).toContain('Hello');
  expect((await accept(second.spool)).id > gone.id).toBe(true);
  await second.clock.advance(longEnoughMs);
  await eventually(() => queueNames(second)).toHaveLength(2);
  await calmJournal(second).toEqual([]);
  await second.spool.close();
});

test('a start that tidies up does not take the journal away that is just being made', async () => {
  await using mailroot = await temporaryMailroot();
  const gate = closedGate();
  let isMade = false;
  const disk = {
    ...realDisk,
    async syncFolder(path: string) {
      isMade ||= path.endsWith('Journal');
      if (path.endsWith('Journal')) await gate.promise;
      await realDisk.syncFolder(path);
    },
  };
  const opened = await openTestSpool({ mailroot: mailroot.path, disk });
  const accepting = accept(opened.spool);
  await eventually(() => isMade).toBe(true);
  await opened.spool.recovered;
  gate.open();
  const { id } = await accepting;
  const [name = ''] = await journalNames(opened);
  expect((await readFile(join(mailroot.path, 'Journal', name))).includes(id)).toBe(true);
  await opened.spool.close();
});

test('a file that somebody takes away does not come back out of the journal', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const first = await openTestSpool({ mailroot: mailroot.path, disk });
  const entry = await acceptAsFile(first);
  await accept(first.spool); // so that what is said of the first one is flushed as well
  await realDisk.remove(join(first.spool.folders.queue, `${entry.id}.eml`));
  await crash(first, disk);
  const second = await openTestSpool({ mailroot: mailroot.path });
  expect((await second.spool.recovered).messages).toBe(1);
  expect(second.spool.get(entry.id)).toBeUndefined();
  await second.spool.close();
});

test('a removal that the disk took back is done again', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const first = await openTestSpool({ mailroot: mailroot.path, disk });
  await first.spool.recovered;
  const entry = await acceptAsFile(first);
  const file = join(first.spool.folders.queue, `${entry.id}.eml`);
  const bytes = await readFile(file);
  await first.spool.remove(entry.id);
  await crash(first, disk);
  await writeFile(file, bytes); // a power loss brought the name back

  const second = await openTestSpool({ mailroot: mailroot.path });
  expect((await second.spool.recovered).messages).toBe(0);
  expect(await queueNames(second)).toEqual([]);
  await second.spool.close();
});

test('a message refused because the journal could not be flushed does not come back after a crash', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const first = await openTestSpool({ mailroot: mailroot.path, disk });
  await first.spool.recovered;
  await accept(first.spool);
  disk.fail({
    code: 'EIO',
    when: ({ operation, path }) => operation === 'sync' && path.endsWith('.journal'),
    times: 1,
  });
  await expect(accept(first.spool, 'Subject: refused\r\n\r\n')).rejects.toMatchObject({ problem: { code: 'storage' } });
  expect(first.spool.storageProblem).toContain('Journal could not be written: the disk reported an error');
  await accept(first.spool);
  expect(first.spool.storageProblem).toBeNull();
  await crash(first, disk);
  const second = await openTestSpool({ mailroot: mailroot.path });
  await second.spool.recovered;
  expect([...second.spool.entries()].map(({ subject }) => subject)).toEqual([
    'Certificate issued',
    'Certificate issued',
  ]);
  await second.spool.close();
});

test('a disk that takes no files leaves mail in the journal; it can be sent, and gets its file later', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const opened = await openTestSpool({ mailroot: mailroot.path, disk });
  const { spool, clock, log } = opened;
  await spool.recovered;
  const repair = disk.fail({
    code: 'EACCES',
    when: ({ operation, path }) => operation === 'createFile' && path.includes('Queue'),
  });
  const [sent, waits] = [await accept(spool), await accept(spool)];
  await clock.advance(5_000);
  await eventually(() => log.of('accepted mail stays in the journal')).toHaveLength(1);
  expect((await contentOf(spool, sent.id)).toString()).toContain('Hello');
  await spool.remove(sent.id);
  repair();
  await clock.advance(longEnoughMs);
  await eventually(() => queueNames(opened)).toEqual([`${waits.id}.eml`]);
  await spool.close();
});

test('a full journal is not waited for: mail is written as files, and segments go when nothing in them is needed', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openTestSpool({ mailroot: mailroot.path });
  const { spool } = opened;
  const content = Buffer.alloc(60_000, 0x20);
  // More than 64 MB, without the time for a single file.
  for (let sent = 0; sent < 1_200; sent += 40) {
    await Promise.all(Array.from({ length: 40 }, () => accept(spool, content)));
  }
  expect(spool.size).toBe(1_200);
  expect((await queueNames(opened)).length).toBeGreaterThan(0);
  await spool.close();
  const second = await openTestSpool({ mailroot: mailroot.path });
  expect((await second.spool.recovered).messages).toBe(1_200);
  await calmJournal(second).toEqual([]);
  expect((await queueNames(second)).length).toBe(1_200);
  await second.spool.close();
});

test('a journal with damage in the middle gives what can be read, and is put where somebody finds it', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const first = await openTestSpool({ mailroot: mailroot.path, disk });
  await accept(first.spool, 'Subject: one\r\n\r\n');
  await accept(first.spool, 'Subject: two\r\n\r\n');
  await crash(first, disk);
  const [name = ''] = await journalNames(first);
  const path = join(mailroot.path, 'Journal', name);
  const bytes = await readFile(path);
  bytes[bytes.indexOf('Subject: one')] = 0;
  await writeFile(path, bytes);

  const second = await openTestSpool({ mailroot: mailroot.path });
  const { messages, damaged } = await second.spool.recovered;
  expect([messages, damaged.map(({ file }) => file)]).toEqual([1, [name]]);
  expect([...second.spool.entries()].map(({ subject }) => subject)).toEqual(['two']);
  await second.clock.advance(longEnoughMs);
  await eventually(() => readdir(second.spool.folders.damaged)).toEqual([name, `${name}.txt`]);
  await calmJournal(second).toEqual([]);
  await second.spool.close();
});

test('a journal that cannot be read is left, reported, and no obstacle', async () => {
  await using mailroot = await temporaryMailroot();
  const crashing = new FaultyDisk(realDisk);
  const first = await openTestSpool({ mailroot: mailroot.path, disk: crashing });
  const entry = await accept(first.spool);
  await crash(first, crashing);
  const disk = new FaultyDisk(realDisk);
  disk.fail({ code: 'EIO', when: ({ operation, path }) => operation === 'readFile' && path.endsWith('.journal') });
  const second = await openTestSpool({ mailroot: mailroot.path, disk });
  expect((await second.spool.recovered).damaged).toMatchObject([{ file: '1.journal' }]);
  await accept(second.spool);
  await second.spool.close();
  const third = await openTestSpool({ mailroot: mailroot.path });
  await third.spool.recovered;
  expect(third.spool.get(entry.id)).toEqual(entry);
  await third.spool.close();
});
