/** What the client's address is called in DNS, for the Received line. Asked when the client comes, and never waited for. */
import { isHostName } from '../../shared/settings/address.ts';
import type { Dns } from '../base/ports.ts';
import type { Envelope } from '../spool/types.ts';
import { canonicalAddress } from './client-address.ts';

export type ReverseLookup = NonNullable<Envelope['reverseLookup']>;

/** Of one address. The owner of an address decides how many names it has. */
const namesAsked = 4;

/** @returns what is known so far; null until DNS has answered. */
export function startReverseLookup(dns: Dns, clientAddress: string): () => ReverseLookup | null {
  let found: ReverseLookup | null = null;
  lookUp(dns, clientAddress).then(
    (result) => {
      found = result;
    },
    () => {
      found = { result: 'failed' };
    },
  );
  return () => found;
}

async function lookUp(dns: Dns, clientAddress: string): Promise<ReverseLookup> {
  const address = canonicalAddress(clientAddress);
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
