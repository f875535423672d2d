/** One next hop: where it is and how to talk to it. */
import type { SmartHost } from '../../shared/settings/address.ts';
import type { OutboundSecurity } from '../../shared/settings/outbound-security.ts';

/** How to talk to a host. */
export interface Way {
  readonly port: number;
  readonly security: OutboundSecurity;
  /** HELO instead of EHLO: no extensions. */
  readonly helo: boolean;
  /** The remote domain whose secrets are used; null: those of the server. */
  readonly remoteDomain: string | null;
}

/** Smart hosts that are tried when the domain cannot be looked up or none of its hosts can be reached. */
export interface Fallback {
  readonly hosts: readonly SmartHost[];
  readonly way: Way;
}

interface Named {
  /** Identifies the destination and is shown as the next hop. Recipients of one destination share a transaction. */
  readonly name: string;
  /** Its remote domain holds mail until an operator releases it. */
  readonly held: boolean;
  /** Equal for the same hosts, port, security and so on: what is known of one holds for the other. */
  readonly fingerprint: string;
}

export type Destination =
  | (Named & { readonly kind: 'smartHosts'; readonly hosts: readonly SmartHost[]; readonly way: Way })
  | (Named & {
      readonly kind: 'domain';
      readonly domain: string;
      readonly way: Way;
      readonly fallback: Fallback | null;
    })
  | (Named & {
      readonly kind: 'literal';
      readonly address: string;
      readonly way: Way;
      readonly fallback: Fallback | null;
    })
  /** Into the Drop folder of this computer. */
  | (Named & { readonly kind: 'drop' })
  /** The address names no domain that mail could go to. */
  | (Named & { readonly kind: 'none' });

/** Name of the one destination on this computer. */
export const dropName = 'Drop';
