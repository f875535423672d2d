import { expect, test } from 'vitest';
import type { SystemEvent } from '../../../electron/base/ports.ts';
import { createAlerts } from '../../../electron/logging/alerts.ts';
import { warningCodes, warningEvents } from '../../../shared/contract/alerts.ts';
import type { Warning } from '../../../shared/contract/servers.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const down = (nextHop: string, message = `${nextHop} is down`): Warning => ({
  code: 'destinationUnreachable',
  serverId: '1',
  message,
  parameters: { nextHop },
});

async function watch() {
  const clock = new FakeClock();
  const log = new MemoryLog();
  const events: SystemEvent[] = [];
  let warnings: readonly Warning[] | Error = [];
  const alerts = createAlerts({
    ports: { clock, log, eventLog: { write: (event) => void events.push(event) } },
    look: async () => {
      if (warnings instanceof Error) throw warnings;
      return warnings;
    },
  });
  alerts.start();
  await clock.advance(0); // the first look, which finds nothing
  return {
    alerts,
    clock,
    log,
    /** Entries written while the conditions were so for a time. */
    async during(now: readonly Warning[] | Error, ms: number): Promise<readonly string[]> {
      warnings = now;
      events.length = 0;
      await clock.advance(ms);
      return events.map(({ eventId, text }) => `${eventId} ${text}`);
    },
    events,
  };
}

const look = 30_000;
const hour = 3_600_000;

test('every condition has an event id of its own that eventcreate takes', () => {
  const ids = warningCodes.map((code) => warningEvents[code].eventId);
  expect(new Set(ids).size).toBe(warningCodes.length);
  expect(ids.every((id) => id >= 1 && id <= 1_000)).toBe(true);
});

test('start and stop are written', async () => {
  const { alerts, events } = await watch();
  await alerts.stop();
  expect(events.map(({ eventId }) => eventId)).toEqual([100, 101]);
});

test('a condition is written once when it begins, whatever its numbers do, and when it ends', async () => {
  const { during } = await watch();
  expect(await during([down('a'), down('b')], look)).toEqual(['120 a is down', '120 b is down']);
  expect(await during([down('a', 'a is down for 5 minutes'), down('b')], hour)).toEqual([]);
  expect(await during([down('b')], look)).toEqual(['109 No longer so: a is down for 5 minutes']);
});

test('it is written again after each day that it lasts', async () => {
  const { during } = await watch();
  await during([down('a')], look);
  expect(await during([down('a')], 48 * hour)).toEqual(['120 a is down', '120 a is down']);
});

test('one that comes and goes is written once in five minutes', async () => {
  const { during } = await watch();
  await during([down('a')], look);
  expect(await during([], look)).toEqual(['109 No longer so: a is down']);
  expect(await during([down('a')], look)).toEqual([]);
  expect(await during([], look)).toEqual([]);
  expect(await during([down('a')], 5 * 60_000)).toEqual(['120 a is down']);
});

test('a look that fails is logged, and the next one comes', async () => {
  const { during, log } = await watch();
  expect(await during(new Error('no disk'), look)).toEqual([]);
  expect(log.of('alerts not looked at')).toHaveLength(1);
  expect(await during([down('a')], look)).toEqual(['120 a is down']);
});

test('after the stop nothing is looked at any more', async () => {
  const { alerts, during } = await watch();
  await alerts.stop();
  expect(await during([down('a')], hour)).toEqual([]);
});
