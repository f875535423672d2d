import { expect, test } from 'vitest';
import { checkFindingText } from '../../../electron/checks/finding-text.ts';
import { finding } from '../../../electron/checks/types.ts';
import { doctorText, worstStatus } from '../../../electron/cli/doctor-output.ts';
import { errorStatus, warningStatus } from '../../../electron/cli/exit-statuses.ts';
import { followedLines } from '../../../electron/cli/followed-mail-text.ts';
import { type CheckReport, checkFindingIds, checkTopics } from '../../../shared/contract/computer/check-calls.ts';
import type { FollowedMail } from '../../../shared/contract/followed-mail.ts';
import { type GatewayHost, gatewayStages } from '../../../shared/contract/gateway.ts';

const host = (reached: boolean): GatewayHost => ({
  host: '192.0.2.1:25',
  reached,
  stages: gatewayStages.map((stage) => ({
    stage,
    outcome: reached ? 'ok' : 'failed',
    durationMs: 7,
    detail: 'said \u001b[31mred',
    note: null,
  })),
  tls: null,
});
const report = (reached: boolean, ...findings: CheckReport['findings']): CheckReport => ({
  atMs: 0,
  computerName: 'CA01',
  findings,
  gateways: [
    {
      recipient: null,
      nextHop: 'gw',
      kind: 'smartHosts',
      rule: 'smartHosts',
      frozen: false,
      held: false,
      hosts: [host(reached)],
      furtherHosts: 0,
      problems: [],
    },
  ],
});

test('the exit status is that of the worst finding', () => {
  const ok = finding('serviceRuns', 'ok');
  const warning = finding('iisSmtpRuns', 'warning');
  const bad = finding('relayAbsent', 'problem', { folder: '/data' });
  expect(worstStatus(report(true, ok, finding('firewallUnread', 'skipped'), finding('portNobody', 'note')))).toBe(0);
  expect(worstStatus(report(true, ok, warning))).toBe(warningStatus);
  expect(worstStatus(report(true, warning, bad, ok))).toBe(errorStatus);
});

test('what is in order takes one line, everything else says why and what to do', () => {
  const text = doctorText(report(true, finding('serviceRuns', 'ok'), finding('iisSmtpRuns', 'warning')), false);
  expect(text.split('\n')).toHaveLength(5);
  expect(text).toContain('Warning: Port: The SMTP service of IIS runs.\n  It competes for port 25');
});

test('the stages of a gateway that fails are shown, of others on demand, without control characters', () => {
  expect(doctorText(report(true), false)).not.toContain('STAGE');
  expect(doctorText(report(true), true)).toContain('STAGE');
  const text = doctorText(report(false), false);
  expect(text).toContain('Connection');
  expect(text).not.toContain('\u001b');
});

test('every finding has its topic, and a stage by its name', () => {
  for (const topic of checkTopics) {
    for (const id of checkFindingIds[topic]) expect(finding(id, 'ok').topic).toBe(topic);
  }
  const { what } = checkFindingText(
    finding('gatewayFails', 'problem', { nextHop: 'gw', host: 'gw:25', stage: 'tls', reason: 'x' }),
  );
  expect(what).toBe('gw does not take mail. gw:25 fails at stage TLS and certificate: x');
});

test('a followed mail grows line by line', () => {
  const mail: FollowedMail = {
    id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    state: 'sending',
    receivedAtMs: 1_000,
    storedAtMs: 1_004,
    recipients: ['ops@example.org'],
    nextHops: ['gw'],
    nextAttemptAtMs: null,
    attempts: [],
    endedAtMs: null,
  };
  const first = followedLines(mail, false);
  const attempt = {
    startedAtMs: 1_010,
    endedAtMs: 1_030,
    nextHop: 'gw',
    host: '192.0.2.1:25',
    outcomes: [{ recipient: 'ops@example.org', result: 'delivered' as const, reply: '250 Ok' }],
  };
  const last = followedLines({ ...mail, state: 'delivered', attempts: [attempt], endedAtMs: 1_031 }, true);
  expect(last.slice(0, first.length)).toEqual(first);
  expect(last.at(-2)).toContain('delivered after 20 ms, 192.0.2.1:25: 250 Ok');
  expect(last.at(-1)).toContain('Delivered: the next hop has taken it.');
  expect(followedLines({ ...mail, state: 'held' }, true).at(-1)).toContain('held');
  expect(followedLines({ ...mail, nextHops: [''] }, false).at(-1)).toContain('no domain');
});
