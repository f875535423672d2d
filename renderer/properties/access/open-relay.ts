/** Do the relay restrictions let everybody in? Several groups may cover every address together. Pure. */
import { isIpv4, isIpv6 } from '../../../shared/settings/address.ts';
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { formOfEntry } from './relay-entry.ts';

/** Everybody who can connect may relay, or everybody but a few. */
export const isOpenRelay = (rules: Pick<ServerSettings, 'access.relayMode' | 'access.relayList'>): boolean =>
  rules['access.relayMode'] === 'allExceptListed' || coversEveryAddress(rules['access.relayList']);

interface Range {
  readonly widthBits: 32 | 128;
  readonly first: bigint;
  readonly last: bigint;
}

function coversEveryAddress(entries: readonly string[]): boolean {
  const ranges = entries.flatMap((entry) => rangeOf(entry) ?? []);
  return ([32, 128] as const).some((widthBits) => {
    let next = 0n;
    const ofFamily = ranges.filter((range) => range.widthBits === widthBits);
    for (const { first, last } of ofFamily.sort((a, b) => (a.first < b.first ? -1 : 1))) {
      if (first > next) return false;
      if (last >= next) next = last + 1n;
    }
    return next === 1n << BigInt(widthBits);
  });
}

/** Null for what is no group of addresses. */
function rangeOf(entry: string): Range | null {
  const form = formOfEntry(entry);
  if (form.kind !== 'group') return null;
  const widthBits = isIpv4(form.address) ? 32 : 128;
  const value = widthBits === 32 ? ipv4Value(form.address) : ipv6Value(form.address);
  if (value === null) return null;
  const sizeBits = BigInt(widthBits - prefixLength(form.mask));
  const first = (value >> sizeBits) << sizeBits;
  return { widthBits, first, last: first + (1n << sizeBits) - 1n };
}

/** '24' or '255.255.255.0'. */
function prefixLength(mask: string): number {
  if (!isIpv4(mask)) return Number(mask);
  return ipv4Value(mask).toString(2).replaceAll('0', '').length;
}

const ipv4Value = (address: string): bigint =>
  address.split('.').reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);

/** Null for an address that ends in dotted decimals: a group of those is never a large part of all addresses. */
function ipv6Value(address: string): bigint | null {
  if (!isIpv6(address) || address.includes('.')) return null;
  const [left = '', right = ''] = address.split('::', 2);
  const groups = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(left), groups(right)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
