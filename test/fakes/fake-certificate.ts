/** A listener's certificate that is there when the test says so. */
import { createSecureContext, type SecureVersion } from 'node:tls';
import type { ServerCertificate } from '../../electron/smtp/types.ts';

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

export class FakeCertificate implements ServerCertificate {
  current: ServerCertificate['current'] = null;
  problem: string | null = null;

  /** From the next connection on. */
  use({ key, cert }: KeyPair, { minVersion = 'TLSv1.2' }: { readonly minVersion?: SecureVersion } = {}): void {
    const context = createSecureContext({ key, cert, minVersion });
    this.current = { context, subject: 'CN=test.invalid', expiresAtMs: Number.MAX_SAFE_INTEGER };
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
