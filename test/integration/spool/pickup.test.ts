import { chmod, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Disk } from '../../../electron/base/disk.ts';
import { createPickup } from '../../../electron/spool/pickup.ts';
import type { Pickup, Spool } from '../../../electron/spool/types.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { eventually } from '../../fakes/eventually.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { acceptAsFile, contentOf, openTestSpool, realDisk, temporaryMailroot } from '../../fakes/spools.ts';

const mail = 'From: ca@corp.example\nTo: admin@corp.example\nSubject: Request pending\n\nHello\n';

interface TestPickup extends Awaited<ReturnType<typeof openTestSpool>> {
  readonly pickup: Pickup;
  readonly settings: Partial<ServerSettings>;
  /** Lets so many looks pass, each to its end. */
  readonly looks: (count: number) => Promise<void>;
  readonly put: (name: string, content: string | Buffer) => Promise<void>;
  readonly names: () => Promise<readonly string[]>;
}

async function openPickup(mailroot: string, disk: Disk = realDisk): Promise<TestPickup> {
  const settings: Partial<ServerSettings> = {};
  const opened = await openTestSpool({ mailroot, disk, settings });
  const { spool, clock, log } = opened;
  const all = (): ServerSettings => ({ ...defaultServerSettings, ...settings });
  const pickup = createPickup({ spool, ports: { clock, disk, log }, settings: all, mailroot });
  await spool.recovered;
  pickup.start();
  const looks = async (count: number): Promise<void> => {
    // The next look is planned when one has come to its end.
    for (let look = 0; look < count; look += 1) {
      await eventually(() => clock.nextTimerAtMs !== undefined).toBe(true);
      await clock.advance((clock.nextTimerAtMs ?? 0) - clock.now());
      await eventually(() => clock.nextTimerAtMs !== undefined).toBe(true);
    }
  };
  await looks(1);
  return {
    ...opened,
    pickup,
    settings,
    looks,
    put: (name, content) => writeFile(join(pickup.folder, name), content),
    names: async () => (await readdir(pickup.folder)).sort(),
  };
}

async function close({ pickup, spool }: TestPickup): Promise<void> {
  await pickup.stop();
  await spool.close();
}

const only = (spool: Spool) => {
  const [entry, ...others] = spool.entries();
  if (entry === undefined || others.length > 0) throw new Error(`${spool.size} messages instead of one`);
  return entry;
};

test('a file becomes a message when nobody has written to it for two looks', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { pickup, spool, looks, put, names, clock } = opened;
  expect(await names()).toEqual([]);
  let told = 0;
  pickup.onChange(() => {
    told += 1;
  });
  await put('mail.txt', mail);
  await looks(1);
  expect(spool.size).toBe(0);
  await looks(1);
  const entry = only(spool);
  expect(entry).toMatchObject({ sender: 'ca@corp.example', subject: 'Request pending', receivedAtMs: clock.now() });
  expect(entry.record.recipients.map(({ address }) => address)).toEqual(['admin@corp.example']);
  expect((await contentOf(spool, entry.id)).toString()).toBe(
    `Received: by relay.corp.example with Pickup id ${entry.id};\r\n\tTue, 01 Jan 2030 00:00:04 +0000\r\n` +
      `Message-ID: <${entry.id}@relay.corp.example>\r\nDate: Tue, 01 Jan 2030 00:00:04 +0000\r\n` +
      'From: ca@corp.example\r\nTo: admin@corp.example\r\nSubject: Request pending\r\n\r\nHello\r\n',
  );
  expect(entry.sizeBytes).toBe((await contentOf(spool, entry.id)).length);
  expect(await names()).toEqual([]);
  expect(await readdir(spool.folders.queue)).toEqual([`${entry.id}.eml`]);
  expect([pickup.taken, pickup.problem, told]).toEqual([1, null, 1]);
  await close(opened);

  const second = await openTestSpool({ mailroot: mailroot.path });
  await second.spool.recovered;
  expect([...second.spool.entries()]).toEqual([entry]);
  await second.spool.close();
});

test('a file that grows is left until it stays as it is', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, looks, put } = opened;
  for (let lines = 1; lines <= 4; lines += 1) {
    await put('mail.txt', mail + 'more\n'.repeat(lines));
    await looks(1);
    expect(spool.size).toBe(0);
  }
  await looks(1);
  expect((await contentOf(spool, only(spool).id)).toString()).toContain('Hello\r\nmore\r\nmore\r\nmore\r\nmore\r\n');
  await close(opened);
});

