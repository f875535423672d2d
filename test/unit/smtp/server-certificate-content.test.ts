import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import tls, { connect, createSecureContext, type SecureContext, type SecureVersion, TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { type CertificateFiles, isPfx, readCertificate } from '../../../electron/smtp/server-certificate-content.ts';
import {
  oldFashionedPfx,
  pfxWithoutKey,
  relayCertificate,
  relayPfx,
  renewedCertificate,
  testAuthority,
  testPassphrase,
  weakCertificate,
} from '../../fakes/test-certificates.ts';

const { cert, key, protectedKey } = relayCertificate;

const files = (certificate: string | Buffer, more: Partial<CertificateFiles> = {}): CertificateFiles => ({
  certificate: Buffer.from(certificate),
  key: null,
  passphrase: null,
  ...more,
});

const der = new X509Certificate(cert).raw;
const oldStyleKey = createPrivateKey(key)
  .export({ type: 'sec1', format: 'pem', cipher: 'aes-128-cbc', passphrase: testPassphrase })
  .toString();

test.each([
  { what: 'certificate and key in one file', given: files(cert + key) },
  { what: 'key before certificate', given: files(key + cert) },
  { what: 'the chain after the certificate', given: files(cert + testAuthority + key) },
  { what: 'the chain before the certificate', given: files(testAuthority + cert + key) },
  {
    what: 'Windows line ends and notes between',
    given: files(`Bag Attributes\r\n${(cert + key).replaceAll('\n', '\r\n')}`),
  },
  { what: 'the key in its own file', given: files(cert, { key: Buffer.from(key) }) },
  { what: 'a protected key', given: files(cert + protectedKey, { passphrase: testPassphrase }) },
  { what: 'a protected key of the old kind', given: files(cert + oldStyleKey, { passphrase: testPassphrase }) },
  { what: 'a passphrase nobody needs', given: files(cert + key, { passphrase: testPassphrase }) },
  {
    what: 'the key file beside one that has another key',
    given: files(cert + renewedCertificate.key, { key: Buffer.from(key) }),
  },
  { what: 'a binary certificate with a key file', given: files(der, { key: Buffer.from(key) }) },
  { what: 'a PFX file', given: files(relayPfx, { passphrase: testPassphrase }) },
])('$what: usable', ({ given }) => {
  const { subject, validFromMs, expiresAtMs } = readCertificate(given);
  expect(subject).toBe('CN=relay.example.org, O=Example');
  expect(validFromMs).toBe(Date.parse(new X509Certificate(cert).validFrom));
  expect(expiresAtMs).toBe(Date.parse(new X509Certificate(cert).validTo));
});

test.each([
  { what: 'nothing', given: files(''), reason: 'contains no certificate' },
  { what: 'some text', given: files('certificate'), reason: 'contains no certificate' },
  { what: 'a key alone', given: files(key), reason: 'contains no certificate' },
  { what: 'no key', given: files(cert), reason: 'has no private key' },
  { what: 'no key beside a binary certificate', given: files(der), reason: 'has no private key' },
  {
    what: 'no key in a PFX',
    given: files(pfxWithoutKey, { passphrase: testPassphrase }),
    reason: 'has no private key',
  },
  {
    what: 'no key in the key file',
    given: files(cert, { key: Buffer.from(cert) }),
    reason: 'has no private key',
    file: 'key',
  },
  {
    what: 'the key of another',
    given: files(cert + renewedCertificate.key),
    reason: 'does not belong to the private key',
  },
  { what: 'half a certificate', given: files(key + cert.slice(0, 200)), reason: 'is damaged' },
  { what: 'half a chain', given: files(cert + key + testAuthority.slice(0, 200)), reason: 'is damaged' },
  {
    what: 'half a key',
    given: files(cert, { key: Buffer.from(key.slice(0, 100)) }),
    reason: 'is damaged',
    file: 'key',
  },
  { what: 'a certificate of zeros', given: files(key + cert.replaceAll(/^M.*$/gm, 'AAAA')), reason: 'is damaged' },
  { what: 'a key of zeros', given: files(cert + key.replaceAll(/^M.*$/gm, 'AAAA')), reason: 'cannot be read' },
  { what: 'half a PFX', given: files(relayPfx.subarray(0, 600), { passphrase: testPassphrase }), reason: 'is damaged' },
  { what: 'no passphrase', given: files(cert + protectedKey), reason: 'is protected with a passphrase' },
  { what: 'no passphrase for a PFX', given: files(relayPfx), reason: 'is protected with a passphrase' },
  { what: 'a wrong passphrase', given: files(cert + protectedKey, { passphrase: 'x' }), reason: 'passphrase is wrong' },
  {
    what: 'a wrong passphrase for an old key',
    given: files(cert + oldStyleKey, { passphrase: 'x' }),
    reason: 'passphrase is wrong',
  },
  { what: 'a wrong passphrase for a PFX', given: files(relayPfx, { passphrase: 'x' }), reason: 'passphrase is wrong' },
  { what: 'a PFX of old Windows', given: files(oldFashionedPfx, { passphrase: testPassphrase }), reason: 'AES256' },
  {
    what: 'a key that is too short',
    given: files(weakCertificate.cert + weakCertificate.key),
    reason: 'key too small',
  },
])('$what: says so', ({ given, reason, file = 'certificate' }) => {
  let thrown: unknown = null;
  try {
    readCertificate(given);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ name: 'CertificateError', file, message: expect.stringContaining(reason) });
  expect(String(thrown)).not.toContain(testPassphrase);
  expect(String(thrown)).not.toContain('PRIVATE KEY');
});

