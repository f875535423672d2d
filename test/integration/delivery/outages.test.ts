import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '../../fakes/eventually.ts';
import { freePort } from '../../fakes/free-port.ts';
import { mailTo } from '../../fakes/mail.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';
import type { Relay } from './relay.ts';
import { atRest, minuteMs, only, relayAtRest, relayWith, smartHost, stop, upstreamWith } from './stage.ts';

const hourMs = 60 * minuteMs;
const path = join('/mail', 'outages.json');

/** A relay whose gateway is down, with one message. */
const relayInOutage = async (port: number, settings: object = {}): Promise<Relay> => {
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(port)], ...settings });
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => relay.delivery.unreachable().length).toBe(1);
  await atRest(relay);
  return relay;
};

const startAgain = (before: Relay, port: number, afterMs: number, settings: object = {}, disk = before.disk): Relay => {
  const relay = relayAtRest({ 'delivery.smartHosts': [smartHost(port)], ...settings }, {}, before.spool, {
    disk,
    startsAt: new Date(before.clock.now() + afterMs).toISOString(),
  });
  relay.delivery.start();
  return relay;
};

/** The power goes: nothing more is written. */
const diskAtCrash = (relay: Relay): MemoryDisk => {
  const disk = new MemoryDisk();
  for (const [name, bytes] of relay.disk.files) disk.files.set(name, Buffer.from(bytes));
  return disk;
};

test('after a restart a destination that was down is down since then, and is probed at once', async () => {
  const port = await freePort();
  const before = await relayInOutage(port);
  const sinceMs = before.clock.now();
  await before.clock.advance(5 * minuteMs);
  await atRest(before);
  await stop(before);
  const after = startAgain(before, port, hourMs);
  await eventually(() => after.log.of('attempt').length).toBe(1);
  await atRest(after);
  expect(after.delivery.unreachable()).toMatchObject([{ nextHop: smartHost(port), sinceMs }]);
  const upstream = await upstreamWith({ port });
  await after.clock.advance(5 * minuteMs);
  await eventually(() => upstream.messages.length).toBe(1);
  await eventually(() => after.delivery.unreachable()).toEqual([]);
});

test('after a crash it is not probed within an interval of the last probe', async () => {
  const port = await freePort();
  const before = await relayInOutage(port);
  await eventually(() => before.disk.files.has(path)).toBe(true);
  const disk = diskAtCrash(before);
  await stop(before);
  const upstream = await upstreamWith({ port });
  const after = startAgain(before, port, -before.clock.now() + Date.parse('2030-01-01T00:00:10.000Z'), {}, disk);
  await eventually(() => after.delivery.unreachable().length).toBe(1);
  await after.clock.advance(49_000);
  expect(upstream.connections).toBe(0);
  await after.clock.advance(1_000);
  await eventually(() => upstream.messages.length).toBe(1);
});

test('the probe after a restart is stored before it is made, so that a crash during it counts', async () => {
  const port = await freePort();
  const before = await relayInOutage(port);
  await stop(before);
  let atDial = '';
  await upstreamWith({
    port,
    greeting: () => {
      atDial ||= before.disk.files.get(path)?.toString() ?? '';
      return 'hang';
    },
  });
  const after = startAgain(before, port, hourMs);
  await eventually(() => atDial).not.toBe('');
  expect(JSON.parse(atDial)).toMatchObject({ stopped: false, down: [{ probedAtMs: after.clock.now() }] });
});

test('the time the relay was not running counts as outage, and a past one is subtracted after a restart', async () => {
  const port = await freePort();
  const settings = { 'delivery.retryIntervals': [60, 3_600], 'delivery.expiration': 7_200 };
  const before = await relayInOutage(port, settings);
  await stop(before);
  const upstream = await upstreamWith({ port, rcpt: '450 4.2.1 Busy' });
  const during = startAgain(before, port, 24 * hourMs, settings);
  await eventually(() => upstream.commands.length).toBeGreaterThan(0);
  await atRest(during);
  expect(only(during).view).toMatchObject({ state: 'retry', lastError: '450 4.2.1 Busy' });
  await stop(during);
  const after = startAgain(during, port, hourMs, settings);
  await eventually(() => after.log.of('attempt').length).toBe(1);
  await atRest(after);
  expect(only(after).view).toMatchObject({ state: 'retry' });
  // Its own two hours are over now.
  await after.clock.advance(2 * hourMs);
  await eventually(() => upstream.commands.filter((line) => line.startsWith('MAIL FROM:<>')).length).toBeGreaterThan(0);
});

test('a damaged file is put aside, and delivery starts', async () => {
  const upstream = await upstreamWith();
  const disk = new MemoryDisk();
  disk.files.set(path, Buffer.from('{"version":'));
  const relay = relayWith({ 'delivery.smartHosts': [smartHost(upstream)] }, {}, undefined, { disk });
  await relay.spool.put(mailTo(['a@x.example']));
  await eventually(() => upstream.messages.length).toBe(1);
  expect(relay.log.of('outages file is damaged')).toHaveLength(1);
  expect(disk.files.has(join('/mail', 'outages.damaged.json'))).toBe(true);
});

test('stored when it begins and when it ends', async () => {
  const port = await freePort();
  const relay = await relayInOutage(port);
  const stored = () => JSON.parse(relay.disk.files.get(path)?.toString() ?? '{}');
  await eventually(() => stored().down?.length).toBe(1);
  const upstream = await upstreamWith({ port });
  await relay.clock.advance(5 * minuteMs);
  await eventually(() => upstream.messages.length).toBe(1);
  await relay.clock.advance(1_000);
  await eventually(() => stored().down?.length).toBe(0);
  expect(stored().past).toMatchObject([{ nextHop: smartHost(port), outages: [{}] }]);
});

test('a clock that is put back keeps an outage in mind and has it probed', async () => {
  const port = await freePort();
  const relay = await relayInOutage(port);
  relay.clock.setTo(Date.parse('2029-06-01T00:00:00Z'));
  const upstream = await upstreamWith({ port });
  await relay.spool.put(mailTo(['b@x.example'], { receivedAtMs: relay.clock.now() }));
  await eventually(() => relay.log.of('clock set back').length).toBe(1);
  await eventually(() => upstream.messages.length).toBe(2);
});
