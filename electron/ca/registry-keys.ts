/** Keys of the registry as a listing shows them. Names are compared as Windows does. Pure. */
import type { RegistryData } from '../../shared/contract/computer/exit-module-calls.ts';

export interface RegistryValue {
  readonly name: string;
  readonly data: RegistryData;
}

export interface RegistryKey {
  /** Whole path with 'HKEY_LOCAL_MACHINE' in full. */
  readonly path: string;
  readonly values: readonly RegistryValue[];
}

export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

export const keyAt = (keys: readonly RegistryKey[], path: string): RegistryKey | undefined =>
  keys.find((key) => sameName(key.path, path));

export const dataOf = (key: RegistryKey | undefined, name: string): RegistryData | null =>
  key?.values.find((value) => sameName(value.name, name))?.data ?? null;

/** Text of a string; null when there is none or it is of another type. */
export const textOf = (data: RegistryData | null): string | null => (data?.type === 'REG_SZ' ? data.text : null);

export const numberOf = (data: RegistryData | null): number | null => (data?.type === 'REG_DWORD' ? data.number : null);

/** Lines of a multi-string; a plain string is one line. */
export const linesOf = (data: RegistryData | null): readonly string[] =>
  data?.type === 'REG_MULTI_SZ' ? data.lines : data?.type === 'REG_SZ' && data.text !== '' ? [data.text] : [];

export const sameData = (one: RegistryData | null, other: RegistryData | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
