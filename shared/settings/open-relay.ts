/** Does the relay list let everybody in? One answer for the warnings of the relay and for the console. Pure. */
import { isIpv4, isIpv6 } from './address.ts';
import type { ServerSettings } from './server-settings.ts';

type RelaySettings = Pick<ServerSettings, 'access.relayMode' | 'access.relayList'>;

/** Why the relay list lets everybody in; null when it does not. Two halves of the address space are the whole of it. */
export function openRelayReason(settings: RelaySettings): string | null {
  if (settings['access.relayMode'] === 'allExceptListed') return 'all computers except those in the list';
  const ranges = settings['access.relayList'].flatMap((entry) => rangeOf(entry) ?? []);
  for (const [widthBits, name] of [
    [32, 'IPv4'],
    [128, 'IPv6'],
  ] as const) {
    const own = ranges.filter((range) => range.widthBits === widthBits);
    const whole = own.find(({ bits }) => bits === 0);
    if (whole !== undefined) return `the list has ${whole.entry}`;
    if (coversAll(own, widthBits)) return `the list covers every ${name} address`;
  }
  return null;
}

type WidthBits = 32 | 128;

interface Range {
  readonly entry: string;
  readonly widthBits: WidthBits;
  /** Of the prefix. */
  readonly bits: number;
  /** First and last address of it. */
  readonly first: bigint;
  readonly last: bigint;
}

/** Null for what is no address or group of addresses. */
function rangeOf(entry: string): Range | null {
  const [address = '', prefix] = entry.split('/', 2);
  const writtenWidth = isIpv4(address) ? 32 : isIpv6(address) ? 128 : null;
  if (writtenWidth === null) return null;
  const writtenBits = prefix === undefined ? writtenWidth : bitsOf(prefix);
  if (writtenBits === null || writtenBits > writtenWidth) return null;
  const written = writtenWidth === 32 ? ipv4Value(address) : ipv6Value(address);
  // ::ffff:0.0.0.0/96 is all of IPv4, as the relay rules read it; a wider one holds more than IPv4.
  const isMapped = writtenWidth === 128 && written >> 32n === 0xffffn && writtenBits >= 96;
  const widthBits = isMapped ? 32 : writtenWidth;
  const bits = isMapped ? writtenBits - 96 : writtenBits;
  const value = BigInt.asUintN(widthBits, written);
  const hostBits = BigInt(widthBits - bits);
  const first = (value >> hostBits) << hostBits;
  return { entry, widthBits, bits, first, last: first + (1n << hostBits) - 1n };
}

/** '24' or '255.255.255.0'. */
function bitsOf(prefix: string): number | null {
  if (/^[0-9]{1,3}$/.test(prefix)) return Number(prefix);
  return isIpv4(prefix) ? ipv4Value(prefix).toString(2).replaceAll('0', '').length : null;
}

/** Do the ranges of one family leave no gap? */
function coversAll(ranges: readonly Range[], widthBits: WidthBits): boolean {
  let reached = 0n;
  for (const { first, last } of [...ranges].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    if (first > reached) return false;
    if (last >= reached) reached = last + 1n;
  }
  return reached === 1n << BigInt(widthBits);
}

const ipv4Value = (address: string): bigint =>
  address.split('.').reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);

function ipv6Value(address: string): bigint {
  const [left = '', right] = address.split('::', 2);
  const before = groupsOf(left);
  const after = groupsOf(right ?? '');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0n);
  return [...before, ...zeros, ...after].reduce((value, group) => (value << 16n) | group, 0n);
}

/** RFC 4291 section 2.2: the last two groups may be dotted decimals. */
const groupsOf = (text: string): readonly bigint[] =>
  text === ''
    ? []
    : text.split(':').flatMap((group) => {
        if (!group.includes('.')) return [BigInt(`0x${group}`)];
        const value = ipv4Value(group);
        return [value >> 16n, value & 0xffffn];
      });
