/** Which secrets go with settings. Pure. */
import type { OutboundSecurity } from '../../shared/settings/outbound-security.ts';
import { type OutboundSecretKind, outboundSecret, type SecretName, userSecret } from '../../shared/settings/secrets.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

const kindOf: Readonly<Record<OutboundSecurity['authentication'], OutboundSecretKind | null>> = {
  none: null,
  basic: 'password',
  oauth2: 'clientSecret',
};

/** Without these, somebody cannot log on here or this server cannot log on elsewhere. */
export function neededSecrets(values: ServerSettings): readonly SecretName[] {
  const outbound = (remoteDomain: string | null, authentication: OutboundSecurity['authentication']): SecretName[] => {
    const kind = kindOf[authentication];
    return kind === null ? [] : [outboundSecret(remoteDomain, kind)];
  };
  return [
    ...values['access.users'].map(userSecret),
    ...outbound(null, values['delivery.authentication']),
    ...values['domains.remote'].flatMap(({ name, security }) =>
      security === null ? [] : outbound(name, security.authentication),
    ),
  ];
}

/** @param present  Names are the same in every spelling. */
export function missingSecrets(values: ServerSettings, present: readonly SecretName[]): SecretName[] {
  const known = new Set(present.map((name) => name.toLowerCase()));
  return neededSecrets(values).filter((name) => !known.has(name.toLowerCase()));
}
