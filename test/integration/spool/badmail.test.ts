import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Spool, SpoolFolders } from '../../../electron/spool/types.ts';
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { accept, contentOf, openTestSpool, realDisk, retried, temporaryMailroot } from '../../fakes/spools.ts';

const mail = 'From: ca@corp.example\r\nTo: admin@corp.example\r\nSubject: by hand\r\n\r\nHello\r\n';

type OpenedSpool = Spool & { readonly folders: SpoolFolders };

/** A report in Badmail, as delivery leaves it. */
async function reportIn(spool: OpenedSpool): Promise<string> {
  const { id, record } = await accept(spool, 'Subject: Undeliverable\r\n\r\nReport\r\n', { sender: '' });
  await spool.update(id, retried(record));
  await spool.moveToBadmail(id, 'The report could not be returned.\nNobody to tell.');
  return id;
}

const put = ({ folders }: OpenedSpool, name: string, content: string | Buffer): Promise<void> =>
  writeFile(join(folders.badmail, name), content);

const namesIn = async ({ folders }: OpenedSpool): Promise<readonly string[]> => (await readdir(folders.badmail)).sort();

test('a message of the queue is listed with its reason, and can be read', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const id = await reportIn(spool);
  const [row, ...others] = await spool.badmail.list();
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    name: id,
    sender: '',
    recipient: 'admin@corp.example',
    recipientCount: 1,
    subject: 'Undeliverable',
    reason: 'The report could not be returned.',
  });
  const message = await spool.badmail.read(id);
  expect(message.row).toEqual(row);
  expect(message.note).toContain('Nobody to tell.');
  expect(message.recipients).toEqual(['admin@corp.example']);
  const content = await buffer(message.content());
  expect(content.toString()).toMatch(/^Received: .*Subject: Undeliverable\r\n\r\nReport\r\n$/s);
  expect([content.length, row?.sizeBytes]).toEqual([message.contentBytes, message.contentBytes]);
  expect((await buffer(message.content({ startBytes: 3, endBytes: 8 }))).toString()).toBe(
    content.toString().slice(3, 8),
  );
  expect((await buffer(message.content({ startBytes: content.length }))).length).toBe(0);
  await spool.close();
});

test('the latest comes first', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const moved = { a: 1_700_000_000, b: 1_700_000_200, c: 1_700_000_100 };
  for (const [name, atSeconds] of Object.entries(moved)) {
    await put(spool, `${name}.eml`, mail);
    await put(spool, `${name}.txt`, 'why');
    await utimes(join(spool.folders.badmail, `${name}.txt`), atSeconds, atSeconds);
  }
  expect((await spool.badmail.list()).map(({ name, movedAtMs }) => [name, movedAtMs])).toEqual([
    ['b', 1_700_000_200_000],
    ['c', 1_700_000_100_000],
    ['a', 1_700_000_000_000],
  ]);
  await spool.close();
});

test('files that administrators put there are listed when they are mail', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  await put(spool, 'NTFS_1.BAD', mail);
  await put(spool, 'NTFS_1.BDP', Buffer.from('From: x\0\0'));
  await put(spool, 'list.csv', 'a;b\n');
  await put(spool, 'broken.eml', Buffer.from([0, 1, 2]));
  await mkdir(join(spool.folders.badmail, 'old'));
  const rows = await spool.badmail.list();
  expect(rows.map(({ name }) => name).sort()).toEqual(['NTFS_1.BAD', 'broken']);
  expect(rows.find(({ name }) => name === 'NTFS_1.BAD')).toMatchObject({
    sender: 'ca@corp.example',
    recipient: 'admin@corp.example',
    subject: 'by hand',
    reason: '',
  });
  expect(spool.badmail.count).toBe(2);
  await spool.close();
});

test('only what has changed is read again', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
  for (let number = 0; number < 20; number += 1) await put(spool, `${number}.eml`, mail);
  const before = await spool.badmail.list();
  const readAgain = async (): Promise<readonly string[]> => {
    const steps = disk.steps.length;
    await spool.badmail.list();
    return disk.steps.slice(steps).flatMap(({ operation, path }) => (operation === 'readHead' ? [path] : []));
  };
  expect(await readAgain()).toEqual([]);
  await put(spool, '7.eml', mail.replace('by hand', 'other'));
  await put(spool, '8.txt', 'A reason');
  expect([...new Set(await readAgain())].sort()).toEqual(
    ['7.eml', '8.eml', '8.txt'].map((name) => join(spool.folders.badmail, name)),
  );
  const after = await spool.badmail.list();
  expect(before.length).toBe(after.length);
  expect(after.find(({ name }) => name === '7')?.subject).toBe('other');
  expect(after.find(({ name }) => name === '8')?.reason).toBe('A reason');
  await spool.close();
});

