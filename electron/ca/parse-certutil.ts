/**
 * What `certutil -getreg` and `-setreg` print. Words are translated and differ between versions of Windows: only the shape of
 * the lines counts. Pure.
 */
import type { RegistryData } from '../../shared/contract/computer/exit-module-calls.ts';
import { type RegistryValue, sameName } from './registry-keys.ts';

export interface CertutilListing {
  /** Whole path with 'HKEY_LOCAL_MACHINE' in full. */
  readonly path: string;
  /** Names of the keys below. */
  readonly subkeys: readonly string[];
  /** Of `-setreg`: the old value, if there was one, and the new one. */
  readonly values: readonly RegistryValue[];
}

const keyLine = /^(?:(?:HKEY_LOCAL_MACHINE|HKLM)\\)?(SYSTEM\\CurrentControlSet\\Services\\CertSvc\\.+?):\s*$/i;
const valueLine = /^ {2}(\S.*?)\s+REG_([A-Z_]+) = ?(.*)$/;
const numberText = /^([0-9a-f]+)(?: \((\d+)\))?$/i;
const partLine = /^ {4}(\d+): ?(.*)$/;
const subkeyLine = /^ {2}(\S.*?)\s*$/;

/** One listing for each key that was asked for. */
export function parseCertutil(text: string): readonly CertutilListing[] {
  const listings: { path: string; subkeys: string[]; values: RegistryValue[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, path] = keyLine.exec(line) ?? [];
    if (path !== undefined) {
      listings.push({ path: `HKEY_LOCAL_MACHINE\\${path}`, subkeys: [], values: [] });
      continue;
    }
    const listing = listings.at(-1);
    if (listing === undefined) continue;
    const [, name, type, shown] = valueLine.exec(line) ?? [];
    if (name !== undefined && type !== undefined && shown !== undefined) {
      listing.values.push({ name, data: dataOf(`REG_${type}`, shown) });
      continue;
    }
    const [, , part] = partLine.exec(line) ?? [];
    const last = listing.values.at(-1)?.data;
    if (part !== undefined && last?.type === 'REG_MULTI_SZ') last.lines.push(part);
    const [, subkey] = subkeyLine.exec(line) ?? [];
    if (subkey !== undefined && listing.values.length === 0) listing.subkeys.push(subkey);
  }
  return listings.map(withoutValueName);
}

/** Newer systems put the name of a single value behind the path of its key. */
function withoutValueName(listing: CertutilListing): CertutilListing {
  const cut = listing.path.lastIndexOf('\\');
  const last = listing.path.slice(cut + 1);
  const isValue = listing.values.length > 0 && listing.values.every(({ name }) => sameName(name, last));
  return isValue ? { ...listing, path: listing.path.slice(0, cut) } : listing;
}

function dataOf(type: string, shown: string): RegistryData {
  switch (type) {
    case 'REG_SZ':
      return { type, text: shown };
    case 'REG_DWORD': {
      // The number in brackets is there only where it differs from the hexadecimal one.
      const [, hex] = numberText.exec(shown) ?? [];
      return hex === undefined
        ? { type: 'other', name: type, text: shown }
        : { type, number: Number.parseInt(hex, 16) };
    }
    case 'REG_MULTI_SZ':
      return { type, lines: [] };
    default:
      return { type: 'other', name: type, text: shown };
  }
}
