import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { envelope } from '../../fakes/envelopes.ts';
import { type DiskOperation, FaultyDisk } from '../../fakes/faulty-disk.ts';
import {
  accept,
  acceptAsFile,
  contentOf,
  openTestSpool,
  realDisk,
  retried,
  temporaryMailroot,
} from '../../fakes/spools.ts';

const storage = { problem: { code: 'storage' } };

test.each<{ operation: DiskOperation; code: string; words: string }>([
  { operation: 'createFile', code: 'ENOSPC', words: '.tmp could not be created: the disk is full (ENOSPC)' },
  { operation: 'createFile', code: 'EACCES', words: '.tmp could not be created: access was denied (EACCES)' },
  { operation: 'write', code: 'ENOSPC', words: 'the disk is full (ENOSPC)' },
  { operation: 'sync', code: 'ENOSPC', words: '.eml could not be stored: the disk is full (ENOSPC)' },
  { operation: 'sync', code: 'EIO', words: '.eml could not be stored: the disk reported an error (EIO)' },
  { operation: 'close', code: 'EIO', words: '.eml could not be stored' },
  { operation: 'rename', code: 'ENOSPC', words: '.eml could not be stored: the disk is full (ENOSPC)' },
  { operation: 'syncFolder', code: 'EIO', words: '.eml could not be stored' },
])(
  '$code at $operation refuses one message, leaves nothing of it, and the spool goes on',
  async ({ operation, code, words }) => {
    await using mailroot = await temporaryMailroot();
    const disk = new FaultyDisk(realDisk);
    const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
    await spool.recovered;
    const before = await accept(spool);
    disk.fail({ code, when: (step) => step.operation === operation, times: 1 });
    const refused = accept(spool, Buffer.alloc(300_000, 0x20));
    await expect(refused).rejects.toMatchObject(storage);
    await expect(refused).rejects.toThrow(words);
    expect(spool.size).toBe(1);
    const after = await accept(spool);
    expect([...spool.entries()]).toEqual([before, after]);
    await spool.close();
    const left = (await readdir(spool.folders.queue)).sort();
    expect(left.filter((name) => name.endsWith('.eml'))).toEqual([`${before.id}.eml`, `${after.id}.eml`]);

    const second = await openTestSpool({ mailroot: mailroot.path });
    expect((await second.spool.recovered).messages).toBe(2);
    expect([...second.spool.entries()]).toEqual([before, after]);
    await second.spool.close();
  },
);

test('a message with a failed write can not be committed', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
  const incoming = await spool.begin(envelope());
  await incoming.write(Buffer.alloc(70_000));
  disk.fail({ code: 'ENOSPC', when: ({ operation }) => operation === 'write', times: 1 });
  await expect(incoming.write(Buffer.alloc(100_000))).rejects.toMatchObject(storage);
  await expect(incoming.commit()).rejects.toMatchObject(storage);
  await incoming.abort();
  expect(await readdir(spool.folders.queue)).toEqual([]);
  expect(spool.size).toBe(0);
  await spool.close();
});

test('what can not be cleaned up after a refusal is logged, and swept at the next start', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const { spool, log } = await openTestSpool({ mailroot: mailroot.path, disk });
  const repair = disk.fail({ code: 'EIO', when: ({ operation }) => operation === 'sync' || operation === 'remove' });
  await expect(accept(spool, Buffer.alloc(100_000, 0x20))).rejects.toMatchObject(storage);
  expect(log.of('file of a refused message is left')).toHaveLength(2);
  repair();
  await spool.close();
  const second = await openTestSpool({ mailroot: mailroot.path });
  expect(await second.spool.recovered).toEqual({ messages: 0, sweptFiles: 1, damaged: [] });
  expect(await readdir(second.spool.folders.queue)).toEqual([]);
  await second.spool.close();
});

