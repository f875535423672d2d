/** The service of Windows, through Windows' own commands. */

import { type ProblemError, problem } from '../../shared/contract/problem.ts';
import type { Command, CommandResult, CommandRunner } from '../base/command-runner.ts';
import type { Clock } from '../base/ports.ts';
import type { ServiceControl, ServiceRunState, ServiceStatus } from './service-control.ts';
import { serviceName, serviceTitle } from './service-facts.ts';
import {
  dataFolderRights,
  firewallRule,
  firstEvent,
  type SystemRoot,
  serviceCommand,
  serviceDefinition,
  withoutFirewallRule,
} from './windows-commands.ts';
import { notInstalled, parseServiceStatus, windowsErrors } from './windows-service-status.ts';

export interface WindowsServiceOptions {
  readonly runner: CommandRunner;
  readonly clock: Clock;
  readonly systemRoot: SystemRoot;
  /** Where the data is when nobody names a folder. */
  readonly defaultDataFolder: string;
  /** Creates the folder if there is none. */
  readonly ensureFolder: (folder: string) => Promise<void>;
}

const pollPauseMs = 250;
/** A start builds its list of messages beside taking mail; a stop lets conversations end. */
const changeLimitMs = 90_000;

export function createWindowsService(options: WindowsServiceOptions): ServiceControl {
  const { runner, clock, systemRoot } = options;
  const sc = (...args: readonly string[]): Command => serviceCommand(systemRoot, ...args);

  const status = async (): Promise<ServiceStatus> => {
    const command = sc('queryex', serviceName);
    const result = await runner.run(command);
    if (result.exitCode === windowsErrors.noSuchService) return notInstalled;
    const parsed = result.exitCode === 0 ? parseServiceStatus(result.stdout) : null;
    if (parsed === null) throw commandProblem(command, result);
    return parsed;
  };

  /** @param allowed  exit codes that are as good as 0. */
  const run = async (command: Command, allowed: readonly number[] = []): Promise<void> => {
    const result = await runner.run(command);
    if (result.exitCode !== 0 && !allowed.includes(result.exitCode)) throw commandProblem(command, result);
  };

  const reach = async (wanted: ServiceRunState, meanwhile: ServiceRunState): Promise<void> => {
    const giveUpAtMs = clock.now() + changeLimitMs;
    for (;;) {
      const now = await status();
      if (now.state === wanted || (wanted === 'stopped' && now.state === 'notInstalled')) return;
      if (now.state !== meanwhile) throw wrongState(now);
      if (clock.now() >= giveUpAtMs) throw tooSlow(meanwhile);
      await new Promise<void>((resolve) => clock.after(pollPauseMs, resolve));
    }
  };

  const stop = async (): Promise<void> => {
    await run(sc('stop', serviceName), [windowsErrors.notActive]);
    await reach('stopped', 'stopping');
  };

  return {
    status,
    async install(installation) {
      const exists = (await status()).state !== 'notInstalled';
      for (const command of serviceDefinition(systemRoot, installation, exists)) await run(command);
      const dataFolder = installation.dataFolder ?? options.defaultDataFolder;
      await options.ensureFolder(dataFolder);
      await run(dataFolderRights(systemRoot, dataFolder));
      // Without it alerts lack their text in the viewer; no reason to leave the computer without a relay.
      await runner.run(firstEvent(systemRoot));
      const { program, firewallPorts } = installation;
      if (firewallPorts.length === 0) return; // a rule of an earlier installation stays
      await runner.run(withoutFirewallRule(systemRoot)); // there may be none
      await run(firewallRule(systemRoot, program, firewallPorts));
    },
    async remove() {
      if ((await status()).state === 'notInstalled') return;
      await stop();
      await run(sc('delete', serviceName), [windowsErrors.markedForDelete]);
      await runner.run(withoutFirewallRule(systemRoot));
    },
    async start() {
      await run(sc('start', serviceName), [windowsErrors.alreadyRunning]);
      await reach('running', 'starting');
    },
    stop,
  };
}

/** Windows' own sentence is in the language and code page of its console: the number and our words say it to everybody. */
function commandProblem({ file, args }: Command, { exitCode }: CommandResult): ProblemError {
  const name = file.split('\\').at(-1) ?? file;
  return problem(
    'notPossible',
    `${remedies[exitCode] ?? 'Windows refused a step.'} (${name} ${args[0]}: error ${exitCode})`,
    { parameters: { reason: 'command', step: `${name} ${args[0]}`, errorCode: exitCode } },
  );
}

const remedies: Readonly<Record<number, string>> = {
  [windowsErrors.accessDenied]: 'Administrator rights are needed. Start the console or the prompt as administrator.',
  [windowsErrors.noSuchService]: `The service ${serviceName} is not installed. Install it with "smtp-relay service install".`,
  [windowsErrors.markedForDelete]:
    'The service is being removed while a program still looks at it. Close the Services window and try again.',
  1058: `The service ${serviceName} is disabled. Enable it in the Services window.`,
  1069: `The account of the service ${serviceName} may not log on as a service. A group policy sets that right.`,
  1053: `The service ${serviceName} did not answer in time. The event log (Windows Logs, Application) has the reason.`,
};

const wrongState = ({ state, exitCode }: ServiceStatus): ProblemError =>
  state === 'notInstalled'
    ? problem('notPossible', remedies[windowsErrors.noSuchService] ?? '')
    : problem(
        'notPossible',
        `The service ${serviceName} is ${state} (exit code ${exitCode}). The event log (Windows Logs, Application, source ${serviceName}) has the reason.`,
        { parameters: { reason: 'state', state, exitCode } },
      );

const tooSlow = (meanwhile: ServiceRunState): ProblemError =>
  problem(
    'notPossible',
    `The service ${serviceName} is still ${meanwhile} after ${changeLimitMs / 1_000} seconds. Look at ${serviceTitle} in the Services window.`,
    { parameters: { reason: 'slow', seconds: changeLimitMs / 1_000 } },
  );
