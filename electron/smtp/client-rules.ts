/** Who may connect, and who may send where: the lists, the domains and the login taken together. */
import { domainToASCII } from 'node:url';
import type { RelayVerdict } from '../../shared/contract/servers.ts';
import { localDomains, matchDomain } from '../../shared/settings/domain-match.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import { type ClientNames, createClientNames } from './client-names.ts';
import { compileComputerList, type ListDecision } from './relay-rules.ts';

export interface RelayQuestion {
  readonly clientAddress: string;
  /** The client has logged in. */
  readonly authenticated: boolean;
  /** Address of one recipient; empty: of no domain in particular. */
  readonly recipient: string;
}

/** A promise only when the client's name in DNS decides: without names in the lists nobody ever waits. */
export type Verdict = RelayVerdict | Promise<RelayVerdict>;

export interface ClientRules {
  mayConnect(clientAddress: string): Verdict;
  mayRelay(question: RelayQuestion): Verdict;
}

export type ConnectionSettings = Pick<ServerSettings, 'access.connectionMode' | 'access.connectionList'>;
export type RelaySettings = Pick<
  ServerSettings,
  | 'access.relayMode'
  | 'access.relayList'
  | 'access.relayAuthenticated'
  | 'domains.default'
  | 'domains.aliases'
  | 'domains.remote'
>;

type RulePorts = Pick<Ports, 'clock' | 'dns' | 'log' | 'ownAddresses'>;

export interface ClientRulesOptions {
  /** The settings in force at this moment. The same object as long as nothing has changed: it is read once. */
  readonly settings: () => ServerSettings;
  readonly ports: RulePorts;
}

export function createClientRules({ settings, ports }: ClientRulesOptions): ClientRules {
  const decide = createListDecision(ports);
  let compiled: {
    readonly from: ServerSettings;
    readonly connection: ListDecision;
    readonly relay: RelayRule;
  } | null = null;

  const current = () => {
    const from = settings();
    if (compiled?.from !== from) {
      compiled = { from, connection: compileConnectionRules(from), relay: compileRelay(from) };
    }
    return compiled;
  };

  return {
    mayConnect: (clientAddress) => decide(current().connection, clientAddress),
    mayRelay(question) {
      const { relay } = current();
      return relay.byRecipientOrLogin(question) ?? decide(relay.list, question.clientAddress);
    },
  };
}

/** "Would this client be allowed to connect?", for settings that need not be in force. Asks DNS anew. */
export const decideConnection = async (
  settings: ConnectionSettings,
  clientAddress: string,
  ports: RulePorts,
): Promise<RelayVerdict> => createListDecision(ports)(compileConnectionRules(settings), clientAddress);

/** "Would this client be allowed to send there?", for settings that need not be in force. Asks DNS anew. */
export async function decideRelay(
  settings: RelaySettings,
  question: RelayQuestion,
  ports: RulePorts,
): Promise<RelayVerdict> {
  const relay = compileRelay(settings);
  return relay.byRecipientOrLogin(question) ?? createListDecision(ports)(relay.list, question.clientAddress);
}

interface RelayRule {
  /** Null when the list decides. */
  byRecipientOrLogin(question: RelayQuestion): RelayVerdict | null;
  readonly list: ListDecision;
}

const compileConnectionRules = (settings: ConnectionSettings): ListDecision =>
  compileComputerList({ mode: settings['access.connectionMode'], list: settings['access.connectionList'] });

/** Decided here is what needs no look at the client: its own domains, the domains open to everybody, its login. */
function compileRelay(settings: RelaySettings): RelayRule {
  const local = localDomains(settings);
  const remote = settings['domains.remote'];
  const someOpen = remote.some(({ relayAllowed }) => relayAllowed);
  const allowed = (reason: RelayVerdict['reason'], entry: string | null): RelayVerdict => ({
    allowed: true,
    reason,
    entry,
    clientName: null,
  });

  return {
    byRecipientOrLogin({ authenticated, recipient }) {
      const domain = domainOf(recipient);
      const own = matchDomain(local, domain);
      if (own !== null) return allowed('localDomain', own.name);
      // Matched against all of them: an exact name that is not open wins over an open wildcard.
      const open = someOpen ? matchDomain(remote, domain) : null;
      if (open?.relayAllowed === true) return allowed('remoteDomain', open.name);
      return authenticated && settings['access.relayAuthenticated'] ? allowed('authenticated', null) : null;
    },
    list: compileComputerList({ mode: settings['access.relayMode'], list: settings['access.relayList'] }),
  };
}

function createListDecision(ports: RulePorts): (rules: ListDecision, clientAddress: string) => Verdict {
  const names = createClientNames(ports);
  const ownAddresses = (): readonly string[] => ports.ownAddresses().map(({ address }) => address);
  return (rules, clientAddress) => {
    const verdict = rules.byAddress(clientAddress, ownAddresses);
    if (verdict !== null) return verdict;
    const found = names.of(clientAddress);
    return found instanceof Promise ? found.then((later: ClientNames) => rules.byName(later)) : rules.byName(found);
  };
}

/** In ASCII, as the settings have it; empty when there is none. The part before the last @ may hold another one, in quotes. */
function domainOf(recipient: string): string {
  const at = recipient.lastIndexOf('@');
  const domain = at < 0 ? '' : recipient.slice(at + 1);
  return /^[\x20-\x7e]*$/.test(domain) ? domain : domainToASCII(domain);
}
