import type { PeerCertificate } from 'node:tls';
import { expect, test } from 'vitest';
import { certificateFailure } from '../../../electron/delivery/certificate-failure.ts';

const certificate = (change: Partial<PeerCertificate>): PeerCertificate => Object.assign(Object.create(null), change);

test.each<{ code: string; change: Partial<PeerCertificate>; words: string }>([
  {
    code: 'CERT_HAS_EXPIRED',
    change: { valid_to: 'Feb  3 01:02:03 2021 GMT' },
    words: 'the certificate of gw expired on 2021-02-03',
  },
  {
    code: 'CERT_NOT_YET_VALID',
    change: { valid_from: 'Feb  3 01:02:03 2098 GMT' },
    words: 'the certificate of gw is not valid before 2098-02-03',
  },
  {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    change: { subjectaltname: 'DNS:a.example, IP Address:192.0.2.1' },
    words: 'the certificate was issued for a.example, 192.0.2.1, not for gw',
  },
  {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    change: { subjectaltname: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `DNS:${name}`).join(', ') },
    words: 'the certificate was issued for a, b, c, d, e and 2 more, not for gw',
  },
  {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    change: { subject: { C: '', ST: '', L: '', O: '', OU: '', CN: 'old.example' } },
    words: 'the certificate was issued for old.example, not for gw',
  },
  {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    change: {},
    words: 'the certificate was issued for no name at all, not for gw',
  },
  {
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    change: {},
    words: 'the certificate of gw is self-signed: no trusted authority vouches for it',
  },
  {
    code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    change: { issuer: { C: '', ST: '', L: '', O: 'Corp', OU: '', CN: '' } },
    words:
      'the certificate of gw was issued by Corp, an authority that is not trusted here (its own certificate, or one between, is unknown)',
  },
  { code: 'SOME_NEW_CODE', change: {}, words: 'the certificate of gw could not be verified (some new code)' },
])('$code: $words', ({ code, change, words }) => {
  expect(certificateFailure(code, 'gw', certificate(change))).toBe(words);
});
