import { expect, test } from 'vitest';
import { tlsTerms } from '../../../electron/delivery/outbound-tls.ts';
import { TrustStore } from '../../../electron/delivery/trust-store.ts';
import { outboundSecuritySchema, tlsModes } from '../../../shared/settings/outbound-security.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';

test.each(tlsModes)(
  'delivery.tlsMode %s: TLS 1.2 at least, whatever options Node was started with',
  async (tlsMode) => {
    const trust = new TrustStore({ disk: new MemoryDisk(), trustedCertificates: () => [] });
    const terms = await tlsTerms(outboundSecuritySchema.parse({ tlsMode }), 'gw.example.org', trust);
    expect(terms).toMatchObject({ options: { minVersion: 'TLSv1.2', servername: 'gw.example.org' } });
  },
);

test('a list of trusted authorities that cannot be had is a reason, not an exception', async () => {
  const trust = new TrustStore({
    disk: new MemoryDisk(),
    trustedCertificates: () => {
      throw new Error('no store');
    },
  });
  const terms = await tlsTerms(outboundSecuritySchema.parse({ tlsMode: 'verified' }), 'gw.example.org', trust);
  expect(terms).toEqual({ reason: 'the trusted authorities of this computer cannot be used (no store)' });
});
