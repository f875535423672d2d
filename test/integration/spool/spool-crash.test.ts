import { expect, test } from 'vitest';
import type { Disk } from '../../../electron/base/disk.ts';
import type { DeliveryRecord } from '../../../electron/spool/types.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { PowerLossDisk } from '../../fakes/power-loss-disk.ts';
import {
  accept,
  contentOf,
  openTestSpool,
  realDisk,
  retried,
  type TestSpool,
  temporaryMailroot,
} from '../../fakes/spools.ts';

/** What the outside world was told before the crash. */
interface Told {
  accepted: string | undefined;
  updated: DeliveryRecord | undefined;
  removed: boolean;
  badmail: boolean;
}

/**
 * 'file': waits until it has its file; 'deliver': goes before it has one, where it had none at first; the others are put
 * off twice before.
 */
type Ending = 'file' | 'deliver' | 'keep' | 'remove' | 'badmail';
const endings: readonly Ending[] = ['file', 'deliver', 'keep', 'remove', 'badmail'];

/** In the journal first, and in a file at once. */
const contents = { small: '', large: 'x'.repeat(70_000) };
type Size = keyof typeof contents;

interface Life {
  readonly ending: Ending;
  readonly size: Size;
}

const contentOfSize = (size: Size): string => `Subject: Certificate issued\r\n\r\n${contents[size]}\r\n`;
const lives: readonly Life[] = endings.flatMap((ending) =>
  (['small', 'large'] as const).map((size) => ({ ending, size })),
);

/** One message's life up to the crash. */
async function live({ spool, clock }: TestSpool, ending: Ending, size: Size): Promise<Told> {
  const told: Told = { accepted: undefined, updated: undefined, removed: false, badmail: false };
  try {
    const { id, record } = await accept(spool, contentOfSize(size));
    told.accepted = id;
    if (ending === 'file') await clock.advance(30_000);
    if (ending === 'deliver') {
      await spool.remove(id);
      told.removed = true;
    }
    if (ending === 'file' || ending === 'deliver') return told;
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
async function examine(mailroot: string, disk: Disk, told: Told, { ending, size }: Life): Promise<void> {
  const { spool } = await openTestSpool({ mailroot, disk });
  const report = await spool.recovered;
  expect(report.damaged).toEqual([]);
  const entries = [...spool.entries()];
  const copies = entries.length + spool.badmail.count;
  if (told.accepted === undefined) expect(copies, 'not acknowledged: at most one').toBeLessThanOrEqual(1);
  else if (ending !== 'remove' && ending !== 'deliver') expect(copies, 'acknowledged: exactly one').toBe(1);
  if (told.removed) expect(entries, 'removed: gone').toEqual([]);
  if (told.badmail) expect(spool.badmail.count).toBe(1);
  for (const entry of entries) {
    expect((await contentOf(spool, entry.id)).toString().endsWith(contentOfSize(size)), 'whole').toBe(true);
    const attempts = entry.record.recipients[0]?.attempts ?? 0;
    expect(attempts, 'no older state than was stored').toBeGreaterThanOrEqual(
      told.updated?.recipients[0]?.attempts ?? 0,
    );
  }
  expect((await disk.list(spool.folders.queue)).filter(({ name }) => name.endsWith('.tmp'))).toEqual([]);
  await spool.close();
}

test.each(lives)('the process dies at any disk step ($ending, $size)', async (life) => {
  for (let crashAt = 1; ; crashAt += 1) {
    await using mailroot = await temporaryMailroot();
    const disk = new FaultyDisk(realDisk);
    const opened = await openTestSpool({ mailroot: mailroot.path, disk });
    await opened.spool.recovered;
    disk.crashAt(crashAt);
    const told = await live(opened, life.ending, life.size);
    await opened.spool.close();
    await examine(mailroot.path, realDisk, told, life);
    if (!disk.crashed) {
      expect(told.accepted).toBeDefined();
      expect(crashAt, 'the crash was tried at every step').toBeGreaterThan(7);
      return;
    }
  }
});

test.each(lives)(
  'the power fails at any disk step, whatever was not flushed is lost ($ending, $size)',
  async (life) => {
    const mailroot = '/mailroot/1';
    for (let crashAt = 1; ; crashAt += 1) {
      const memory = new PowerLossDisk();
      const disk = new FaultyDisk(memory);
      const opened = await openTestSpool({ mailroot, disk });
      await opened.spool.recovered;
      disk.crashAt(crashAt);
      const told = await live(opened, life.ending, life.size);
      await opened.spool.close();
      for (let kept = 0; kept <= memory.pendingChanges; kept += 1) {
        await examine(mailroot, memory.afterPowerLoss(kept), told, life);
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
