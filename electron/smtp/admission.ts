/** Who is let in at this moment: the state of the server, its limits, and the list of who may connect. */
import type { RelayVerdict, ServerState } from '../../shared/contract/servers.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import { keepNewest } from '../base/keep-newest.ts';
import type { Log } from '../base/ports.ts';
import type { ClientRules } from './client-rules.ts';
import { type Reply, replies } from './replies.ts';

export interface AdmissionOptions {
  readonly settings: () => ServerSettings;
  readonly state: () => ServerState;
  readonly rules: Pick<ClientRules, 'mayConnect'>;
  /** Connections there are, by the address of their client; the one that asks is not among them. */
  readonly open: () => Iterable<string>;
  readonly log: Log;
}

export interface Admission {
  /** @returns why a connection is turned away, null when it is welcome; a promise only when its name in DNS decides. */
  decide(clientAddress: string): Reply | null | Promise<Reply | null>;
}

/** Clients remembered so that each of them is logged once, not with every connection. */
const rememberedClients = 1_000;

export function createAdmission({ settings, state, rules, open, log }: AdmissionOptions): Admission {
  let lastGeneral: Reply | null = null;
  const logged = new Map<string, Reply>();

  /** For reasons that concern everybody: one line when it begins. A client that tries on must not fill the disk. */
  const turnedAway = (client: string, reply: Reply): Reply => {
    if (reply !== lastGeneral) log.warn('connection refused', { client, reason: reply.text });
    lastGeneral = reply;
    return reply;
  };
  const turnedAwayAlone = (client: string, reply: Reply, verdict?: RelayVerdict): Reply => {
    if (logged.get(client) !== reply) {
      log.warn('connection refused', {
        client,
        reason: reply.text,
        ...(verdict === undefined ? {} : { verdict: verdict.reason, entry: verdict.entry, name: verdict.clientName }),
      });
    }
    keepNewest(logged, client, reply, rememberedClients);
    return reply;
  };

  const general = (client: string): Reply | null => {
    if (state() === 'paused') return turnedAway(client, replies.notAvailable);
    if (state() === 'stopped') return turnedAway(client, replies.shuttingDown);
    const { 'general.connectionLimit': limit, 'general.connectionLimitPerClient': limitPerClient } = settings();
    let total = 0;
    let ofClient = 0;
    for (const address of open()) {
      total += 1;
      if (address === client) ofClient += 1;
    }
    if (limit !== null && total >= limit) return turnedAway(client, replies.tooManyConnections);
    lastGeneral = null;
    if (limitPerClient === null || ofClient < limitPerClient) return null;
    return turnedAwayAlone(client, replies.tooManyConnectionsOfClient);
  };

  const judged = (client: string, verdict: RelayVerdict): Reply | null => {
    if (!verdict.allowed) return turnedAwayAlone(client, replies.clientDenied, verdict);
    logged.delete(client);
    return null;
  };

  return {
    decide(client) {
      const refusal = general(client);
      if (refusal !== null) return refusal;
      const verdict = rules.mayConnect(client);
      return verdict instanceof Promise ? verdict.then((later) => judged(client, later)) : judged(client, verdict);
    },
  };
}
