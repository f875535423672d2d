/** Does the relay list let everybody in? Pure. */
import ipaddr from 'ipaddr.js';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

type RelaySettings = Pick<ServerSettings, 'access.relayMode' | 'access.relayList'>;

/** Why the relay list lets everybody in; null when it does not. Two halves of the address space are the whole of it. */
export function openRelayReason(settings: RelaySettings): string | null {
  if (settings['access.relayMode'] === 'allExceptListed') return 'all computers except those in the list';
  const ranges = settings['access.relayList'].flatMap((entry) => rangeOf(entry) ?? []);
  for (const [kind, name] of [
    ['ipv4', 'IPv4'],
    ['ipv6', 'IPv6'],
  ] as const) {
    const own = ranges.filter((range) => range.kind === kind);
    const whole = own.find(({ bits }) => bits === 0);
    if (whole !== undefined) return `the list has ${whole.entry}`;
    if (coversAll(own)) return `the list covers every ${name} address`;
  }
  return null;
}

interface Range {
  readonly entry: string;
  readonly kind: 'ipv4' | 'ipv6';
  /** Of the prefix. */
  readonly bits: number;
  /** First and last address of it. */
  readonly first: bigint;
  readonly last: bigint;
}

const widthBits = { ipv4: 32n, ipv6: 128n } as const;

function rangeOf(entry: string): Range | null {
  const [address = '', prefix] = entry.split('/', 2);
  if (!ipaddr.isValid(address)) return null;
  const written = ipaddr.parse(address);
  const writtenBits = prefix === undefined ? Number(widthBits[written.kind()]) : bitsOf(prefix);
  if (writtenBits === null) return null;
  // ::ffff:0.0.0.0/96 is all of IPv4, as the relay rules read it.
  const isMapped = written instanceof ipaddr.IPv6 && written.isIPv4MappedAddress() && writtenBits >= 96;
  const parsed = isMapped ? written.toIPv4Address() : written;
  const bits = isMapped ? writtenBits - 96 : writtenBits;
  const kind = parsed.kind();
  const width = widthBits[kind];
  if (BigInt(bits) > width) return null;
  const value = parsed.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const size = 1n << (width - BigInt(bits));
  const first = (value / size) * size;
  return { entry, kind, bits, first, last: first + size - 1n };
}

function bitsOf(prefix: string): number | null {
  if (/^[0-9]{1,3}$/.test(prefix)) return Number(prefix);
  return ipaddr.IPv4.isValid(prefix) ? ipaddr.IPv4.parse(prefix).prefixLengthFromSubnetMask() : null;
}

/** Do the ranges of one family leave no gap? */
function coversAll(ranges: readonly Range[]): boolean {
  let reached = 0n;
  for (const { first, last } of [...ranges].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    if (first > reached) return false;
    if (last + 1n > reached) reached = last + 1n;
  }
  const [any] = ranges;
  return any !== undefined && reached === 1n << widthBits[any.kind];
}
