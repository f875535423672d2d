/** Shapes of queued mail as the console and the command line see it. JSON values only. */
import * as z from 'zod';

/** Milliseconds since 1970-01-01T00:00Z. */
export const epochMsSchema = z.int().nonnegative();
export type EpochMs = number;

export const serverIdSchema = z.string().regex(/^[1-9][0-9]{0,3}$/);
export type ServerId = z.infer<typeof serverIdSchema>;

/** A ULID: sorts by arrival, the base name of the message's files. */
export const messageIdSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/);
export type MessageId = z.infer<typeof messageIdSchema>;

export const queueStates = ['ready', 'sending', 'retry', 'held', 'failed'] as const;
export const queueStateSchema = z.enum(queueStates);
export type QueueState = z.infer<typeof queueStateSchema>;

/** Why one attempt failed for one recipient. Stored, shown, quoted in the report to the sender. */
export const failureSchema = z.object({
  permanent: z.boolean(),
  stage: z.enum(['dns', 'connect', 'greeting', 'tls', 'auth', 'mail', 'rcpt', 'data', 'local', 'drop']),
  /** SMTP reply code; absent when no reply came (DNS, connect, TLS, time-out). */
  code: z.int().min(200).max(599).optional(),
  /** RFC 3463, for example '4.2.2'. */
  enhanced: z.string().max(20).optional(),
  /** The server's words or a plain description of what went wrong. */
  text: z.string().max(1_000),
});
export type Failure = z.infer<typeof failureSchema>;

export const recipientStateSchema = z.enum(['pending', 'delivered', 'failed']);
export type RecipientState = z.infer<typeof recipientStateSchema>;

export const queueRowSchema = z.object({
  id: messageIdSchema,
  state: queueStateSchema,
  /** Empty for a report (null sender). */
  sender: z.string(),
  /** First recipient still waiting, or the first one. */
  recipient: z.string(),
  recipientCount: z.int(),
  subject: z.string(),
  sizeBytes: z.int(),
  receivedAtMs: epochMsSchema,
  attempts: z.int(),
  lastError: z.string().nullable(),
  /** Null when held, or while it is being sent. */
  nextAttemptAtMs: epochMsSchema.nullable(),
  /** Recipient domain, or the smart hosts in order. */
  nextHop: z.string(),
});
export type QueueRow = z.infer<typeof queueRowSchema>;

export const queueSortKeys = [
  'state',
  'sender',
  'recipient',
  'subject',
  'sizeBytes',
  'receivedAtMs',
  'attempts',
  'lastError',
  'nextAttemptAtMs',
  'nextHop',
  'id',
] as const;
export const queueSortKeySchema = z.enum(queueSortKeys);
export type QueueSortKey = z.infer<typeof queueSortKeySchema>;

export const queueFilterSchema = z.object({
  /** Quick search: every word must occur in sender, a recipient, subject, next hop, last error or id. */
  search: z.string().max(200).optional(),
  states: z.array(queueStateSchema).max(queueStates.length).optional(),
  // Each of these is a part of the text, whatever its case; every one that is given must fit.
  sender: z.string().max(320).optional(),
  /** Fits when any recipient does. */
  recipient: z.string().max(320).optional(),
  subject: z.string().max(200).optional(),
  lastError: z.string().max(200).optional(),
  /** The whole name of a next hop of the message. */
  nextHop: z.string().max(2_000).optional(),
  receivedBeforeMs: epochMsSchema.optional(),
  receivedAfterMs: epochMsSchema.optional(),
  largerThanBytes: z.int().nonnegative().optional(),
});
export type QueueFilter = z.infer<typeof queueFilterSchema>;

/** What an action applies to: chosen messages, or everything a filter matches (`{}` is the whole queue). */
export const queueTargetSchema = z.union([
  z.object({ ids: z.array(messageIdSchema).min(1).max(100_000) }),
  z.object({ filter: queueFilterSchema, except: z.array(messageIdSchema).max(100_000).optional() }),
]);
export type QueueTarget = z.infer<typeof queueTargetSchema>;

export const skipReasons = ['beingSent', 'alreadySo', 'notFound', 'failed'] as const;

/** "12 changed, 1 skipped: being sent". */
export const bulkOutcomeSchema = z.object({
  changed: z.int(),
  skipped: z.array(z.object({ reason: z.enum(skipReasons), count: z.int() })),
});
export type BulkOutcome = z.infer<typeof bulkOutcomeSchema>;

export const recipientSchema = z.object({
  address: z.string(),
  state: recipientStateSchema,
  attempts: z.int(),
  nextAttemptAtMs: epochMsSchema.nullable(),
  nextHop: z.string(),
  lastFailure: failureSchema.nullable(),
  deliveredAtMs: epochMsSchema.nullable(),
});
export type Recipient = z.infer<typeof recipientSchema>;

