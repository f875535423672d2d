/** The authorities that vouch for a next hop: those of the operating system, and those of a PEM file. Parsed once, not per connection. */
import { X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { Disk } from '../base/disk.ts';
import { errorCode } from '../base/error-code.ts';

export interface TrustPorts {
  readonly disk: Pick<Disk, 'readFile'>;
  /** PEM, as the port of the same name. */
  readonly trustedCertificates: () => readonly string[];
}

interface Parsed {
  readonly fileText: string;
  readonly system: readonly string[];
  readonly context: SecureContext;
}

/** RFC 8996: older versions must not be used. */
export const minTlsVersion = 'TLSv1.2';

export class TrustStore {
  readonly #ports: TrustPorts;
  /** By file, as of what it was made of: the file may be replaced, and the system's list updated, while the relay runs. */
  readonly #parsed = new Map<string, Parsed>();

  constructor(ports: TrustPorts) {
    this.#ports = ports;
  }

  /**
   * @param caFile  Empty: the operating system's authorities alone.
   * @throws {ProblemError} 'storage' naming a file that cannot be read or has no certificate in it.
   */
  async contextFor(caFile: string): Promise<SecureContext> {
    const fileText = caFile === '' ? '' : await this.#read(caFile);
    const system = this.#ports.trustedCertificates();
    const parsed = this.#parsed.get(caFile);
    if (parsed !== undefined && parsed.fileText === fileText && sameList(parsed.system, system)) return parsed.context;
    const own = caFile === '' ? [] : certificatesIn(fileText, caFile);
    const context = createSecureContext({ ca: [...system, ...own], minVersion: minTlsVersion });
    this.#parsed.set(caFile, { fileText, system, context });
    return context;
  }

  async #read(caFile: string): Promise<string> {
    try {
      return (await this.#ports.disk.readFile(caFile)).toString('latin1');
    } catch (error) {
      const reason = errorCode(error) ?? 'unknown error';
      throw problem('storage', `The file of trusted authorities ${caFile} cannot be read (${reason}).`);
    }
  }
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((text, index) => text === b[index]));

function certificatesIn(fileText: string, caFile: string): readonly string[] {
  const found = fileText.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    for (const certificate of found) void new X509Certificate(certificate);
  } catch (error) {
    const message = `The file of trusted authorities ${caFile} has a certificate that is damaged.`;
    throw new ProblemError({ code: 'storage', message }, error);
  }
  if (found.length === 0)
    throw problem('storage', `The file of trusted authorities ${caFile} has no certificate (PEM) in it.`);
  return found;
}
