/** The listeners of one virtual server and their sessions: makes sockets agree with settings and state. */
import type { Problem } from '../../shared/contract/problem.ts';
import type { Listener, ServerState } from '../../shared/contract/servers.ts';
import { type Endpoint, formatEndpoint } from '../../shared/settings/address.ts';
import { createAdmission } from './admission.ts';
import { createClientRules } from './client-rules.ts';
import { InboundSession, type SessionContext } from './inbound-session.ts';
import { bindProblem, type ListenSetting, listen, listenSettings, planSockets, tlsListenerProblem } from './listen.ts';
import { PromptServer } from './prompt-server.ts';
import { createReverseLookups } from './reverse-lookup.ts';
import type { InboundOptions, InboundServer } from './types.ts';

/** How long a message under way may take to finish once the server stops. */
const dataGraceMs = 10_000;
/** How long a client gets to read its 421 and hang up. */
const lingerMs = 1_000;

interface BoundSocket {
  readonly server: PromptServer;
  readonly boundTo: string;
}

/** One line of a setting, and the socket that serves it; no endpoint when it is none. */
interface PlannedListener {
  readonly entry: string;
  readonly setting: ListenSetting;
  readonly endpoint: Endpoint | null;
  readonly problem: Problem | null;
}

/** A socket in clear and an encrypted one of the same address are two. */
const keyOf = (setting: ListenSetting, endpoint: Endpoint): string => `${setting} ${formatEndpoint(endpoint)}`;

export function createInboundServer(options: InboundOptions): InboundServer {
  const { ports, settings, certificate, version } = options;
  const { clock, log } = ports;
  const bound = new Map<string, BoundSocket>();
  const sessions = new Set<InboundSession>();
  const listeners = new Set<() => void>();
  const totals = { accepted: 0, refused: 0 };
  let state: ServerState = 'stopped';
  let shown: readonly Listener[] = [];
  let underWay: Promise<unknown> = Promise.resolve();

  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const onChange = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  function* openAddresses(): Iterable<string> {
    for (const { liveAddress } of sessions) if (liveAddress !== null) yield liveAddress;
  }
  const rules = createClientRules({ settings, ports });
  const context: SessionContext = {
    ...options,
    rules,
    reverseLookups: createReverseLookups(ports),
    admission: createAdmission({ settings, rules, log, state: () => state, open: openAddresses }),
    count: (what) => {
      totals[what] += 1;
    },
    changed: (session) => {
      if (session.over) sessions.delete(session);
      changed();
    },
  };

  const newServer = (implicitTls: boolean): PromptServer =>
    new PromptServer({
      banner: `SMTP Relay Manager ${version}`,
      newTerms: () => {
        const session = new InboundSession(context, implicitTls);
        sessions.add(session);
        return session;
      },
      socketError: (error) => {
        if ('syscall' in error && error.syscall === 'listen') return; // the listener reports it
        const client = 'remoteAddress' in error ? String(error.remoteAddress) : null;
        // Errors of the TLS library name their cause apart; their message is made for its developers.
        const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
        log.info('connection lost', { client, reason });
      },
    });

  /** @returns why it could not be bound, in the words for `entry`. */
  const open = async (entry: string, setting: ListenSetting, endpoint: Endpoint): Promise<Problem | null> => {
    const implicitTls = setting === 'general.listenTls';
    const server = newServer(implicitTls);
    try {
      const boundTo = await listen(server.server, endpoint);
      bound.set(keyOf(setting, endpoint), { server, boundTo });
      log.info('listening', { endpoint: entry, boundTo, implicitTls });
      return null;
    } catch (error) {
      const found = bindProblem(error, entry, setting);
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

  const planned = (): readonly PlannedListener[] => {
    const plain = planSockets(settings()['general.listen']);
    return listenSettings.flatMap((setting) => {
      const entries = settings()[setting];
      const plan = setting === 'general.listen' ? plain : planSockets(entries);
      return entries.map((entry) => {
        const endpoint = plan.get(entry) ?? null;
        const isTls = endpoint !== null && setting === 'general.listenTls';
        const problem = isTls ? tlsListenerProblem(entry, endpoint, plain.values(), certificate) : null;
        return { entry, setting, endpoint, problem };
      });
    });
  };

  const applyNow = async (next: ServerState): Promise<readonly Listener[]> => {
    state = next;
    const plan = planned();
    const wanted = new Map<string, { readonly from: PlannedListener; readonly endpoint: Endpoint }>();
    for (const from of next === 'stopped' ? [] : plan) {
      const { endpoint, setting, problem } = from;
      if (endpoint !== null && problem === null) wanted.set(keyOf(setting, endpoint), { from, endpoint });
    }

    // First close, then bind: '*:25' cannot be bound while '127.0.0.1:25' is.
    for (const [key, socket] of [...bound]) if (!wanted.has(key)) closeSocket(key, socket);
    if (next === 'stopped') await endSessions();
    const problems = new Map<string, Problem>();
    for (const [key, { from, endpoint }] of wanted) {
      const found = bound.has(key) ? null : await open(from.entry, from.setting, endpoint);
      if (found !== null) problems.set(key, found);
    }

    shown = plan.map(({ entry, setting, endpoint, problem }) => {
      const key = endpoint === null ? '' : keyOf(setting, endpoint);
      return {
        endpoint: entry,
        implicitTls: setting === 'general.listenTls',
        boundTo: bound.get(key)?.boundTo ?? null,
        problem: next === 'stopped' ? null : (problem ?? problems.get(key) ?? null),
      };
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
    terminate(ids) {
      const chosen = [...sessions].filter((session) => {
        const view = session.view();
        return view !== null && (ids === null || ids.includes(view.id));
      });
      for (const session of chosen) session.destroy();
      if (chosen.length > 0) log.info('sessions terminated', { count: chosen.length });
      return chosen.length;
    },
    totals,
    onChange,
    close: async () => {
      await apply('stopped');
    },
  };
}
