import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Disk } from '../../../electron/base/disk.ts';
import type { DeliveryRecord, Spool } from '../../../electron/spool/types.ts';
import { eventually } from '../../fakes/eventually.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { PowerLossDisk } from '../../fakes/power-loss-disk.ts';
import {
  accept,
  acceptAsFile,
  contentOf,
  openTestSpool,
  realDisk,
  retried,
  temporaryMailroot,
} from '../../fakes/spools.ts';

const minuteMs = 60_000;

test('a deleted message is out of the queue, and can be taken back as it was', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool, clock } = await openTestSpool({ mailroot: mailroot.path });
  const { id, record } = await accept(spool);
  const before = await spool.update(id, { ...retried(record), route: ['mx.example'], delayReported: true });
  const content = await contentOf(spool, id);
  const changes: string[] = [];
  spool.onChange(({ type }) => changes.push(type));
  let told = 0;
  spool.trash.onChange(() => {
    told += 1;
  });

  await spool.discard(id);
  expect([spool.size, spool.trash.count]).toEqual([0, 1]);
  expect(spool.trash.list()).toEqual([
    {
      id,
      sender: 'ca@corp.example',
      recipient: 'admin@corp.example',
      recipientCount: 1,
      subject: 'Certificate issued',
      sizeBytes: content.length,
      receivedAtMs: before.receivedAtMs,
      deletedAtMs: clock.now(),
      keptUntilMs: clock.now() + 10 * minuteMs,
    },
  ]);
  expect(await readdir(spool.folders.queue)).toEqual([]);
  expect(await readdir(spool.folders.trash)).toHaveLength(2);

  expect(await spool.restore(id)).toEqual(before);
  expect([...spool.entries()]).toEqual([before]);
  expect((await contentOf(spool, id)).equals(content)).toBe(true);
  expect(spool.trash.list()).toEqual([]);
  expect(await readdir(spool.folders.trash)).toEqual([]);
  expect([changes, told]).toEqual([['removed', 'added'], 2]);
  await spool.close();
});

test('the trash is there after a restart, with the state of each message', async () => {
  await using mailroot = await temporaryMailroot();
  const first = await openTestSpool({ mailroot: mailroot.path });
  const [early, late] = [await accept(first.spool), await accept(first.spool)];
  const before = await first.spool.update(early.id, retried(early.record));
  await first.spool.discard(early.id);
  await first.clock.advance(minuteMs);
  await first.spool.discard(late.id);
  const rows = first.spool.trash.list();
  expect(rows.map(({ id }) => id)).toEqual([late.id, early.id]);
  await first.spool.close();

  const second = await openTestSpool({ mailroot: mailroot.path, clock: first.clock });
  expect((await second.spool.recovered).messages).toBe(0);
  expect(second.spool.trash.list()).toEqual(rows);
  expect(await second.spool.restore(early.id)).toEqual(before);
  expect((await accept(second.spool)).id > late.id).toBe(true);
  await second.spool.close();
});

test('after ten minutes it is gone; one timer serves all', async () => {
  await using mailroot = await temporaryMailroot();
  const opened = await openTestSpool({ mailroot: mailroot.path });
  const { spool, clock } = opened;
  await spool.recovered;
  const [early, late] = [await acceptAsFile(opened), await acceptAsFile(opened)];
  await clock.advance(minuteMs);
  const timersBefore = clock.pendingTimers;
  await spool.discard(early.id);
  await clock.advance(minuteMs);
  await spool.discard(late.id);
  expect(clock.pendingTimers).toBe(timersBefore + 1);
  await clock.advance(9 * minuteMs - 1);
  expect(spool.trash.count).toBe(2);
  await clock.advance(1);
  await eventually(() => readdir(spool.folders.trash)).toHaveLength(1);
  expect(spool.trash.list().map(({ id }) => id)).toEqual([late.id]);
  await expect(spool.restore(early.id)).rejects.toMatchObject({ problem: { code: 'notFound' } });
  await eventually(() => clock.pendingTimers).toBe(timersBefore + 1);
  await clock.advance(minuteMs);
  await eventually(() => readdir(spool.folders.trash)).toEqual([]);
  await eventually(() => clock.pendingTimers).toBe(timersBefore);
  await spool.close();
});

test('time that passed while the relay was off counts', async () => {
  await using mailroot = await temporaryMailroot();
  const first = await openTestSpool({ mailroot: mailroot.path });
  const { id, record } = await accept(first.spool);
  await first.spool.update(id, retried(record));
  await first.spool.discard(id);
  await first.spool.close();
  const clock = new FakeClock(new Date(first.clock.now() + 10 * minuteMs).toISOString());
  const second = await openTestSpool({ mailroot: mailroot.path, clock });
  await second.spool.recovered;
  await clock.advance(0);
  await eventually(() => readdir(second.spool.folders.trash)).toEqual([]);
  await second.spool.close();
});

test('a clock set back keeps it longer, never for ever', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool, clock } = await openTestSpool({ mailroot: mailroot.path });
  const { id } = await accept(spool);
  await spool.discard(id);
  clock.setTo(clock.now() - 60 * minuteMs);
  await clock.advance(20 * minuteMs);
  expect(spool.trash.count).toBe(1);
  for (let minutes = 0; minutes < 60; minutes += 1) await clock.advance(minuteMs);
  await eventually(() => spool.trash.count).toBe(0);
  await spool.close();
});

