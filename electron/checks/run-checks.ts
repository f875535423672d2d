/** Looks at everything a server needs for its mail; changes nothing and sends nothing. One look that fails is a finding, not an end. */
import type { CheckFinding, CheckReport, CheckTopic } from '../../shared/contract/computer/check-calls.ts';
import { checkTopics } from '../../shared/contract/computer/check-calls.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import { defaultServerSettings, serverSettingsSchema } from '../../shared/settings/server-settings.ts';
import { readCaRecipients } from './ca-recipients.ts';
import { clockFindings } from './clock-check.ts';
import { diskFindings } from './disk-room.ts';
import { firewallFindings } from './firewall.ts';
import { folderFindings } from './folder-rights.ts';
import { iisFindings } from './iis-smtp.ts';
import { isForOthers, portFindings, portsOf, webPort, webServerFindings } from './port-findings.ts';
import { readSockets } from './read-sockets.ts';
import { relayFindings, serviceFindings } from './relay-findings.ts';
import { checkRoutes } from './routes.ts';
import type { CheckOptions, RelayFacts } from './types.ts';

export interface CheckRequest {
  readonly serverId: ServerId;
  readonly recipients: readonly string[];
}

/** @throws {ProblemError} 'notFound' for a virtual server that there is not. */
export async function runChecks(options: CheckOptions, { serverId, recipients }: CheckRequest): Promise<CheckReport> {
  const { ports, dataFolder, serviceControl } = options;
  const atMs = ports.clock.now();
  const relay = await readRelay(options, serverId);
  const status = relay?.status ?? null;
  const floorBytes = (relay?.values ?? defaultServerSettings)['alerts.freeSpaceFloor'];
  const folders = [
    dataFolder,
    ...(status?.servers ?? []).map(({ mailroot }) => mailroot).filter(isOutside(dataFolder)),
  ];
  const routes = routesOrFinding(checkRoutes(relay, serverId, recipients, () => readCaRecipients(options)));
  const looks: readonly (readonly [CheckTopic, Promise<readonly CheckFinding[]>])[] = [
    ['service', serviceFindings(serviceControl, status)],
    ['relay', Promise.resolve(relayFindings(relay, dataFolder))],
    ['port', portsAndSockets(options, relay)],
    ['port', iisFindings(options)],
    ['firewall', firewallFindings(options, firewallTarget(relay))],
    ['gateway', routes.then(({ findings }) => findings)],
    ['disk', diskFindings(ports.disk, folders, floorBytes)],
    ['folder', folderFindings(options)],
    ['clock', clockFindings(options)],
  ];
  const found = await Promise.all(looks.map(([topic, look]) => look.catch((error: unknown) => [failed(topic, error)])));
  const rank = ({ topic }: CheckFinding): number => checkTopics.indexOf(topic);
  return {
    atMs,
    computerName: ports.computerName(),
    findings: found.flat().toSorted((one, other) => rank(one) - rank(other)),
    gateways: [...(await routes.catch(() => ({ gateways: [] }))).gateways],
  };
}

/** A routine that is awaited twice must not be an unhandled rejection in between. */
function routesOrFinding<Answer>(work: Promise<Answer>): Promise<Answer> {
  work.catch(() => undefined);
  return work;
}

async function readRelay({ relay }: CheckOptions, serverId: ServerId): Promise<RelayFacts | null> {
  const client = await relay();
  if (client === null) return null;
  const status = await client.call('status.get', null);
  const { values } = await client.call('settings.get', { serverId });
  const { shape } = serverSettingsSchema;
  return {
    client,
    status,
    values: {
      'delivery.fullyQualifiedName': shape['delivery.fullyQualifiedName'].parse(values['delivery.fullyQualifiedName']),
      'delivery.smartHosts': shape['delivery.smartHosts'].parse(values['delivery.smartHosts']),
      'domains.remote': shape['domains.remote'].parse(values['domains.remote']),
      'alerts.freeSpaceFloor': shape['alerts.freeSpaceFloor'].parse(values['alerts.freeSpaceFloor']),
    },
  };
}

async function portsAndSockets(options: CheckOptions, relay: RelayFacts | null): Promise<readonly CheckFinding[]> {
  const status = relay?.status ?? null;
  const own = portsOf(status);
  const isWindows = options.platform === 'win32' && !own.has(webPort);
  const sockets = await readSockets(options, isWindows ? new Set([...own, webPort]) : own);
  return [...portFindings(status, sockets), ...(isWindows ? webServerFindings(sockets) : [])];
}

function firewallTarget(relay: RelayFacts | null): { readonly port: number; readonly isForOthers: boolean } {
  const [port = 25] = portsOf(relay?.status ?? null);
  const endpoints = (relay?.status.servers ?? []).flatMap(({ listeners }) => listeners.map(({ endpoint }) => endpoint));
  return { port, isForOthers: endpoints.some(isForOthers) };
}

const isOutside =
  (dataFolder: string) =>
  (folder: string): boolean =>
    !folder.toLowerCase().startsWith(dataFolder.toLowerCase());

/** @throws what is no refusal but a mistake of ours. */
function failed(topic: CheckTopic, error: unknown): CheckFinding {
  if (!(error instanceof ProblemError)) throw error;
  return { id: 'checkFailed', topic, severity: 'skipped', parameters: { reason: error.problem.message } };
}
