import { expect, test } from 'vitest';
import { findProblems, type ProblemFacts } from '../../../electron/ca/find-problems.ts';
import { findingText } from '../../../electron/ca/finding-text.ts';
import { microsoftExitModule } from '../../../electron/ca/windows-programs.ts';
import {
  caFindingIds,
  type ExitMail,
  type ExitModuleSettings,
} from '../../../shared/contract/computer/exit-module-calls.ts';
import { texts } from '../../../shared/texts/index.ts';

const mail = (more: Partial<ExitMail>): ExitMail => ({
  key: 'CRLIssued',
  event: 'crlIssued',
  template: null,
  from: 'pki@corp.example.com',
  to: 'ops@corp.example.com',
  cc: '',
  titleFormat: '',
  titleArguments: [],
  bodyFormat: [],
  bodyArguments: [],
  ...more,
});

const settings: ExitModuleSettings = {
  caName: 'CA 1',
  modules: [microsoftExitModule],
  server: '127.0.0.1',
  authentication: 0,
  eventMask: 0x20,
  layout: 'perTemplate',
  mails: [mail({})],
};

const good: ProblemFacts = {
  state: 'ready',
  serviceState: 'running',
  clustered: 'no',
  settings,
  lastChange: null,
  isServerCore: false,
  ownAddresses: ['127.0.0.1', '10.0.0.5'],
  computerName: 'CA01.corp.example.com',
  relay: {
    hostedBy: 'service',
    bound: ['127.0.0.1:25'],
    missingAddresses: ['10.0.0.9'],
    smartHosts: ['mailgw.example.com'],
  },
  relayPort: 25,
  recentFailures: { count: 0, errorCode: '', atMs: 0 },
};

const found = (facts: Partial<ProblemFacts>, changed: Partial<ExitModuleSettings> = {}): readonly string[] =>
  findProblems({ ...good, settings: { ...settings, ...changed }, ...facts })
    .filter(({ severity }) => severity !== 'ok')
    .map(({ id, severity }) => `${severity} ${id}`);

test('nothing to complain about', () => {
  expect(findProblems(good)).toEqual([{ id: 'serverIsRelay', severity: 'ok', parameters: { server: '127.0.0.1' } }]);
});

test.each<[Partial<ProblemFacts>, Partial<ExitModuleSettings>, readonly string[]]>([
  [{}, { server: 'MailGW.example.com' }, ['problem serverIsGateway']],
  [{}, { server: '192.0.2.1' }, ['problem serverElsewhere']],
  [{}, { server: '10.0.0.5' }, ['warning serverNicAddress']],
  [{}, { server: '10.0.0.9' }, ['problem serverNicGone']],
  [{}, { server: 'localhost' }, ['warning serverLocalName']],
  [{}, { server: 'ca01' }, ['warning serverLocalName']],
  [{}, { server: '' }, ['problem noServer']],
  [{}, { server: null }, ['problem noServer']],
  [{}, { authentication: 2 }, ['problem authentication']],
  [{}, { eventMask: 0 }, ['warning noEvents']],
  [{}, { eventMask: null }, ['warning noEvents']],
  [{}, { eventMask: 0x520 }, ['note unknownEvents']],
  [{}, { mails: [mail({ from: '' })] }, ['problem mailWithoutFrom']],
  [{}, { mails: [mail({ to: '' })] }, ['problem mailWithoutTo']],
  [{}, { mails: [mail({ to: '', cc: 'a@b' })] }, []],
  [{}, { eventMask: 1, mails: [mail({ event: 'issued', to: '' }), mail({ from: '' })] }, []],
  [{}, { modules: ['Vendor.Exit', microsoftExitModule] }, ['note moduleNotFirst']],
  [{}, { modules: ['Vendor.Exit'] }, ['problem moduleNotActive']],
  [{ isServerCore: true }, {}, ['problem serverCore']],
  [{ clustered: 'yes' }, {}, ['warning clustered']],
  [{ clustered: 'unknown' }, {}, ['warning clusterUnknown']],
  [{ serviceState: 'stopped' }, {}, ['warning caNotRunning']],
  [{ lastChange: { atMs: 1, restartPending: true } }, {}, ['warning restartPending']],
  [{ recentFailures: { count: 2, errorCode: '0x80040213', atMs: 1 } }, {}, ['warning recentFailures']],
  [{ relay: null }, {}, ['problem relayNotRunning']],
  [{ relay: null }, { server: '10.0.0.5' }, ['warning serverNicAddress', 'warning relayNotRunning']],
  [{ relayPort: 26 }, {}, ['problem relayNotListening']],
])('%j with %j: %j', (facts, changed, expected) => {
  expect(found(facts, changed)).toEqual(expected);
});

test('a relay in a console is no relay at night', () => {
  const { relay } = good;
  expect(found({ relay: relay === null ? null : { ...relay, hostedBy: 'desktop' } })).toEqual([
    'warning relayNotService',
  ]);
});

test.each([
  ['notWindows', ['skipped notWindows']],
  ['noCa', ['skipped noCa']],
  ['unreadable', ['problem unreadable']],
] as const)('where the state is %s there is nothing to judge', (state, expected) => {
  expect(found({ state, settings: null })).toEqual(expected);
});

test.each(caFindingIds)('the sentences of %s are complete in both languages', (id) => {
  for (const { ca } of Object.values(texts)) expect(Object.keys(ca.finding[id])).toEqual(['what', 'why', 'action']);
  const { what } = findingText({ id: 'serverIsGateway', severity: 'problem', parameters: { server: 'mailgw' } });
  expect(what).toContain('mailgw');
});
