import type { Dns, MxRecord } from '../../electron/base/ports.ts';

/** By name: the records, or the code of the failure. A name that is not there does not exist (ENOTFOUND). */
export interface FakeNames {
  readonly mx?: Readonly<Record<string, readonly MxRecord[] | string>>;
  readonly addresses?: Readonly<Record<string, readonly string[] | string>>;
  /** By address. */
  readonly reverse?: Readonly<Record<string, readonly string[] | string>>;
}

export const fakeDns = ({ mx = {}, addresses = {}, reverse = {} }: FakeNames = {}): Dns => ({
  mx: async (domain) => answer(mx[domain]),
  addresses: async (host) => answer(addresses[host]),
  reverse: async (address) => answer(reverse[address]),
});

const answer = <Value>(value: readonly Value[] | string | undefined): readonly Value[] => {
  if (typeof value === 'string' || value === undefined) {
    throw Object.assign(new Error('look-up failed'), { code: value ?? 'ENOTFOUND' });
  }
  return value;
};
