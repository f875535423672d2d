import type { Command } from 'commander';
import { problem } from '../../shared/contract/problem.ts';
import { defaultDataFolder } from '../host/data-folder.ts';
import { keepAlive } from '../host/keep-alive.ts';
import type { ServiceControl, ServiceStatus } from '../packaging/service-control.ts';
import { installedProgram, runElevated, serviceControl } from '../packaging/this-computer.ts';
import { parseWhole } from './argument-parsers.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { failedStatus, stoppedStatus } from './exit-statuses.ts';
import { formatJson } from './output.ts';
import { connectRelay } from './relay-connection.ts';

export interface ServiceCommandsOptions {
  /** @throws {ProblemError} 'notPossible' where there are no services. */
  readonly control: (cli: Cli) => ServiceControl;
  /** The program a service starts. @throws {ProblemError} 'notPossible' when this is not an installed application. */
  readonly program: () => string;
  /** Runs this command line again with administrator rights. @returns its exit status; null where nobody can be asked. */
  readonly runElevated: (args: readonly string[]) => Promise<number | null>;
}

interface ChangeOptions {
  readonly elevate?: true;
}

interface InstallOptions extends ChangeOptions {
  readonly firewallPort?: readonly number[];
  readonly start: boolean;
}

const parsePort = parseWhole(1, 65_535);
const collectPort = (text: string, before: readonly number[] = []): readonly number[] => [...before, parsePort(text)];

const elevateFlag = ['--elevate', 'ask for administrator rights first (Windows)'] as const;

export const serviceCommands =
  (options: ServiceCommandsOptions): AddCommands =>
  (program, cli) => {
    const service = program.command('service').description('run the relay as a service, before anybody logs on');
    addInstall(service, cli, options);
    addStatus(service, cli, options);
    const addChange = (name: 'remove' | 'start' | 'stop', description: string, done: string): void => {
      service
        .command(name)
        .description(description)
        .option(...elevateFlag)
        .action(async ({ elevate }: ChangeOptions) => {
          if (name === 'start') await refuseDesktopRelay(cli);
          if (elevate === true) await runAsAdministrator(cli, options, [name]);
          else await keepAlive(() => options.control(cli)[name]());
          cli.terminal.out(`${done}\n`);
        });
    };
    addChange('remove', 'stop and remove the service; mail and settings stay', 'The service is removed.');
    addChange('start', 'start the service', 'The service runs.');
    addChange('stop', 'stop the service; mail waits on disk', 'The service is stopped.');
  };

export const addServiceCommands = serviceCommands({
  control: (cli) => serviceControl(cli.ports),
  program: installedProgram,
  runElevated,
});

function addInstall(service: Command, cli: Cli, options: ServiceCommandsOptions): void {
  service
    .command('install')
    .description('make the relay a service of this computer, or correct the one there is, and start it')
    .option('--firewall-port <port>', 'let other computers reach this port; several times for several', collectPort)
    .option('--no-start', 'do not start it now')
    .option(...elevateFlag)
    .action(async ({ firewallPort: firewallPorts = [], start, elevate }: InstallOptions) => {
      const dataFolder = cli.dataFolder() === defaultDataFolder() ? null : cli.dataFolder();
      const installation = { program: options.program(), dataFolder, firewallPorts };
      if (start) await refuseDesktopRelay(cli);
      if (elevate === true) {
        const ports = firewallPorts.flatMap((port) => ['--firewall-port', String(port)]);
        await runAsAdministrator(cli, options, ['install', ...ports, ...(start ? [] : ['--no-start'])]);
      } else {
        await keepAlive(async () => {
          const control = options.control(cli);
          await control.install(installation);
          if (start) await control.start();
        });
      }
      cli.terminal.out(start ? 'The service is installed and runs.\n' : 'The service is installed.\n');
    });
}

async function runAsAdministrator(cli: Cli, options: ServiceCommandsOptions, words: readonly string[]): Promise<void> {
  const exitStatus = await options.runElevated(['--data', cli.dataFolder(), 'service', ...words]);
  if (exitStatus === 0) return;
  throw problem(
    'notPossible',
    exitStatus === null
      ? 'Windows did not get administrator rights from you, or there is nobody to ask. Nothing was changed.'
      : `The command ended with status ${exitStatus}. Run it in a prompt that was started as administrator to see why.`,
  );
}

function addStatus(service: Command, cli: Cli, { control }: ServiceCommandsOptions): void {
  service
    .command('status')
    .description('say whether the relay is a service and whether it runs')
    .option(...jsonFlag)
    .addHelpText('after', `\nExit status: 0 it runs, ${failedStatus} there is none, ${stoppedStatus} it does not run.`)
    .action(async ({ json }: JsonOption) => {
      const status = await keepAlive(() => control(cli).status());
      cli.terminal.out(json === true ? formatJson(status) : `${sentence(status)}\n`);
      if (status.state === 'notInstalled') cli.endWith(failedStatus);
      else if (status.state !== 'running') cli.endWith(stoppedStatus);
    });
}

function sentence({ state, processId, exitCode }: ServiceStatus): string {
  if (state === 'notInstalled') return 'The relay is not a service of this computer.';
  const details = processId === null ? (exitCode === 0 ? '' : ` (exit code ${exitCode})`) : ` (process ${processId})`;
  return `The service is ${state}${details}.`;
}

/** Two relays can't have one data folder: the service would fail with a word in the event log that nobody reads. */
async function refuseDesktopRelay(cli: Cli): Promise<void> {
  const relay = await connectRelay(cli.dataFolder());
  if (relay === null) return;
  try {
    const { hostedBy, processId } = await relay.call('status.get', null);
    if (hostedBy === 'service') return;
    throw problem(
      'notPossible',
      `A console (process ${processId}) runs the relay on ${cli.dataFolder()}. Quit it in the notification area, then try again.`,
      { parameters: { processId } },
    );
  } finally {
    relay.close();
  }
}
