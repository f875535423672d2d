import { expect, test } from 'vitest';
import type { Journal } from '../../../electron/spool/journal.ts';
import type { JournalPlace } from '../../../electron/spool/journal-replay.ts';
import { UnfiledMail } from '../../../electron/spool/unfiled-mail.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { settled } from '../../fakes/gate.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const place: JournalPlace = {
  segment: { path: 'Journal/1.journal', sizeBytes: 100, unfiled: 100, inUse: true, damaged: false },
  startBytes: 0,
  lengthBytes: 4,
};
const bytes = Buffer.from('mail');
/** One in which the mail came, and one without. */
const pauseMs = 2 * 500;

function open() {
  const clock = new FakeClock();
  /** Files that are being written, and how to end that. */
  const writing = new Map<string, () => void>();
  const filed: string[] = [];
  /** Records that are being written. */
  const saying: (() => void)[] = [];
  const journal = {
    isHalfFull: false,
    append: () => new Promise<JournalPlace>((resolve) => saying.push(() => resolve(place))),
    release: () => undefined,
  };
  const mail = new UnfiledMail({
    ports: { clock, log: new MemoryLog() },
    journal: journal as unknown as Journal,
    writeFile: async (id) => {
      await new Promise<void>((resolve) => writing.set(id, resolve));
      writing.delete(id);
      filed.push(id);
    },
  });
  const add = (from: number, count: number): void => {
    for (let number = from; number < from + count; number += 1) mail.add(`m${number}`, place, bytes);
  };
  /** Ends what is being written; more begins at once. */
  const endWrites = async (): Promise<void> => {
    for (const end of [...writing.values()]) end();
    await settled();
  };
  return { clock, writing, filed, saying, journal, mail, add, endWrites };
}

test('without new mail many files are written at once', async () => {
  const { clock, writing, add, endWrites } = open();
  add(1, 20);
  await clock.advance(pauseMs);
  expect(writing.size).toBe(8);
  await endWrites();
  expect(writing.size).toBe(8);
});

test('when mail comes again files are written one by one, and none is left out', async () => {
  const { clock, writing, filed, add, endWrites } = open();
  add(1, 20);
  await clock.advance(pauseMs);
  add(21, 1);
  for (let count = 8; count < 20; count += 1) {
    await endWrites();
    expect(writing.size).toBe(1);
    expect(filed).toHaveLength(count);
  }
  await endWrites();
  await clock.advance(pauseMs);
  await endWrites();
  expect(filed).toHaveLength(21);
});

test('when it pauses again many are', async () => {
  const { clock, writing, add, endWrites } = open();
  add(1, 20);
  await clock.advance(pauseMs);
  add(21, 1);
  await endWrites();
  expect(writing.size).toBe(1);
  await clock.advance(pauseMs);
  await endWrites();
  expect(writing.size).toBe(8);
});

test('a journal that fills is emptied whatever comes', async () => {
  const { clock, writing, journal, add, endWrites } = open();
  add(1, 20);
  await clock.advance(pauseMs);
  journal.isHalfFull = true;
  add(21, 1);
  await endWrites();
  expect(writing.size).toBe(8);
});

test('whoever changes or removes a file waits until the journal knows of it', async () => {
  const { clock, saying, mail, add, endWrites } = open();
  add(1, 1);
  await clock.advance(pauseMs);
  await endWrites();
  const done: string[] = [];
  void mail.file('m1').then(() => done.push('file'));
  void mail.remove('m1').then((had) => done.push(`remove: ${had}`));
  await settled();
  expect(done).toEqual([]);
  for (const end of saying) end();
  await settled();
  expect(done.toSorted()).toEqual(['file', 'remove: false']);
});
