/** Where the mail of this server goes: the domains of its recipients in DNS, and the gateways behind them. */
import type { CheckFinding } from '../../shared/contract/computer/check-calls.ts';
import type { GatewayCheck } from '../../shared/contract/gateway.ts';
import type { RouteExplanation, ServerId } from '../../shared/contract/messages.ts';
import { gatewayFindings } from './gateway-findings.ts';
import { finding, type RelayFacts } from './types.ts';

export interface RouteChecks {
  readonly findings: readonly CheckFinding[];
  readonly gateways: readonly GatewayCheck[];
}

/** Each may cost the time-outs of its hosts, one after the other. */
const maxGateways = 6;
const maxShownHosts = 3;
const maxRecipients = 20;

/**
 * @param recipients  None: those the certification authority writes to, one at each remote domain, and the smart hosts.
 */
export async function checkRoutes(
  relay: RelayFacts | null,
  serverId: ServerId,
  recipients: readonly string[],
  caRecipients: () => Promise<readonly string[]>,
): Promise<RouteChecks> {
  if (relay === null) {
    return { findings: [finding('gatewayUnchecked', 'skipped'), finding('domainsUnchecked', 'skipped')], gateways: [] };
  }
  const { client, values } = relay;
  const usual = async (): Promise<readonly string[]> => [
    ...new Set([...(await caRecipients()), ...postmastersOf(values['domains.remote'])]),
  ];
  const asked = recipients.length > 0 ? recipients : (await usual()).slice(0, maxRecipients);
  const findings: CheckFinding[] = [];
  /** One recipient for each next hop; null for the smart hosts alone. */
  const targets = new Map<string, string | null>();
  for (const address of asked) {
    const route = await client.call('route.explain', { serverId, address });
    findings.push(domainFinding(address, route));
    if (!targets.has(route.nextHop)) targets.set(route.nextHop, address);
  }
  if (asked.length === 0) findings.push(finding('domainsNone', 'skipped'));
  const isToSmartHosts = recipients.length === 0 && (values['delivery.smartHosts'].length > 0 || asked.length === 0);
  const wanted = [...(isToSmartHosts ? [null] : []), ...targets.values()].slice(0, maxGateways);
  const gateways = await Promise.all(wanted.map((recipient) => client.call('gateway.check', { serverId, recipient })));
  return { findings: [...gateways.flatMap(gatewayFindings), ...findings], gateways: gateways.filter(hasHosts) };
}

const hasHosts = ({ hosts }: GatewayCheck): boolean => hosts.length > 0;

/** Every mail server has that mailbox (RFC 5321 section 4.5.1). */
const postmastersOf = (domains: readonly { readonly name: string }[]): readonly string[] =>
  domains.filter(({ name }) => !name.startsWith('*.')).map(({ name }) => `postmaster@${name}`);

function domainFinding(address: string, { kind, nextHop, hosts, problems }: RouteExplanation): CheckFinding {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (kind === 'drop') return finding('domainLocal', 'ok', { domain });
  if (problems.length > 0 || hosts.length === 0) {
    const severity = hosts.length === 0 ? 'problem' : 'warning';
    return finding('domainProblem', severity, { domain, nextHop, reason: problems.join(' ') });
  }
  const more = hosts.length > maxShownHosts ? ', …' : '';
  return finding('domainResolved', 'ok', { domain, nextHop, hosts: hosts.slice(0, maxShownHosts).join(', ') + more });
}
