/** Addresses in header fields and envelope lines of files that people and programs put down. Pure. */
import { addressParser } from 'postal-mime';

/** One '@' that counts, both sides there, nothing that ends a line or an address in an SMTP command. */
const mailAddress = /^(?:"(?:[^"\\\p{Cc}]|\\[^\p{Cc}])+"|[^\s"<>()\p{Cc}\p{Cs}]+)@[^\s@"<>()\p{Cc}\p{Cs}]+$/u;

export const isMailAddress = (text: string): boolean => text.length <= 320 && mailAddress.test(text);

export interface AddressList {
  readonly addresses: readonly string[];
  /** Entries that are no address: a name alone, for instance. */
  readonly unusable: readonly string[];
}

/** The addresses of a From, To, Cc or Bcc field; groups are opened, an empty group has none. */
export function readAddressList(text: string): AddressList {
  const addresses: string[] = [];
  const unusable: string[] = [];
  for (const { address = '', name } of addressParser(text, { flatten: true })) {
    if (isMailAddress(address)) addresses.push(address);
    else unusable.push(address || name);
  }
  return { addresses, unusable };
}

/** Without repetitions. Domains are compared without case; whether the case of the part before counts is the receiver's business. */
export function withoutRepetitions<Entry extends { readonly address: string }>(
  entries: readonly Entry[],
): readonly Entry[] {
  const byAddress = new Map<string, Entry>();
  for (const entry of entries) {
    const at = entry.address.lastIndexOf('@');
    const key = `${entry.address.slice(0, at)}${entry.address.slice(at).toLowerCase()}`;
    if (!byAddress.has(key)) byAddress.set(key, entry);
  }
  return [...byAddress.values()];
}