test('a large message is not read whole for the list', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
  await put(spool, 'large.eml', mail + 'x'.repeat(5_000_000));
  const [row] = await spool.badmail.list();
  expect(row?.sizeBytes).toBe(mail.length + 5_000_000);
  expect(disk.steps.map(({ operation }) => operation)).not.toContain('readFile');
  await spool.close();
});

test('an envelope longer than one read is read to its end', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const receivers = Array.from({ length: 5_000 }, (_, number) => `x-receiver: user${number}@corp.example\r\n`);
  await put(spool, 'many.eml', `x-sender: ca@corp.example\r\n${receivers.join('')}${mail}`);
  expect((await spool.badmail.list())[0]).toMatchObject({ recipientCount: 5_000, subject: 'by hand' });
  expect((await buffer((await spool.badmail.read('many')).content())).toString()).toBe(mail);
  await spool.close();
});

test('the count follows, and whoever shows it is told', async () => {
  await using mailroot = await temporaryMailroot();
  const first = await openTestSpool({ mailroot: mailroot.path });
  const counts: number[] = [];
  first.spool.badmail.onChange(() => counts.push(first.spool.badmail.count));
  const id = await reportIn(first.spool);
  await put(first.spool, 'b.eml', mail);
  await first.spool.badmail.list();
  await first.spool.badmail.list();
  await first.spool.badmail.remove(id);
  await first.spool.badmail.resubmit('b');
  expect(counts).toEqual([1, 2, 1, 0]);
  await put(first.spool, 'c.eml', mail);
  await first.spool.close();
  const second = await openTestSpool({ mailroot: mailroot.path });
  expect(second.spool.badmail.count).toBe(1);
  await second.spool.close();
});

test('a report is sent again as new mail, its null sender stays null, and its files are gone', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  await spool.recovered;
  const id = await reportIn(spool);
  const entry = await spool.badmail.resubmit(id);
  expect(entry).toMatchObject({ sender: '', subject: 'Undeliverable' });
  expect(entry.id > id).toBe(true);
  expect(entry.record.recipients).toMatchObject([{ address: 'admin@corp.example', state: 'pending', attempts: 0 }]);
  expect([...spool.entries()]).toEqual([entry]);
  expect(await namesIn(spool)).toEqual([]);
  expect((await contentOf(spool, entry.id)).toString()).toMatch(
    /^Received: by relay\.corp\.example with local id .*Subject: Undeliverable\r\n\r\nReport\r\n$/s,
  );
  await spool.close();
});

test('the limits for mail that comes in do not hold for what an administrator sends again', async () => {
  await using mailroot = await temporaryMailroot();
  const settings = { 'messages.sizeLimit': 1_024, 'delivery.hopLimit': 10 };
  const { spool } = await openTestSpool({ mailroot: mailroot.path, settings });
  await put(spool, 'large.eml', 'Received: x\r\n'.repeat(20) + mail + 'x'.repeat(5_000));
  expect((await spool.badmail.resubmit('large')).sizeBytes).toBeGreaterThan(5_000);
  await spool.close();
});

test.each([
  { what: 'names no recipient', content: 'From: a@x\r\nSubject: s\r\n\r\n', reason: 'It has no recipient' },
  { what: 'is no mail', content: 'nonsense', reason: 'does not begin with a header' },
])('a file that $what is not sent, and stays as it is', async ({ content, reason }) => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  await put(spool, 'a.eml', content);
  await put(spool, 'a.txt', 'why');
  const resubmitted = spool.badmail.resubmit('a');
  await expect(resubmitted).rejects.toMatchObject({ problem: { code: 'notPossible' } });
  await expect(resubmitted).rejects.toThrow(reason);
  expect([await namesIn(spool), spool.size]).toEqual([['a.eml', 'a.txt'], 0]);
  expect(await readdir(spool.folders.queue)).toEqual([]);
  await spool.close();
});

test('two who send the same message again send it once', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  await put(spool, 'a.eml', mail);
  const results = await Promise.allSettled([spool.badmail.resubmit('a'), spool.badmail.resubmit('a')]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(spool.size).toBe(1);
  await spool.close();
});

test('alerts.freeSpaceFloor: below it nothing is sent again', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = { ...realDisk, freeBytes: async () => 1 };
  const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
  await put(spool, 'a.eml', mail);
  await expect(spool.badmail.resubmit('a')).rejects.toMatchObject({ problem: { code: 'storage' } });
  expect(await namesIn(spool)).toEqual(['a.eml']);
  await spool.close();
});

test('removed, both files are gone', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const id = await reportIn(spool);
  await put(spool, 'other.eml', mail);
  await spool.badmail.remove(id);
  expect(await namesIn(spool)).toEqual(['other.eml']);
  for (const action of ['remove', 'read', 'resubmit'] as const) {
    await expect(spool.badmail[action](id)).rejects.toMatchObject({ problem: { code: 'notFound' } });
  }
  await spool.close();
});

