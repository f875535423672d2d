/** The authorities that vouch for a next hop: those of the operating system, and those of a PEM file. Read once, not per connection. */
import type { SecureContext } from 'node:tls';
import type { Disk } from '../base/disk.ts';

export class TrustStore {
  readonly #ports: { readonly disk: Pick<Disk, 'readFile'>; readonly trustedCertificates: () => readonly string[] };

  constructor(ports: {
    readonly disk: Pick<Disk, 'readFile'>;
    readonly trustedCertificates: () => readonly string[];
  }) {
    this.#ports = ports;
  }

  /**
   * @param caFile  Empty: the operating system's authorities alone.
   * @throws {ProblemError} 'storage' naming the file that cannot be read.
   */
  async contextFor(caFile: string): Promise<SecureContext> {
    void [this.#ports, caFile];
    throw new Error('not there yet');
  }
}
