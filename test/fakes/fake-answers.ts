/** Answers of the relay in memory that are made of settings and messages. Pure. */
import type { AnswerOf } from '../../shared/contract/calls.ts';
import type { FollowedMail } from '../../shared/contract/followed-mail.ts';
import { type GatewayCheck, gatewayStages } from '../../shared/contract/gateway.ts';
import type { MessageDetails, RouteExplanation } from '../../shared/contract/messages.ts';
import { localDomains, matchDomain } from '../../shared/settings/domain-match.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

interface Piece {
  readonly offsetBytes: number;
  readonly limitBytes: number;
}

/** Headers and text, filled up to the size of the message. */
export function sourceOf(
  { headers, text }: Pick<MessageDetails, 'headers' | 'text'>,
  sizeBytes: number,
  { offsetBytes, limitBytes }: Piece,
): AnswerOf<'queue.source'> {
  const head = headers.map(({ name, value }) => `${name}: ${value}`).join('\r\n');
  const source = `${head}\r\n\r\n${text ?? ''}`.padEnd(sizeBytes, '0123456789 abcdefghij\r\n');
  return { totalBytes: source.length, text: source.slice(offsetBytes, offsetBytes + limitBytes) };
}

/** @param messageRoute  Smart hosts of the message alone, or null. */
export function explainRoute(
  values: ServerSettings,
  address: string,
  messageRoute: readonly string[] | null,
): RouteExplanation {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const remote = matchDomain(values['domains.remote'], domain);
  const local = matchDomain(localDomains(values), domain);
  const security = remote?.security;
  const answer = (
    kind: RouteExplanation['kind'],
    rule: RouteExplanation['rule'],
    hosts: readonly string[],
  ): RouteExplanation => {
    const nextHop = hosts.length === 0 ? domain : hosts.join(', ');
    return {
      nextHop,
      kind,
      rule,
      remoteDomain: rule === 'remoteDomain' ? (remote?.name ?? null) : null,
      frozen: values['delivery.frozen'].includes(nextHop),
      held: remote?.held === true,
      tlsMode: security?.tlsMode ?? values['delivery.tlsMode'],
      authentication: security?.authentication ?? values['delivery.authentication'],
      hosts: hosts.map((host) => `${host} [192.0.2.25]:${values['delivery.outboundPort']}`),
      problems: kind === 'domain' ? [`DNS was not asked about ${domain}.`] : [],
    };
  };
  if (messageRoute !== null) return answer('smartHosts', 'messageRoute', messageRoute);
  if (local !== null) return answer('drop', 'localDomain', []);
  if (remote !== null) {
    return answer(remote.smartHosts.length === 0 ? 'domain' : 'smartHosts', 'remoteDomain', remote.smartHosts);
  }
  const hosts = values['delivery.smartHosts'];
  return hosts.length === 0 ? answer('domain', 'mx', []) : answer('smartHosts', 'smartHosts', hosts);
}

/** A gateway that answers everything but does not encrypt. */
export function checkGateway(route: RouteExplanation, recipient: string | null): GatewayCheck {
  const { nextHop, kind, rule, frozen, held, problems } = route;
  const stages = gatewayStages.map((stage, at) =>
    stage === 'starttls' || stage === 'tls'
      ? { stage, outcome: 'skipped' as const, durationMs: null, detail: '', note: 'noTls' as const }
      : { stage, outcome: 'ok' as const, durationMs: at + 1, detail: '', note: null },
  );
  const hosts = route.hosts.map((host) => ({ host, reached: true, stages, tls: null }));
  return { recipient, nextHop, kind, rule, frozen, held, hosts, furtherHosts: 0, problems };
}

/** A message of the queue as somebody who follows it sees it. */
export const followed = ({ row, recipients, attempts }: MessageDetails): FollowedMail => ({
  id: row.id,
  state: row.state,
  receivedAtMs: row.receivedAtMs,
  storedAtMs: row.receivedAtMs + 5,
  recipients: recipients.slice(0, 100).map(({ address }) => address),
  nextHops: [row.nextHop],
  nextAttemptAtMs: row.nextAttemptAtMs,
  attempts,
  endedAtMs: null,
});
