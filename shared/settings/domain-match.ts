/** Which of the configured domains a recipient belongs to. Pure; whoever asks gives both sides in ASCII (IDNA). */
import type { ServerSettings } from './server-settings.ts';

/** Domains whose mail stays here. Without a default domain there is no local mail, so its aliases do not count either. */
export const localDomains = (
  settings: Pick<ServerSettings, 'domains.default' | 'domains.aliases'>,
): readonly { readonly name: string }[] =>
  settings['domains.default'] === ''
    ? []
    : [settings['domains.default'], ...settings['domains.aliases']].map((name) => ({ name }));

/**
 * 'example.org' is that domain alone, '*.example.org' every domain below it but not itself. An exact name wins over a
 * wildcard, a longer wildcard over a shorter one; upper and lower case are the same.
 */
export function matchDomain<Domain extends { readonly name: string }>(
  domains: readonly Domain[],
  recipientDomain: string,
): Domain | null {
  const wanted = recipientDomain.toLowerCase();
  let best: Domain | null = null;
  for (const domain of domains) {
    const name = domain.name.toLowerCase();
    if (name === wanted) return domain;
    if (isBelow(wanted, name) && name.length > (best?.name.length ?? 0)) best = domain;
  }
  return best;
}

const isBelow = (domain: string, wildcard: string): boolean =>
  wildcard.startsWith('*.') && domain.length >= wildcard.length && domain.endsWith(wildcard.slice(1));
