/** The names of destinations that are lists of smart hosts. Pure. */
import { formatSmartHost, type SmartHost } from '../../shared/settings/address.ts';
import { type Destination, dropName, type Way } from './destination.ts';

/** Lists of smart hosts by name. Two with the same hosts that are talked to in different ways are told apart by name. */
export class HostLists {
  readonly #byName = new Map<string, Destination>();

  isTaken(name: string): boolean {
    return this.#byName.has(name);
  }

  fingerprintOf(name: string): string | undefined {
    return this.#byName.get(name)?.fingerprint;
  }

  /** @param owner  Whose list it is, for the name when the plain one is taken by another way. */
  find(hosts: readonly SmartHost[], way: Way, held: boolean, owner: string): Destination {
    const fingerprint = JSON.stringify([hosts, way, held]);
    const plain = hosts.map(formatSmartHost).join(', ');
    const known = this.#byName.get(plain);
    if (known?.fingerprint === fingerprint) return known;
    const name = known === undefined && plain !== dropName ? plain : `${plain} (${owner})`;
    return { kind: 'smartHosts', name, hosts, way, held, fingerprint };
  }

  add(hosts: readonly SmartHost[], way: Way, held: boolean, owner: string): Destination {
    const found = this.find(hosts, way, held, owner);
    const known = this.#byName.get(found.name) ?? found;
    this.#byName.set(found.name, known);
    return known;
  }
}
