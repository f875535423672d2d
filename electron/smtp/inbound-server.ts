/** The listeners of one virtual server and their sessions: makes sockets agree with settings and state. */
import type { Problem } from '../../shared/contract/problem.ts';
import type { Listener, ServerState } from '../../shared/contract/servers.ts';
import { type Endpoint, formatEndpoint } from '../../shared/settings/address.ts';
import { InboundSession, type SessionContext } from './inbound-session.ts';
import { bindProblem, listen, planSockets } from './listen.ts';
import { PromptServer } from './prompt-server.ts';
import { compileRelayRules, type RelayDecision, type RelayRules } from './relay-rules.ts';
import { type Reply, replies } from './replies.ts';
import type { InboundOptions, InboundServer } from './types.ts';

/** How long a message under way may take to finish once the server stops. */
const dataGraceMs = 10_000;
/** How long a client gets to read its 421 and hang up. */
const lingerMs = 1_000;

interface BoundSocket {
  readonly server: PromptServer;
  readonly boundTo: string;
}

export function createInboundServer(options: InboundOptions): InboundServer {
  const { ports, settings, begin, version } = options;
  const { clock, log } = ports;
  const bound = new Map<string, BoundSocket>();
  const sessions = new Set<InboundSession>();
  const listeners = new Set<() => void>();
  const totals = { accepted: 0, refused: 0 };
  let state: ServerState = 'stopped';
  let shown: readonly Listener[] = [];
  let lastRefusal: Reply | null = null;
  let underWay: Promise<unknown> = Promise.resolve();

  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const onChange = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  const currentRefusal = (): Reply | null => {
    if (state === 'paused') return replies.notAvailable;
    if (state === 'stopped') return replies.shuttingDown;
    const limit = settings()['general.connectionLimit'];
    if (limit === null) return null;
    let live = 0;
    for (const session of sessions) if (session.live) live += 1;
    return live >= limit ? replies.tooManyConnections : null;
  };

  const context: SessionContext = {
    ports,
    begin,
    settings,
    refusal: (client) => {
      const refusal = currentRefusal();
      // One line when it begins, not one per connection: a client that tries again and again must not fill the disk.
      if (refusal !== null && refusal !== lastRefusal) log.warn('connection refused', { client, reason: refusal.text });
      lastRefusal = refusal;
      return refusal;
    },
    mayRelay: relayDecisionFor(options),
    count: (what) => {
      totals[what] += 1;
    },
    changed: (session) => {
      if (session.over) sessions.delete(session);
      changed();
    },
  };

  const newServer = (): PromptServer =>
    new PromptServer({
      banner: `SMTP Relay Manager ${version}`,
      newTerms: () => {
        const session = new InboundSession(context);
        sessions.add(session);
        return session;
      },
      socketError: (error) => {
        if ('syscall' in error && error.syscall === 'listen') return; // the listener reports it
        const client = 'remoteAddress' in error ? String(error.remoteAddress) : null;
        log.info('connection lost', { client, reason: error.message });
      },
    });

  /** @returns why it could not be bound, in the words for `entry`. */
  const open = async (entry: string, endpoint: Endpoint): Promise<Problem | null> => {
    const server = newServer();
    try {
      const boundTo = await listen(server.server, endpoint);
      bound.set(formatEndpoint(endpoint), { server, boundTo });
      log.info('listening', { endpoint: entry, boundTo });
      return null;
    } catch (error) {
      const found = bindProblem(error, entry);
      log.warn('not listening', { endpoint: entry, reason: found.message });
      return found;
    }
  };

  /** Stops listening; the sessions that came this way go on. */
  const closeSocket = (key: string, { server, boundTo }: BoundSocket): void => {
    bound.delete(key);
    server.server.close();
    log.info('no longer listening', { boundTo });
  };

  const until = (done: () => boolean, limitMs: number): Promise<void> =>
    new Promise((resolve) => {
      const finish = (): void => {
        cancelLimit();
        unsubscribe();
        resolve();
      };
      const check = (): void => {
        if (done()) finish();
      };
      const cancelLimit = clock.after(limitMs, finish);
      const unsubscribe = onChange(check);
      check();
    });

  const endSessions = async (): Promise<void> => {
    const allOver = (): boolean => sessions.size === 0;
    for (const session of [...sessions]) session.end();
    await until(() => ![...sessions].some(({ receiving }) => receiving), dataGraceMs);
    await until(allOver, lingerMs);
    for (const session of [...sessions]) session.destroy();
    await until(allOver, lingerMs);
  };

  const applyNow = async (next: ServerState): Promise<readonly Listener[]> => {
    state = next;
    const entries = settings()['general.listen'];
    const plan = next === 'stopped' ? new Map<string, Endpoint>() : planSockets(entries);
    const wanted = new Map([...plan].map(([entry, endpoint]) => [formatEndpoint(endpoint), { entry, endpoint }]));

    // First close, then bind: '*:25' cannot be bound while '127.0.0.1:25' is.
    for (const [key, socket] of [...bound]) if (!wanted.has(key)) closeSocket(key, socket);
    if (next === 'stopped') await endSessions();
    const problems = new Map<string, Problem>();
    for (const [key, { entry, endpoint }] of wanted) {
      const found = bound.has(key) ? null : await open(entry, endpoint);
      if (found !== null) problems.set(key, found);
    }

    shown = entries.map((entry) => {
      const endpoint = plan.get(entry);
      const key = endpoint === undefined ? '' : formatEndpoint(endpoint);
      return { endpoint: entry, boundTo: bound.get(key)?.boundTo ?? null, problem: problems.get(key) ?? null };
    });
    changed();
    return shown;
  };

  /** One after the other: two at once would bind the same endpoint twice. */
  const apply = (next: ServerState): Promise<readonly Listener[]> => {
    const result = underWay.then(() => applyNow(next));
    underWay = result.catch(() => undefined);
    return result;
  };

  return {
    apply,
    listeners: () => shown,
    sessions: () => [...sessions].map((session) => session.view()).filter((view) => view !== null),
    totals,
    onChange,
    close: async () => {
      await apply('stopped');
    },
  };
}

/** Reads the relay list anew only when the settings have another one. */
function relayDecisionFor({ settings, ports }: InboundOptions): SessionContext['mayRelay'] {
  let compiled: { readonly rules: RelayRules; readonly decide: RelayDecision } | null = null;
  const ownAddresses = (): readonly string[] => ports.ownAddresses().map(({ address }) => address);
  return (clientAddress) => {
    const { 'access.relayMode': mode, 'access.relayList': list } = settings();
    if (compiled === null || compiled.rules.mode !== mode || compiled.rules.list !== list) {
      compiled = { rules: { mode, list }, decide: compileRelayRules({ mode, list }) };
    }
    return compiled.decide(clientAddress, ownAddresses);
  };
}
