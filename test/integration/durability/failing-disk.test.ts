/** A disk that refuses one kind of step for a while, under a whole relay. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DiskStep, FaultyDisk } from '../../fakes/faulty-disk.ts';
import { realDisk } from '../../fakes/spools.ts';
import { patience } from '../relay/stage.ts';
import { startWork } from './work-of-a-relay.ts';

const id = '[0-9A-Z]{26}';

interface Place {
  readonly name: string;
  readonly operation: DiskStep['operation'];
  readonly path: RegExp;
  readonly to?: RegExp;
  /** Only reached when the journal has been empty. */
  readonly afterCalm?: boolean;
}

const queue = /\/Queue$/;
const newMessage = new RegExp(`/Queue/${id}\\.tmp$`);
const stored = new RegExp(`/Queue/${id}\\.eml$`);
const state = new RegExp(`/Queue/${id}\\.json\\.tmp$`);
const intent = new RegExp(`/Queue/${id}\\.pickup\\.tmp$`);
const journal = /\/Journal\/\d+\.journal$/;
const settings = /\/settings\.json\.tmp$/;

const places: readonly Place[] = [
  { name: 'a new message is not made', operation: 'createFile', path: newMessage },
  { name: 'a new message is not written', operation: 'write', path: newMessage },
  { name: 'a new message is not flushed', operation: 'sync', path: newMessage },
  { name: 'a new message is not closed', operation: 'close', path: newMessage },
  { name: 'a new message gets no name', operation: 'rename', path: newMessage },
  { name: 'the queue folder is not flushed', operation: 'syncFolder', path: queue },
  { name: 'the journal is not made', operation: 'createFile', path: journal, afterCalm: true },
  { name: 'the journal is not written', operation: 'write', path: journal },
  { name: 'the journal is not flushed', operation: 'sync', path: journal },
  { name: 'the journal is not closed', operation: 'close', path: journal },
  { name: 'the journal folder is not flushed', operation: 'syncFolder', path: /\/Journal$/, afterCalm: true },
  { name: 'a state is not made', operation: 'createFile', path: state },
  { name: 'a state is not written', operation: 'write', path: state },
  { name: 'a state is not flushed', operation: 'sync', path: state },
  { name: 'a state gets no name', operation: 'rename', path: state },
  { name: 'a delivered message is not removed', operation: 'remove', path: stored },
  { name: 'a message is not read', operation: 'readHead', path: stored },
  { name: 'a deleted message is not moved', operation: 'rename', path: stored, to: /\/Trash\// },
  { name: 'the trash is not flushed', operation: 'syncFolder', path: /\/Trash$/ },
  { name: 'the settings are not written', operation: 'write', path: settings },
  { name: 'the settings are not flushed', operation: 'sync', path: settings },
  { name: 'the settings get no name', operation: 'rename', path: settings },
  { name: 'the history takes nothing', operation: 'createFile', path: /\/history\// },
  { name: 'the data folder is not flushed', operation: 'syncFolder', path: /relay-host-[^/]+$/ },
  { name: 'a take-over is not noted', operation: 'createFile', path: intent },
  { name: 'a take-over note is not flushed', operation: 'sync', path: intent },
  { name: 'a picked up file is not claimed', operation: 'rename', path: /\/Pickup\//, to: /\.taken\.tmp$/ },
  { name: 'the Pickup folder is not flushed', operation: 'syncFolder', path: /\/Pickup$/ },
  { name: 'a picked up file is not removed', operation: 'remove', path: /\.taken\.tmp$/ },
  { name: 'a take-over note is not removed', operation: 'remove', path: new RegExp(`/Queue/${id}\\.pickup$`) },
  { name: 'nothing is written at all', operation: 'write', path: /./ },
  { name: 'nothing is flushed at all', operation: 'sync', path: /./ },
];

const hits = ({ operation, path, to }: Place, step: DiskStep): boolean =>
  step.operation === operation &&
  path.test(slashed(step.path)) &&
  (to === undefined || to.test(slashed(step.to ?? '')));

/** As on every system. */
const slashed = (path: string): string => path.replaceAll('\\', '/');

test.each(places)('$name for a while (ENOSPC, EIO, EACCES): all that was promised arrives once', async (place) => {
  const disk = new FaultyDisk(realDisk);
  const work = await startWork({ disk });
  await work.round();
  const journalFolder = join(work.relay.dataFolder, 'mailroot', '1', 'Journal');
  for (const code of ['ENOSPC', 'EIO', 'EACCES']) {
    let met = 0;
    if (place.afterCalm) await expect.poll(() => readdir(journalFolder), patience).toEqual([]);
    const repair = disk.fail({
      code,
      when: (step) => {
        const hit = hits(place, step);
        if (hit) met += 1;
        return hit;
      },
    });
    await work.round();
    const metByNow = async (): Promise<number> => {
      if (met === 0) await work.deleteDoomed();
      return met;
    };
    await expect.poll(metByNow, { timeout: 20_000, interval: 10 }).toBeGreaterThan(0);
    await work.round();
    repair();
    // By itself, without a restart.
    expect(await work.send('mail')).toBe(true);
  }
  await work.settled();
});
