/** What came of talking to the next hop of a recipient without sending anything: each stage with its time. */
import * as z from 'zod';
import { routeExplanationSchema } from './messages.ts';

/** In the order of a conversation. */
export const gatewayStages = [
  'resolve',
  'connect',
  'banner',
  'ehlo',
  'starttls',
  'tls',
  'auth',
  'mail',
  'rcpt',
  'reset',
] as const;
export type GatewayStageName = (typeof gatewayStages)[number];

/** Why a stage was left out, or what was made of its failure. */
export const gatewayNotes = ['notReached', 'noTls', 'implicitTls', 'goneOnInClear', 'noLogin', 'noRecipient'] as const;

export const gatewayStageSchema = z.object({
  stage: z.enum(gatewayStages),
  outcome: z.enum(['ok', 'warning', 'failed', 'skipped']),
  /** Null where nothing was measured. */
  durationMs: z.int().nullable(),
  /** The server's words, or why it failed; empty when there is nothing to say. */
  detail: z.string().max(1_000),
  note: z.enum(gatewayNotes).nullable(),
});
export type GatewayStage = z.infer<typeof gatewayStageSchema>;

export const certificateLinkSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** As the certificate has them. */
  validFrom: z.string(),
  validTo: z.string(),
  /** SHA-256, in hexadecimal digits with colons. */
  fingerprint: z.string(),
});

export const gatewayHostSchema = z.object({
  /** 'mail.example.org [192.0.2.1]:25'. */
  host: z.string(),
  /** No stage failed. */
  reached: z.boolean(),
  stages: z.array(gatewayStageSchema),
  /** Null when the connection was not encrypted. */
  tls: z
    .object({
      protocol: z.string(),
      cipher: z.string(),
      /** An authority this computer trusts vouches for the certificate, and it is for this host. */
      trusted: z.boolean(),
      /** Why it is not trusted; empty when it is. */
      reason: z.string(),
      /** The server's own certificate first. */
      chain: z.array(certificateLinkSchema).max(10),
    })
    .nullable(),
});
export type GatewayHost = z.infer<typeof gatewayHostSchema>;

export const gatewayCheckSchema = z.object({
  /** Null: the smart hosts of the server, without a recipient. */
  recipient: z.string().nullable(),
  nextHop: z.string(),
  kind: routeExplanationSchema.shape.kind,
  rule: routeExplanationSchema.shape.rule,
  frozen: z.boolean(),
  held: z.boolean(),
  hosts: z.array(gatewayHostSchema),
  /** Hosts that were not talked to, because there are so many. */
  furtherHosts: z.int(),
  /** Names that could not be resolved. */
  problems: z.array(z.string()),
});
export type GatewayCheck = z.infer<typeof gatewayCheckSchema>;
