import { beforeEach, expect, test } from 'vitest';
import type { VirtualServer } from '../../../electron/host/virtual-server.ts';
import { createVirtualServers, isOpen } from '../../../electron/host/virtual-servers.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

let clock: FakeClock;
let log: MemoryLog;
/** What the settings have, by server: its name. */
let saved: Map<string, string>;
/** Servers whose folders cannot be used. */
let broken: Set<string>;
let events: string[];
const settingsOf = new Map<string, () => ServerSettings>();

beforeEach(() => {
  clock = new FakeClock();
  log = new MemoryLog();
  saved = new Map([
    ['1', 'first'],
    ['2', 'second'],
  ]);
  broken = new Set();
  events = [];
});

const store = {
  serverIds: () => [...saved.keys()],
  get: (id: string) => {
    const name = saved.get(id);
    if (name === undefined) throw problem('notFound', `There is no virtual server ${id}.`);
    return { revision: 1, values: { ...defaultServerSettings, 'general.name': name }, overridden: [] };
  },
};

const serve = () =>
  createVirtualServers({
    store,
    ports: { clock, log },
    open: async (id, settings) => {
      settingsOf.set(id, settings);
      if (broken.has(id)) throw problem('storage', `The folder of ${id} cannot be used.`);
      events.push(`open ${id}`);
      return {
        id,
        settings,
        apply: async () => void events.push(`apply ${id}`),
        stop: async () => void events.push(`stop ${id}`),
      } as VirtualServer;
    },
    onServer: (id) => void events.push(`told ${id}`),
  });

const flush = () => clock.advance(0);

test('every server of the settings is opened and follows them; what comes and goes is followed', async () => {
  const servers = serve();
  await servers.reconcile();
  expect(events).toEqual(['open 1', 'apply 1', 'told 1', 'open 2', 'apply 2', 'told 2']);
  expect(servers.get('2').id).toBe('2');

  events = [];
  saved.delete('1');
  saved.set('3', 'third');
  await servers.reconcile();
  expect(events).toEqual(['stop 1', 'told 1', 'open 3', 'apply 3', 'told 3']);
  expect(servers.slots().map(({ id }) => id)).toEqual(['2', '3']);
  expect(() => servers.get('1')).toThrow('There is no virtual server 1.');
});

test('one that cannot be opened keeps no other from serving, says why, and is tried again every minute', async () => {
  broken.add('1');
  const servers = serve();
  await servers.reconcile();
  expect(servers.slots().map(isOpen)).toEqual([false, true]);
  expect(() => servers.get('1')).toThrow('The folder of 1 cannot be used.');

  await clock.advance(60_000);
  await clock.advance(60_000);
  expect(log.of('virtual server not opened')).toHaveLength(1); // the same reason again is no news

  broken.clear();
  events = [];
  await clock.advance(60_000);
  await servers.reconcile();
  expect(events).toEqual(['open 1', 'apply 1', 'told 1']);
  expect(servers.get('1').id).toBe('1');
});

test('a change of the settings reaches the server it is about, and tries the ones that failed', async () => {
  broken.add('2');
  const servers = serve();
  await servers.reconcile();
  events = [];
  broken.clear();
  await servers.apply('1');
  expect(events).toEqual(['open 2', 'apply 2', 'told 2', 'apply 1']);
  events = [];
  await servers.apply();
  expect(events.sort()).toEqual(['apply 1', 'apply 2']);
});

test('a server that is deleted keeps its last settings while it ends', async () => {
  const servers = serve();
  await servers.reconcile();
  saved.set('2', 'renamed');
  expect(settingsOf.get('2')?.()['general.name']).toBe('renamed');
  saved.delete('2');
  await servers.reconcile();
  expect(settingsOf.get('2')?.()['general.name']).toBe('renamed');
});

test('two changes at the same moment open a server once', async () => {
  const servers = serve();
  await Promise.all([servers.reconcile(), servers.reconcile(), servers.apply()]);
  expect(events.filter((event) => event.startsWith('open'))).toEqual(['open 1', 'open 2']);
});

test('a fault of ours while opening is told without its details', async () => {
  const servers = createVirtualServers({
    store,
    ports: { clock, log },
    open: async () => {
      throw new TypeError('secret detail');
    },
    onServer: () => undefined,
  });
  await servers.reconcile();
  expect(() => servers.get('1')).toThrow(/^Virtual server 1 could not be opened because of a fault in the relay/);
  await servers.stop();
});

test('a stop ends every server, and opens none afterwards', async () => {
  broken.add('2');
  const servers = serve();
  await servers.reconcile();
  events = [];
  await servers.stop();
  expect(events).toEqual(['stop 1']);
  broken.clear();
  await clock.advance(120_000);
  await flush();
  expect(events).toEqual(['stop 1']);
});
