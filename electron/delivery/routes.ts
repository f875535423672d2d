/**
 * Where a recipient's mail goes: the message's own route, a local domain, a remote domain, the smart hosts, or the domain
 * itself. Pure text and asked again for every attempt; DNS is asked only when an attempt begins.
 */
import type { RouteExplanation } from '../../shared/contract/messages.ts';
import { parseSmartHost, type SmartHost } from '../../shared/settings/address.ts';
import { localDomains, matchDomain } from '../../shared/settings/domain-match.ts';
import type { RemoteDomain } from '../../shared/settings/remote-domain.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import { type Destination, dropName, type Way } from './destination.ts';
import { HostLists } from './host-lists.ts';
import { effectiveSecurity, type SecuritySettings, serverSecurity } from './outbound-way.ts';
import { type RecipientDomain, readDomain } from './recipient-domain.ts';

export type { Destination } from './destination.ts';

export interface Route {
  readonly destination: Destination;
  readonly rule: RouteExplanation['rule'];
  /** The entry of the remote domains that decided. */
  readonly remoteDomain: string | null;
}

export interface Routes {
  /** @param ownHosts  Smart hosts of the message itself (`DeliveryRecord.route`). */
  destinationOf(address: string, ownHosts?: readonly string[]): Destination;
  routeOf(address: string, ownHosts?: readonly string[]): Route;
  /** Its mail stays on this computer. */
  isLocal(address: string): boolean;
  /** Of the destination that has this name now; null when there is none. */
  fingerprintOf(name: string): string | null;
  /** Equal for settings that lead to the same destinations. */
  readonly fingerprint: string;
}

export type RouteSettings = Pick<
  ServerSettings,
  | 'delivery.smartHosts'
  | 'delivery.directFirst'
  | 'delivery.outboundPort'
  | 'domains.default'
  | 'domains.aliases'
  | 'domains.remote'
> &
  SecuritySettings;

/** Domains whose route is remembered; mail of one day seldom goes to more. */
const maxRemembered = 5_000;

export function createRoutes(settings: RouteSettings): Routes {
  return new SettingsRoutes(settings);
}

class SettingsRoutes implements Routes {
  readonly fingerprint: string;
  readonly #serverWay: Way;
  readonly #serverHosts: readonly SmartHost[];
  readonly #directFirst: boolean;
  readonly #locals: readonly { readonly name: string }[];
  readonly #remotes: readonly RemoteDomain[];
  readonly #lists = new HostLists();
  /** By the domain part of the address, or by the hosts of a message's own route. */
  readonly #remembered = new Map<string, Route>();

  constructor(settings: RouteSettings) {
    this.#serverWay = {
      port: settings['delivery.outboundPort'],
      security: serverSecurity(settings),
      helo: false,
      remoteDomain: null,
    };
    this.#serverHosts = parseHosts(settings['delivery.smartHosts']);
    this.#directFirst = settings['delivery.directFirst'] && this.#serverHosts.length > 0;
    this.#locals = localDomains(settings);
    this.#remotes = settings['domains.remote'];
    this.fingerprint = JSON.stringify([
      this.#serverWay,
      this.#serverHosts,
      this.#directFirst,
      this.#locals,
      this.#remotes.map((remote) => [remote.name, remote.smartHosts, remote.held, this.#wayOf(remote)]),
    ]);
    // In a fixed order: the plain name belongs to the server's smart hosts, then to the first remote domain with such a list.
    if (this.#serverHosts.length > 0) this.#lists.add(this.#serverHosts, this.#serverWay, false, '');
    for (const remote of this.#remotes) this.#remoteList(remote);
  }

  destinationOf(address: string, ownHosts?: readonly string[]): Destination {
    return this.routeOf(address, ownHosts).destination;
  }

  routeOf(address: string, ownHosts?: readonly string[]): Route {
    if (ownHosts !== undefined && parseHosts(ownHosts).length > 0)
      return this.#remember(`\n${ownHosts.join()}`, () => this.#ownRoute(ownHosts));
    const domain = domainPart(address);
    return this.#remember(domain ?? `\r${address}`, () => this.#find(address, domain));
  }

  isLocal(address: string): boolean {
    return this.routeOf(address).destination.kind === 'drop';
  }

  fingerprintOf(name: string): string | null {
    if (name === dropName) return this.#locals.length > 0 ? dropName : null;
    const list = this.#lists.fingerprintOf(name);
    if (list !== undefined) return list;
    const { destination } = this.routeOf(`@${name}`);
    if (destination.kind !== 'none' && destination.name === name) return destination.fingerprint;
    // Told apart from a list of the settings: mail that went there by the settings does so no more.
    const own = this.#ownRoute(name.split(', ')).destination;
    return own.name === name ? `message route ${own.fingerprint}` : null;
  }

  #remember(key: string, find: () => Route): Route {
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const found = find();
    if (this.#remembered.size >= maxRemembered) this.#remembered.clear();
    this.#remembered.set(key, found);
    return found;
  }

  #ownRoute(texts: readonly string[]): Route {
    const hosts = parseHosts(texts);
    const destination = this.#lists.find(hosts, this.#serverWay, false, 'message route');
    return { destination, rule: 'messageRoute', remoteDomain: null };
  }