/** One attempt of one message at one destination. */
export const attemptSchema = z.object({
  startedAtMs: epochMsSchema,
  endedAtMs: epochMsSchema,
  nextHop: z.string(),
  /** 'mail.example.org [192.0.2.1]:25', or null when none was reached. */
  host: z.string().nullable(),
  outcomes: z.array(
    z.object({
      recipient: z.string(),
      result: z.enum(['delivered', 'retry', 'failed']),
      /** The remote's reply or our description of the failure. */
      reply: z.string(),
    }),
  ),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const messageDetailsSchema = z.object({
  row: queueRowSchema,
  envelope: z.object({
    sender: z.string(),
    clientAddress: z.string(),
    heloName: z.string(),
    protocol: z.string(),
    body: z.enum(['7BIT', '8BITMIME']),
    smtpUtf8: z.boolean(),
    dsn: z.object({ ret: z.enum(['FULL', 'HDRS']).optional(), envid: z.string().optional() }),
    authenticatedUser: z.string().nullable(),
  }),
  /** Smart hosts that an operator chose for this message alone; null: the usual route. */
  route: z.array(z.string()).nullable(),
  recipients: z.array(recipientSchema),
  /** Oldest first; the first and the most recent ones when there were very many. */
  attempts: z.array(attemptSchema),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Plain text of the body for reading; never HTML. Null when there is none. */
  text: z.string().nullable(),
  textTruncated: z.boolean(),
  attachments: z.array(z.object({ name: z.string(), contentType: z.string(), sizeBytes: z.int() })),
});
export type MessageDetails = z.infer<typeof messageDetailsSchema>;

/** A deleted message that can still be taken back. */
export const trashRowSchema = z.object({
  id: messageIdSchema,
  sender: z.string(),
  recipient: z.string(),
  recipientCount: z.int(),
  subject: z.string(),
  sizeBytes: z.int(),
  receivedAtMs: epochMsSchema,
  deletedAtMs: epochMsSchema,
  /** After that it is gone. */
  keptUntilMs: epochMsSchema,
});
export type TrashRow = z.infer<typeof trashRowSchema>;

/** Base name of a file in the Badmail folder, without its extension: a message id, or the name of a Pickup file. */
export const badmailNameSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\\/:*?"<>|\p{Cc}]+$/u)
  .refine((name) => !/^\.+$/.test(name));

export const badmailRowSchema = z.object({
  name: badmailNameSchema,
  sender: z.string(),
  /** First recipient. Empty when the file does not tell. */
  recipient: z.string(),
  recipientCount: z.int(),
  subject: z.string(),
  sizeBytes: z.int(),
  movedAtMs: epochMsSchema,
  /** First line of the reason. */
  reason: z.string(),
});
export type BadmailRow = z.infer<typeof badmailRowSchema>;

export const badmailDetailsSchema = z.object({
  row: badmailRowSchema,
  /** The text file beside the message. */
  note: z.string(),
  recipients: z.array(z.string()),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  text: z.string().nullable(),
  textTruncated: z.boolean(),
  attachments: z.array(z.object({ name: z.string(), contentType: z.string(), sizeBytes: z.int() })),
});
export type BadmailDetails = z.infer<typeof badmailDetailsSchema>;

/** One next hop with all that waits for it. */
export const destinationRowSchema = z.object({
  nextHop: z.string(),
  /** 'frozen': nothing leaves until it is thawed. 'held': its remote domain is held for manual release. */
  state: z.enum(['active', 'ready', 'retry', 'down', 'frozen', 'held']),
  counts: z.object({
    total: z.int(),
    ready: z.int(),
    sending: z.int(),
    retry: z.int(),
    held: z.int(),
    failed: z.int(),
  }),
  sizeBytes: z.int(),
  oldestReceivedAtMs: epochMsSchema.nullable(),
  lastError: z.string().nullable(),
  nextAttemptAtMs: epochMsSchema.nullable(),
  /** Set while it cannot be reached. */
  downSinceMs: epochMsSchema.nullable(),
  connections: z.int(),
});
export type DestinationRow = z.infer<typeof destinationRowSchema>;

/** "Where would it go?" */
export const routeExplanationSchema = z.object({
  nextHop: z.string(),
  kind: z.enum(['smartHosts', 'domain', 'literal', 'drop', 'none']),
  /** Which rule decided. */
  rule: z.enum([
    'messageRoute',
    'remoteDomain',
    'localDomain',
    'directFirst',
    'smartHosts',
    'mx',
    'addressLiteral',
    'noDomain',
  ]),
  /** The entry of the remote domains that decided. */
  remoteDomain: z.string().nullable(),
  frozen: z.boolean(),
  held: z.boolean(),
  tlsMode: z.enum(['off', 'opportunistic', 'required', 'verified']),
  authentication: z.enum(['none', 'basic', 'oauth2']),
  /** In the order of trying, as DNS answers now: 'mail.example.org [192.0.2.1]:25'. */
  hosts: z.array(z.string()),
  /** Why there is no host, or no further one. */
  problems: z.array(z.string()),
});
export type RouteExplanation = z.infer<typeof routeExplanationSchema>;
