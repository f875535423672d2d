/** A whole relay in this process, on a temporary folder and free ports, for tests of everything together. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePorts } from '../../electron/base/node-ports.ts';
import type { Ports } from '../../electron/base/ports.ts';
import { createHost } from '../../electron/host/create-host.ts';
import type { Host } from '../../electron/host/types.ts';
import type { SettingOverrides } from '../../electron/settings/types.ts';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { MemoryLog } from './memory-log.ts';

export interface TestHostOptions {
  readonly dataFolder: string;
  /** Of the listener and of the gateway, both on 127.0.0.1. */
  readonly port: number;
  readonly smartHostPort?: number;
  readonly overrides?: SettingOverrides;
  readonly ports?: Partial<Ports>;
}

export const newDataFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'relay-host-'));
export const removeFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 5 });

export const startTestHost = ({ dataFolder, port, smartHostPort, overrides, ports }: TestHostOptions): Promise<Host> =>
  createHost({
    dataFolder,
    hostedBy: 'service',
    version: '1.2.3',
    ports: { ...nodePorts({ log: new MemoryLog() }), ...ports },
    overrides: {
      'general.listen': [`127.0.0.1:${port}`],
      ...(smartHostPort === undefined ? {} : { 'delivery.smartHosts': [`127.0.0.1:${smartHostPort}`] }),
      ...overrides,
    },
  });

export async function statusOf(host: Host): Promise<ServerStatus> {
  const { servers } = await host.handlers['status.get'](null);
  if (servers[0] === undefined) throw new Error('no virtual server');
  return servers[0];
}
