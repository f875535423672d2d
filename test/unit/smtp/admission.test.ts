import { expect, test } from 'vitest';
import { createAdmission } from '../../../electron/smtp/admission.ts';
import { replies } from '../../../electron/smtp/replies.ts';
import type { RelayVerdict, ServerState } from '../../../shared/contract/servers.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const welcome: RelayVerdict = { allowed: true, reason: 'notListed', entry: null, clientName: null };
const unwelcome: RelayVerdict = { allowed: false, reason: 'exceptListed', entry: 'x.example', clientName: 'x.example' };

function start(changes: Partial<ServerSettings> = {}) {
  const log = new MemoryLog();
  const world = {
    settings: { ...defaultServerSettings, ...changes },
    state: 'started' as ServerState,
    open: [] as string[],
    verdict: (_client: string): RelayVerdict | Promise<RelayVerdict> => welcome,
  };
  const admission = createAdmission({
    settings: () => world.settings,
    state: () => world.state,
    rules: { mayConnect: (client) => world.verdict(client) },
    open: () => world.open,
    log,
  });
  return { admission, log, world, lines: () => log.of('connection refused').length };
}

test('without names in the lists the answer is there at once', () => {
  expect(start().admission.decide('192.0.2.1')).toBeNull();
});

test('with names it comes when DNS has answered', async () => {
  const { admission, world } = start();
  world.verdict = async () => unwelcome;
  const decided = admission.decide('192.0.2.1');
  expect(decided).toBeInstanceOf(Promise);
  expect(await decided).toBe(replies.clientDenied);
});

test('a server that is full does not ask DNS', () => {
  const { admission, world } = start({ 'general.connectionLimit': 2 });
  world.open = ['192.0.2.1', '192.0.2.2'];
  world.verdict = () => {
    throw new Error('asked');
  };
  expect(admission.decide('192.0.2.3')).toBe(replies.tooManyConnections);
  world.state = 'paused';
  expect(admission.decide('192.0.2.3')).toBe(replies.notAvailable);
  world.state = 'stopped';
  expect(admission.decide('192.0.2.3')).toBe(replies.shuttingDown);
});

test('what concerns everybody is logged when it begins, and again when it begins again', () => {
  const { admission, world, lines } = start({ 'general.connectionLimit': 1 });
  world.open = ['192.0.2.1'];
  for (let client = 2; client < 9; client += 1) admission.decide(`192.0.2.${client}`);
  expect(lines()).toBe(1);
  world.open = [];
  admission.decide('192.0.2.9');
  world.open = ['192.0.2.9'];
  admission.decide('192.0.2.1');
  expect(lines()).toBe(2);
});

test('who is turned away alone is logged once each, and not remembered for ever', () => {
  const { admission, world, lines } = start();
  world.verdict = () => unwelcome;
  for (let turn = 0; turn < 3; turn += 1) {
    for (let client = 1; client <= 1_000; client += 1) admission.decide(`10.0.${client >> 8}.${client & 255}`);
  }
  expect(lines()).toBe(1_000);
  admission.decide('10.1.0.0'); // one more than is remembered: the oldest is forgotten
  admission.decide('10.0.0.1');
  expect(lines()).toBe(1_002);
});

test('limit per client: others do not count', () => {
  const { admission, world } = start({ 'general.connectionLimitPerClient': 2 });
  world.open = ['192.0.2.1', '192.0.2.2', '192.0.2.1'];
  expect(admission.decide('192.0.2.1')).toBe(replies.tooManyConnectionsOfClient);
  expect(admission.decide('192.0.2.2')).toBeNull();
});
