import { expect, test } from 'vitest';
import { gatewayFindings } from '../../../electron/checks/gateway-findings.ts';
import type { GatewayCheck, GatewayHost, GatewayStage } from '../../../shared/contract/gateway.ts';

const stage = (name: GatewayStage['stage'], outcome: GatewayStage['outcome'], detail = ''): GatewayStage => ({
  stage: name,
  outcome,
  durationMs: 10,
  detail,
  note: null,
});
const host = (change: Partial<GatewayHost> = {}): GatewayHost => ({
  host: 'gw.example.org [192.0.2.1]:25',
  reached: true,
  stages: [stage('connect', 'ok'), stage('rcpt', 'ok')],
  tls: { protocol: 'TLSv1.3', cipher: 'x', trusted: true, reason: '', chain: [] },
  ...change,
});
const down = host({
  host: 'b.example.org [192.0.2.2]:25',
  reached: false,
  stages: [stage('connect', 'failed', 'refused')],
});
const check = (hosts: readonly GatewayHost[], change: Partial<GatewayCheck> = {}): GatewayCheck => ({
  recipient: 'ops@example.org',
  nextHop: 'gw.example.org',
  kind: 'smartHosts',
  rule: 'smartHosts',
  frozen: false,
  held: false,
  hosts: [...hosts],
  furtherHosts: 0,
  problems: [],
  ...change,
});

const idsOf = (one: GatewayCheck): readonly string[] =>
  gatewayFindings(one).map(({ id, severity }) => `${id} ${severity}`);

test('a gateway that would take the mail', () => {
  expect(gatewayFindings(check([host()]))).toMatchObject([
    { id: 'gatewayAnswers', severity: 'ok', parameters: { ms: 20 } },
  ]);
});

test('none of the hosts answers: where the first one ends', () => {
  expect(gatewayFindings(check([down, down]))).toMatchObject([
    { id: 'gatewayFails', severity: 'problem', parameters: { stage: 'connect', reason: 'refused' } },
  ]);
});

test('one of two hosts answers', () => {
  expect(idsOf(check([host(), down]))).toEqual(['gatewayAnswers ok', 'gatewayHostFails warning']);
});

test('a name that leads nowhere', () => {
  expect(gatewayFindings(check([], { problems: ['The name gw could not be resolved (ENOTFOUND).'] }))).toMatchObject([
    { id: 'gatewayFails', parameters: { stage: 'resolve', reason: 'The name gw could not be resolved (ENOTFOUND).' } },
  ]);
});

test('a refused recipient is no gateway that fails', () => {
  const refusing = host({ reached: false, stages: [stage('connect', 'ok'), stage('rcpt', 'failed', '550 5.1.1 No')] });
  expect(idsOf(check([refusing]))).toEqual(['gatewayAnswers ok', 'gatewayRefusesRecipient warning']);
});

test('clear text matters on a network, not within this computer', () => {
  expect(idsOf(check([host({ tls: null })]))).toEqual(['gatewayAnswers ok', 'gatewayClearText note']);
  expect(idsOf(check([host({ tls: null, host: '127.0.0.1:25' })]))).toEqual(['gatewayAnswers ok']);
  expect(idsOf(check([host({ tls: null, host: 'localhost [::1]:25' })]))).toEqual(['gatewayAnswers ok']);
});

test('a certificate nobody vouches for', () => {
  const tls = { protocol: 'TLSv1.3', cipher: 'x', trusted: false, reason: 'it is self-signed', chain: [] };
  expect(idsOf(check([host({ tls })]))).toEqual(['gatewayAnswers ok', 'gatewayCertificate warning']);
});

test('mail that somebody holds', () => {
  expect(idsOf(check([host()], { frozen: true }))).toEqual(['gatewayFrozen warning', 'gatewayAnswers ok']);
});

test('no smart host, a local domain, and an address without a domain', () => {
  expect(idsOf(check([], { kind: 'none', recipient: null }))).toEqual(['gatewayNone note']);
  expect(idsOf(check([], { kind: 'drop' }))).toEqual([]);
  expect(idsOf(check([], { kind: 'none' }))).toEqual([]);
});
