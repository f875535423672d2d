/** Why the certificate of a next hop will not do, in words for people. Pure. */
import type { PeerCertificate } from 'node:tls';

const maxNames = 5;

const day = (text: string): string => {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString().slice(0, 10);
};

/** 'DNS:a.example.org, IP Address:192.0.2.1' as the certificate has it, or the common name of an old one. */
const namesOf = ({ subjectaltname, subject }: PeerCertificate): string => {
  const names = (subjectaltname ?? '')
    .split(', ')
    .map((name) => name.replace(/^(?:DNS|IP Address):/, ''))
    .filter((name) => name !== '');
  const all = names.length > 0 ? names : [text(subject?.CN)].filter((name) => name !== '');
  if (all.length === 0) return 'no name at all';
  return all.length <= maxNames
    ? all.join(', ')
    : `${all.slice(0, maxNames).join(', ')} and ${all.length - maxNames} more`;
};

/** A name part that occurs several times is a list. */
const text = (part: string | readonly string[] | undefined): string =>
  typeof part === 'string' ? part : (part?.[0] ?? '');

const issuerOf = ({ issuer }: PeerCertificate): string =>
  text(issuer?.CN) || text(issuer?.O) || text(issuer?.OU) || 'no name';

/**
 * @param code  OpenSSL's word for what is wrong, as `TLSSocket.authorizationError` has it.
 * @param host  The name or address the certificate was to be for.
 */
export function certificateFailure(code: string, host: string, certificate: PeerCertificate): string {
  const its = `the certificate of ${host}`;
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return `${its} expired on ${day(certificate.valid_to)}`;
    case 'CERT_NOT_YET_VALID':
      return `${its} is not valid before ${day(certificate.valid_from)}`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `the certificate was issued for ${namesOf(certificate)}, not for ${host}`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `${its} is self-signed: no trusted authority vouches for it`;
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `${its} was issued by ${issuerOf(certificate)}, an authority that is not trusted here (its own certificate, or one between, is unknown)`;
    case 'CERT_REVOKED':
      return `${its} was revoked`;
    case 'INVALID_PURPOSE':
      return `${its} is not meant for servers`;
    default:
      return `${its} could not be verified (${code.replaceAll('_', ' ').toLowerCase()})`;
  }
}
