import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Disk } from '../../../electron/base/disk.ts';
import { takeOverMail } from '../../../electron/iis-import/take-over-mail.ts';
import { countMail, type MailFolder } from '../../../electron/iis-import/waiting-mail.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { PowerLossDisk } from '../../fakes/power-loss-disk.ts';

const root = join('/iis', 'mailroot');
const queue: MailFolder = { path: join(root, 'Queue'), kind: 'queue' };
const pickup: MailFolder = { path: join(root, 'Pickup'), kind: 'pickup' };
const ours = join('/relay', 'Pickup');
const kept = `${queue.path}.taken-over`;

const mail = (subject: string): string =>
  `From: <ca@corp.example.com>\r\nTo: <admin@corp.example.com>\r\nSubject: ${subject}\r\n\r\nHello\r\n`;

async function put(disk: Disk, folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const writer = await disk.createFile(join(folder, name));
    await writer.write(Buffer.from(text));
    await writer.sync();
    await writer.close();
  }
  await disk.syncFolder(folder);
}

const clock = new FakeClock();
let chance = 0;
const take = (disk: Disk, limit = 1_000) =>
  takeOverMail({
    ports: {
      disk,
      clock,
      random: () => {
        chance = (chance + 0.001) % 1;
        return chance;
      },
    },
    folders: [queue, pickup],
    pickupFolder: ours,
    limit,
  });

/** What our Pickup would send: the texts of its files but those that are being written. */
const sent = async (disk: PowerLossDisk): Promise<string[]> =>
  Promise.all(
    disk
      .fileNames(ours)
      .filter((name) => !name.endsWith('.tmp'))
      .map(async (name) => (await disk.readFile(join(ours, name))).toString()),
  );

