/** The relay with its console in a browser, where the desktop window can't be opened. */
import { join } from 'node:path';
import { computerCalls } from '../../shared/contract/computer/computer-calls.ts';
import { nodePorts } from '../base/node-ports.ts';
import type { Log } from '../base/ports.ts';
import { thisComputer } from '../computer/this-computer.ts';
import { startConsoleServer } from '../console-server.ts';
import { serveCalls } from '../host/contract-server.ts';
import { createHost } from '../host/create-host.ts';

export interface BrowserConsoleOptions {
  readonly appFolder: string;
  readonly version: string;
  readonly dataFolder: string;
  readonly listen: readonly string[];
  /** 0 for any free port. */
  readonly port: number;
  readonly log: Log;
  readonly say: (line: string) => void;
}

export interface BrowserConsole {
  /** With the one-time token. */
  readonly address: string;
  stop(): Promise<void>;
}

/** @throws {ProblemError} when the data folder is in use or the settings can't be read. */
export async function startBrowserConsole(options: BrowserConsoleOptions): Promise<BrowserConsole> {
  const ports = nodePorts({ log: options.log });
  const host = await createHost({
    dataFolder: options.dataFolder,
    hostedBy: 'console',
    version: options.version,
    overrides: { 'general.listen': [...options.listen] },
    ports,
  });
  try {
    const status = await host.handlers['status.get'](null);
    for (const { listeners } of status.servers) {
      for (const { endpoint, boundTo, problem } of listeners) {
        if (boundTo !== null) options.say(`Listening on ${boundTo}.`);
        else if (problem !== null) options.say(`Warning: ${problem.message}`);
        else options.say(`Not listening on ${endpoint}: the server is not started.`);
      }
    }
    const computer = thisComputer({ ports, dataFolder: options.dataFolder, window: null });
    const server = await startConsoleServer({
      host,
      connectComputer: (channel) => void serveCalls(channel, computerCalls, computer, options.log),
      port: options.port,
      folder: join(options.appFolder, 'dist/renderer'),
      log: options.log,
      onAddress: (address) => options.say(`Console: ${address}`),
    });
    return {
      address: server.address,
      stop: async () => {
        await server.stop();
        await host.stop();
      },
    };
  } catch (error) {
    await host.stop();
    throw error;
  }
}
