import { expect, test } from 'vitest';
import { createLoadHistory, type LoadReading, LoadRing, samplesKept } from '../../../electron/host/load-history.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const minuteMs = 60_000;
const reading = (accepted: number, total = 0, oldestWaitingAtMs: number | null = null): LoadReading => ({
  queue: { total, oldestWaitingAtMs },
  totals: { accepted, delivered: 0, failed: 0, refused: 0 },
});

const startHistory = (start = '2030-01-01T12:00:20.000Z') => {
  const clock = new FakeClock(start);
  const log = new MemoryLog();
  const readings = new Map<string, () => LoadReading>([['1', () => reading(0)]]);
  const history = createLoadHistory({
    ports: { clock, log },
    servers: () => [...readings].map(([id, read]) => ({ id, read: async () => read() })),
  });
  const accepted = async (id = '1') => (await history.of(id)).map((sample) => sample.accepted);
  return { clock, log, readings, history, accepted };
};

test('each minute counts what came within it, and the running one is there at once', async () => {
  const { clock, readings, history } = startHistory();
  readings.set('1', () => reading(3));
  await clock.advance(40_000); // the minute is over
  readings.set('1', () => reading(5));
  await clock.advance(minuteMs);
  readings.set('1', () => reading(6));
  expect((await history.of('1')).map(({ atMs, accepted }) => [new Date(atMs).toISOString(), accepted])).toEqual([
    ['2030-01-01T12:00:00.000Z', 3],
    ['2030-01-01T12:01:00.000Z', 2],
    ['2030-01-01T12:02:00.000Z', 1],
  ]);
  await history.stop();
});

test('depth and age are those at the end of the minute', async () => {
  const { clock, readings, history } = startHistory();
  const receivedAtMs = clock.now();
  readings.set('1', () => reading(1, 7, receivedAtMs));
  await clock.advance(40_000);
  readings.set('1', () => reading(1, 0, null));
  const [over, running] = await history.of('1');
  expect(over).toMatchObject({ queued: 7, oldestAgeMs: 40_000 });
  expect(running).toMatchObject({ queued: 0, oldestAgeMs: 0 });
  await history.stop();
});

test('a server that was opened anew counts from nothing', async () => {
  const { clock, readings, history, accepted } = startHistory();
  readings.set('1', () => reading(10));
  await clock.advance(minuteMs);
  readings.set('1', () => reading(4));
  expect(await accepted()).toEqual([10, 4]);
  await history.stop();
});

test('each server has a history of its own, and one that is gone has none', async () => {
  const { clock, readings, history, accepted } = startHistory();
  readings.set('2', () => reading(9));
  await clock.advance(minuteMs);
  expect(await accepted('1')).toEqual([0, 0]);
  expect(await accepted('2')).toEqual([9, 0]);
  readings.delete('2');
  await clock.advance(minuteMs);
  expect(await accepted('2')).toEqual([]);
  readings.set('2', () => reading(1));
  expect(await accepted('2')).toEqual([1]);
  await history.stop();
});

test('one server that cannot be read keeps no other one from being counted', async () => {
  const { clock, log, readings, history, accepted } = startHistory();
  readings.set('1', () => {
    throw new Error('cannot be read');
  });
  readings.set('2', () => reading(2));
  await clock.advance(minuteMs);
  readings.set('1', () => reading(1));
  expect(await accepted('1')).toEqual([1]);
  expect(await accepted('2')).toEqual([2, 0]);
  expect(log.entries.map(({ event }) => event)).toEqual(['load not read']);
  await history.stop();
});

test('minutes in which the computer slept are missing, and what came then counts for the first', async () => {
  const { clock, readings, history } = startHistory();
  await clock.advance(40_000);
  clock.setTo(clock.now() + 3 * 3_600_000);
  readings.set('1', () => reading(2));
  await clock.advance(minuteMs);
  expect(
    (await history.of('1')).map(({ atMs, accepted }) => [new Date(atMs).toISOString().slice(11, 16), accepted]),
  ).toEqual([
    ['12:00', 0],
    ['12:01', 2],
    ['15:01', 0],
    ['15:02', 0],
  ]);
  await history.stop();
});

test('a clock that is set back takes the samples that would lie ahead with it', async () => {
  const { clock, history } = startHistory();
  await clock.advance(10 * minuteMs);
  clock.setTo(Date.parse('2030-01-01T12:05:30.000Z'));
  await clock.advance(10 * minuteMs);
  const times = (await history.of('1')).map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(new Set(times).size).toBe(times.length);
  expect(times.at(-1)).toBe(Date.parse('2030-01-01T12:15:00.000Z'));
  await history.stop();
});

test('no more than a day is kept', () => {
  const ring = new LoadRing();
  for (let minute = 0; minute < samplesKept + 100; minute += 1) ring.add(minute * minuteMs, reading(0, minute), 0);
  const samples = ring.withRunning(reading(0), (samplesKept + 100) * minuteMs);
  expect(samples.length).toBe(samplesKept);
  expect(samples.at(0)?.queued).toBe(101);
});

test('nothing is looked at after the end', async () => {
  const { clock, history } = startHistory();
  await history.stop();
  expect(clock.pendingTimers).toBe(0);
});
