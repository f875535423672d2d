import { expect, test } from 'vitest';
import { quitDetailOf, relayStateOf, trayTextOf } from '../../../electron/main/relay-state.ts';
import { desktopTexts, fillIn } from '../../../electron/main/texts.ts';
import type { RelayStatus, ServerStatus } from '../../../shared/contract/servers.ts';

const server: ServerStatus = {
  id: '1',
  name: 'SMTP Virtual Server #1',
  state: 'started',
  listeners: [
    { endpoint: '127.0.0.1:25', implicitTls: false, boundTo: '127.0.0.1:25', problem: null },
    { endpoint: '[::1]:25', implicitTls: false, boundTo: null, problem: { code: 'addressInUse', message: 'in use' } },
  ],
  queue: {
    total: 12,
    ready: 0,
    sending: 0,
    retry: 12,
    held: 0,
    failed: 0,
    badmail: 0,
    trash: 0,
    oldestReceivedAtMs: 1,
    oldestWaitingAtMs: 1,
  },
  inboundSessions: 0,
  outboundSessions: 0,
  totals: { accepted: 0, delivered: 0, failed: 0, refused: 0 },
  unreachable: [],
  certificate: null,
  mailroot: '/m',
  queueFolder: '/m/Queue',
  badmailFolder: '/m/Badmail',
  pickupFolder: '/m/Pickup',
  dropFolder: '/m/Drop',
  logFolder: '/l',
};
const status: RelayStatus = {
  version: '1',
  computerName: 'CA01',
  dataFolder: '/d',
  hostedBy: 'desktop',
  processId: 1,
  startedAtMs: 1,
  servers: [server],
  warnings: [],
};
const warning = { code: 'openRelay', serverId: '1', message: 'open', parameters: {} } as const;
const stopped = { ...server, state: 'stopped' } as const;

test.each([
  { status, state: 'running' },
  { status: { ...status, servers: [stopped] }, state: 'stopped' },
  { status: { ...status, servers: [{ ...server, state: 'paused' as const }] }, state: 'stopped' },
  { status: { ...status, servers: [stopped, server] }, state: 'running' },
  { status: { ...status, warnings: [warning] }, state: 'attention' },
])('the tray shows $state', ({ status, state }) => {
  expect(relayStateOf(status)).toBe(state);
});

test.each([
  { languages: ['en-GB'], text: 'Relay is running. Messages in the queue: 12' },
  { languages: ['de-AT', 'en'], text: 'Das Relay läuft. Nachrichten in der Warteschlange: 12' },
  { languages: ['fr'], text: 'Relay is running. Messages in the queue: 12' },
])('the tray speaks $languages', ({ languages, text }) => {
  expect(trayTextOf(status, desktopTexts(languages))).toBe(text);
});

test('the quit question names each server with the sockets really bound, and what stays queued', () => {
  const detail = quitDetailOf(
    { ...status, servers: [server, { ...stopped, name: 'Two', listeners: [] }] },
    desktopTexts(['en']),
  );
  expect(detail).toContain('SMTP Virtual Server #1 (127.0.0.1:25)');
  expect(detail).not.toContain('[::1]:25');
  expect(detail).toContain('Two (not listening)');
  expect(detail).toContain('until the next start: 24');
});

test('a placeholder without a value stays visible', () => {
  expect(fillIn('{{a}} of {{b}}', { a: 0 })).toBe('0 of {{b}}');
});