test.each(['..', '../Queue/x', 'a/b'])('a name that leads elsewhere (%s) finds nothing', async (name) => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  await writeFile(join(spool.folders.queue, 'x.eml'), mail);
  await expect(spool.badmail.remove(name)).rejects.toMatchObject({ problem: { code: 'notFound' } });
  expect(await readdir(spool.folders.queue)).toEqual(['x.eml']);
  await spool.close();
});

test('a disk that refuses is a problem, and nothing is half done', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
  await put(spool, 'a.eml', mail);
  const inBadmail = ({ path }: { path: string }): boolean => path.startsWith(spool.folders.badmail);
  let repair = disk.fail({ code: 'EACCES', when: (step) => step.operation === 'remove' && inBadmail(step) });
  await expect(spool.badmail.remove('a')).rejects.toThrow('could not be removed: access was denied');
  repair();
  repair = disk.fail({ code: 'EBUSY', when: (step) => step.operation === 'rename' && inBadmail(step) });
  await expect(spool.badmail.resubmit('a')).rejects.toThrow('could not be taken: another program holds it open');
  repair();
  repair = disk.fail({ code: 'EIO', when: (step) => step.operation === 'list' });
  await expect(spool.badmail.list()).rejects.toMatchObject({ problem: { code: 'storage' } });
  repair();
  repair = disk.fail({ code: 'EIO', when: (step) => step.operation === 'readHead' });
  expect((await spool.badmail.list())[0]).toMatchObject({ name: 'a', reason: expect.stringContaining('EIO') });
  repair();
  expect((await spool.badmail.list())[0]).toMatchObject({ name: 'a', subject: 'by hand', reason: '' });
  expect(spool.size).toBe(0);
  await spool.close();
});

test('messages.badmailFolder: a changed folder counts for the next use', async () => {
  await using mailroot = await temporaryMailroot();
  const settings: Partial<ServerSettings> = {};
  const { spool } = await openTestSpool({ mailroot: mailroot.path, settings });
  await put(spool, 'old.eml', mail);
  settings['messages.badmailFolder'] = join(mailroot.path, 'Other');
  expect(await spool.badmail.list()).toEqual([]);
  const id = await reportIn(spool);
  expect(await readdir(join(mailroot.path, 'Other'))).toEqual([`${id}.eml`, `${id}.txt`]);
  expect((await spool.badmail.list()).map(({ name }) => name)).toEqual([id]);
  await spool.close();
});

test('messages.badmailFolder: one that cannot be used stops no other mail', async () => {
  await using mailroot = await temporaryMailroot();
  await mkdir(mailroot.path, { recursive: true });
  await writeFile(join(mailroot.path, 'file'), 'in the way');
  const settings = { 'messages.badmailFolder': join(mailroot.path, 'file', 'Badmail') };
  const { spool, log } = await openTestSpool({ mailroot: mailroot.path, settings });
  expect(log.of('Badmail folder cannot be used')).toHaveLength(1);
  const { id } = await accept(spool);
  await expect(spool.moveToBadmail(id, 'why')).rejects.toMatchObject({ problem: { code: 'storage' } });
  expect([spool.size, spool.badmail.count]).toEqual([1, 0]);
  await spool.close();
});

test('messages.badmailFolder: a folder on another volume gets a copy, and only then the message leaves the queue', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
  await spool.recovered;
  disk.fail({
    code: 'EXDEV',
    when: ({ operation, path, to = '' }) => operation === 'rename' && dirname(path) !== dirname(to),
  });
  const content = `Subject: large\r\n\r\n${'x'.repeat(300_000)}\r\n`;
  const { id } = await accept(spool, content);
  const stored = await readFile(join(spool.folders.queue, `${id}.eml`));
  const repair = disk.fail({
    code: 'ENOSPC',
    when: ({ operation, path }) => operation === 'sync' && path.includes('.eml'),
  });
  await expect(spool.moveToBadmail(id, 'why')).rejects.toThrow('the disk is full');
  expect([spool.size, await namesIn(spool)]).toEqual([1, [`${id}.txt`]]);
  repair();
  await spool.moveToBadmail(id, 'why');
  expect([spool.size, await readdir(spool.folders.queue), await namesIn(spool)]).toEqual([
    0,
    [],
    [`${id}.eml`, `${id}.txt`],
  ]);
  expect((await readFile(join(spool.folders.badmail, `${id}.eml`))).equals(stored)).toBe(true);
  await spool.close();
});

test('a folder somebody deleted is an empty one', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  await reportIn(spool);
  await rm(spool.folders.badmail, { recursive: true });
  expect(await spool.badmail.list()).toEqual([]);
  expect(spool.badmail.count).toBe(0);
  await spool.close();
});
