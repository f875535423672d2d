/** What a client's address is called in DNS, for the Received line. Asked when the client comes, and never waited for. */

import type { EpochMs } from '../../shared/contract/messages.ts';
import { isHostName } from '../../shared/settings/address.ts';
import { keepNewest } from '../base/keep-newest.ts';
import type { Dns, Ports } from '../base/ports.ts';
import type { Envelope } from '../spool/types.ts';
import { canonicalAddress } from './client-address.ts';

export type ReverseLookup = NonNullable<Envelope['reverseLookup']>;

export interface ReverseLookups {
  /** @returns what is known at the moment it is asked; null until DNS has answered. */
  start(clientAddress: string): () => ReverseLookup | null;
}

/** The CA comes anew for each message, faster than DNS answers: only what is kept is there in time. */
const keptMs = 300_000;
const keptAddresses = 1_000;
/** Beyond it nobody is asked: what is only a remark in a header must not take the name look-ups of delivery. */
const lookupsAtOnce = 16;
/** Of one address. The owner of an address decides how many names it has. */
const namesAsked = 4;

export function createReverseLookups({ dns, clock }: Pick<Ports, 'dns' | 'clock'>): ReverseLookups {
  const known = new Map<string, { readonly found: ReverseLookup; readonly atMs: EpochMs }>();
  const underWay = new Set<string>();

  const fresh = (address: string): ReverseLookup | null => {
    const entry = known.get(address);
    if (entry === undefined) return null;
    // Negative when somebody sets the computer's clock back.
    const ageMs = clock.now() - entry.atMs;
    return ageMs >= 0 && ageMs < keptMs ? entry.found : null;
  };

  const ask = async (address: string): Promise<void> => {
    underWay.add(address);
    const found = await lookUp(dns, address).catch((): ReverseLookup => ({ result: 'failed' }));
    underWay.delete(address);
    keepNewest(known, address, { found, atMs: clock.now() }, keptAddresses);
  };

  return {
    start(clientAddress) {
      const address = canonicalAddress(clientAddress);
      if (fresh(address) === null && !underWay.has(address) && underWay.size < lookupsAtOnce) void ask(address);
      return () => fresh(address);
    },
  };
}

async function lookUp(dns: Dns, address: string): Promise<ReverseLookup> {
  // Text from strangers that ends up in a header.
  const names = (await dns.reverse(address)).map((name) => name.replace(/\.$/, '')).filter(isHostName);
  const [first] = names;
  if (first === undefined) return { result: 'failed' };
  const leadsBack = await Promise.all(
    names.slice(0, namesAsked).map((name) =>
      dns.addresses(name).then(
        (addresses) => addresses.map(canonicalAddress).includes(address),
        () => false,
      ),
    ),
  );
  const verified = names.find((_name, index) => leadsBack[index] === true);
  return verified === undefined ? { result: 'unverified', name: first } : { result: 'verified', name: verified };
}