test('a PFX is known by its content', () => {
  expect(isPfx(relayPfx)).toBe(true);
  expect(isPfx(der)).toBe(false);
  expect(isPfx(Buffer.from(cert))).toBe(false);
  expect(isPfx(Buffer.alloc(0))).toBe(false);
});

/** A handshake in memory, with a client that asks for this version of TLS. */
async function handshake(
  context: SecureContext,
  version: SecureVersion,
  trusted: readonly string[] = [testAuthority],
): Promise<TLSSocket> {
  const [clientSide, serverSide] = duplexPair();
  const server = new TLSSocket(serverSide, { isServer: true, secureContext: context });
  server.on('error', () => undefined);
  const client = connect({
    socket: clientSide,
    ca: [...trusted],
    rejectUnauthorized: trusted.length > 0,
    servername: 'relay.example.org',
    minVersion: version,
    maxVersion: version,
    // Old versions are not even asked for otherwise.
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  await once(client, 'secureConnect');
  return client;
}

test.each(['TLSv1.2', 'TLSv1.3'] as const)('a client with %s gets the certificate', async (version) => {
  const client = await handshake(readCertificate(files(testAuthority + cert + key)).context, version);
  expect(client.authorized).toBe(true);
  expect(client.getProtocol()).toBe(version);
  expect(client.getPeerX509Certificate()?.fingerprint256).toBe(new X509Certificate(cert).fingerprint256);
  client.destroy();
});

test.each([
  { what: 'with its chain', chain: testAuthority, issuer: 'Test Root' },
  { what: 'alone', chain: '', issuer: undefined },
])('the certificate is shown $what when the file has it so', async ({ chain, issuer }) => {
  // A client that trusts nobody: what it knows of the issuer, it was sent.
  const client = await handshake(readCertificate(files(chain + cert + key)).context, 'TLSv1.3', []);
  expect(client.getPeerCertificate(true).issuerCertificate?.subject.CN).toBe(issuer);
  client.destroy();
});

/** As on a computer whose Node was started with --tls-min-v1.0: what refuses old versions then is the certificate's context. */
function allowOldTls(): void {
  const { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS } = tls;
  onTestFinished(() => void Object.assign(tls, { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS }));
  Object.assign(tls, { DEFAULT_MIN_VERSION: 'TLSv1', DEFAULT_CIPHERS: 'DEFAULT@SECLEVEL=0' });
}

test.each(['TLSv1', 'TLSv1.1'] as const)('a client with %s is turned away', async (version) => {
  allowOldTls();
  const withoutOurTerms = createSecureContext({ cert, key });
  const { context } = readCertificate(files(cert + key));
  const client = await handshake(withoutOurTerms, version);
  expect(client.getProtocol()).toBe(version);
  client.destroy();
  await expect(handshake(context, version)).rejects.toThrow(/alert protocol version/i);
});

test('a PFX shows its certificate as well', async () => {
  const client = await handshake(readCertificate(files(relayPfx, { passphrase: testPassphrase })).context, 'TLSv1.3');
  expect(client.authorized).toBe(true);
  client.destroy();
});
