import { expect, test } from 'vitest';
import { openRelayReason, type WarningFacts, warningsOf } from '../../../electron/host/warnings.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { warningSchema } from '../../../shared/contract/servers.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';

const quiet: WarningFacts = {
  status: {
    id: '1',
    name: 'SMTP',
    state: 'started',
    listeners: [{ endpoint: '127.0.0.1:25', boundTo: '127.0.0.1:25', problem: null }],
    queue: { total: 0, ready: 0, sending: 0, retry: 0, held: 0, failed: 0, badmail: 0, oldestReceivedAtMs: null },
    inboundSessions: 0,
    outboundSessions: 0,
    totals: { accepted: 0, delivered: 0, failed: 0, refused: 0 },
    unreachable: [],
    queueFolder: '/data/Queue',
    badmailFolder: '/data/Badmail',
  },
  settings: defaultServerSettings,
  damagedFolder: '/data/Damaged',
  damagedFiles: 0,
  freeBytes: 1_000,
  freeSpaceFloorBytes: 1_000,
};
const { status } = quiet;
const taken = problem('addressInUse', 'Another program listens on 127.0.0.1:25.').problem;

test('out of the box there is nothing to warn about', () => {
  expect(warningsOf(quiet)).toEqual([]);
  expect(warningsOf({ ...quiet, freeBytes: null })).toEqual([]);
});

test.each([
  {
    code: 'listenerNotBound',
    change: { status: { ...status, listeners: [{ endpoint: '127.0.0.1:25', boundTo: null, problem: taken }] } },
    says: 'Another program listens',
  },
  {
    code: 'destinationUnreachable',
    change: {
      status: {
        ...status,
        unreachable: [{ nextHop: 'mail.example.org', sinceMs: 0, lastError: 'refused', nextProbeAtMs: 1 }],
      },
    },
    says: 'mail.example.org cannot be reached since 1970-01-01T00:00:00.000Z: refused',
  },
  { code: 'diskLow', change: { freeBytes: 999 }, says: '/data/Queue' },
  {
    code: 'damagedFiles',
    change: { damagedFiles: 2 },
    says: '2 queue files could not be read and were moved to /data/Damaged',
  },
  { code: 'badmail', change: { status: { ...status, queue: { ...status.queue, badmail: 3 } } }, says: '/data/Badmail' },
  {
    code: 'openRelay',
    change: { settings: { ...defaultServerSettings, 'access.relayList': ['0.0.0.0/0'] } },
    says: 'the list has 0.0.0.0/0',
  },
] as const)('$code', ({ code, change, says }) => {
  const warnings = warningsOf({ ...quiet, ...(change as Partial<WarningFacts>) });
  expect(warnings).toMatchObject([{ code, serverId: '1', message: expect.stringContaining(says) }]);
  expect(warningSchema.array().parse(warnings)).toEqual(warnings);
});

test.each([
  { list: ['host'], open: false },
  { list: ['10.0.0.0/8', '10.0.0.0/255.0.0.0', 'fd00::/8'], open: false },
  { list: ['10.0.0.0/0'], open: true },
  { list: ['10.0.0.0/0.0.0.0'], open: true },
  { list: ['10.0.0.0/00'], open: true },
  { list: ['host', '::/0'], open: true },
  { list: ['10.0.0.0/10', '10.0.0.1/30'], open: false },
])('relay list $list lets everybody in: $open', ({ list, open }) => {
  const reason = openRelayReason({ 'access.relayMode': 'onlyListed', 'access.relayList': list });
  expect(reason !== null).toBe(open);
});

test('everybody except the listed ones is everybody', () => {
  expect(openRelayReason({ 'access.relayMode': 'allExceptListed', 'access.relayList': [] })).not.toBeNull();
});
