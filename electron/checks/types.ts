/** What the checks of a server work with. */
import type { ContractClient } from '../../shared/contract/client.ts';
import type { CheckFinding, CheckFindingId, CheckSeverity } from '../../shared/contract/computer/check-calls.ts';
import { checkFindingIds, checkTopics } from '../../shared/contract/computer/check-calls.ts';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { CommandRunner } from '../base/command-runner.ts';
import type { Ports } from '../base/ports.ts';
import type { ServiceControl } from '../packaging/service-control.ts';

export interface CheckOptions {
  readonly platform: NodeJS.Platform;
  /** 'C:\Windows'; null when Windows does not say, and elsewhere. */
  readonly systemRoot: string | null;
  readonly runner: CommandRunner;
  /** The executable that relay, service and command line share. */
  readonly ownProgram: string;
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'computerName'>;
  /** Of the relay. */
  readonly dataFolder: string;
  /** Null when none runs. Nobody here closes it. */
  readonly relay: () => Promise<ContractClient | null>;
  /** @throws {ProblemError} 'notPossible' where there are no services. */
  readonly serviceControl: () => ServiceControl;
}

/** What the relay says of itself, as far as there is one. */
export interface RelayFacts {
  readonly client: ContractClient;
  readonly status: RelayStatus;
  /** Of the virtual server that is looked at. */
  readonly values: Pick<
    ServerSettings,
    'delivery.fullyQualifiedName' | 'delivery.smartHosts' | 'domains.remote' | 'alerts.freeSpaceFloor'
  >;
}

export const finding = (
  id: Exclude<CheckFindingId, 'checkFailed'>,
  severity: CheckSeverity,
  parameters: CheckFinding['parameters'] = {},
): CheckFinding => {
  const topic = checkTopics.find((one) => checkFindingIds[one].some((known) => known === id)) ?? 'relay';
  return { id, topic, severity, parameters };
};
