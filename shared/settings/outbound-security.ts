/** TLS and authentication towards a next hop: the server's own, or those of one remote domain. */
import * as z from 'zod';
import { localPathOrEmpty, plainText, webAddressOrEmpty } from './patterns.ts';

/** `off`: clear text. `opportunistic`: TLS where offered, any certificate. `required`: TLS, any certificate. `verified`: TLS with a certificate that proves the host's name. */
export const tlsModes = ['off', 'opportunistic', 'required', 'verified'] as const;
export const outboundAuthentications = ['none', 'basic', 'oauth2'] as const;

export const outboundSecuritySchema = z.strictObject({
  tlsMode: z.enum(tlsModes).default('opportunistic'),
  /** TLS from the first octet (port 465) instead of STARTTLS. */
  implicitTls: z.boolean().default(false),
  /** PEM file with authorities trusted beside those of the operating system. */
  caFile: localPathOrEmpty.default(''),
  authentication: z.enum(outboundAuthentications).default('none'),
  userName: plainText(320).default(''),
  oauthTokenEndpoint: webAddressOrEmpty.default(''),
  oauthClientId: plainText(200).default(''),
  oauthScope: plainText(500).default(''),
});
export type OutboundSecurity = z.output<typeof outboundSecuritySchema>;
