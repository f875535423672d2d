import { expect, test } from 'vitest';
import { FolderSize } from '../../../electron/spool/folder-size.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';

function folderOf(files: Readonly<Record<string, number>>) {
  const clock = new FakeClock();
  const disk = new MemoryDisk();
  let listed = 0;
  const list = disk.list.bind(disk);
  disk.list = (folder) => {
    listed += 1;
    return list(folder);
  };
  for (const [name, sizeBytes] of Object.entries(files)) disk.files.set(`/Drop/${name}`, Buffer.alloc(sizeBytes));
  return { clock, disk, size: new FolderSize({ clock, disk }), listed: () => listed };
}

test('what is there and what was added counts, and the folder is read once', async () => {
  const { size, listed } = folderOf({ a: 40, b: 30 });
  expect(await size.reserve('/Drop', 20, 100)).toBe(true);
  expect(await size.reserve('/Drop', 11, 100)).toBe(false);
  expect(await size.reserve('/Drop', 10, 100)).toBe(true);
  expect(listed()).toBe(1);
});

test('several at once share a count and do not exceed the limit together', async () => {
  const { size, listed } = folderOf({ a: 40 });
  const answers = await Promise.all([1, 2, 3].map(() => size.reserve('/Drop', 30, 100)));
  expect(answers).toEqual([true, true, false]);
  expect(listed()).toBe(1);
});

test('after five seconds, and when the clock was set back, it is counted anew', async () => {
  const { clock, disk, size } = folderOf({ a: 90 });
  expect(await size.reserve('/Drop', 20, 100)).toBe(false);
  disk.files.delete('/Drop/a');
  await clock.advance(4_999);
  expect(await size.reserve('/Drop', 20, 100)).toBe(false);
  await clock.advance(1);
  expect(await size.reserve('/Drop', 20, 100)).toBe(true);
  disk.files.set('/Drop/b', Buffer.alloc(90));
  clock.setTo(clock.now() - 60_000);
  expect(await size.reserve('/Drop', 20, 100)).toBe(false);
});

test('another folder is counted for itself', async () => {
  const { size } = folderOf({ a: 90 });
  expect(await size.reserve('/Drop', 20, 100)).toBe(false);
  expect(await size.reserve('/Other', 20, 100)).toBe(true);
});