test('what cannot be removed is tried again', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const { spool, clock, log } = await openTestSpool({ mailroot: mailroot.path, disk });
  await spool.recovered;
  const { id } = await accept(spool);
  await spool.discard(id);
  // The journal removes what it no longer needs at about the same time.
  const { trash } = spool.folders;
  disk.fail({
    code: 'EBUSY',
    when: ({ operation, path }) => operation === 'remove' && dirname(path) === trash,
    times: 1,
  });
  await clock.advance(10 * minuteMs);
  await eventually(() => log.of('deleted message could not be removed')).toHaveLength(1);
  await eventually(() => spool.trash.count).toBe(1);
  await clock.advance(minuteMs);
  await eventually(() => readdir(spool.folders.trash)).toEqual([]);
  await spool.close();
});

test('a message that cannot be moved to the trash stays in the queue', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const opened = await openTestSpool({ mailroot: mailroot.path, disk });
  const { spool } = opened;
  const entry = await acceptAsFile(opened);
  disk.fail({ code: 'EACCES', when: ({ operation }) => operation === 'rename', times: 1 });
  await expect(spool.discard(entry.id)).rejects.toThrow('could not be moved to the trash: access was denied');
  expect([[...spool.entries()], spool.trash.count]).toEqual([[entry], 0]);
  expect(spool.storageProblem).toContain('could not be moved to the trash');
  await spool.discard(entry.id);
  expect(spool.storageProblem).toBeNull();
  await spool.close();
});

test('a message that cannot be taken back stays in the trash, and the next try succeeds', async () => {
  await using mailroot = await temporaryMailroot();
  const disk = new FaultyDisk(realDisk);
  const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
  const { id, record } = await accept(spool);
  const before = await spool.update(id, retried(record));
  await spool.discard(id);
  disk.fail({
    code: 'EACCES',
    when: ({ operation, path }) => operation === 'rename' && path.endsWith('.eml'),
    times: 1,
  });
  await expect(spool.restore(id)).rejects.toMatchObject({ problem: { code: 'storage' } });
  expect([spool.size, spool.trash.count]).toEqual([0, 1]);
  expect(await spool.restore(id)).toEqual(before);
  await spool.close();
});

test('two who take the same message back get it once', async () => {
  await using mailroot = await temporaryMailroot();
  const { spool } = await openTestSpool({ mailroot: mailroot.path });
  const { id } = await accept(spool);
  await spool.discard(id);
  const results = await Promise.allSettled([spool.restore(id), spool.restore(id)]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect([spool.size, spool.trash.count]).toEqual([1, 0]);
  await spool.close();
});

test('files somebody put into the trash folder are left alone', async () => {
  await using mailroot = await temporaryMailroot();
  const first = await openTestSpool({ mailroot: mailroot.path });
  await first.spool.close();
  await writeFile(join(first.spool.folders.trash, 'readme.txt'), 'x');
  const second = await openTestSpool({ mailroot: mailroot.path });
  await second.spool.recovered;
  expect(second.spool.trash.count).toBe(0);
  expect(await readdir(second.spool.folders.trash)).toEqual(['readme.txt']);
  await second.spool.close();
});

interface Told {
  updated: DeliveryRecord | undefined;
  /** Where the outside world was told the message is. */
  place: 'queue' | 'trash' | undefined;
}

async function live(spool: Spool): Promise<Told> {
  const told: Told = { updated: undefined, place: undefined };
  try {
    const { id, record } = await accept(spool);
    told.place = 'queue';
    told.updated = (await spool.update(id, retried(record))).record;
    told.place = undefined;
    await spool.discard(id);
    told.place = 'trash';
    await spool.restore(id);
    told.place = 'queue';
    await spool.discard(id);
    told.place = 'trash';
  } catch {
    // The crash.
  }
  return told;
}

async function examine(mailroot: string, disk: Disk, told: Told): Promise<void> {
  const { spool } = await openTestSpool({ mailroot, disk });
  expect((await spool.recovered).damaged).toEqual([]);
  const [entry] = spool.entries();
  const [row] = spool.trash.list();
  if (told.updated !== undefined) expect(spool.size + spool.trash.count, 'in exactly one place').toBe(1);
  else expect(spool.size + spool.trash.count).toBeLessThanOrEqual(1);
  const found = entry ?? (row === undefined ? undefined : await spool.restore(row.id));
  if (told.updated !== undefined) expect(found?.record, 'with its state').toEqual(told.updated);
  await spool.close();
}

test('the process dies at any step of deleting and taking back: the message is in exactly one place', async () => {
  for (let crashAt = 1; ; crashAt += 1) {
    await using mailroot = await temporaryMailroot();
    const disk = new FaultyDisk(realDisk);
    const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
    await spool.recovered;
    disk.crashAt(crashAt);
    const told = await live(spool);
    await spool.close();
    await examine(mailroot.path, realDisk, told);
    if (!disk.crashed) {
      expect(told.place).toBe('trash');
      expect(crashAt, 'the crash was tried at every step').toBeGreaterThan(20);
      return;
    }
  }
});

test('the power fails at any step of deleting and taking back', async () => {
  const mailroot = '/mailroot/1';
  for (let crashAt = 1; ; crashAt += 1) {
    const memory = new PowerLossDisk();
    const disk = new FaultyDisk(memory);
    const { spool } = await openTestSpool({ mailroot, disk });
    await spool.recovered;
    disk.crashAt(crashAt);
    const told = await live(spool);
    await spool.close();
    for (let kept = 0; kept <= memory.pendingChanges; kept += 1) {
      await examine(mailroot, memory.afterPowerLoss(kept), told);
    }
    if (!disk.crashed) return;
  }
});