test('an empty file is given a minute', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, looks, put, names } = opened;
  await put('mail.txt', '');
  await looks(30);
  expect(await names()).toEqual(['mail.txt']);
  await looks(1);
  expect(await names()).toEqual([]);
  expect((await spool.badmail.list())[0]).toMatchObject({ name: 'mail.txt' });
  await close(opened);
});

test('lines with a dot alone, LF and CR, and a missing last line end', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, looks, put } = opened;
  await put('mail.txt', 'From: a@x\nTo: b@x\nDate: d\nMessage-ID: <1@x>\n\none\n.\n.two\r\nthree\rfour');
  await looks(2);
  const content = (await contentOf(spool, only(spool).id)).toString();
  expect(content.slice(content.indexOf('\r\n\r\n') + 4)).toBe('one\r\n.\r\n.two\r\nthree\r\nfour\r\n');
  await close(opened);
});

test('a large file goes through in pieces, byte by byte the same', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, looks, put } = opened;
  const line = `${'x'.repeat(70)}\xe4\xff\xfe\r\n`;
  const body = Buffer.from(line.repeat(40_000), 'latin1');
  await put('mail.eml', Buffer.concat([Buffer.from(mail.replaceAll('Hello\n', '')), body]));
  await looks(2);
  const content = await contentOf(spool, only(spool).id);
  expect(content.subarray(-body.length).equals(body)).toBe(true);
  await close(opened);
});

test('a file of our own queue gets a new id and keeps what its sender asked for', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, looks } = opened;
  const recipients = [{ address: 'a@x.example', dsn: { notify: ['NEVER'] as const } }];
  const { id } = await acceptAsFile(opened, undefined, { recipients, dsn: { envid: 'E1' } });
  await rename(join(spool.folders.queue, `${id}.eml`), join(opened.pickup.folder, `${id}.eml`));
  await spool.remove(id);
  await looks(4); // among them those of the journal
  const entry = only(spool);
  expect(entry.id).not.toBe(id);
  expect((await spool.read(entry.id)).envelope).toMatchObject({ recipients, dsn: { envid: 'E1' }, protocol: 'Pickup' });
  expect((await contentOf(spool, entry.id)).toString().match(/^Received: /gm)).toHaveLength(2);
  await close(opened);
});

test('a read-only file is taken too, and only once', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, looks, put, names } = opened;
  await put('mail.txt', mail);
  await chmod(join(opened.pickup.folder, 'mail.txt'), 0o444);
  await looks(4);
  expect(only(spool).subject).toBe('Request pending');
  expect(await names()).toEqual([]);
  await close(opened);
});

test('folders, names with a dot in front and .tmp files are left', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, pickup, looks, put, names } = opened;
  await mkdir(join(pickup.folder, 'folder'));
  for (const name of ['.hidden', 'half.tmp', 'UPPER.TMP']) await put(name, mail);
  await looks(4);
  expect([spool.size, await names()]).toEqual([0, ['.hidden', 'UPPER.TMP', 'folder', 'half.tmp']]);
  await rename(join(pickup.folder, 'half.tmp'), join(pickup.folder, 'whole.txt'));
  await looks(2);
  expect(spool.size).toBe(1);
  await close(opened);
});

test.each([
  { name: 'letter.txt', content: 'Dear all\n', badmail: 'letter.txt', reason: 'does not begin with a header' },
  { name: 'nobody.eml', content: 'From: a@x\n\n', badmail: 'nobody', reason: 'It has no recipient' },
  { name: 'picture.png', content: Buffer.from('\x89PNG\0'), badmail: 'picture.png', reason: 'not a text file' },
  {
    name: 'late.txt',
    content: Buffer.concat([Buffer.from(mail), Buffer.alloc(100_000, 'x'), Buffer.alloc(1)]),
    badmail: 'late.txt',
    reason: 'not a text file',
  },
])('$name goes to Badmail with its reason', async ({ name, content, badmail, reason }) => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, looks, put, names, log, pickup } = opened;
  await put(name, content);
  await looks(2);
  expect([spool.size, await names(), await readdir(spool.folders.queue)]).toEqual([0, [], []]);
  expect((await readdir(spool.folders.badmail)).sort()).toEqual([`${badmail}.eml`, `${badmail}.txt`].sort());
  expect(await readFile(join(spool.folders.badmail, `${badmail}.eml`))).toEqual(Buffer.from(content as string));
  const note = await readFile(join(spool.folders.badmail, `${badmail}.txt`), 'utf8');
  expect(note).toContain(`File:      ${name}\r\n`);
  expect(note).toContain(reason);
  expect(log.of('file from Pickup moved to Badmail')).toHaveLength(1);
  expect([spool.badmail.count, pickup.taken, pickup.problem]).toEqual([1, 0, null]);
  await close(opened);
});

