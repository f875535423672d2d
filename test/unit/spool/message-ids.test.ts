import { decodeTime } from 'ulid';
import { expect, test } from 'vitest';
import { createIdSource } from '../../../electron/spool/message-ids.ts';
import { messageIdSchema } from '../../../shared/contract/messages.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const startMs = Date.UTC(2030, 0, 1);

test('an id carries its time and fits the contract', () => {
  const clock = new FakeClock();
  const id = createIdSource({ clock, random: Math.random }, undefined)();
  expect(messageIdSchema.parse(id)).toBe(id);
  expect(decodeTime(id)).toBe(clock.now());
});

test('ids rise within one millisecond, when time passes and when the clock is set back', () => {
  const clock = new FakeClock();
  const next = createIdSource({ clock, random: Math.random }, undefined);
  const ids: string[] = [];
  for (const offsetMs of [0, 0, 1, 1, 50, -3_600_000, -3_600_000, 51, 50]) {
    clock.setTo(startMs + offsetMs);
    for (let count = 0; count < 20; count += 1) ids.push(next());
  }
  expect(ids).toEqual([...new Set(ids)].sort());
});

test('ids rise after a restart with the clock set back', () => {
  const clock = new FakeClock();
  const before = createIdSource({ clock, random: Math.random }, undefined)();
  clock.setTo(startMs - 86_400_000);
  const next = createIdSource({ clock, random: Math.random }, before);
  const after = [next(), next()];
  expect([before, ...after]).toEqual([before, ...after].sort());
  expect(new Set([before, ...after]).size).toBe(3);
});

test('the last id of a millisecond is followed by the next millisecond', () => {
  const clock = new FakeClock();
  const next = createIdSource({ clock, random: () => 0.999_999 }, undefined);
  const [first, second] = [next(), next()];
  expect(first.endsWith('ZZZZZZZZZZZZZZZZ')).toBe(true);
  expect(second > first).toBe(true);
  expect(decodeTime(second)).toBe(clock.now() + 1);
});

test('the highest id there can be in a folder leaves room for more', () => {
  const highest = `6${'Z'.repeat(25)}`;
  expect(createIdSource({ clock: new FakeClock(), random: Math.random }, highest)() > highest).toBe(true);
});
