/** The ports of the relay: whether it really has them, and who else has. Pure. */
import type { CheckFinding } from '../../shared/contract/computer/check-calls.ts';
import type { Listener } from '../../shared/contract/servers.ts';
import { formatEndpoint, parseEndpoint } from '../../shared/settings/address.ts';
import { endpointOf, type ListeningSocket, ownerOf } from './listening-sockets.ts';
import { finding } from './types.ts';

/** What the certification authority uses; it can't be told another one. */
const smtpPort = 25;
export const webPort = 80;

interface Status {
  readonly processId: number;
  readonly servers: readonly { readonly listeners: readonly Listener[] }[];
}

/** Ports to look at: those of the relay, or the one the certification authority wants. */
export function portsOf(status: Status | null): ReadonlySet<number> {
  const own = (status?.servers ?? []).flatMap(({ listeners }) =>
    listeners.flatMap(({ endpoint }) => parseEndpoint(endpoint)?.port ?? []),
  );
  return new Set(own.length === 0 ? [smtpPort] : own);
}

/** Whether a listener is meant for other computers as well. */
export const isForOthers = (endpoint: string): boolean => {
  const address = parseEndpoint(endpoint)?.address ?? '';
  return address !== '' && address !== '::1' && !address.startsWith('127.');
};

/** @param sockets  Null: the system did not tell. */
export function portFindings(status: Status | null, sockets: readonly ListeningSocket[] | null): CheckFinding[] {
  const ports = portsOf(status);
  const own = sockets?.filter(({ port }) => ports.has(port)) ?? [];
  if (status === null) {
    if (sockets === null) return [finding('socketsUnread', 'skipped')];
    const taken = own.map((socket) => taken25(socket));
    return taken.length === 0 ? [finding('portNobody', 'note', { port: smtpPort })] : taken;
  }
  const findings: CheckFinding[] = [];
  const bound: string[] = [];
  for (const { listeners } of status.servers) {
    for (const { endpoint, boundTo, problem } of listeners) {
      if (problem !== null)
        findings.push(finding('listenerNotBound', 'problem', { endpoint, reason: problem.message }));
      else if (boundTo !== null) bound.push(boundTo);
    }
  }
  const others = own.filter((socket) => isOfOthers(socket, status.processId, bound));
  for (const socket of others) {
    const isTaken = !bound.some((endpoint) => parseEndpoint(endpoint)?.port === socket.port);
    const parameters = { endpoint: endpointOf(socket), owner: ownerOf(socket) };
    findings.push(isTaken ? finding('portTaken', 'problem', parameters) : finding('portShared', 'warning', parameters));
  }
  if (bound.length > 0 && findings.length === 0) {
    findings.push(finding('listenersBound', 'ok', { endpoints: bound.join(', ') }));
  }
  const open = bound.filter(isForOthers);
  if (open.length > 0) findings.push(finding('portOpenElsewhere', 'note', { endpoints: open.join(', ') }));
  if (sockets === null) findings.push(finding('socketsUnread', 'skipped'));
  return findings;
}

const taken25 = (socket: ListeningSocket): CheckFinding =>
  finding('portTaken', 'problem', { endpoint: endpointOf(socket), owner: ownerOf(socket) });

/** Where the system hides whose a socket is, one that the relay says it has counts as the relay's. */
function isOfOthers(socket: ListeningSocket, processId: number, bound: readonly string[]): boolean {
  if (socket.processId !== null) return socket.processId !== processId && !socket.alsoHeldBy?.includes(processId);
  return !bound.includes(formatEndpoint(socket));
}

/** A web server came along with IIS, or something else has no place on a certification authority. */
export const webServerFindings = (sockets: readonly ListeningSocket[] | null): CheckFinding[] => {
  const [first] = sockets?.filter(({ port }) => port === webPort) ?? [];
  return first === undefined
    ? []
    : [finding('webServerOpen', 'note', { endpoint: endpointOf(first), owner: ownerOf(first) })];
};
