import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Disk } from '../../../electron/base/disk.ts';
import { type DataFolderLock, lockDataFolder } from '../../../electron/host/data-folder-lock.ts';
import type { Presence } from '../../../electron/host/process-identity.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';

const now = Date.parse('2030-01-01T00:00:00Z');
/** Pauses end at once; the order of steps comes from the disk. */
const clock = {
  now: () => now,
  after(_: number, action: () => void) {
    setImmediate(action);
    return () => {};
  },
};

interface Starter {
  readonly pid: number;
  readonly disk: Disk;
  readonly running?: readonly number[];
  readonly presenceOf?: (pid: number) => Presence;
  readonly answers?: boolean;
}

const lock = ({ pid, disk, running = [], presenceOf, answers = false }: Starter): Promise<DataFolderLock> =>
  lockDataFolder({
    dataFolder: '/data',
    program: 'service',
    ports: { clock, disk, random: () => 0.5 },
    self: { pid, bootId: null, startTicks: null },
    presenceOf: (identity) => presenceOf?.(identity.pid) ?? (running.includes(identity.pid) ? 'running' : 'gone'),
    answers: async () => answers,
  });

/** The lock of process 99. */
async function lockedBy99(): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  await lock({ pid: 99, disk });
  return disk;
}

test('the second start is told who has the folder', async () => {
  const disk = await lockedBy99();
  await expect(lock({ pid: 2, disk, running: [99] })).rejects.toMatchObject({
    problem: { code: 'storage', message: expect.stringMatching(/\/data is already in use by process 99 \(service\)/) },
  });
  expect([...disk.files.keys()]).toEqual(['/data/lock']);
});

test('after a release the folder is free, and nothing is left in it', async () => {
  const disk = new MemoryDisk();
  const first = await lock({ pid: 1, disk });
  await first.release();
  expect(disk.files.size).toBe(0);
  await lock({ pid: 2, disk, running: [1] });
});

test('a release does not take the lock of somebody else away', async () => {
  const disk = new MemoryDisk();
  const first = await lock({ pid: 1, disk });
  await lock({ pid: 2, disk });
  await first.release();
  await expect(lock({ pid: 3, disk, running: [2] })).rejects.toMatchObject({ problem: { parameters: { pid: 2 } } });
});

test.each([
  { title: 'of a process that is gone', prepare: () => {} },
  { title: 'that a crash left empty', prepare: (disk: MemoryDisk) => disk.files.set('/data/lock', Buffer.alloc(0)) },
  { title: 'of another make', prepare: (disk: MemoryDisk) => disk.files.set('/data/lock', Buffer.from('1234')) },
])('a lock $title is taken over', async ({ prepare }) => {
  const disk = await lockedBy99();
  prepare(disk);
  await lock({ pid: 2, disk });
  expect(disk.files.get('/data/lock')?.toString()).toContain('"pid":2,');
});

describe('where a process id is no proof', () => {
  const presenceOf = (): Presence => 'unsure';

  test('a relay that answers has the folder', async () => {
    await expect(lock({ pid: 2, disk: await lockedBy99(), presenceOf, answers: true })).rejects.toThrow('process 99');
  });

  test('a silent one lost it', async () => {
    await lock({ pid: 2, disk: await lockedBy99(), presenceOf });
  });

  test.each([
    { ageMs: 31_000, swept: true },
    { ageMs: -3_600_000, swept: true },
    { ageMs: 1_000, swept: false },
  ])('a claim $ageMs ms old is swept: $swept', async ({ ageMs, swept }) => {
    const disk = new MemoryDisk();
    disk.files.set(`/data/lock.claim-77...${now - ageMs}.abcd`, Buffer.alloc(0));
    const locked = lock({ pid: 2, disk, presenceOf });
    if (swept) await locked;
    else await expect(locked).rejects.toThrow('Another program is starting');
    expect(disk.files.has('/data/lock')).toBe(swept);
  });
});

test('a crash at any step leaves a folder that the next start can take', async () => {
  for (let crashAt = 1; ; crashAt += 1) {
    const stored = await lockedBy99();
    const disk = new FaultyDisk(stored);
    disk.crashAt(crashAt);
    const locked = await lock({ pid: 2, disk }).catch(() => null);
    await lock({ pid: 3, disk: stored });
    expect([...stored.files.keys()], `crash at step ${crashAt}`).toEqual(['/data/lock']);
    if (!disk.crashed) {
      expect(locked).not.toBeNull();
      return;
    }
  }
});

test('a full disk is reported as such', async () => {
  const disk = new FaultyDisk(new MemoryDisk());
  disk.fail({ code: 'ENOSPC', when: ({ operation }) => operation === 'write' });
  await expect(lock({ pid: 1, disk })).rejects.toMatchObject({
    problem: { code: 'storage', message: expect.stringContaining('/data') },
  });
});

/** Every step of the disk waits for its turn, which the test's scheduler deals out in any order. */
const interleaved = (disk: Disk, scheduler: fc.Scheduler): Disk => {
  const turn = () => scheduler.schedule(Promise.resolve());
  return new Proxy(disk, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        await turn();
        const answer: unknown = await member.apply(target, args);
        await turn();
        return answer;
      };
    },
  });
};

test('of several starters that find the same dead lock, in any order of steps, exactly one gets it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, stale) => {
      const stored = stale ? await lockedBy99() : new MemoryDisk();
      const disk = interleaved(stored, scheduler);
      const starters = [1, 2, 3].map((pid) => lock({ pid, disk, running: [1, 2, 3] }).then(() => pid));
      const results = await scheduler.waitFor(Promise.allSettled(starters));
      const winners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(winners).toHaveLength(1);
      expect([...stored.files.keys()]).toEqual(['/data/lock']);
      expect(stored.files.get('/data/lock')?.toString()).toContain(`"pid":${winners[0]},`);
    }),
    { numRuns: 200 },
  );
});
