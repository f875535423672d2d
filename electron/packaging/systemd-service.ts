/** The service of a Linux computer: the unit comes with the package; this switches it on and off. */

import { type ProblemError, problem } from '../../shared/contract/problem.ts';
import type { CommandRunner } from '../base/command-runner.ts';
import type { ServiceControl, ServiceRunState, ServiceStatus } from './service-control.ts';
import { systemdUnit } from './service-facts.ts';
import { notInstalled } from './windows-service-status.ts';

const systemctl = '/usr/bin/systemctl';

const runStates: Readonly<Record<string, ServiceRunState>> = {
  active: 'running',
  reloading: 'running',
  activating: 'starting',
  deactivating: 'stopping',
  inactive: 'stopped',
  failed: 'stopped',
};

export function createSystemdService({ runner }: { readonly runner: CommandRunner }): ServiceControl {
  const run = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await runner.run({ file: systemctl, args, limitMs: 2 * 60_000 });
    if (exitCode !== 0) throw refused(args, exitCode, stderr);
    return stdout;
  };
  const properties = async (): Promise<ReadonlyMap<string, string>> => {
    const text = await run(
      'show',
      systemdUnit,
      '--property=LoadState,UnitFileState,ActiveState,MainPID,ExecMainStatus',
    );
    return new Map(
      text.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  };
  return {
    async status(): Promise<ServiceStatus> {
      const values = await properties();
      if (values.get('UnitFileState') !== 'enabled' && values.get('ActiveState') !== 'active') return notInstalled;
      const processId = Number(values.get('MainPID') ?? 0);
      return {
        state: runStates[values.get('ActiveState') ?? ''] ?? 'stopped',
        processId: processId === 0 ? null : processId,
        exitCode: Number(values.get('ExecMainStatus') ?? 0),
      };
    },
    async install({ dataFolder, firewallPorts }) {
      if (dataFolder !== null) throw fixed('its data folder is /var/lib/smtp-relay');
      if (firewallPorts.length > 0) throw fixed('firewall rules are the business of the distribution');
      if ((await properties()).get('LoadState') !== 'loaded') {
        throw problem('notFound', `There is no unit ${systemdUnit} on this computer. The .deb package brings it.`);
      }
      await run('enable', systemdUnit);
    },
    async remove() {
      await run('disable', '--now', systemdUnit);
    },
    async start() {
      await run('start', systemdUnit);
    },
    async stop() {
      await run('stop', systemdUnit);
    },
  };
}

const fixed = (what: string): ProblemError =>
  problem('badArgument', `The unit ${systemdUnit} comes with the package: ${what}. Change it with "systemctl edit".`);

const refused = (args: readonly string[], exitCode: number, stderr: string): ProblemError =>
  problem('notPossible', `systemctl ${args.join(' ')} ended with ${exitCode}: ${stderr.trim() || 'no reason given'}`, {
    parameters: { reason: 'commandLinux', step: `systemctl ${args[0] ?? ''}`, errorCode: exitCode },
  });
