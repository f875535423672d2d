/** The hosts of a destination, in the order to try them. Names are resolved one by one, only as far as they are needed. */

import type { Failure } from '../../shared/contract/messages.ts';
import { formatEndpoint, isIpAddress } from '../../shared/settings/address.ts';
import { errorCode } from '../base/error-code.ts';
import type { Dns, MxRecord } from '../base/ports.ts';
import type { Destination, Fallback, Way } from './destination.ts';
import { permanentFailure, temporaryFailure } from './failure.ts';

export interface HostCandidate {
  /** Name for TLS and for people; the address itself when there is no name. */
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

export type HostStep =
  | { readonly type: 'host'; readonly candidate: HostCandidate; readonly way: Way }
  /** This name gave nothing; another may. Never permanent. */
  | { readonly type: 'unresolved'; readonly failure: Failure }
  /** No host will ever take mail for this destination. */
  | {
      readonly type: 'refused';
      readonly reason: 'noDomain' | 'unknownDomain' | 'nullMx';
      readonly failure: Failure;
    };

/** 'mail.example.org [192.0.2.1]:25'. */
export const formatHost = ({ host, address, port }: HostCandidate): string =>
  host === address ? formatEndpoint({ address, port }) : `${host} [${address}]:${port}`;

export interface HostPorts {
  readonly dns: Dns;
  readonly random: () => number;
}

/** Names can lead to any number of addresses, and each may cost a time-out. */
const maxHosts = 20;
/** The smart hosts wait for these. */
const maxDirectHosts = 5;

export async function* resolveHosts(destination: Destination, ports: HostPorts): AsyncGenerator<HostStep, void> {
  switch (destination.kind) {
    case 'smartHosts':
      yield* atMost(maxHosts, smartHostSteps(destination, ports.dns));
      return;
    case 'literal':
      yield* hostSteps(destination.address, destination.way, ports.dns);
      if (destination.fallback !== null) yield* atMost(maxHosts, smartHostSteps(destination.fallback, ports.dns));
      return;
    case 'domain':
      if (destination.fallback === null)
        yield* atMost(maxHosts, domainSteps(destination.domain, destination.way, ports));
      else yield* directFirstSteps(destination.domain, destination.way, destination.fallback, ports);
      return;
    case 'none':
      yield {
        type: 'refused',
        reason: 'noDomain',
        failure: permanentFailure('local', '5.1.3', `The address '${destination.name}' has no domain to send mail to.`),
      };
      return;
    case 'drop':
      return;
  }
}

async function* atMost(hosts: number, steps: AsyncIterable<HostStep>): AsyncGenerator<HostStep, void> {
  let left = hosts;
  for await (const step of steps) {
    yield step;
    if (step.type === 'host') left -= 1;
    if (left === 0) return;
  }
}

async function* smartHostSteps({ hosts, way }: Fallback, dns: Dns): AsyncGenerator<HostStep, void> {
  for (const { host, port } of hosts) yield* hostSteps(host, { ...way, port: port ?? way.port }, dns);
}

/** A domain that DNS knows nothing of is a matter for the smart hosts; one that wants no mail is not. */
async function* directFirstSteps(
  domain: string,
  way: Way,
  fallback: Fallback,
  ports: HostPorts,
): AsyncGenerator<HostStep, void> {
  for await (const step of atMost(maxDirectHosts, domainSteps(domain, way, ports))) {
    if (step.type === 'refused' && step.reason === 'unknownDomain') break;
    yield step;
  }
  yield* atMost(maxHosts, smartHostSteps(fallback, ports.dns));
}

async function* hostSteps(host: string, way: Way, dns: Dns): AsyncGenerator<HostStep, void> {
  const { port } = way;
  if (isIpAddress(host)) {
    yield { type: 'host', candidate: { host, address: host, port }, way };
    return;
  }
  try {
    for (const address of await dns.addresses(host)) yield { type: 'host', candidate: { host, address, port }, way };
  } catch (error) {
    // Temporary even when the name does not exist: a smart host or MX name is somebody's configuration,
    // and it can be corrected while the mail waits.
    yield { type: 'unresolved', failure: dnsFailure(host, error) };
  }
}

/** RFC 5321 section 5.1, null MX by RFC 7505. */
async function* domainSteps(domain: string, way: Way, ports: HostPorts): AsyncGenerator<HostStep, void> {
  let records: readonly MxRecord[] = [];
  try {
    records = await ports.dns.mx(domain);
  } catch (error) {
    if (!isCertainlyAbsent(error)) {
      yield { type: 'unresolved', failure: dnsFailure(domain, error) };
      return;
    }
  }
  if (records.length > 0) {
    const usable = records.filter(({ exchange }) => exchange !== '' && exchange !== '.');
    if (usable.length === 0) {
      yield {
        type: 'refused',
        reason: 'nullMx',
        failure: permanentFailure('dns', '5.1.10', `The domain ${domain} does not accept mail (null MX).`),
      };
    }
    for (const { exchange } of byPreference(usable, ports.random)) yield* hostSteps(exchange, way, ports.dns);
    return;
  }
  // Only now, with the certain answer that there is no MX, the domain itself is the host.
  try {
    for (const address of await ports.dns.addresses(domain)) {
      yield { type: 'host', candidate: { host: domain, address, port: way.port }, way };
    }
  } catch (error) {
    yield isCertainlyAbsent(error)
      ? {
          type: 'refused',
          reason: 'unknownDomain',
          failure: permanentFailure(
            'dns',
            '5.1.2',
            `The domain ${domain} has neither a mail exchanger nor an address.`,
          ),
        }
      : { type: 'unresolved', failure: dnsFailure(domain, error) };
  }
}

/** Lowest preference value first; chance decides among equals, so that they share the load. */
const byPreference = (records: readonly MxRecord[], random: () => number): readonly MxRecord[] =>
  records
    .map((record) => ({ record, chance: random() }))
    .sort((a, b) => a.record.priority - b.record.priority || a.chance - b.chance)
    .map(({ record }) => record);

const codeOf = (error: unknown): string => errorCode(error) ?? 'unknown error';

/** NXDOMAIN or "no such record"; everything else (time-out, SERVFAIL, no name server) says nothing about the name. */
const isCertainlyAbsent = (error: unknown): boolean => ['ENOTFOUND', 'ENODATA'].includes(codeOf(error));

const dnsFailure = (name: string, error: unknown): Failure =>
  temporaryFailure('dns', `The name ${name} could not be resolved (${codeOf(error)}).`);