test('below alerts.freeSpaceFloor new mail is refused; what is queued can still be worked on', async () => {
  await using mailroot = await temporaryMailroot();
  let freeBytes = 1_000_000_000;
  const disk = { ...realDisk, freeBytes: async () => freeBytes };
  const settings = { 'alerts.freeSpaceFloor': 100_000_000 };
  const opened = await openTestSpool({ mailroot: mailroot.path, disk, settings });
  const { spool, clock } = opened;
  const entry = await acceptAsFile(opened);
  freeBytes = 99_000_000;
  await clock.advance(1_000);
  await expect(spool.begin(envelope())).rejects.toMatchObject(storage);
  expect(await readdir(spool.folders.queue)).toEqual([`${entry.id}.eml`]);
  await spool.update(entry.id, retried(entry.record));
  freeBytes = 1_000_000_000;
  await clock.advance(1_000);
  await accept(spool);
  expect(spool.size).toBe(2);
  await spool.close();
});

test.each<DiskOperation>(['createFile', 'write', 'sync', 'close', 'rename', 'syncFolder'])(
  'a state that can not be stored (%s fails) changes nothing in the list',
  async (operation) => {
    await using mailroot = await temporaryMailroot();
    const disk = new FaultyDisk(realDisk);
    const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
    await spool.recovered;
    const entry = await accept(spool);
    disk.fail({ code: 'ENOSPC', when: (step) => step.operation === operation, times: 1 });
    await expect(spool.update(entry.id, retried(entry.record))).rejects.toMatchObject(storage);
    expect(spool.get(entry.id)).toEqual(entry);
    const updated = await spool.update(entry.id, retried(entry.record));
    expect(spool.get(entry.id)).toEqual(updated);
    await spool.close();
  },
);

test('a state file that an earlier failure left is no obstacle', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const entry = await accept(spool);
  await writeFile(join(spool.folders.queue, `${entry.id}.json.tmp`), 'half');
  await spool.update(entry.id, retried(entry.record));
  expect((await readdir(spool.folders.queue)).sort()).toEqual([`${entry.id}.eml`, `${entry.id}.json`]);
  await spool.close();
});

test('a state damaged by somebody is moved aside when the next one is stored', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const entry = await accept(spool);
  const state = join(spool.folders.queue, `${entry.id}.json`);
  await spool.update(entry.id, retried(entry.record));
  await writeFile(state, 'nonsense');
  expect((await spool.read(entry.id)).attempts).toEqual([]);
  await spool.update(entry.id, retried(entry.record));
  await writeFile(state, 'nonsense again');
  await spool.update(entry.id, retried(entry.record));
  expect((await readdir(spool.folders.damaged)).sort()).toEqual(
    [`${entry.id}.json`, `${entry.id}.json.txt`, `${entry.id}.json.2`, `${entry.id}.json.2.txt`].sort(),
  );
  await spool.close();
});

test('a message that can not be removed stays in the list, with its state', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
  const { id, record } = await accept(spool);
  const entry = await spool.update(id, retried(record));
  disk.fail({ code: 'EACCES', when: ({ operation }) => operation === 'remove', times: 1 });
  await expect(spool.remove(id)).rejects.toThrow('access was denied');
  expect(spool.get(id)).toEqual(entry);
  expect((await readdir(spool.folders.queue)).sort()).toEqual([`${id}.eml`, `${id}.json`]);
  await spool.remove(id);
  expect(spool.size).toBe(0);
  await spool.close();
});

test('a message that is gone leaves the list even if that could not be made durable', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
  await spool.recovered;
  const { id, record } = await accept(spool);
  await spool.update(id, retried(record));
  const repair = disk.fail({
    code: 'EIO',
    when: ({ operation, path }) => operation === 'syncFolder' || path.includes('Journal'),
  });
  await expect(spool.remove(id)).rejects.toMatchObject(storage);
  expect(spool.size).toBe(0);
  // After a power loss the message may be back; then it must not look like a new one.
  expect(await readdir(spool.folders.queue)).toEqual([`${id}.json`]);
  repair();
  await spool.close();
});

