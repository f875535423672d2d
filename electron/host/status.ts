/** The state of the relay for people and monitoring. */
import type { RelayStatus, ServerStatus, Warning } from '../../shared/contract/servers.ts';
import type { Ports } from '../base/ports.ts';
import { freeSpaceFloorBytes, type VirtualServer } from './virtual-server.ts';
import { warningsOf } from './warnings.ts';

export interface StatusOptions {
  readonly facts: Pick<RelayStatus, 'version' | 'dataFolder' | 'hostedBy' | 'processId' | 'startedAtMs'>;
  readonly servers: readonly VirtualServer[];
  readonly ports: Pick<Ports, 'computerName' | 'disk'>;
}

export async function relayStatus({ facts, servers, ports }: StatusOptions): Promise<RelayStatus> {
  const seen = await Promise.all(
    servers.map(async (server) => {
      const status = await serverStatus(server);
      return { status, warnings: await serverWarnings(server, status, ports) };
    }),
  );
  return {
    ...facts,
    computerName: ports.computerName(),
    servers: seen.map(({ status }) => status),
    warnings: seen.flatMap(({ warnings }) => warnings),
  };
}

export async function serverStatus(server: VirtualServer): Promise<ServerStatus> {
  const { id, settings, inbound, delivery, spool, desk } = server;
  const values = settings();
  return {
    id,
    name: values['general.name'],
    state: values['general.state'],
    listeners: [...inbound.listeners()],
    queue: { ...(await desk.counts()), badmail: spool.badmailCount },
    inboundSessions: inbound.sessions().length,
    outboundSessions: delivery.sessions().length,
    totals: { ...inbound.totals, ...delivery.totals },
    unreachable: [...delivery.unreachable()],
    queueFolder: spool.folders.queue,
    badmailFolder: spool.folders.badmail,
  };
}

async function serverWarnings(
  { spool, settings }: VirtualServer,
  status: ServerStatus,
  { disk }: Pick<Ports, 'disk'>,
): Promise<Warning[]> {
  const { damaged, queue } = spool.folders;
  // Looked at each time: the warning ends when somebody has dealt with the files.
  const files = await disk.list(damaged).catch(() => []);
  return warningsOf({
    status,
    settings: settings(),
    damagedFolder: damaged,
    damagedFiles: files.filter(({ name, isFile }) => isFile && !name.endsWith('.txt')).length,
    freeBytes: await disk.freeBytes(queue).catch(() => null),
    freeSpaceFloorBytes,
  });
}
