import { expect, test } from 'vitest';
import { quitDetailOf, relayStateOf, serverLineOf, toolTipOf } from '../../../electron/main/relay-state.ts';
import { fillIn } from '../../../electron/main/texts.ts';
import type { WarningCode } from '../../../shared/contract/alerts.ts';
import type { Warning } from '../../../shared/contract/servers.ts';
import { texts } from '../../../shared/texts/index.ts';
import { relayStatus, serverStatus } from './relay-status.ts';

const warning = (code: WarningCode, serverId: string | null = '1'): Warning => ({
  code,
  serverId,
  message: code,
  parameters: {},
});
const unreachable = [{ nextHop: 'gateway.example.org', sinceMs: 1, lastError: 'no route', nextProbeAtMs: 2 }] as const;

test.each([
  { when: 'nothing waits', servers: [serverStatus()], state: 'running' },
  { when: 'mail waits', servers: [serverStatus({ queued: 1 })], state: 'waiting' },
  { when: 'mail waits in the second server', servers: [serverStatus(), serverStatus({ queued: 1 })], state: 'waiting' },
  { when: 'it is stopped', servers: [serverStatus({ state: 'stopped', queued: 1 })], state: 'stopped' },
  { when: 'it is paused', servers: [serverStatus({ state: 'paused', queued: 1 })], state: 'paused' },
  { when: 'one of two runs', servers: [serverStatus({ state: 'stopped' }), serverStatus()], state: 'running' },
  {
    when: 'a destination is down',
    servers: [serverStatus(), serverStatus({ unreachable })],
    warnings: [warning('destinationUnreachable')],
    state: 'down',
  },
  {
    when: 'a destination is down and there is an older warning',
    servers: [serverStatus({ unreachable })],
    warnings: [warning('badmail'), warning('destinationUnreachable')],
    state: 'down',
  },
  {
    when: 'a destination is down and a listener is not bound',
    servers: [serverStatus({ unreachable })],
    warnings: [warning('destinationUnreachable'), warning('listenerNotBound')],
    state: 'attention',
  },
  { when: 'there is a warning', servers: [serverStatus()], warnings: [warning('openRelay')], state: 'attention' },
] as const)('when $when the tray shows $state', ({ servers, state, ...rest }) => {
  expect(relayStateOf({ servers: [...servers], warnings: 'warnings' in rest ? [...rest.warnings] : [] })).toBe(state);
});

test.each([
  { language: 'en', text: 'SMTP Relay Manager\nMail is waiting. Messages in the queue: 12' },
  { language: 'de', text: 'SMTP Relay Manager\nEs warten Nachrichten. In der Warteschlange: 12' },
] as const)('the tray speaks $language', ({ language, text }) => {
  expect(toolTipOf(relayStatus({ servers: [serverStatus({ queued: 12 })] }), texts[language])).toBe(text);
});

test('of several servers the tool tip has a line each, and the warning of one is not that of another', () => {
  const servers = [
    serverStatus({ name: 'CA' }),
    serverStatus({ id: '2', name: 'Scanner', state: 'paused', queued: 3 }),
  ];
  const status = relayStatus({ servers, warnings: [warning('openRelay', '1')] });
  expect(toolTipOf(status, texts.en)).toBe(
    'SMTP Relay Manager\nCA: needs attention, 0 queued\nScanner: paused, 3 queued',
  );
});

test.each(['en', 'de'] as const)(
  'with many servers it stays as short as Windows shows it, trouble first: %s',
  (language) => {
    const many = Array.from({ length: 20 }, (_, index) =>
      serverStatus({ id: String(index + 1), name: `SMTP Virtual Server #${index + 1}`, queued: 100_000 }),
    );
    const servers = [...many, serverStatus({ id: '21', name: 'The one that is wrong', unreachable })];
    const text = toolTipOf(relayStatus({ servers }), texts[language]);
    expect(text.length).toBeLessThanOrEqual(127);
    expect(text.split('\n')[1]).toContain('The one that is wrong');
    expect(text.endsWith('…')).toBe(true);
  },
);

test('a name longer than the tool tip is left out of it', () => {
  const servers = [serverStatus({ name: 'x'.repeat(200) }), serverStatus({ id: '2' })];
  expect(toolTipOf(relayStatus({ servers }), texts.en)).toBe('SMTP Relay Manager\n…');
});

test('a menu line names server, state and queue', () => {
  const server = serverStatus({ name: 'CA', queued: 2 });
  expect(serverLineOf(server, relayStatus({ servers: [server] }), texts.de)).toBe(
    'CA: Nachrichten warten, 2 in der Warteschlange',
  );
});

test('the quit question names each server with the sockets really bound, its queue and its connections', () => {
  const detail = quitDetailOf(
    relayStatus({
      servers: [
        serverStatus({ name: 'CA', queued: 12, inboundSessions: 3, outboundSessions: 2 }),
        serverStatus({ id: '2', name: 'Two', state: 'stopped', listeners: [], queued: 5 }),
      ],
    }),
    texts.en,
  );
  expect(detail.split('\n')).toEqual([
    'This stops:',
    '•  CA (127.0.0.1:25)',
    '     messages in the queue, kept for the next start: 12',
    '     connections that hand mail in: 3',
    '     connections that deliver mail: 2',
    '•  Two (not listening)',
    '     messages in the queue, kept for the next start: 5',
    '',
    'Programs on this computer can hand in no mail until the relay runs again.',
  ]);
});

test('a placeholder without a value stays visible', () => {
  expect(fillIn('{{a}} of {{b}}', { a: 0 })).toBe('0 of {{b}}');
});
