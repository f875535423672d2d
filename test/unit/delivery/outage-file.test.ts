import { expect, test } from 'vitest';
import type { OutageRecord } from '../../../electron/delivery/destinations.ts';
import { temporaryFailure } from '../../../electron/delivery/failure.ts';
import { OutageFile } from '../../../electron/delivery/outage-file.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const path = '/mail/outages.json';

const known: OutageRecord = {
  down: new Map([['__proto__', { sinceMs: 1, probedAtMs: 2, failure: temporaryFailure('connect', 'refused') }]]),
  past: new Map([['gw1, gw2:26', [{ fromMs: 3, untilMs: 4 }]]]),
};

const fileOn = (disk: MemoryDisk, record: () => OutageRecord = () => known) => {
  const clock = new FakeClock();
  const log = new MemoryLog();
  return { clock, log, file: new OutageFile({ stateFolder: '/mail', ports: { clock, disk, log }, record }) };
};

test('what was stored is read again, and whether the relay was stopped', async () => {
  const disk = new MemoryDisk();
  const { file } = fileOn(disk);
  expect(await file.load()).toBeNull();
  await file.flush(true);
  expect(await file.load()).toEqual({ record: known, wasStopped: true });
  await file.flush(false);
  expect(await file.load()).toEqual({ record: known, wasStopped: false });
});

test.each([
  { what: 'is no JSON', text: '{"version":1,' },
  { what: 'is empty', text: '' },
  { what: 'has another shape', text: '{"version":1,"stopped":true,"down":[{"nextHop":"gw"}],"past":[]}' },
  { what: 'is of a version that is not known', text: '{"version":2,"stopped":true,"down":[],"past":[]}' },
])('a file that $what is put aside with a line in the log', async ({ text }) => {
  const disk = new MemoryDisk();
  disk.files.set(path, Buffer.from(text));
  const { file, log } = fileOn(disk);
  expect(await file.load()).toBeNull();
  expect(log.of('outages file is damaged')).toMatchObject([{ fields: { movedTo: '/mail/outages.damaged.json' } }]);
  expect([...disk.files]).toEqual([['/mail/outages.damaged.json', Buffer.from(text)]]);
});

test('a file that cannot be read stops nothing', async () => {
  const disk = new MemoryDisk();
  disk.readFile = () => Promise.reject(Object.assign(new Error('denied'), { code: 'EACCES' }));
  const { file, log } = fileOn(disk);
  expect(await file.load()).toBeNull();
  expect(log.of('outages not read')).toHaveLength(1);
});

test('a disk that takes nothing stops nothing, and the next write holds everything', async () => {
  const disk = new MemoryDisk();
  const { file, log, clock } = fileOn(disk);
  const { createFile } = disk;
  disk.createFile = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  file.save();
  await clock.advance(0);
  expect(log.of('outages not stored')).toHaveLength(1);
  disk.createFile = createFile;
  file.save();
  await clock.advance(1_000);
  expect((await file.load())?.record).toEqual(known);
});

test('many changes in a second are two writes', async () => {
  const disk = new MemoryDisk();
  let writes = 0;
  const { file, clock } = fileOn(disk, () => {
    writes += 1;
    return known;
  });
  for (let n = 0; n < 100; n += 1) {
    file.save();
    await clock.advance(1);
  }
  expect(writes).toBe(1);
  await clock.advance(1_000);
  expect(writes).toBe(2);
  await clock.advance(5_000);
  expect(writes).toBe(2);
});

test('nothing is left to be done after the last write', async () => {
  const { file, clock } = fileOn(new MemoryDisk());
  file.save();
  await file.flush(true);
  expect(clock.pendingTimers).toBe(0);
});
