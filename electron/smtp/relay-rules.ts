/** Who is on a list of computers: a pure function of the list, the client's address and, if need be, its name in DNS. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { RelayVerdict } from '../../shared/contract/servers.ts';
import { isDomainEntry, thisComputerEntry } from '../../shared/settings/address.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import { type ClientAddress, parseAddress } from './client-address.ts';
import type { ClientNames } from './client-names.ts';

/** The relay list, or the list of who may connect: both work the same way. */
export interface ComputerList {
  readonly mode: ServerSettings['access.relayMode'];
  readonly list: ServerSettings['access.relayList'];
}

export interface ListDecision {
  /**
   * Null: no address of the list fits, and only the client's name can tell.
   * @param ownAddresses  Asked only when the answer depends on it: listing the network adapters takes time.
   */
  byAddress(clientAddress: string, ownAddresses: () => readonly string[]): RelayVerdict | null;
  /** For a client about whom `byAddress` could not decide. */
  byName(names: ClientNames): RelayVerdict;
}

type Range = readonly [ClientAddress, number];

/** Reads the list once; the decision itself is made for every recipient. */
export function compileComputerList({ mode, list }: ComputerList): ListDecision {
  const isName = (entry: string): boolean => entry !== thisComputerEntry && isDomainEntry(entry);
  const computers = list
    .filter((entry) => !isName(entry))
    .map((entry) => ({ entry, range: entry === thisComputerEntry ? null : parseRange(entry) }));
  const names = list.filter(isName).map((entry) => ({ entry, name: entry.toLowerCase() }));

  const listed = (entry: string, clientName: string | null): RelayVerdict => {
    if (mode === 'allExceptListed') return { allowed: false, reason: 'exceptListed', entry, clientName };
    return { allowed: true, reason: entry === thisComputerEntry ? 'thisComputer' : 'listed', entry, clientName };
  };
  const notListed = (clientName: string | null): RelayVerdict => ({
    allowed: mode === 'allExceptListed',
    reason: 'notListed',
    entry: null,
    clientName,
  });

  return {
    byAddress(clientAddress, ownAddresses) {
      const client = parseAddress(clientAddress);
      if (client === null) return { ...notListed(null), allowed: false };
      const found = computers.find(({ entry, range }) =>
        entry === thisComputerEntry ? isThisComputer(client, ownAddresses) : range !== null && isInside(client, range),
      );
      if (found !== undefined) return listed(found.entry, null);
      // A loopback address has no name in DNS; asking would make this computer's own mail depend on DNS.
      return names.length === 0 || client.range() === 'loopback' ? notListed(null) : null;
    },

    byName({ confirmed, complete }) {
      for (const clientName of confirmed) {
        const found = names.find(({ name }) => isNamed(clientName, name));
        if (found !== undefined) return listed(found.entry, clientName);
      }
      const [clientName = null] = confirmed;
      // No answer must not open a door in either mode: the client is not on a list of the welcome, and it may be on one of
      // the unwelcome. No entry is named, because none was found to fit.
      if (!complete && mode === 'allExceptListed') {
        return { allowed: false, reason: 'exceptListed', entry: null, clientName };
      }
      return notListed(clientName);
    },
  };
}

/** '*.example.org' is every computer of the domain and, as in IIS, the domain's own name. */
const isNamed = (clientName: string, entry: string): boolean =>
  entry.startsWith('*.') ? clientName === entry.slice(2) || clientName.endsWith(entry.slice(1)) : clientName === entry;

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

const isInside = (client: ClientAddress, [address, bits]: Range): boolean =>
  client.kind() === address.kind() && client.match(address, bits);

function isThisComputer(client: ClientAddress, ownAddresses: () => readonly string[]): boolean {
  if (client.range() === 'loopback') return true;
  const shown = client.toNormalizedString();
  return ownAddresses().some((own) => parseAddress(own)?.toNormalizedString() === shown);
}
