/** The state of the relay for people and monitoring. */
import { join } from 'node:path';
import type { QueueCounts, RelayStatus, ServerStatus } from '../../shared/contract/servers.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import { mailrootOf } from '../settings/mailroot.ts';
import type { SettingsStore } from '../settings/types.ts';
import { serverWarnings } from './server-warnings.ts';
import type { VirtualServer } from './virtual-server.ts';
import { type FailedServer, isOpen, type ServerSlot, type VirtualServers } from './virtual-servers.ts';

export type RelayFacts = Pick<RelayStatus, 'version' | 'dataFolder' | 'hostedBy' | 'processId' | 'startedAtMs'>;

export interface StatusOptions {
  readonly facts: RelayFacts;
  readonly servers: Pick<VirtualServers, 'slots'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly ports: Pick<Ports, 'computerName' | 'disk' | 'clock'>;
}

export async function relayStatus({ facts, servers, settings, ports }: StatusOptions): Promise<RelayStatus> {
  const seen = await Promise.all(
    servers.slots().map(async (slot) => {
      const status = await slotStatus(slot, settings, facts);
      const server = isOpen(slot) ? slot.server : null;
      const values = settings.get(slot.id).values;
      return { status, warnings: await serverWarnings({ status, settings: values, server, ports }) };
    }),
  );
  return {
    ...facts,
    computerName: ports.computerName(),
    servers: seen.map(({ status }) => status),
    warnings: seen.flatMap(({ warnings }) => warnings),
  };
}

/** Of a server that could not be opened, each listener tells why. */
export const slotStatus = async (
  slot: ServerSlot,
  settings: Pick<SettingsStore, 'get'>,
  { dataFolder }: Pick<RelayFacts, 'dataFolder'>,
): Promise<ServerStatus> =>
  isOpen(slot) ? await serverStatus(slot.server) : failedStatus(slot, settings.get(slot.id).values, dataFolder);

async function serverStatus(server: VirtualServer): Promise<ServerStatus> {
  const { id, settings, inbound, delivery, spool, pickup, drop, protocolLog, desk } = server;
  const values = settings();
  return {
    id,
    name: values['general.name'],
    state: values['general.state'],
    listeners: [...inbound.listeners()],
    queue: { ...(await desk.counts()), badmail: spool.badmail.count, trash: spool.trash.count },
    inboundSessions: inbound.sessions().length,
    outboundSessions: delivery.sessions().length,
    totals: { ...inbound.totals, ...delivery.totals },
    unreachable: [...delivery.unreachable()],
    certificate: certificateStatus(server),
    mailroot: spool.folders.mailroot,
    queueFolder: spool.folders.queue,
    badmailFolder: spool.folders.badmail,
    pickupFolder: pickup.folder,
    dropFolder: drop.folder,
    logFolder: protocolLog.folder,
  };
}

function certificateStatus({ settings, certificate }: VirtualServer): ServerStatus['certificate'] {
  const file = settings()['access.certificateFile'];
  if (file === '') return null;
  const { current, problem } = certificate;
  return { file, subject: current?.subject ?? null, expiresAtMs: current?.expiresAtMs ?? null, problem };
}

function failedStatus({ id, failure }: FailedServer, values: ServerSettings, dataFolder: string): ServerStatus {
  const mailroot = mailrootOf(dataFolder, id, values);
  const below = (chosen: string, name: string): string => chosen || join(mailroot, name);
  const listener = (implicitTls: boolean) => (endpoint: string) => ({
    endpoint,
    implicitTls,
    boundTo: null,
    problem: failure.problem,
  });
  return {
    id,
    name: values['general.name'],
    state: values['general.state'],
    listeners: [...values['general.listen'].map(listener(false)), ...values['general.listenTls'].map(listener(true))],
    queue: nothingQueued,
    inboundSessions: 0,
    outboundSessions: 0,
    totals: { accepted: 0, delivered: 0, failed: 0, refused: 0 },
    unreachable: [],
    certificate: null,
    mailroot,
    queueFolder: join(mailroot, 'Queue'),
    badmailFolder: below(values['messages.badmailFolder'], 'Badmail'),
    pickupFolder: below(values['messages.pickupFolder'], 'Pickup'),
    dropFolder: below(values['domains.dropFolder'], 'Drop'),
    logFolder: join(values['logging.folder'] || logFolderOf(dataFolder), `SMTPSVC${id}`),
  };
}

const nothingQueued: QueueCounts = {
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
};

/** Of all servers that do not name another one. */
export const logFolderOf = (dataFolder: string): string => join(dataFolder, 'logs');
