/** A remote domain: how mail for it goes out, where that differs from the server's own way. */
import * as z from 'zod';
import { outboundSecuritySchema } from './outbound-security.ts';
import { mailDomainOrWildcard, port, smartHost } from './patterns.ts';

export const remoteDomainSchema = z.strictObject({
  /** 'example.org', or '*.example.org' for the domains below it. An exact name wins over the longest wildcard. */
  name: mailDomainOrWildcard,
  /** Everybody who may connect may send to this domain, whatever the relay list says. */
  relayAllowed: z.boolean().default(false),
  /** HELO instead of EHLO: no extensions, so neither TLS nor authentication. */
  helo: z.boolean().default(false),
  /** In order; empty: by DNS. */
  smartHosts: z.array(smartHost).max(16).default([]),
  /** Null: the port of the server. */
  port: z.int().min(port.min).max(port.max).nullable().default(null),
  /** Mail waits until it is released by hand. */
  held: z.boolean().default(false),
  /** Null: that of the server. */
  security: outboundSecuritySchema.nullable().default(null),
});
export type RemoteDomain = z.output<typeof remoteDomainSchema>;
