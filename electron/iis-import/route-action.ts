/** The bits of `RouteAction` (Microsoft's names, "RouteAction Metabase Property"). Pure. */
import type { OutboundSecurity } from '../../shared/settings/outbound-security.ts';
import type { MetabaseKey } from './metabase-key.ts';

export const routeBits = {
  drop: 0x1,
  smartHost: 0x2,
  tls: 0x4,
  alias: 0x10,
  deliver: 0x20,
  defaultDomain: 0x40,
  /** NTLM or Kerberos. */
  windowsLogon: 0x80 | 0x20_0000,
  clearTextLogin: 0x100,
  /** Held for ETRN, and what belongs to TURN. */
  held: 0x200,
  relayAllowed: 0x1000,
  turn: 0x2000 | 0x4000,
  helo: 0x40_0000,
} as const;

const names: readonly (readonly [bit: number, name: string])[] = [
  [0x1, 'SMTP_DROP'],
  [0x2, 'SMTP_SMARTHOST'],
  [0x4, 'SMTP_SSL'],
  [0x8, 'SMTP_SASL'],
  [0x10, 'SMTP_ALIAS'],
  [0x20, 'SMTP_DELIVER'],
  [0x40, 'SMTP_DEFAULT'],
  [0x80, 'SMTP_AUTH_NTLM'],
  [0x100, 'SMTP_AUTH_CLEARTEXT'],
  [0x200, 'SMTP_ETRN_CMD'],
  [0x400, 'SMTP_IP_RELAY'],
  [0x800, 'SMTP_AUTH_RELAY'],
  [0x1000, 'SMTP_DOMAIN_RELAY'],
  [0x2000, 'SMTP_CSIDE_TURN'],
  [0x4000, 'SMTP_CSIDE_ETRN'],
  [0x8000, 'SMTP_DISABLE_ETRN'],
  [0x1_0000, 'SMTP_CHUNKING'],
  [0x2_0000, 'SMTP_DISABLE_CHUNK'],
  [0x4_0000, 'SMTP_DISABLE_BMIME'],
  [0x8_0000, 'SMTP_DISABLE_DSN'],
  [0x10_0000, 'SMTP_DISABLE_PIPELINE'],
  [0x20_0000, 'SMTP_AUTH_KERBEROS'],
  [0x40_0000, 'SMTP_USE_HELO'],
];

/** '0x1002 (SMTP_SMARTHOST, SMTP_DOMAIN_RELAY)'. */
export function routeFlagText(bits: number): string {
  const set = names.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);
  return set.length === 0 ? String(bits) : `0x${bits.toString(16)} (${set.join(', ')})`;
}

/**
 * Of a server or a remote domain. The password is encrypted in the metabase and cannot be had.
 * @param server  Says whether certificates are checked; a domain has no say in it.
 */
export function outboundSecurityOf(
  bits: number,
  key: MetabaseKey,
  server: MetabaseKey = key,
): Pick<OutboundSecurity, 'tlsMode' | 'authentication' | 'userName'> {
  const tls = (bits & routeBits.tls) !== 0;
  const isVerified =
    server.switch('SmtpSSLRequireTrustedCA') === true && server.switch('SmtpSSLCertHostnameValidation') === true;
  const isBasic = (bits & routeBits.clearTextLogin) !== 0;
  return {
    tlsMode: tls ? (isVerified ? 'verified' : 'required') : 'opportunistic',
    authentication: isBasic ? 'basic' : 'none',
    userName: isBasic ? (key.text('RouteUserName')?.trim() ?? '') : '',
  };
}
