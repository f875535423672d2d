import { expect, test } from 'vitest';
import type { Disk } from '../../../electron/base/disk.ts';
import type { DeliveryRecord, Spool } from '../../../electron/spool/types.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { PowerLossDisk } from '../../fakes/power-loss-disk.ts';
import { accept, contentOf, openTestSpool, realDisk, retried, temporaryMailroot } from '../../fakes/spools.ts';

/** What the outside world was told before the crash. */
interface Told {
  accepted: string | undefined;
  updated: DeliveryRecord | undefined;
  removed: boolean;
  badmail: boolean;
}

type Ending = 'keep' | 'remove' | 'badmail';

const content = `Subject: Certificate issued\r\n\r\n${'x'.repeat(70_000)}\r\n`;

/** One message's life up to the crash. */
async function live(spool: Spool, ending: Ending): Promise<Told> {
  const told: Told = { accepted: undefined, updated: undefined, removed: false, badmail: false };
  try {
    const { id, record } = await accept(spool, content);
    told.accepted = id;
    told.updated = (await spool.update(id, retried(record))).record;
    told.updated = (await spool.update(id, retried(told.updated))).record;
    if (ending === 'remove') {
      await spool.remove(id);
      told.removed = true;
    } else if (ending === 'badmail') {
      await spool.moveToBadmail(id, 'Cannot be returned.');
      told.badmail = true;
    }
  } catch {
    // The crash.
  }
  return told;
}

/** Opens what the crash left and holds it against what was told. */
async function examine(mailroot: string, disk: Disk, told: Told, ending: Ending): Promise<void> {
  const { spool } = await openTestSpool({ mailroot, disk });
  const report = await spool.recovered;
  expect(report.damaged).toEqual([]);
  const entries = [...spool.entries()];
  const copies = entries.length + spool.badmail.count;
  if (told.accepted === undefined) expect(copies, 'not acknowledged: at most one').toBeLessThanOrEqual(1);
  else if (ending !== 'remove') expect(copies, 'acknowledged: exactly one').toBe(1);
  if (told.removed) expect(entries, 'removed: gone').toEqual([]);
  if (told.badmail) expect(spool.badmail.count).toBe(1);
  for (const entry of entries) {
    expect((await contentOf(spool, entry.id)).toString().endsWith(content), 'whole').toBe(true);
    const attempts = entry.record.recipients[0]?.attempts ?? 0;
    expect(attempts, 'no older state than was stored').toBeGreaterThanOrEqual(
      told.updated?.recipients[0]?.attempts ?? 0,
    );
  }
  expect((await disk.list(spool.folders.queue)).filter(({ name }) => name.endsWith('.tmp'))).toEqual([]);
  await spool.close();
}

test.each<Ending>(['keep', 'remove', 'badmail'])('the process dies at any disk step (%s)', async (ending) => {
  for (let crashAt = 1; ; crashAt += 1) {
    await using mailroot = await temporaryMailroot();
    const disk = new FaultyDisk(realDisk);
    const { spool } = await openTestSpool({ mailroot: mailroot.path, disk });
    await spool.recovered;
    disk.crashAt(crashAt);
    const told = await live(spool, ending);
    await spool.close();
    await examine(mailroot.path, realDisk, told, ending);
    if (!disk.crashed) {
      expect(told.accepted).toBeDefined();
      expect(crashAt, 'the crash was tried at every step').toBeGreaterThan(15);
      return;
    }
  }
});

test.each<Ending>(['keep', 'remove', 'badmail'])(
  'the power fails at any disk step, whatever was not flushed is lost (%s)',
  async (ending) => {
    const mailroot = '/mailroot/1';
    for (let crashAt = 1; ; crashAt += 1) {
      const memory = new PowerLossDisk();
      const disk = new FaultyDisk(memory);
      const { spool } = await openTestSpool({ mailroot, disk });
      await spool.recovered;
      disk.crashAt(crashAt);
      const told = await live(spool, ending);
      await spool.close();
      for (let kept = 0; kept <= memory.pendingChanges; kept += 1) {
        await examine(mailroot, memory.afterPowerLoss(kept), told, ending);
      }
      if (!disk.crashed) return;
    }
  },
);

test('the power fails while many sessions commit: every message acknowledged is found', async () => {
  const mailroot = '/mailroot/1';
  for (let crashAt = 1; ; crashAt += 5) {
    const memory = new PowerLossDisk();
    const disk = new FaultyDisk(memory);
    const { spool } = await openTestSpool({ mailroot, disk });
    await spool.recovered;
    disk.crashAt(crashAt);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => accept(spool)));
    const acknowledged = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []));
    await spool.close();
    for (const kept of [0, Math.floor(memory.pendingChanges / 2), memory.pendingChanges]) {
      const { spool: found } = await openTestSpool({ mailroot, disk: memory.afterPowerLoss(kept) });
      await found.recovered;
      const ids = new Set([...found.entries()].map(({ id }) => id));
      expect(
        acknowledged.filter((id) => !ids.has(id)),
        `crash at ${crashAt}, ${kept} changes kept`,
      ).toEqual([]);
      await found.close();
    }
    if (!disk.crashed) {
      expect(acknowledged).toHaveLength(20);
      return;
    }
  }
});
