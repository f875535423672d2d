/** What the stages of a gateway mean for the mail. Pure. */
import type { CheckFinding } from '../../shared/contract/computer/check-calls.ts';
import type { GatewayCheck, GatewayHost, GatewayStage } from '../../shared/contract/gateway.ts';
import { finding } from './types.ts';

export function gatewayFindings(check: GatewayCheck): CheckFinding[] {
  const { nextHop, kind, hosts, problems, frozen, held } = check;
  if (kind === 'drop') return [];
  if (kind === 'none') return check.recipient === null ? [finding('gatewayNone', 'note')] : [];
  const findings: CheckFinding[] = frozen || held ? [finding('gatewayFrozen', 'warning', { nextHop })] : [];
  const failing = hosts.filter((host) => !isReached(host));
  if (failing.length === hosts.length) {
    const [worst] = failing;
    const stage = worst === undefined ? null : failedStage(worst);
    const reason = stage?.detail ?? problems[0] ?? '';
    const parameters = { nextHop, host: worst?.host ?? nextHop, stage: stage?.stage ?? 'resolve', reason };
    return [...findings, finding('gatewayFails', 'problem', parameters)];
  }
  const working = hosts.filter(isReached);
  const ms = Math.max(...working.map(totalMs));
  findings.push(finding('gatewayAnswers', 'ok', { nextHop, host: working.map(({ host }) => host).join(', '), ms }));
  for (const host of failing) {
    const stage = failedStage(host);
    const parameters = { nextHop, host: host.host, stage: stage?.stage ?? 'connect', reason: stage?.detail ?? '' };
    findings.push(finding('gatewayHostFails', 'warning', parameters));
  }
  for (const host of working) findings.push(...hostFindings(host, check));
  return findings;
}

function hostFindings({ host, stages, tls }: GatewayHost, { recipient }: GatewayCheck): CheckFinding[] {
  const refusal = stages.find(({ stage, outcome }) => stage === 'rcpt' && outcome === 'failed');
  return [
    ...(refusal === undefined
      ? []
      : [finding('gatewayRefusesRecipient', 'warning', { host, recipient: recipient ?? '', reason: refusal.detail })]),
    ...(tls === null && !isLoopback(host) ? [finding('gatewayClearText', 'note', { host })] : []),
    ...(tls === null || tls.trusted ? [] : [finding('gatewayCertificate', 'warning', { host, reason: tls.reason })]),
  ];
}

const failedStage = ({ stages }: GatewayHost): GatewayStage | undefined =>
  stages.find(({ outcome }) => outcome === 'failed');

/** One recipient that is refused is no gateway that fails. */
const isReached = (host: GatewayHost): boolean => host.reached || failedStage(host)?.stage === 'rcpt';

const totalMs = ({ stages }: GatewayHost): number => stages.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);

/** '127.0.0.1:25' or 'localhost [::1]:25'. */
const isLoopback = (host: string): boolean => /(?:^|\[)(?:127\.[0-9.]+|::1)\]?:\d+$/.test(host);
