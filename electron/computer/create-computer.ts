/** Everything a console can ask of the computer it runs on, put together: the one place that knows all the units behind it. */
import type { ContractClient } from '../../shared/contract/client.ts';
import type { ComputerFacts, ComputerHandlers } from '../../shared/contract/computer/computer-calls.ts';
import type { FileKind } from '../../shared/contract/computer/file-calls.ts';
import { problem } from '../../shared/contract/problem.ts';
import type { CommandRunner } from '../base/command-runner.ts';
import type { Ports } from '../base/ports.ts';
import { createExitModuleHandlers } from '../ca/create-exit-module-handlers.ts';
import { createCheckHandlers } from '../checks/check-handlers.ts';
import { createIisImportHandlers } from '../iis-import/iis-import-handlers.ts';
import type { ServiceControl } from '../packaging/service-control.ts';
import { createElevatedCheck } from './rights.ts';
import { createServiceHandlers, type OwnRelay } from './service-handlers.ts';

export interface ComputerOptions {
  readonly ports: Ports;
  readonly commands: CommandRunner;
  readonly platform: NodeJS.Platform;
  /** 'C:\Windows'; null when Windows does not say, and elsewhere. */
  readonly systemRoot: string | null;
  /** Effective; null on Windows, which has none. */
  readonly userId: number | null;
  readonly processId: number;
  /** Of the relay. */
  readonly dataFolder: string;
  readonly defaultDataFolder: string;
  /** Null when none runs. Kept open; nobody here closes it. */
  readonly relay: () => Promise<ContractClient | null>;
  /** @throws {ProblemError} 'notPossible' where there are no services. */
  readonly serviceControl: () => ServiceControl;
  /** The program a service starts. @throws {ProblemError} 'notPossible' when this one can't be a service. */
  readonly serviceProgram: () => string;
  /** The executable of this process. */
  readonly ownProgram: string;
  /** Different at every call. */
  readonly token: () => string;
  /** Null where no window of ours shows the console: a browser, the command line. */
  readonly window: ComputerWindow | null;
}

/** What only an application with a window can do. */
export interface ComputerWindow extends OwnRelay {
  /** Resolves with null when the person chose nothing. */
  chooseFile(kind: FileKind, startAt: string): Promise<string | null>;
  /** Starts the application once more with administrator rights and ends this one. False when the person declined. */
  restartElevated(): Promise<boolean>;
}

const platforms: Partial<Record<NodeJS.Platform, ComputerFacts['platform']>> = {
  win32: 'windows',
  linux: 'linux',
  darwin: 'macos',
};

export function createComputer(options: ComputerOptions): ComputerHandlers {
  const { ports, commands, platform, systemRoot, dataFolder, relay, window } = options;
  const elevated = createElevatedCheck(options);
  const canElevate = platform === 'win32' && window !== null;
  return {
    'computer.facts': async () => ({
      platform: platforms[platform] ?? 'other',
      hostName: ports.computerName(),
      elevated: await elevated(),
      canElevate,
      canChooseFiles: window !== null,
    }),
    'computer.restartElevated': async () => {
      if (window === null || !canElevate) {
        throw problem('notPossible', 'Only the desktop application on Windows can ask for administrator rights.');
      }
      return { restarted: await window.restartElevated() };
    },
    'file.choose': async ({ kind, startAt }) => {
      if (window === null)
        throw problem('notPossible', 'Only the desktop application can show the files of a computer.');
      return { path: await window.chooseFile(kind, startAt) };
    },
    ...createServiceHandlers({
      control: options.serviceControl,
      program: options.serviceProgram,
      dataFolder,
      defaultDataFolder: options.defaultDataFolder,
      account: platform === 'win32' ? 'NT SERVICE\\SmtpRelay' : 'smtp-relay',
      promptPrefix: platform === 'win32' ? '' : 'sudo ',
      elevated,
      ownRelay: window ?? { handOver: (change) => change() },
      ownProcess: window === null ? null : options.processId,
      relayProcess: async () => (await (await relay())?.call('status.get', null))?.processId ?? null,
    }),
    ...createExitModuleHandlers({
      isWindows: platform === 'win32',
      systemRoot,
      runner: commands,
      disk: ports.disk,
      clock: ports.clock,
      log: ports.log,
      eventLog: ports.eventLog,
      dataFolder,
      computerName: ports.computerName(),
      ownAddresses: () => ports.ownAddresses().map(({ address }) => address),
      elevated,
      relay,
      token: options.token,
    }),
    ...createCheckHandlers({
      ports,
      dataFolder,
      platform,
      systemRoot,
      runner: commands,
      ownProgram: options.ownProgram,
      relay,
      serviceControl: options.serviceControl,
    }),
    ...createIisImportHandlers({ ports, commands, windows: platform === 'win32' ? { systemRoot } : null, relay }),
  };
}