test('bad mail that can not be moved stays in the queue', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
  const { id } = await accept(spool);
  disk.fail({
    code: 'EACCES',
    when: ({ operation, path }) => operation === 'rename' && path.endsWith('.eml'),
    times: 1,
  });
  await expect(spool.moveToBadmail(id, 'x')).rejects.toMatchObject(storage);
  expect([spool.size, spool.badmail.count]).toEqual([1, 0]);
  await rm(spool.folders.badmail, { recursive: true });
  await spool.moveToBadmail(id, 'again, although somebody deleted the folder');
  expect([spool.size, spool.badmail.count]).toEqual([0, 1]);
  await spool.close();
});

test('a message somebody took out of the folder leaves the list when it is asked for', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openTestSpool({ mailroot: mailroot.path });
  const { spool, log } = opened;
  const [read, moved] = [await acceptAsFile(opened), await acceptAsFile(opened)];
  for (const { id } of [read, moved])
    await rename(join(spool.folders.queue, `${id}.eml`), join(mailroot.path, `${id}.eml`));
  await expect(spool.read(read.id)).rejects.toMatchObject({ problem: { code: 'notFound' } });
  await expect(spool.moveToBadmail(moved.id, 'x')).rejects.toMatchObject({ problem: { code: 'notFound' } });
  expect(spool.size).toBe(0);
  expect(log.of('message file was taken away')).toHaveLength(2);
  await spool.close();
});

test('a message file damaged while it is queued is a problem that names it', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openTestSpool({ mailroot: mailroot.path });
  const { spool } = opened;
  const { id } = await acceptAsFile(opened);
  await writeFile(join(spool.folders.queue, `${id}.eml`), 'Subject: no envelope\r\n\r\n');
  await expect(spool.read(id)).rejects.toThrow(`${id}.eml cannot be read as a message. There is no x-sender line.`);
  await spool.close();
});

test('a mailroot that can not be made says so', async () => {
  await using mailroot = await temporaryMailroot();
  await mkdir(dirname(mailroot.path), { recursive: true });
  await writeFile(mailroot.path, 'a file is in the way');
  await expect(openTestSpool({ mailroot: mailroot.path })).rejects.toMatchObject(storage);
});

test('a folder that can not be listed says so', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  disk.fail({ code: 'EACCES', when: ({ operation }) => operation === 'list' });
  await expect(openTestSpool({ mailroot: mailroot.path, disk })).rejects.toThrow(
    'could not be read: access was denied',
  );
});

test('content is read from the file, not from memory', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const opened = await openTestSpool({ mailroot: mailroot.path, disk });
  const { spool } = opened;
  const { id } = await acceptAsFile(opened);
  disk.fail({ code: 'EIO', when: ({ operation }) => operation === 'readHead', times: 1 });
  await expect(spool.read(id)).rejects.toThrow('could not be read: the disk reported an error (EIO)');
  expect((await contentOf(spool, id)).length).toBeGreaterThan(0);
  await spool.close();
});

test.each<DiskOperation>(['createFile', 'write', 'sync', 'rename', 'syncFolder'])(
  'while %s fails the storage problem says so, and a stored message ends it',
  async (operation) => {
    await using mailroot = await temporaryMailroot();
    const disk = new FaultyDisk(realDisk);
    const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
    await spool.recovered;
    expect(spool.storageProblem).toBeNull();
    const repair = disk.fail({ code: 'ENOSPC', when: (step) => step.operation === operation });
    await expect(accept(spool, Buffer.alloc(100_000))).rejects.toMatchObject(storage);
    expect(spool.storageProblem).toContain('the disk is full (ENOSPC)');
    repair();
    await accept(spool);
    expect(spool.storageProblem).toBeNull();
    await spool.close();
  },
);

test('too little free space is not a write that failed', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path, disk: { ...realDisk, freeBytes: async () => 1 } });
  await expect(spool.begin(envelope())).rejects.toMatchObject(storage);
  expect(spool.storageProblem).toBeNull();
  await spool.close();
});
