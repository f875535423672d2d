import { expect, test } from 'vitest';
import { type CaProgress, stepStates } from '../../../../renderer/ca/ca-steps.ts';
import type { CaStatus } from '../../../../shared/contract/computer/exit-module-calls.ts';

const ready: CaStatus = {
  state: 'ready',
  elevated: true,
  computerName: 'ca01',
  serviceState: 'running',
  clustered: 'no',
  settings: {
    caName: 'CA 1',
    modules: [],
    server: 'mailgw.example.com',
    authentication: 0,
    eventMask: 1,
    layout: 'flat',
    mails: [],
  },
  findings: [{ id: 'serverElsewhere', severity: 'problem', parameters: {} }],
  lastChange: null,
  commands: { restart: [], blockPort: [], allowPort: [], publishCrl: [] },
  portBlocked: false,
};
const nothingYet: CaProgress = { routeTested: false, selfTestAccepted: false, mailSeen: false };
const states = (status: Partial<CaStatus>, progress: Partial<CaProgress> = {}): string =>
  Object.values(stepStates({ ...ready, ...status }, { ...nothingYet, ...progress })).join(' ');

const pointed = { ...ready.settings, server: '127.0.0.1' } as CaStatus['settings'];

test.each<[string, Partial<CaStatus>, Partial<CaProgress>, string]>([
  ['at the start', {}, {}, 'problem open open open open open open'],
  ['the way is tested', {}, { routeTested: true, selfTestAccepted: true }, 'problem done done open open open open'],
  [
    'no relay listens',
    { findings: [{ id: 'relayNotListening', severity: 'warning', parameters: {} }] },
    { selfTestAccepted: true },
    'done open problem open open open open',
  ],
  [
    'changed, not restarted',
    { findings: [], settings: pointed, lastChange: { atMs: 1, restartPending: true }, portBlocked: true },
    {},
    'done open open done done open open',
  ],
  [
    'changed on a cluster',
    { findings: [], settings: pointed, clustered: 'yes', lastChange: { atMs: 1, restartPending: true } },
    {},
    'done open open open done problem open',
  ],
  [
    'restarted, mail has come',
    { findings: [], settings: pointed },
    { mailSeen: true },
    'done open open open done done done',
  ],
  [
    'no certification authority here',
    { state: 'noCa', settings: null, findings: [], portBlocked: null },
    {},
    'skipped open open skipped skipped skipped skipped',
  ],
])('%s', (_, status, progress, expected) => {
  expect(states(status, progress)).toBe(expected);
});

test('logging on keeps the change open', () => {
  const settings = { ...ready.settings, server: '127.0.0.1', authentication: 2 } as CaStatus['settings'];
  expect(stepStates({ ...ready, settings }, nothingYet).change).toBe('open');
});
