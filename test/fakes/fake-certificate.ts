/** A listener's certificate that is there when the test says so. */
import { readCertificate } from '../../electron/smtp/server-certificate-content.ts';
import type { ServerCertificate } from '../../electron/smtp/types.ts';

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

export class FakeCertificate implements ServerCertificate {
  current: ServerCertificate['current'] = null;
  problem: string | null = null;

  /** From the next connection on, with the TLS terms of the product. */
  use({ key, cert }: KeyPair): void {
    this.current = readCertificate({ certificate: Buffer.from(cert), key: Buffer.from(key), passphrase: null });
  }

  lose(problem: string | null): void {
    this.current = null;
    this.problem = problem;
  }

  async refresh(): Promise<void> {}

  onChange(): () => void {
    return () => undefined;
  }

  close(): void {}
}
