import { nodeCommandRunner } from '../base/command-runner.ts';
import { checkFindingText } from '../checks/finding-text.ts';
import { runChecks } from '../checks/run-checks.ts';
import type { CheckOptions } from '../checks/types.ts';
import { keepAlive } from '../host/keep-alive.ts';
import { serviceControl } from '../packaging/this-computer.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { doctorText, worstStatus } from './doctor-output.ts';
import { errorStatus, failedStatus, warningStatus } from './exit-statuses.ts';
import { formatJson } from './output.ts';
import { connectRelay } from './relay-connection.ts';

export type DoctorSystem = Pick<CheckOptions, 'platform' | 'systemRoot' | 'runner' | 'ownProgram'> & {
  readonly serviceControl: (cli: Cli) => ReturnType<CheckOptions['serviceControl']>;
};

interface DoctorOptions extends JsonOption {
  readonly to?: readonly string[];
  readonly all?: true;
}

const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

export const doctorCommand =
  (system: DoctorSystem): AddCommands =>
  (program, cli) => {
    program
      .command('doctor')
      .description('check this server: service, ports, firewall, gateway, DNS, disk, rights, clock')
      .option('--to <address>', 'a recipient to check with; several times for several', collect)
      .option('--all', 'with the stages of gateways that are in order as well')
      .option(...jsonFlag)
      .addHelpText(
        'after',
        `\nNothing is changed and no mail is sent. It works without a running relay as well.\nExit status: 0 all is well, ${failedStatus} it could not be run, ${warningStatus} there are warnings, ${errorStatus} there are problems.`,
      )
      .action(async ({ to = [], all, json }: DoctorOptions) => {
        const report = await keepAlive(() => run(system, cli, to));
        const findings = report.findings.map((one) => ({ ...one, ...checkFindingText(one) }));
        cli.terminal.out(json === true ? formatJson({ ...report, findings }) : doctorText(report, all === true));
        cli.endWith(worstStatus(report));
      });
  };

async function run(system: DoctorSystem, cli: Cli, recipients: readonly string[]) {
  const relay = await connectRelay(cli.dataFolder());
  try {
    return await runChecks(
      {
        ...system,
        ports: cli.ports,
        dataFolder: cli.dataFolder(),
        relay: async () => relay,
        serviceControl: () => system.serviceControl(cli),
      },
      { serverId: cli.serverId(), recipients },
    );
  } finally {
    relay?.close();
  }
}

export const addDoctorCommand = doctorCommand({
  platform: process.platform,
  systemRoot: process.env.SystemRoot ?? null,
  runner: nodeCommandRunner,
  ownProgram: process.execPath,
  serviceControl: (cli) => serviceControl(cli.ports),
});
