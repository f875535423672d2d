import { expect, test } from 'vitest';
import { FreeSpace } from '../../../electron/spool/free-space.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { PowerLossDisk } from '../../fakes/power-loss-disk.ts';

function freeSpaceOf(freeBytes: () => Promise<number>) {
  let asked = 0;
  const clock = new FakeClock();
  const disk = new PowerLossDisk();
  disk.freeBytes = () => {
    asked += 1;
    return freeBytes();
  };
  const log = new MemoryLog();
  const space = new FreeSpace({ ports: { clock, disk, log }, folder: 'D:\\Queue', floorBytes: () => 100 * 1_048_576 });
  return { space, clock, log, asked: () => asked };
}

test('below the floor it names folder and numbers', async () => {
  const { space } = freeSpaceOf(async () => 20 * 1_048_576);
  await expect(space.check()).rejects.toThrow(
    'Only 20 MB are free on the disk of D:\\Queue. New mail is refused until there are 100 MB again.',
  );
});

test('a burst asks the disk once; a second later, and after the clock was set back, it asks again', async () => {
  const { space, clock, asked } = freeSpaceOf(async () => 100 * 1_048_576);
  await Promise.all(Array.from({ length: 50 }, () => space.check()));
  await clock.advance(999);
  await space.check();
  expect(asked()).toBe(1);
  await clock.advance(1);
  await space.check();
  expect(asked()).toBe(2);
  clock.setTo(clock.now() - 60_000);
  await space.check();
  expect(asked()).toBe(3);
});

test('a file system that cannot tell is no reason to refuse mail', async () => {
  const { space, log } = freeSpaceOf(() => Promise.reject(new Error('ENOSYS')));
  await space.check();
  expect(log.of('free space is not known')).toHaveLength(1);
});
