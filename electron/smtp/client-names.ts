/** The name of a client: what DNS says about its address, confirmed by asking back. */
import { isHostName } from '../../shared/settings/address.ts';
import { errorCode } from '../base/error-code.ts';
import { keepNewest } from '../base/keep-newest.ts';
import type { Dns, Ports } from '../base/ports.ts';
import { canonicalAddress } from './client-address.ts';

export interface ClientNames {
  /** Names of the address that lead back to it, lower case. Whoever owns an address can claim any name; not this. */
  readonly confirmed: readonly string[];
  /** False: DNS did not answer every question, so there may be more names. */
  readonly complete: boolean;
}

export interface ClientNameLookup {
  /** At once when the answer is known from before. Never rejects; `complete: false` after five seconds. */
  of(clientAddress: string): ClientNames | Promise<ClientNames>;
}

const limitMs = 5_000;
const keptMs = 300_000;
/** Without an answer: shorter, because a listed computer is locked out for as long. */
const keptUnansweredMs = 60_000;
const keptAddresses = 1_000;
const lookupsAtOnce = 64;
/** Of one address. The owner of an address decides how many questions we ask. */
const namesAsked = 8;

const noAnswer: ClientNames = { confirmed: [], complete: false };

export function createClientNames({ clock, dns, log }: Pick<Ports, 'clock' | 'dns' | 'log'>): ClientNameLookup {
  const known = new Map<string, { readonly names: ClientNames; readonly atMs: number }>();
  const underWay = new Map<string, Promise<ClientNames>>();

  const fresh = (address: string): ClientNames | null => {
    const found = known.get(address);
    if (found === undefined) return null;
    // Negative when somebody sets the computer's clock back.
    const ageMs = clock.now() - found.atMs;
    return ageMs >= 0 && ageMs < (found.names.complete ? keptMs : keptUnansweredMs) ? found.names : null;
  };

  const learn = (address: string, names: ClientNames): void => {
    if (!names.complete) log.warn('client name not confirmed', { client: address, reason: 'no answer from DNS' });
    keepNewest(known, address, { names, atMs: clock.now() }, keptAddresses);
  };

  const ask = (address: string): Promise<ClientNames> => {
    const answer = new Promise<ClientNames>((resolve) => {
      const cancelLimit = clock.after(limitMs, () => {
        learn(address, noAnswer);
        resolve(noAnswer);
      });
      void namesOf(dns, address).then((names) => {
        cancelLimit();
        // Only now, limit or not: a DNS that hangs gets one question per address, not one per connection.
        underWay.delete(address);
        learn(address, names);
        resolve(names);
      });
    });
    underWay.set(address, answer);
    return answer;
  };

  return {
    of(clientAddress) {
      const address = canonicalAddress(clientAddress);
      const found = fresh(address) ?? underWay.get(address);
      if (found !== undefined) return found;
      return underWay.size >= lookupsAtOnce ? noAnswer : ask(address);
    },
  };
}

async function namesOf(dns: Dns, address: string): Promise<ClientNames> {
  const claimed = await answerOf(() => dns.reverse(address));
  if (claimed === null) return noAnswer;
  const names = [...new Set(claimed.map((name) => name.toLowerCase().replace(/\.$/, '')))].filter(isDnsName);
  const asked = await Promise.all(
    names.slice(0, namesAsked).map(async (name) => {
      const found = await answerOf(() => dns.addresses(name));
      return { name, found: found?.map(canonicalAddress) ?? null };
    }),
  );
  return {
    confirmed: asked.filter(({ found }) => found?.includes(address)).map(({ name }) => name),
    complete: names.length <= namesAsked && asked.every(({ found }) => found !== null),
  };
}

/** Text from strangers that ends up in logs and in questions; a single label is asked around the local network, not in DNS. */
const isDnsName = (name: string): boolean => name.includes('.') && isHostName(name);

/** "There is no such name" is an answer: an empty list. Null when there was none. */
async function answerOf(question: () => Promise<readonly string[]>): Promise<readonly string[] | null> {
  try {
    return await question();
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : null;
  }
}
