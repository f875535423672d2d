import { expect, test } from 'vitest';
import type { ListeningSocket } from '../../../electron/checks/listening-sockets.ts';
import { isForOthers, portFindings, portsOf, webServerFindings } from '../../../electron/checks/port-findings.ts';
import type { Listener } from '../../../shared/contract/servers.ts';

const relayProcess = 100;

const listening = (address: string, port: number, processId: number | null): ListeningSocket => ({
  address,
  port,
  processId,
  processName: null,
});
const statusWith = (...listeners: readonly Listener[]) => ({
  processId: relayProcess,
  servers: [{ listeners }],
});
const bound = (endpoint: string): Listener => ({ endpoint, implicitTls: false, boundTo: endpoint, problem: null });
const taken = (endpoint: string): Listener => ({
  endpoint,
  implicitTls: false,
  boundTo: null,
  problem: { code: 'addressInUse', message: 'Somebody else has it.' },
});

const idsOf = (...parameters: Parameters<typeof portFindings>) =>
  portFindings(...parameters).map(({ id, severity }) => `${id} ${severity}`);

test('the relay has its port alone', () => {
  const sockets = [listening('127.0.0.1', 25, relayProcess), listening('0.0.0.0', 3389, 4)];
  expect(idsOf(statusWith(bound('127.0.0.1:25')), sockets)).toEqual(['listenersBound ok']);
});

test('a child that holds the socket of the relay for a moment is nobody else', () => {
  const shared = { ...listening('127.0.0.1', 25, 4_711), alsoHeldBy: [relayProcess] };
  expect(idsOf(statusWith(bound('127.0.0.1:25')), [shared])).toEqual(['listenersBound ok']);
  const ofOthers = { ...listening('0.0.0.0', 25, 7), alsoHeldBy: [8] };
  expect(idsOf(statusWith(bound('127.0.0.1:25')), [ofOthers])).toEqual(['portShared warning']);
});

test('a listener that is not open, and who has the port instead', () => {
  const findings = portFindings(statusWith(taken('127.0.0.1:25')), [
    { ...listening('0.0.0.0', 25, 7), processName: 'inetinfo.exe (SMTPSVC)' },
  ]);
  expect(findings).toMatchObject([
    { id: 'listenerNotBound', severity: 'problem', parameters: { endpoint: '127.0.0.1:25' } },
    {
      id: 'portTaken',
      severity: 'problem',
      parameters: { owner: 'inetinfo.exe (SMTPSVC), 7', endpoint: '0.0.0.0:25' },
    },
  ]);
});

test('a second program at another address of the same port', () => {
  const sockets = [listening('127.0.0.1', 25, relayProcess), listening('0.0.0.0', 25, 7)];
  expect(idsOf(statusWith(bound('127.0.0.1:25')), sockets)).toEqual(['portShared warning']);
});

test('a socket whose owner the system hides counts as the relay where the relay says so', () => {
  const status = statusWith(bound('127.0.0.1:25'));
  expect(idsOf(status, [listening('127.0.0.1', 25, null)])).toEqual(['listenersBound ok']);
  expect(idsOf(status, [listening('127.0.0.1', 25, null), listening('::1', 25, null)])).toEqual(['portShared warning']);
});

test('an address that other computers can reach', () => {
  const findings = portFindings(statusWith(bound('10.0.0.5:25')), [listening('10.0.0.5', 25, relayProcess)]);
  expect(findings.map(({ id }) => id)).toEqual(['listenersBound', 'portOpenElsewhere']);
  expect(isForOthers('[::1]:25')).toBe(false);
  expect(isForOthers('0.0.0.0:25')).toBe(true);
});

test('without a relay, port 25 is looked at', () => {
  expect([...portsOf(null)]).toEqual([25]);
  expect(idsOf(null, [])).toEqual(['portNobody note']);
  expect(idsOf(null, [listening('0.0.0.0', 25, 7)])).toEqual(['portTaken problem']);
  expect(idsOf(null, null)).toEqual(['socketsUnread skipped']);
});

test('what the system does not tell is said', () => {
  expect(idsOf(statusWith(bound('127.0.0.1:25')), null)).toEqual(['listenersBound ok', 'socketsUnread skipped']);
});

test('a web server is noted', () => {
  expect(webServerFindings([listening('0.0.0.0', 80, 4)])).toMatchObject([{ id: 'webServerOpen', severity: 'note' }]);
  expect(webServerFindings([listening('0.0.0.0', 443, 4)])).toEqual([]);
});
