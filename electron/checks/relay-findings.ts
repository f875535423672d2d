/** The relay itself, and whether it runs before anybody logs on. */
import type { CheckFinding } from '../../shared/contract/computer/check-calls.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import type { ServiceControl, ServiceStatus } from '../packaging/service-control.ts';
import { finding, type RelayFacts } from './types.ts';

export function relayFindings(relay: RelayFacts | null, dataFolder: string): CheckFinding[] {
  if (relay === null) return [finding('relayAbsent', 'problem', { folder: dataFolder })];
  const { status, values } = relay;
  const { version, processId, servers, warnings } = status;
  const name = values['delivery.fullyQualifiedName'] || status.computerName;
  return [
    finding('relayRuns', 'ok', { version, processId }),
    ...servers
      .filter(({ state }) => state !== 'started')
      .map((server) => finding('serverNotStarted', 'problem', { server: server.id, name: server.name })),
    ...(name.includes('.') ? [] : [finding('ownNameShort', 'warning', { name })]),
    ...(warnings.length === 0 ? [] : [finding('relayWarnings', 'warning', { count: warnings.length })]),
  ];
}

export async function serviceFindings(
  control: () => ServiceControl,
  status: Pick<RelayStatus, 'hostedBy' | 'processId'> | null,
): Promise<CheckFinding[]> {
  const service = await readService(control);
  if (status?.hostedBy === 'desktop') return [finding('relayInDesktop', 'warning', { processId: status.processId })];
  if (service === null) return [finding('serviceUnread', 'skipped')];
  switch (service.state) {
    case 'running':
      return [finding('serviceRuns', 'ok')];
    case 'notInstalled':
      return [finding('serviceAbsent', 'warning')];
    default:
      return [finding('serviceStopped', 'problem', { state: service.state, exitCode: service.exitCode })];
  }
}

async function readService(control: () => ServiceControl): Promise<ServiceStatus | null> {
  try {
    return await control().status();
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
