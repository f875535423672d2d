/** Talks to the hosts of a route as a delivery would, and takes everything back: how long each stage takes, and where it ends. */
import type { GatewayCheck, GatewayHost } from '../../shared/contract/gateway.ts';
import type { Clock } from '../base/ports.ts';
import { type ConversationOptions, type ConversationTimeouts, openConversation } from './conversation.ts';
import type { Way } from './destination.ts';
import { formatFailure } from './failure.ts';
import { formatHost, type HostCandidate, type HostPorts, resolveHosts } from './hosts.ts';
import { judgeFor } from './outbound-tls.ts';
import type { Routes } from './routes.ts';
import { StageRecorder } from './stage-recorder.ts';

export interface ProbeOptions {
  readonly routes: Routes;
  readonly ports: HostPorts & { readonly clock: Clock };
  readonly isFrozen: (destination: string) => boolean;
  /** For MAIL FROM. */
  readonly sender: string;
  readonly conversation: (way: Way) => Omit<ConversationOptions, 'clock' | 'signal' | 'sessionId'>;
  readonly nextSessionId: () => string;
}

/** Somebody waits for the answer; a gateway that takes longer for one reply is not well. */
const stageLimitMs = 15_000;
const lookUpLimitMs = 15_000;
const wholeLimitMs = 60_000;
const maxHosts = 6;

interface Found {
  readonly candidate: HostCandidate;
  readonly way: Way;
  readonly lookUpMs: number;
}

/** @param recipient  Null: the smart hosts of the server, without a recipient. Never throws. */
export async function probeGateway(recipient: string | null, options: ProbeOptions): Promise<GatewayCheck> {
  const { routes, isFrozen } = options;
  // An address without a domain goes wherever the server sends everything.
  const { destination, rule } = routes.routeOf(recipient ?? '');
  const { found, furtherHosts, problems } = await lookUp(destination, options.ports);
  return {
    recipient,
    nextHop: destination.kind === 'none' ? '' : destination.name,
    kind: destination.kind,
    rule,
    frozen: isFrozen(destination.name),
    held: destination.held,
    hosts: await Promise.all(found.map((host) => probeHost(host, recipient, options))),
    furtherHosts,
    problems: recipient === null && destination.kind === 'none' ? [] : [...problems],
  };
}

async function lookUp(
  destination: Parameters<typeof resolveHosts>[0],
  ports: ProbeOptions['ports'],
): Promise<{ readonly found: readonly Found[]; readonly furtherHosts: number; readonly problems: readonly string[] }> {
  const { clock } = ports;
  const found: Found[] = [];
  const problems: string[] = [];
  let furtherHosts = 0;
  let isOver = false;
  const look = async (): Promise<void> => {
    let sinceMs = clock.now();
    for await (const step of resolveHosts(destination, ports)) {
      if (isOver) return;
      const lookUpMs = Math.max(clock.now() - sinceMs, 0);
      sinceMs = clock.now();
      if (step.type !== 'host') problems.push(formatFailure(step.failure));
      else if (found.length === maxHosts) furtherHosts += 1;
      else found.push({ candidate: step.candidate, way: step.way, lookUpMs });
    }
  };
  let cancel = (): void => undefined;
  const limit = new Promise<void>((resolve) => {
    cancel = clock.after(lookUpLimitMs, () => {
      problems.push(`DNS has not told everything within ${lookUpLimitMs / 1_000} seconds.`);
      resolve();
    });
  });
  await Promise.race([look(), limit]);
  isOver = true;
  cancel();
  return { found: [...found], furtherHosts, problems: [...problems] };
}

async function probeHost(
  { candidate, way, lookUpMs }: Found,
  recipient: string | null,
  { ports, sender, conversation, nextSessionId }: ProbeOptions,
): Promise<GatewayHost> {
  const { clock } = ports;
  const usual = conversation(way);
  const recorder = new StageRecorder(clock, judgeFor(candidate.host));
  recorder.resolved(lookUpMs);
  const abort = new AbortController();
  const cancel = clock.after(wholeLimitMs, () => abort.abort());
  try {
    const opening = await openConversation(candidate, {
      ...usual,
      clock,
      timeouts: patient(usual.timeouts),
      sessionId: nextSessionId(),
      signal: abort.signal,
      observer: recorder,
      protocolLog: {
        write(entry) {
          usual.protocolLog.write(entry);
          recorder.write(entry);
        },
      },
    });
    if ('failure' in opening) recorder.failed(opening.failure);
    else {
      const failure = recipient === null ? null : await opening.conversation.tryEnvelope(sender, recipient);
      if (failure !== null) recorder.failed(failure);
      opening.conversation.quit();
    }
  } finally {
    cancel();
  }
  return recorder.result(formatHost(candidate), {
    login: way.security.authentication !== 'none',
    recipient: recipient !== null,
  });
}

const patient = (timeouts: ConversationTimeouts): ConversationTimeouts => ({
  connectTimeoutMs: Math.min(timeouts.connectTimeoutMs, stageLimitMs),
  greetingTimeoutMs: Math.min(timeouts.greetingTimeoutMs, stageLimitMs),
  commandTimeoutMs: Math.min(timeouts.commandTimeoutMs, stageLimitMs),
  finalReplyTimeoutMs: timeouts.finalReplyTimeoutMs,
  idleTimeoutMs: timeouts.idleTimeoutMs,
});
