import { expect, test } from 'vitest';
import { type WarningFacts, warningsOf } from '../../../electron/host/warnings.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { warningSchema } from '../../../shared/contract/servers.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';

const quiet: WarningFacts = {
  status: {
    id: '1',
    name: 'SMTP',
    state: 'started',
    listeners: [{ endpoint: '127.0.0.1:25', implicitTls: false, boundTo: '127.0.0.1:25', problem: null }],
    queue: {
      total: 0,
      ready: 0,
      sending: 0,
      retry: 0,
      held: 0,
      failed: 0,
      badmail: 0,
      trash: 0,
      oldestReceivedAtMs: null,
      oldestWaitingAtMs: null,
    },
    inboundSessions: 0,
    outboundSessions: 0,
    totals: { accepted: 0, delivered: 0, failed: 0, refused: 0 },
    unreachable: [],
    certificate: null,
    mailroot: '/data',
    queueFolder: '/data/Queue',
    badmailFolder: '/data/Badmail',
    pickupFolder: '/data/Pickup',
    dropFolder: '/data/Drop',
    logFolder: '/logs',
  },
  settings: defaultServerSettings,
  damagedFolder: '/data/Damaged',
  damagedFiles: 0,
  freeBytes: defaultServerSettings['alerts.freeSpaceFloor'],
  nowMs: Date.parse('2026-11-24T12:00:00Z'),
  protocolLogProblem: null,
  pickupProblem: null,
  storageProblem: null,
};
const day = 86_400_000;
const certificate = {
  file: '/tls/relay.pem',
  subject: 'CN=relay',
  expiresAtMs: quiet.nowMs + 29 * day,
  problem: null,
};
const depth = (total: number) => ({ status: { ...quiet.status, queue: { ...quiet.status.queue, total } } });
const oldest = (ageMs: number) => ({
  status: { ...quiet.status, queue: { ...quiet.status.queue, oldestWaitingAtMs: quiet.nowMs - ageMs } },
});
const { status } = quiet;
const taken = problem('addressInUse', 'Another program listens on 127.0.0.1:25.').problem;

test('out of the box there is nothing to warn about', () => {
  expect(warningsOf(quiet)).toEqual([]);
  expect(warningsOf({ ...quiet, freeBytes: null })).toEqual([]);
});

test.each([
  {
    code: 'listenerNotBound',
    change: {
      status: {
        ...status,
        listeners: [{ endpoint: '127.0.0.1:25', implicitTls: false, boundTo: null, problem: taken }],
      },
    },
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
  { code: 'diskLow', change: { freeBytes: 104_857_599 }, says: '/data/Queue' },
  { code: 'storageFailing', change: { storageProblem: 'EIO' }, says: 'EIO' },
  { code: 'protocolLogFailing', change: { protocolLogProblem: 'EACCES' }, says: '/logs' },
  { code: 'pickupFailing', change: { pickupProblem: 'EACCES' }, says: '/data/Pickup' },
  { code: 'queueDepth', change: depth(1_001), says: '1001 messages are in the queue, more than 1000' },
  { code: 'oldestMessage', change: oldest(4 * 3_600_000 + 1), says: '2026-11-24T07:59:59.999Z, longer than 4h' },
  {
    code: 'certificateExpiring',
    change: { status: { ...quiet.status, certificate } },
    says: '/tls/relay.pem expires: 2026-12-23',
  },
  {
    code: 'certificateExpiring',
    change: { status: { ...quiet.status, certificate: { ...certificate, expiresAtMs: quiet.nowMs - 1 } } },
    says: 'has expired',
  },
  {
    code: 'certificateProblem',
    change: { status: { ...quiet.status, certificate: { ...certificate, expiresAtMs: null, problem: 'no key' } } },
    says: 'no key',
  },
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

test('alerts.queueDepth, alerts.oldestMessage and alerts.certificateExpiry: at the limit there is no warning yet, and they can be switched off', () => {
  expect(warningsOf({ ...quiet, ...depth(1_000) })).toEqual([]);
  expect(warningsOf({ ...quiet, ...oldest(4 * 3_600_000) })).toEqual([]);
  const soon = { ...certificate, expiresAtMs: quiet.nowMs + 31 * day };
  expect(warningsOf({ ...quiet, status: { ...quiet.status, certificate: soon } })).toEqual([]);
  const off = {
    ...defaultServerSettings,
    'alerts.queueDepth': null,
    'alerts.oldestMessage': null,
    'alerts.certificateExpiry': null,
  };
  expect(warningsOf({ ...quiet, ...depth(1_000_000), settings: off })).toEqual([]);
  expect(warningsOf({ ...quiet, ...oldest(365 * day), settings: off })).toEqual([]);
  expect(warningsOf({ ...quiet, status: { ...quiet.status, certificate }, settings: off })).toEqual([]);
});

test('alerts.freeSpaceFloor moves the warning about the disk', () => {
  const settings = { ...defaultServerSettings, 'alerts.freeSpaceFloor': 200_000_000 };
  expect(warningsOf({ ...quiet, settings })).toMatchObject([{ code: 'diskLow' }]);
});
