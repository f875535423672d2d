/** "Where would it go?": the route of an address and its hosts, as DNS answers at this moment. Sends nothing. */
import type { RouteExplanation } from '../../shared/contract/messages.ts';
import type { Clock } from '../base/ports.ts';
import type { Destination } from './destination.ts';
import { formatFailure } from './failure.ts';
import { formatHost, type HostPorts, resolveHosts } from './hosts.ts';
import type { Routes } from './routes.ts';

export interface ExplanationOptions {
  readonly routes: Routes;
  readonly ports: HostPorts & { readonly clock: Clock };
  readonly isFrozen: (destination: string) => boolean;
  /** Smart hosts of the message itself. */
  readonly ownHosts?: readonly string[] | undefined;
  /** The message was released from its remote domain. */
  readonly released?: boolean;
}

/** Somebody waits for the answer. */
const limitMs = 15_000;

export async function explainRoute(address: string, options: ExplanationOptions): Promise<RouteExplanation> {
  const { routes, ports, isFrozen, ownHosts, released = false } = options;
  const { destination, rule, remoteDomain } = routes.routeOf(address, ownHosts);
  const { hosts, problems } = await lookUp(destination, ports);
  const security = 'way' in destination ? destination.way.security : null;
  return {
    nextHop: destination.name,
    kind: destination.kind,
    rule,
    remoteDomain,
    frozen: isFrozen(destination.name),
    held: destination.held && !released,
    tlsMode: security?.tlsMode ?? 'off',
    authentication: security?.authentication ?? 'none',
    hosts,
    problems,
  };
}

async function lookUp(
  destination: Destination,
  ports: ExplanationOptions['ports'],
): Promise<Pick<RouteExplanation, 'hosts' | 'problems'>> {
  const hosts: string[] = [];
  const problems: string[] = [];
  let isOver = false;
  const look = async (): Promise<void> => {
    for await (const step of resolveHosts(destination, ports)) {
      if (isOver) return;
      if (step.type === 'host') hosts.push(formatHost(step.candidate));
      else problems.push(formatFailure(step.failure));
    }
  };
  let cancel = (): void => undefined;
  const limit = new Promise<void>((resolve) => {
    cancel = ports.clock.after(limitMs, () => {
      problems.push(`DNS has not told everything within ${limitMs / 1_000} seconds.`);
      resolve();
    });
  });
  await Promise.race([look(), limit]);
  isOver = true;
  cancel();
  return { hosts: [...hosts], problems: [...problems] };
}
