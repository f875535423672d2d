import { beforeEach, expect, test } from 'vitest';
import { followSettings } from '../../../electron/host/server-state.ts';
import type { Listener } from '../../../shared/contract/servers.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

let clock: FakeClock;
let state: ServerSettings['general.state'];
let steps: string[];
let listeners: Listener[];
let certificateChanged: () => void;

const unbound: Listener = {
  endpoint: '127.0.0.1:25',
  implicitTls: false,
  boundTo: null,
  problem: { code: 'addressInUse', message: 'Somebody else.' },
};

beforeEach(() => {
  clock = new FakeClock();
  state = 'started';
  steps = [];
  listeners = [];
});

const step = (name: string) => async (): Promise<void> => void steps.push(name);
const note = (name: string) => (): void => void steps.push(name);

const follow = () =>
  followSettings({
    id: '1',
    settings: () => ({ ...defaultServerSettings, 'general.state': state }),
    ports: { clock, log: new MemoryLog() },
    inbound: {
      apply: async (wanted) => {
        steps.push(`listen ${wanted}`);
        return listeners;
      },
    },
    delivery: { start: note('deliver'), stop: step('deliver no more'), settingsChanged: note('delivery settings') },
    pickup: { start: note('pick up'), stop: step('pick up no more') },
    certificate: {
      refresh: step('certificate'),
      onChange: (listener) => {
        certificateChanged = listener;
        return note('certificate not watched');
      },
    },
    protocolLog: { settingsChanged: note('log') },
    statusChanged: () => undefined,
  });

test('started: the certificate is there before the listeners, mail is taken from everywhere and delivered', async () => {
  await follow().apply();
  expect(steps).toEqual(['log', 'certificate', 'listen started', 'deliver', 'pick up']);
});

test('paused: mail is delivered and picked up', async () => {
  state = 'paused';
  await follow().apply();
  expect(steps).toEqual(['log', 'certificate', 'listen paused', 'deliver', 'pick up']);
});

test('stopped: nothing runs; started again: all of it', async () => {
  const server = follow();
  await server.apply();
  steps = [];
  state = 'stopped';
  await server.apply();
  expect(steps).toEqual(['log', 'certificate', 'listen stopped', 'pick up no more', 'deliver no more']);
  steps = [];
  await server.apply();
  expect(steps).toEqual(['log', 'certificate', 'listen stopped']);
  steps = [];
  state = 'started';
  await server.apply();
  expect(steps).toEqual(['log', 'certificate', 'listen started', 'deliver', 'pick up']);
});

test('changed settings while it runs are told to delivery', async () => {
  const server = follow();
  await server.apply();
  steps = [];
  await server.apply();
  expect(steps).toEqual(['log', 'certificate', 'listen started', 'delivery settings']);
});

test('a listener that is not bound is tried again after a minute, and no more once it is', async () => {
  listeners = [unbound];
  await follow().apply();
  steps = [];
  await clock.advance(60_000);
  expect(steps).toEqual(['listen started']);
  listeners = [];
  await clock.advance(60_000);
  await clock.advance(60_000);
  expect(steps).toEqual(['listen started', 'listen started']);
});

test('a certificate that came or changed binds the listeners anew', async () => {
  const server = follow();
  await server.apply();
  steps = [];
  certificateChanged();
  await clock.advance(0);
  expect(steps).toEqual(['listen started']);
});

test('after a stop nothing is followed', async () => {
  listeners = [unbound];
  const server = follow();
  await server.apply();
  steps = [];
  await server.stop();
  await server.apply();
  await clock.advance(60_000);
  expect(steps).toEqual(['certificate not watched']);
});
