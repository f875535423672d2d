/** One domain in place of ours, in the sender and in From: what IIS calls the masquerade domain. Pure. */
export interface Masquerade {
  readonly domain: string;
  /** Besides the relay's own name: the domains that are replaced. */
  readonly localDomains: readonly string[];
}