  #find(address: string, domain: string | null): Route {
    if (domain === null) return this.#byServer(noDestination(address));
    const target = readDomain(domain);
    if (target.kind !== 'domain') {
      return target.kind === 'none'
        ? this.#byServer(noDestination(target.name))
        : this.#byServer(this.#direct(target, null));
    }
    if (matchDomain(this.#locals, target.domain) !== null) {
      return { destination: drop, rule: 'localDomain', remoteDomain: null };
    }
    const remote = matchDomain(this.#remotes, target.domain);
    if (remote === null) return this.#byServer(this.#direct(target, null));
    return {
      destination: this.#remoteList(remote) ?? this.#direct(target, remote),
      rule: 'remoteDomain',
      remoteDomain: remote.name,
    };
  }

  /** No entry names the domain: the smart hosts of the server, or the domain itself. */
  #byServer(direct: Destination): Route {
    const { kind } = direct;
    if (this.#serverHosts.length === 0) {
      const rule = kind === 'domain' ? 'mx' : kind === 'literal' ? 'addressLiteral' : 'noDomain';
      return { destination: direct, rule, remoteDomain: null };
    }
    if (this.#directFirst && (kind === 'domain' || kind === 'literal')) {
      return { destination: direct, rule: 'directFirst', remoteDomain: null };
    }
    const destination = this.#lists.find(this.#serverHosts, this.#serverWay, false, '');
    return { destination, rule: 'smartHosts', remoteDomain: null };
  }

  #direct(target: Exclude<RecipientDomain, { kind: 'none' }>, remote: RemoteDomain | null): Destination {
    const fallback = remote === null && this.#directFirst ? { hosts: this.#serverHosts, way: this.#serverWay } : null;
    const way =
      remote !== null ? this.#wayOf(remote) : fallback === null ? this.#serverWay : withoutLogin(this.#serverWay);
    const held = remote?.held === true;
    const name = this.#lists.isTaken(target.name) ? `${target.name} (by DNS)` : target.name;
    return { ...target, name, way, held, fallback, fingerprint: JSON.stringify([target.name, way, held, fallback]) };
  }

  #remoteList(remote: RemoteDomain): Destination | null {
    const hosts = parseHosts(remote.smartHosts);
    if (hosts.length === 0) return null;
    return this.#lists.add(hosts, this.#wayOf(remote), remote.held, `remote domain ${remote.name}`);
  }

  #wayOf({ name, port, security, helo }: RemoteDomain): Way {
    return {
      port: port ?? this.#serverWay.port,
      security: security === null ? this.#serverWay.security : effectiveSecurity(security),
      helo,
      remoteDomain: security === null || security.authentication === 'none' ? null : name.toLowerCase(),
    };
  }
}

const drop: Destination = { kind: 'drop', name: dropName, held: false, fingerprint: dropName };

const noDestination = (name: string): Destination => ({ kind: 'none', name, held: false, fingerprint: 'none' });

/** The password for the smart hosts is nobody else's business, and a mail exchanger would not know it. */
const withoutLogin = (way: Way): Way => ({
  ...way,
  security: effectiveSecurity({ ...way.security, authentication: 'none' }),
});

const parseHosts = (texts: readonly string[]): readonly SmartHost[] =>
  texts.flatMap((text) => parseSmartHost(text) ?? []);

const domainPart = (address: string): string | null => {
  const at = address.lastIndexOf('@');
  return at < 0 || at === address.length - 1 ? null : address.slice(at + 1).toLowerCase();
};