test('a second file of that name does not replace the first in Badmail', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, looks, put } = opened;
  for (const content of ['one', 'two']) {
    await put('mail.txt', content);
    await looks(2);
  }
  expect((await spool.badmail.list()).map(({ name }) => name).sort()).toEqual(['mail.txt', 'mail.txt (2)']);
  expect(await readFile(join(spool.folders.badmail, 'mail.txt.eml'), 'utf8')).toBe('one');
  await close(opened);
});

test('messages.sizeLimit: a larger file goes to Badmail', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, settings, looks, put } = opened;
  settings['messages.sizeLimit'] = 2_048;
  await put('small.txt', mail + 'x'.repeat(1_500));
  await put('large.txt', mail + 'x'.repeat(2_048));
  await looks(2);
  expect(spool.size).toBe(1);
  expect((await spool.badmail.list()).map(({ name, reason }) => [name, reason])).toEqual([
    ['large.txt', 'It is larger than the limit of 2 KB for a message.'],
  ]);
  settings['messages.sizeLimit'] = null;
  await put('large.txt', mail + 'x'.repeat(20_000_000));
  await looks(2);
  expect(spool.size).toBe(2);
  await close(opened);
});

test('delivery.hopLimit: a file that has come round too often goes to Badmail', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, settings, looks, put } = opened;
  settings['delivery.hopLimit'] = 10;
  await put('10.txt', 'Received: by x\n'.repeat(10) + mail);
  await put('11.txt', 'Received: by x\n'.repeat(11) + mail);
  await looks(2);
  expect(spool.size).toBe(1);
  expect((await spool.badmail.list()).map(({ name }) => name)).toEqual(['11.txt']);
  await close(opened);
});

test('messages.pickup: switched off, the folder is not looked at', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, settings, looks, put, names } = opened;
  settings['messages.pickup'] = false;
  await put('mail.txt', mail);
  await looks(4);
  expect([spool.size, await names()]).toEqual([0, ['mail.txt']]);
  settings['messages.pickup'] = true;
  await looks(2);
  expect([spool.size, await names()]).toEqual([1, []]);
  await close(opened);
});

test('messages.pickupFolder: another folder is made and looked at from the next look on', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, settings, pickup, looks, put, names } = opened;
  const other = join(mailroot.path, 'Elsewhere', 'In');
  settings['messages.pickupFolder'] = other;
  expect(pickup.folder).toBe(other);
  await looks(1);
  await put('mail.txt', mail);
  await looks(2);
  expect([spool.size, await names()]).toEqual([1, []]);
  await close(opened);
});

test('messages.badmailFolder: what is no mail goes to the folder set at that moment', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, settings, looks, put } = opened;
  const other = join(mailroot.path, 'Other bad mail');
  settings['messages.badmailFolder'] = other;
  expect(spool.folders.badmail).toBe(other);
  await put('mail.txt', 'nonsense');
  await looks(2);
  expect((await readdir(other)).sort()).toEqual(['mail.txt.eml', 'mail.txt.txt']);
  await close(opened);
});

test('alerts.freeSpaceFloor: below it the files stay, and the problem says why', async () => {
  await using mailroot = await temporaryMailroot();
  let freeBytes = 1;
  const opened = await openPickup(mailroot.path, { ...realDisk, freeBytes: async () => freeBytes });
  const { spool, pickup, looks, put, names } = opened;
  await put('mail.txt', mail);
  await looks(2);
  expect([spool.size, await names()]).toEqual([0, ['mail.txt']]);
  expect(pickup.problem).toContain('Only 0 MB are free');
  expect(await readdir(spool.folders.queue)).toEqual([]);
  freeBytes = 1_000_000_000;
  await looks(1);
  expect([spool.size, pickup.problem]).toEqual([1, null]);
  await close(opened);
});

test('a folder that cannot be reached is a problem until it can', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const opened = await openPickup(mailroot.path, disk);
  const { spool, pickup, looks, put } = opened;
  const changes: (string | null)[] = [];
  pickup.onChange(() => changes.push(pickup.problem));
  const repair = disk.fail({ code: 'EACCES', when: ({ operation }) => operation === 'list' });
  await put('mail.txt', mail);
  await looks(3);
  expect(pickup.problem).toContain(`${pickup.folder} could not be looked at: access was denied (EACCES)`);
  repair();
  await looks(1);
  expect(pickup.problem).toBeNull();
  expect(changes).toHaveLength(2);
  await looks(1);
  expect(spool.size).toBe(1);
  await close(opened);
});

