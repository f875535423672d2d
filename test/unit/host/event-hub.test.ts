import { expect, test } from 'vitest';
import { createEventHub } from '../../../electron/host/event-hub.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

function watchQueue() {
  const clock = new FakeClock();
  const hub = createEventHub(clock);
  const seen: string[] = [];
  const off = hub.on('queue.changed', ({ serverId, revision }) => seen.push(`${serverId}:${revision}`));
  return { clock, hub, seen, off };
}

test('the first change is told at once, the rest of a burst once, with the last value', async () => {
  const { clock, hub, seen } = watchQueue();
  for (let revision = 1; revision <= 100; revision += 1) hub.emit('queue.changed', { serverId: '1', revision });
  expect(seen).toEqual(['1:1']);
  await clock.advance(200);
  expect(seen).toEqual(['1:1', '1:100']);
  await clock.advance(10_000);
  expect(seen).toHaveLength(2);
  expect(clock.pendingTimers).toBe(0);
});

test('a steady stream of changes is told five times a second, the end of it included', async () => {
  const { clock, hub, seen } = watchQueue();
  for (let revision = 1; revision <= 200; revision += 1) {
    hub.emit('queue.changed', { serverId: '1', revision });
    await clock.advance(10);
  }
  expect(seen.length).toBeLessThanOrEqual(11);
  await clock.advance(200);
  expect(seen.at(-1)).toBe('1:200');
});

test('servers and names do not hide each other', async () => {
  const { clock, hub, seen } = watchQueue();
  let sessions = 0;
  hub.on('sessions.changed', () => {
    sessions += 1;
  });
  hub.emit('queue.changed', { serverId: '1', revision: 1 });
  hub.emit('queue.changed', { serverId: '1', revision: 2 });
  hub.emit('queue.changed', { serverId: '2', revision: 7 });
  hub.emit('sessions.changed', { serverId: '1' });
  expect(sessions).toBe(1);
  await clock.advance(200);
  expect(seen).toEqual(['1:1', '1:2', '2:7']);
});

test('who has left hears nothing, and a closed hub is silent', async () => {
  const { clock, hub, seen, off } = watchQueue();
  off();
  hub.emit('queue.changed', { serverId: '1', revision: 1 });
  hub.on('queue.changed', () => seen.push('late'));
  hub.emit('queue.changed', { serverId: '1', revision: 2 });
  hub.close();
  await clock.advance(1_000);
  expect(seen).toEqual([]);
  expect(clock.pendingTimers).toBe(0);
});
