/** How a conversation is encrypted: what the settings ask for, as options of the connection. */
import { isIP, type Socket } from 'node:net';
import { type ConnectionOptions, TLSSocket } from 'node:tls';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { OutboundSecurity } from '../../shared/settings/outbound-security.ts';
import { certificateFailure } from './certificate-failure.ts';
import { minTlsVersion, type TrustStore } from './trust-store.ts';

/**
 * `never`: clear text. `ifOffered`: any certificate, and without STARTTLS or when it fails, clear text: better than none and
 * must never stop mail (RFC 7435). `always`: never a word of mail in clear.
 */
export type TlsNeed = 'never' | 'ifOffered' | 'always';

export interface TlsTerms {
  readonly need: TlsNeed;
  /** TLS from the first octet (RFC 8314). */
  readonly implicit: boolean;
  readonly options: ConnectionOptions;
  readonly judgeCertificate: (socket: Socket) => string | null;
}

/**
 * @param host  Whose certificate it is to be: a name, or an address where the settings have one.
 * @param isObserved  The trusted authorities are to be known to the connection although the settings do not ask for them.
 * @returns the terms, or why there are none.
 */
export async function tlsTerms(
  security: OutboundSecurity,
  host: string,
  trust: Pick<TrustStore, 'contextFor'>,
  isObserved = false,
): Promise<TlsTerms | { readonly reason: string }> {
  const { tlsMode, implicitTls: implicit, caFile } = security;
  // The handshake is always let finish; who judges the certificate afterwards can say what is wrong with it.
  const options: ConnectionOptions = {
    rejectUnauthorized: false,
    minVersion: minTlsVersion,
    ...(isIP(host) === 0 ? { servername: host } : {}),
  };
  if (tlsMode !== 'verified') {
    const need = implicit ? 'always' : needOf(tlsMode);
    const secureContext = isObserved ? await trust.contextFor(caFile).catch(() => undefined) : undefined;
    const withTrust = secureContext === undefined ? options : { ...options, secureContext };
    return { need, implicit, options: withTrust, judgeCertificate: () => null };
  }
  try {
    const secureContext = await trust.contextFor(caFile);
    return { need: 'always', implicit, options: { ...options, secureContext }, judgeCertificate: judgeFor(host) };
  } catch (error) {
    if (error instanceof ProblemError) return { reason: error.problem.message };
    const reason = error instanceof Error ? error.message : String(error);
    return { reason: `the trusted authorities of this computer cannot be used (${reason})` };
  }
}

const needOf = (tlsMode: 'off' | 'opportunistic' | 'required'): TlsNeed =>
  tlsMode === 'off' ? 'never' : tlsMode === 'opportunistic' ? 'ifOffered' : 'always';

export const judgeFor =
  (host: string) =>
  (socket: Socket): string | null => {
    if (!(socket instanceof TLSSocket)) return `the connection to ${host} is not encrypted`;
    if (socket.authorized) return null;
    // Node has an error's code or message here, whatever its declaration says.
    const code: unknown = socket.authorizationError;
    return certificateFailure(typeof code === 'string' ? code : 'unknown', host, socket.getPeerCertificate());
  };
