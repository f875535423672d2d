/**
 * Names of secrets. Their values are kept apart from the settings, never leave the relay, and are in no export, history or
 * log: a console only sees which of them are set.
 */
import * as z from 'zod';

export const secretNameSchema = z
  .string()
  .max(400)
  .regex(
    /^(?:certificate\.passphrase|delivery\.password|delivery\.clientSecret|user:[^\p{Cc}:]{1,100}|domain:[^\p{Cc}:]{1,255}:(?:password|clientSecret))$/u,
  );
export type SecretName = z.infer<typeof secretNameSchema>;

export const certificatePassphrase: SecretName = 'certificate.passphrase';
/** Of `access.users`; kept as a slow hash. */
export const userSecret = (userName: string): SecretName => `user:${userName}`;

export type OutboundSecretKind = 'password' | 'clientSecret';
/** @param remoteDomain  Null: of the server itself. */
export const outboundSecret = (remoteDomain: string | null, kind: OutboundSecretKind): SecretName =>
  remoteDomain === null ? `delivery.${kind}` : `domain:${remoteDomain.toLowerCase()}:${kind}`;
