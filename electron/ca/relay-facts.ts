/** What the relay says of itself, as far as the certification authority is concerned. */
import type { ContractClient } from '../../shared/contract/client.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { RelayFacts } from './find-problems.ts';

/** @returns null when no relay answers, or none that this account may speak to. */
export async function relayFacts(connect: () => Promise<ContractClient | null>): Promise<RelayFacts | null> {
  try {
    const relay = await connect();
    if (relay === null) return null;
    const { hostedBy, servers } = await relay.call('status.get', null);
    const listeners = servers.flatMap((server) => server.listeners);
    const settings = await Promise.all(servers.map(({ id }) => relay.call('settings.get', { serverId: id })));
    const smartHosts = settings.flatMap(({ values }) => values['delivery.smartHosts']);
    return {
      hostedBy,
      bound: listeners.flatMap(({ boundTo }) => boundTo ?? []),
      missingAddresses: listeners
        .filter(({ problem }) => problem?.code === 'addressNotAvailable')
        .map(({ endpoint }) => hostOf(endpoint)),
      smartHosts: smartHosts.filter((host) => typeof host === 'string').map(hostOf),
    };
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** 'mail.example.org:587', '[10.0.0.1]:25' and '[::1]:25' without brackets and port. */
const hostOf = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1');
