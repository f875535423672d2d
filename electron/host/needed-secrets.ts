import { outboundSecret, type SecretName, userSecret } from '../../shared/settings/secrets.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

/** Secrets without which these settings cannot do what they say. A certificate may do without its passphrase. */
export function neededSecrets(values: ServerSettings): readonly SecretName[] {
  const ways = [
    { domain: null, authentication: values['delivery.authentication'] },
    ...values['domains.remote'].map(({ name, security }) => ({
      domain: name,
      authentication: security?.authentication ?? 'none',
    })),
  ];
  return [
    ...values['access.users'].map(userSecret),
    ...ways.flatMap(({ domain, authentication }) => {
      if (authentication === 'none') return [];
      return [outboundSecret(domain, authentication === 'basic' ? 'password' : 'clientSecret')];
    }),
  ];
}

/** Names are the same in every spelling. */
export function missingSecrets(values: ServerSettings, set: readonly SecretName[]): SecretName[] {
  const known = new Set(set.map((name) => name.toLowerCase()));
  return neededSecrets(values).filter((name) => !known.has(name.toLowerCase()));
}