describe('takeOverMail', () => {
  it('moves the mail of Queue and Pickup and keeps the originals beside their folder', async () => {
    const disk = new PowerLossDisk();
    await put(disk, queue.path, { 'NTFS_1.EML': mail('one'), 'NTFS_2.eml': mail('two'), 'readme.txt': 'x' });
    await put(disk, pickup.path, { anything: mail('three'), 'half.tmp': mail('four'), '.hidden': mail('five') });
    expect(await take(disk)).toMatchObject({
      taken: 3,
      remaining: 0,
      left: [],
      keptIn: [kept, `${pickup.path}.taken-over`],
    });
    expect((await sent(disk)).sort()).toEqual([mail('one'), mail('three'), mail('two')]);
    expect(disk.fileNames(queue.path)).toEqual(['readme.txt']);
    expect(disk.fileNames(kept)).toEqual([
      expect.stringMatching(/ NTFS_1\.EML$/),
      expect.stringMatching(/ NTFS_2\.eml$/),
    ]);
    expect(await take(disk)).toMatchObject({ taken: 0 });
    expect(await sent(disk)).toHaveLength(3);
  });

  it('takes at most so many at a time and says how many remain', async () => {
    const disk = new PowerLossDisk();
    await put(disk, queue.path, { 'a.eml': mail('a'), 'b.eml': mail('b'), 'c.eml': mail('c') });
    expect(await take(disk, 2)).toMatchObject({ taken: 2, remaining: 1 });
    expect(await take(disk, 2)).toMatchObject({ taken: 1, remaining: 0 });
  });

  it('leaves what cannot be sent where it is, with the reason', async () => {
    const disk = new PowerLossDisk();
    await put(disk, queue.path, { 'a.eml': 'Subject: nobody\r\n\r\nx', 'b.eml': mail('b') });
    expect((await countMail(disk, queue)).unusableFiles).toEqual([
      { name: 'a.eml', reason: expect.stringContaining('no sender') },
    ]);
    expect(await take(disk)).toMatchObject({
      taken: 1,
      left: [{ name: join(queue.path, 'a.eml'), reason: expect.stringContaining('no sender') }],
    });
    expect(disk.fileNames(queue.path)).toEqual(['a.eml']);
  });

  it('leaves what is being written', async () => {
    const disk = new PowerLossDisk(() => clock.now() - 500);
    await put(disk, pickup.path, { fresh: mail('fresh') });
    expect(await take(disk)).toMatchObject({ taken: 0, left: [{ reason: 'It is being written at the moment.' }] });
    expect(disk.fileNames(ours)).toEqual([]);
  });

  it('puts an original back that grew while it was copied', async () => {
    /** As if the program that writes the file went on in the last moment. */
    class Growing extends PowerLossDisk {
      override async rename(from: string, to: string): Promise<void> {
        await super.rename(from, to);
        if (!to.startsWith(aside)) return;
        await this.remove(to);
        await put(this, aside, { [to.slice(aside.length + 1)]: `${mail('growing')}more` });
      }
    }
    const aside = `${pickup.path}.taken-over`;
    const disk = new Growing();
    await put(disk, pickup.path, { growing: mail('growing') });
    expect(await take(disk)).toMatchObject({ taken: 0, left: [{ reason: 'It is being written at the moment.' }] });
    expect(disk.fileNames(ours)).toEqual([]);
    expect((await disk.readFile(join(pickup.path, 'growing'))).toString()).toContain('more');
  });

  it('gives a report of the old queue the empty sender it had', async () => {
    const disk = new PowerLossDisk();
    const report = `From: postmaster@corp.example.com\r\nTo: ca@corp.example.com\r\nContent-Type: multipart/report; boundary=x\r\n\r\n--x--\r\n`;
    await put(disk, queue.path, { 'a.eml': report });
    await take(disk);
    expect(await sent(disk)).toEqual([`x-sender: <>\r\n${report}`]);
  });

  it('counts what is waiting; a folder that is not there has nothing', async () => {
    const disk = new PowerLossDisk();
    await put(disk, queue.path, { 'a.eml': mail('a'), 'b.eml': mail('bb') });
    expect(await countMail(disk, queue)).toMatchObject({
      ready: 2,
      sizeBytes: mail('a').length * 2 + 1,
      problem: null,
    });
    expect(await countMail(disk, pickup)).toMatchObject({ ready: 0, problem: null });
  });

  it('stops with a sentence when our own disk is full, and loses nothing', async () => {
    const disk = new PowerLossDisk();
    await put(disk, queue.path, { 'a.eml': mail('a') });
    const full = new FaultyDisk(disk);
    full.fail({ code: 'ENOSPC', when: ({ operation }) => operation === 'write' });
    await expect(take(full)).rejects.toThrow(/the disk is full/);
    expect(disk.fileNames(queue.path)).toEqual(['a.eml']);
    expect(disk.fileNames(ours)).toEqual([]);
  });

  it('sends each mail once, wherever the process or the power goes and however often it is repeated', async () => {
    const files = { 'a.eml': mail('a'), 'b.eml': mail('b') };
    let crashes = 0;
    for (let at = 1; ; at += 1) {
      const disk = new PowerLossDisk();
      await put(disk, queue.path, files);
      const faulty = new FaultyDisk(disk);
      faulty.crashAt(at);
      await take(faulty).catch(() => undefined);
      if (!faulty.crashed) break;
      for (let keptChanges = 0; keptChanges <= disk.pendingChanges; keptChanges += 1) {
        crashes += 1;
        const found = disk.afterPowerLoss(keptChanges);
        // What was there for our Pickup before the crash may have been sent by then.
        const before = new Set(found.fileNames(ours).filter((name) => !name.endsWith('.tmp')));
        await take(found);
        expect((await sent(found)).sort(), `change ${at}, ${keptChanges} kept`).toEqual([mail('a'), mail('b')]);
        for (const name of before) await found.remove(join(ours, name));
        await take(found);
        expect(await sent(found)).toHaveLength(2 - before.size);
      }
    }
    expect(crashes).toBeGreaterThan(20);
  });

  it('does no harm when two do it at a time', async () => {
    const disk = new PowerLossDisk();
    await put(
      disk,
      queue.path,
      Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${n}.eml`, mail(String(n))])),
    );
    const results = await Promise.all([take(disk), take(disk), take(disk)]);
    expect(new Set(await sent(disk)).size).toBe(20);
    expect(await sent(disk)).toHaveLength(20);
    expect(results.reduce((sum, { taken }) => sum + taken, 0)).toBeGreaterThanOrEqual(20);
  });
});
