/** From the bytes of certificate files to what TLS works with. Pure; says in words what is wrong with them. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { EpochMs } from '../../shared/contract/messages.ts';

export interface CertificateFiles {
  /** PEM, PFX (PKCS #12) or one certificate in binary form. */
  readonly certificate: Buffer;
  /** PEM; null: the key is in the file of the certificate. */
  readonly key: Buffer | null;
  readonly passphrase: string | null;
}

export interface UsableCertificate {
  readonly context: SecureContext;
  /** 'CN=relay.example.org, O=Example' */
  readonly subject: string;
  readonly validFromMs: EpochMs;
  readonly expiresAtMs: EpochMs;
}

/** What is wrong, as the rest of a sentence that begins with the name of the file at fault, and what to do. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  readonly file: 'certificate' | 'key';

  constructor(file: 'certificate' | 'key', reason: string) {
    super(reason);
    this.file = file;
  }
}

const words = {
  noKey: 'has no private key. Name the private key file as well, or use a PEM or PFX file that contains both.',
  noCertificate: 'contains no certificate. Use a PEM file with the certificate and its chain, or a PFX file.',
  passphraseMissing: 'is protected with a passphrase. Set the passphrase of the certificate.',
  passphraseWrong: 'cannot be opened: the passphrase is wrong. Set the passphrase of the certificate again.',
  oldPfx:
    'is encrypted in a way that is no longer supported. Export it again with AES256-SHA256 (Export-PfxCertificate -CryptoAlgorithmOption AES256_SHA256).',
  damaged: 'is damaged or not written to its end. Export it again if this stays.',
  mismatch: 'does not belong to the private key. Use the key that the certificate was requested with.',
  keyDamaged: 'has a private key that cannot be read. Export it again as PEM (PKCS #8).',
} as const;

/** @throws {CertificateError} */
export function readCertificate({ certificate, key, passphrase }: CertificateFiles): UsableCertificate {
  if (isPfx(certificate)) return usable(pfxContext(certificate, passphrase));
  const keyFile = key === null ? 'certificate' : 'key';
  const certificates = readCertificates(certificate);
  const privateKey = readKey(key ?? certificate, keyFile, passphrase);
  const own = certificates.find((candidate) => candidate.checkPrivateKey(privateKey));
  if (own === undefined) throw new CertificateError('certificate', words.mismatch);
  // TLS wants the server's own certificate first; not every tool writes the chain in that order.
  const chain = [own, ...certificates.filter((other) => other !== own)];
  return usable(pemContext(chain.map((link) => link.toString()).join(''), privateKey));
}

/** Both begin as ASN.1 does; a file with a certificate alone is not a PFX. */
export const isPfx = (bytes: Buffer): boolean => bytes[0] === 0x30 && binaryCertificate(bytes) === null;

function binaryCertificate(bytes: Buffer): X509Certificate | null {
  try {
    return bytes[0] === 0x30 ? new X509Certificate(bytes) : null;
  } catch {
    return null;
  }
}

function readCertificates(bytes: Buffer): readonly X509Certificate[] {
  const binary = binaryCertificate(bytes);
  if (binary !== null) return [binary];
  const blocks = pemBlocks(bytes, 'certificate').filter(({ label }) => label === 'CERTIFICATE');
  if (blocks.length === 0) throw new CertificateError('certificate', words.noCertificate);
  try {
    return blocks.map(({ text }) => new X509Certificate(text));
  } catch {
    throw new CertificateError('certificate', words.damaged);
  }
}

function readKey(bytes: Buffer, file: 'certificate' | 'key', passphrase: string | null): KeyObject {
  const block = pemBlocks(bytes, file).find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (block === undefined) throw new CertificateError(file, words.noKey);
  const isProtected = block.text.includes('ENCRYPTED');
  if (isProtected && passphrase === null) throw new CertificateError(file, words.passphraseMissing);
  try {
    return createPrivateKey({ key: block.text, ...(passphrase === null ? {} : { passphrase }) });
  } catch {
    throw new CertificateError(file, isProtected ? words.passphraseWrong : words.keyDamaged);
  }
}

interface PemBlock {
  readonly label: string;
  readonly text: string;
}

const pemBegin = '-----BEGIN ';

/** A block without its end is in a file that somebody is just writing. */
function pemBlocks(bytes: Buffer, file: 'certificate' | 'key'): readonly PemBlock[] {
  const [, ...begun] = bytes.toString('latin1').split(pemBegin);
  return begun.map((text) => {
    const [, label] = /^([A-Z0-9 ]+)-----/.exec(text) ?? [];
    const end = `-----END ${label}-----`;
    const endAt = text.indexOf(end);
    if (label === undefined || endAt < 0) throw new CertificateError(file, words.damaged);
    return { label, text: `${pemBegin}${text.slice(0, endAt)}${end}\n` };
  });
}

function pfxContext(pfx: Buffer, passphrase: string | null): SecureContext {
  try {
    return createSecureContext({ ...terms, pfx, ...(passphrase === null ? {} : { passphrase }) });
  } catch (error) {
    throw new CertificateError('certificate', pfxReason(libraryWords(error), passphrase));
  }
}

/** The codes differ between the TLS libraries of Node and of Electron, and some failures have none; the words are alike. */
function pfxReason(text: string, passphrase: string | null): string {
  if (/mac verify|incorrect.password|bad.?decrypt/i.test(text)) {
    return passphrase === null ? words.passphraseMissing : words.passphraseWrong;
  }
  if (/load private key/i.test(text)) return words.noKey;
  if (/load certificate/i.test(text)) return words.noCertificate;
  if (/unsupported/i.test(text)) return words.oldPfx;
  if (/not enough data|wrong tag|too long|bad.pkcs12/i.test(text)) return words.damaged;
  return refused(text);
}

function pemContext(cert: string, key: KeyObject): SecureContext {
  try {
    return createSecureContext({ ...terms, cert, key: key.export({ type: 'pkcs8', format: 'pem' }) });
  } catch (error) {
    throw new CertificateError('certificate', refused(libraryWords(error)));
  }
}

/** TLS 1.0 and 1.1 are no longer to be offered (RFC 8996). */
const terms = { minVersion: 'TLSv1.2', honorCipherOrder: true } as const;

const refused = (text: string): string => `is refused by the TLS library: ${text}. Use another certificate.`;

/** 'ee key too small' of 'error:0A00018F:SSL routines::ee key too small'. */
const libraryWords = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^.*::?(?=[^:]+$)/, '').trim();

function usable(context: SecureContext): UsableCertificate {
  const certificate = certificateOf(context);
  return {
    context,
    subject: subjectOf(certificate),
    validFromMs: Date.parse(certificate.validFrom),
    expiresAtMs: Date.parse(certificate.validTo),
  };
}

/** Node reads no PFX, but a server side of TLS says which certificate it would show; nothing is ever sent on it. */
function certificateOf(context: SecureContext): X509Certificate {
  const nowhere = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  const server = new TLSSocket(nowhere, { isServer: true, secureContext: context });
  try {
    const certificate = server.getX509Certificate();
    if (certificate === undefined) throw new CertificateError('certificate', words.noCertificate);
    return certificate;
  } finally {
    server.destroy();
  }
}

/** Certificates made by tools may have alternative names only. */
const subjectOf = ({ subject, subjectAltName }: X509Certificate): string =>
  (subject || subjectAltName || '').replaceAll('\n', ', ').slice(0, 500);
