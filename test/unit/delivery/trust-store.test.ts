import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { TrustStore } from '../../../electron/delivery/trust-store.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';
import { upstreamCertificate } from '../../fakes/upstream-certificate.ts';

test('authorities are parsed once, and again when the file or the list of the system changes', async () => {
  const disk = new MemoryDisk();
  disk.files.set('/a.pem', Buffer.from(upstreamCertificate.cert));
  let system: readonly string[] = [];
  const trust = new TrustStore({ disk, trustedCertificates: () => [...system] });
  const [none, first] = [await trust.contextFor(''), await trust.contextFor('/a.pem')];
  expect(await trust.contextFor('')).toBe(none);
  expect(await trust.contextFor('/a.pem')).toBe(first);

  system = rootCertificates.slice(0, 1);
  const second = await trust.contextFor('/a.pem');
  expect(second).not.toBe(first);
  disk.files.set('/a.pem', Buffer.from(`${upstreamCertificate.cert}\n`));
  expect(await trust.contextFor('/a.pem')).not.toBe(second);
});
