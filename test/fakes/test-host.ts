/** A whole relay in this process, on a temporary folder and free ports, for tests of everything together. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePorts } from '../../electron/base/node-ports.ts';
import type { Ports, SystemEvent } from '../../electron/base/ports.ts';
import { createHost } from '../../electron/host/create-host.ts';
import type { Host } from '../../electron/host/types.ts';
import type { SettingOverrides } from '../../electron/settings/types.ts';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import { MemoryLog } from './memory-log.ts';

export interface TestHostOptions {
  readonly dataFolder: string;
  /** Of the listener and of the gateway, both on 127.0.0.1. Absent: as the settings file says. */
  readonly port?: number;
  readonly smartHostPort?: number;
  readonly overrides?: SettingOverrides;
  readonly ports?: Partial<Ports>;
  /** What goes into the event log of the system is collected here. */
  readonly systemEvents?: SystemEvent[];
  readonly hostedBy?: 'service' | 'desktop' | 'console';
}

export const newDataFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'relay-host-'));
export const removeFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 5 });

/** The settings file, by virtual server. */
export async function writeServers(
  dataFolder: string,
  servers: Readonly<Record<string, Partial<ServerSettings>>>,
): Promise<void> {
  const file = {
    version: 1,
    revision: 1,
    servers: Object.entries(servers).map(([id, settings]) => ({ id, settings })),
  };
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify(file));
}

/** Never the event log of this computer. */
export const startTestHost = (options: TestHostOptions): Promise<Host> => {
  const { dataFolder, port, smartHostPort, overrides, ports, systemEvents = [], hostedBy = 'service' } = options;
  return createHost({
    dataFolder,
    hostedBy,
    version: '1.2.3',
    ports: {
      ...nodePorts({ log: new MemoryLog() }),
      eventLog: { write: (event) => void systemEvents.push(event) },
      ...ports,
    },
    overrides: {
      ...(port === undefined ? {} : { 'general.listen': [`127.0.0.1:${port}`] }),
      ...(smartHostPort === undefined ? {} : { 'delivery.smartHosts': [`127.0.0.1:${smartHostPort}`] }),
      ...overrides,
    },
  });
};

export async function statusOf(host: Host, serverId = '1'): Promise<ServerStatus> {
  const { servers } = await host.handlers['status.get'](null);
  const status = servers.find(({ id }) => id === serverId);
  if (status === undefined) throw new Error(`no virtual server ${serverId}`);
  return status;
}
