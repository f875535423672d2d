/** Passwords and client secrets of remote domains: they are kept by the name of the domain. Pure. */
import { outboundSecret, type SecretName } from '../../shared/settings/secrets.ts';

/** Those that are set. */
export const secretsOfDomain = (names: readonly SecretName[], domain: string): readonly SecretName[] => {
  const own = [outboundSecret(domain, 'password'), outboundSecret(domain, 'clientSecret')];
  return own.filter((name) => names.some((known) => known.toLowerCase() === name.toLowerCase()));
};