test('a file somebody holds is tried again, becomes a problem when it stays so, and does not stop the others', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const opened = await openPickup(mailroot.path, disk);
  const { spool, pickup, looks, put, names } = opened;
  const repair = disk.fail({
    code: 'EBUSY',
    when: ({ operation, path }) => operation === 'rename' && path.endsWith('held.txt'),
  });
  await put('held.txt', mail);
  await put('other.txt', mail);
  await looks(2);
  expect([spool.size, await names(), pickup.problem]).toEqual([1, ['held.txt'], null]);
  expect((await readdir(spool.folders.queue)).filter((name) => name.endsWith('.pickup'))).toEqual([]);
  await looks(4);
  expect(pickup.problem).toContain('held.txt could not be taken: another program holds it open (EBUSY)');
  repair();
  await looks(1);
  expect([spool.size, await names(), pickup.problem]).toEqual([2, [], null]);
  await close(opened);
});

test.each(['createFile', 'write', 'sync', 'rename'] as const)(
  'a disk on which %s fails leaves the file where it was, and tries again',
  async (operation) => {
    await using mailroot = await temporaryMailroot();
    const disk = new FaultyDisk(realDisk);
    const opened = await openPickup(mailroot.path, disk);
    const { spool, pickup, looks, put, names } = opened;
    const repair = disk.fail({
      code: 'ENOSPC',
      when: (step) => step.operation === operation && step.path.startsWith(spool.folders.queue),
    });
    await put('mail.txt', mail);
    await looks(3);
    expect([spool.size, await names()]).toEqual([0, ['mail.txt']]);
    expect(pickup.problem).toContain('the disk is full');
    expect(spool.storageProblem).toContain('the disk is full');
    repair();
    await looks(2);
    expect([spool.size, await names(), pickup.problem]).toEqual([1, [], null]);
    expect(spool.storageProblem).toBeNull();
    await close(opened);
  },
);

test('a file that Badmail cannot take stays in Pickup', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const opened = await openPickup(mailroot.path, disk);
  const { spool, pickup, looks, put, names } = opened;
  const repair = disk.fail({ code: 'EACCES', when: ({ path }) => path.startsWith(spool.folders.badmail) });
  await put('mail.txt', 'nonsense');
  await looks(3);
  expect(await names()).toEqual(['mail.txt']);
  expect(pickup.problem).toContain('access was denied');
  repair();
  await looks(2);
  expect([await names(), spool.badmail.count]).toEqual([[], 1]);
  await close(opened);
});

test('250 files take several turns, and each is taken once', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, pickup, clock, looks, put, names } = opened;
  for (let number = 0; number < 250; number += 1) {
    await put(`${number}.txt`, mail.replace('Request pending', `number ${number}`));
  }
  const beganAtMs = clock.now();
  await looks(6);
  expect(clock.now() - beganAtMs, 'two rounds of three turns').toBe(4_000);
  expect([spool.size, pickup.taken, await names()]).toEqual([250, 250, []]);
  expect(new Set([...spool.entries()].map(({ subject }) => subject)).size).toBe(250);
  await close(opened);
});

test('nothing is read while the folder is empty', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const opened = await openPickup(mailroot.path, disk);
  const before = disk.steps.length;
  await opened.looks(5);
  expect(disk.steps.slice(before).map(({ operation }) => operation)).toEqual(Array(5).fill('list'));
  await close(opened);
});

test('stopped, it looks no more; started again, it does', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { pickup, spool, clock, looks, put } = opened;
  await put('mail.txt', mail);
  await looks(1);
  await pickup.stop();
  expect(clock.pendingTimers).toBe(0);
  expect(spool.size).toBe(0);
  pickup.start();
  pickup.start();
  expect(clock.pendingTimers).toBe(1);
  await looks(2);
  expect(spool.size).toBe(1);
  await close(opened);
});

test.skipIf(process.platform === 'win32')('the message is as private as any other', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openPickup(mailroot.path);
  const { spool, looks, put } = opened;
  await put('mail.txt', mail);
  await looks(2);
  const path = join(spool.folders.queue, `${only(spool).id}.eml`);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await close(opened);
});
