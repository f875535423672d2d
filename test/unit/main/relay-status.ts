/** A relay as tray and questions see it: one server that runs, and whatever a test wants to be different. */
import type { RelayStatus, ServerStatus } from '../../../shared/contract/servers.ts';

type Facts = Partial<Omit<ServerStatus, 'queue' | 'unreachable'>> & {
  readonly queued?: number;
  readonly unreachable?: readonly ServerStatus['unreachable'][number][];
};

export const serverStatus = ({ queued = 0, unreachable = [], ...facts }: Facts = {}): ServerStatus => ({
  id: '1',
  name: 'SMTP Virtual Server #1',
  state: 'started',
  listeners: [
    { endpoint: '127.0.0.1:25', implicitTls: false, boundTo: '127.0.0.1:25', problem: null },
    { endpoint: '[::1]:25', implicitTls: false, boundTo: null, problem: { code: 'addressInUse', message: 'in use' } },
  ],
  queue: {
    total: queued,
    ready: 0,
    sending: 0,
    retry: queued,
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
  unreachable: [...unreachable],
  certificate: null,
  mailroot: '/m',
  queueFolder: '/m/Queue',
  badmailFolder: '/m/Badmail',
  pickupFolder: '/m/Pickup',
  dropFolder: '/m/Drop',
  logFolder: '/l',
  ...facts,
});

export const relayStatus = (facts: Partial<RelayStatus> = {}): RelayStatus => ({
  version: '1',
  computerName: 'CA01',
  dataFolder: '/d',
  hostedBy: 'desktop',
  processId: 1,
  startedAtMs: 1,
  servers: [serverStatus()],
  warnings: [],
  ...facts,
});
