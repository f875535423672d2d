/** Entries of the relay list as the Computer dialog edits them. Pure. */
import {
  isDomainEntry,
  isIpAddress,
  isIpv4,
  isRelayEntry,
  thisComputerEntry,
} from '../../../shared/settings/address.ts';

export type ComputerForm =
  | { readonly kind: 'thisComputer' }
  | { readonly kind: 'single'; readonly address: string }
  /** `mask` is a subnet mask or a prefix length. */
  | { readonly kind: 'group'; readonly address: string; readonly mask: string }
  /** By the name in DNS: one computer, or '*.example.org'. */
  | { readonly kind: 'domain'; readonly name: string };

export const formOfEntry = (entry: string): ComputerForm => {
  if (entry === thisComputerEntry) return { kind: 'thisComputer' };
  if (isDomainEntry(entry)) return { kind: 'domain', name: entry };
  const [address = '', mask] = entry.split('/');
  return mask === undefined ? { kind: 'single', address } : { kind: 'group', address, mask };
};

export type EntryCheck =
  | { readonly ok: true; readonly entry: string }
  | { readonly ok: false; readonly field: 'address' | 'mask' | 'name' };

export function entryOfForm(form: ComputerForm): EntryCheck {
  if (form.kind === 'thisComputer') return { ok: true, entry: thisComputerEntry };
  if (form.kind === 'domain') {
    const entry = form.name.trim();
    return isDomainEntry(entry) ? { ok: true, entry } : { ok: false, field: 'name' };
  }
  const address = form.address.trim();
  if (!isIpAddress(address)) return { ok: false, field: 'address' };
  if (form.kind === 'single') return { ok: true, entry: address };
  const entry = `${address}/${form.mask.trim().replace(/^\//, '')}`;
  return isRelayEntry(entry) ? { ok: true, entry } : { ok: false, field: 'mask' };
}

/** '10.0.0.0 (255.255.255.0)', as the IIS list shows groups; other entries as they are. */
export const entryText = (entry: string, thisComputer: string): string => {
  const form = formOfEntry(entry);
  if (form.kind === 'thisComputer') return thisComputer;
  return form.kind === 'group' ? `${form.address} (${isIpv4(form.mask) ? form.mask : `/${form.mask}`})` : entry;
};

/** Names and hexadecimal addresses are the same in upper and lower case. */
export const isInList = (entry: string, list: readonly string[]): boolean =>
  list.some((other) => other.toLowerCase() === entry.toLowerCase());
