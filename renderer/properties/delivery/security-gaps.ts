/** What a login to the next hop still lacks, and whether it would be overheard. Pure. */
import type { OutboundSecurity } from '../../../shared/settings/outbound-security.ts';
import type { OutboundSecretKind } from '../../../shared/settings/secrets.ts';
import type { SecretState } from '../secret-changes.ts';

export type SecurityGap = 'userName' | 'oauthTokenEndpoint' | 'oauthClientId' | OutboundSecretKind;

/** The secret that this way of logging in uses; null: none. */
export const secretKindOf = ({
  authentication,
}: Pick<OutboundSecurity, 'authentication'>): OutboundSecretKind | null => {
  if (authentication === 'none') return null;
  return authentication === 'basic' ? 'password' : 'clientSecret';
};

export function securityGaps(security: OutboundSecurity, secret: SecretState): readonly SecurityGap[] {
  const kind = secretKindOf(security);
  if (kind === null) return [];
  const fields = kind === 'password' ? (['userName'] as const) : oauthFields;
  const missing: SecurityGap[] = fields.filter((field) => security[field].trim() === '');
  if (secret === 'none' || secret === 'willBeRemoved') missing.push(kind);
  return missing;
}

const oauthFields = ['oauthTokenEndpoint', 'oauthClientId', 'userName'] as const;

/** A login on a connection that need not be encrypted. */
export const isInClearText = ({ authentication, tlsMode, implicitTls }: OutboundSecurity): boolean =>
  authentication !== 'none' && !implicitTls && (tlsMode === 'off' || tlsMode === 'opportunistic');
