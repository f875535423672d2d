/** Who may relay: a pure function of the client's address and the relay list. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { RelayVerdict } from '../../shared/contract/servers.ts';
import { thisComputerEntry } from '../../shared/settings/address.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

export interface RelayRules {
  readonly mode: ServerSettings['access.relayMode'];
  readonly list: ServerSettings['access.relayList'];
}

/** @param ownAddresses  Asked only when the answer depends on it: listing the network adapters takes time. */
export type RelayDecision = (clientAddress: string, ownAddresses: () => readonly string[]) => RelayVerdict;

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = readonly [Address, number];

const denied: RelayVerdict = { allowed: false, reason: 'notListed', entry: null };

/** Reads the list once; the decision itself is made for every recipient. */
export function compileRelayRules({ mode, list }: RelayRules): RelayDecision {
  const entries = list.map((entry) => ({ entry, range: entry === thisComputerEntry ? null : parseRange(entry) }));

  return (clientAddress, ownAddresses) => {
    const client = parseAddress(clientAddress);
    if (client === null) return denied;
    const found = entries.find(({ entry, range }) =>
      entry === thisComputerEntry ? isThisComputer(client, ownAddresses) : range !== null && isInside(client, range),
    );
    if (mode === 'allExceptListed') {
      return found === undefined
        ? { allowed: true, reason: 'notListed', entry: null }
        : { allowed: false, reason: 'exceptListed', entry: found.entry };
    }
    if (found === undefined) return denied;
    return { allowed: true, reason: found.entry === thisComputerEntry ? 'thisComputer' : 'listed', entry: found.entry };
  };
}

/** The same for one question: "Would this client be allowed?" */
export const decideRelay = (rules: RelayRules, clientAddress: string, ownAddresses: readonly string[]): RelayVerdict =>
  compileRelayRules(rules)(clientAddress, () => ownAddresses);

/**
 * Null for anything but an address. A socket for both families shows IPv4 clients as ::ffff:a.b.c.d and link-local ones
 * with the adapter (fe80::1%eth0); neither is part of the address as people list it.
 */
function parseAddress(text: string): Address | null {
  const bare = text.replace(/%.*$/, '');
  // The library also reads '1' and '010.0.0.1'; Node's check knows only the usual forms.
  return isIP(bare) === 0 ? null : ipaddr.process(bare);
}

/** 'a', 'a/bits' or 'a/mask'. An entry that is none of these matches nobody. */
function parseRange(entry: string): Range | null {
  const [addressText = '', rangeText] = entry.split('/', 2);
  if (isIP(addressText) === 0) return null;
  const written = ipaddr.parse(addressText);
  const widthBits = written.kind() === 'ipv4' ? 32 : 128;
  const bits = rangeText === undefined ? widthBits : parseBits(rangeText);
  if (bits === null || bits > widthBits) return null;
  const address = ipaddr.process(addressText);
  if (address.kind() === written.kind()) return [address, bits];
  // ::ffff:10.0.0.0/104 is 10.0.0.0/8; a wider one holds more than IPv4 and stays an IPv6 range.
  return bits >= 96 ? [address, bits - 96] : [written, bits];
}

function parseBits(text: string): number | null {
  if (/^[0-9]{1,3}$/.test(text)) return Number(text);
  return isIP(text) === 4 ? ipaddr.IPv4.parse(text).prefixLengthFromSubnetMask() : null;
}

const isInside = (client: Address, [address, bits]: Range): boolean =>
  client.kind() === address.kind() && client.match(address, bits);

function isThisComputer(client: Address, ownAddresses: () => readonly string[]): boolean {
  if (client.range() === 'loopback') return true;
  const shown = client.toNormalizedString();
  return ownAddresses().some((own) => parseAddress(own)?.toNormalizedString() === shown);
}
