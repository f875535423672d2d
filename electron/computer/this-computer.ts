/** The computer this process runs on. */
import { randomUUID } from 'node:crypto';
import type { ComputerHandlers } from '../../shared/contract/computer/computer-calls.ts';
import { nodeCommandRunner } from '../base/command-runner.ts';
import type { Ports } from '../base/ports.ts';
import { defaultDataFolder } from '../host/data-folder.ts';
import { installedProgram, serviceControl } from '../packaging/this-computer.ts';
import { type ComputerWindow, createComputer } from './create-computer.ts';
import { keepRelay } from './kept-relay.ts';

export interface ThisComputerOptions {
  readonly ports: Ports;
  /** Of the relay. */
  readonly dataFolder: string;
  readonly window: ComputerWindow | null;
}

export const thisComputer = ({ ports, dataFolder, window }: ThisComputerOptions): ComputerHandlers =>
  createComputer({
    ports,
    dataFolder,
    window,
    commands: nodeCommandRunner,
    platform: process.platform,
    systemRoot: process.env.SystemRoot ?? null,
    userId: process.geteuid?.() ?? null,
    processId: process.pid,
    defaultDataFolder: defaultDataFolder(),
    relay: keepRelay(dataFolder),
    serviceControl: () => serviceControl(ports),
    serviceProgram: installedProgram,
    ownProgram: process.execPath,
    token: randomUUID,
  });
