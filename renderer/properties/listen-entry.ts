/** One identity as the dialogs edit it: an address from a list and a port as it is being typed. Pure. */
import { isIpv6, parseEndpoint } from '../../shared/settings/address.ts';

export interface ListenEntry {
  /** '*' is every address of the computer. */
  readonly address: string;
  readonly portText: string;
}

/** Also of a text whose port is not one (yet): '[::1]:' is the address ::1 and no port. */
export const splitListen = (text: string): ListenEntry => {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return { address: text, portText: '' };
  return { address: text.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), portText: text.slice(colon + 1) };
};

export const joinListen = ({ address, portText }: ListenEntry): string =>
  `${isIpv6(address) ? `[${address}]` : address}:${portText.trim()}`;

export type ListenProblem = 'port' | 'duplicate';

/** @param others  The identities it must differ from. */
export const listenProblem = (entry: ListenEntry, others: readonly string[]): ListenProblem | null => {
  const text = joinListen(entry);
  if (parseEndpoint(text) === null) return 'port';
  return others.includes(text) ? 'duplicate' : null;
};
