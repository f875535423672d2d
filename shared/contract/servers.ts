/** Shapes of virtual servers, their listeners and sessions. */
import * as z from 'zod';
import { secretNameSchema } from '../settings/secrets.ts';
import { settingKeySchema } from '../settings/server-settings.ts';
import { warningCodes } from './alerts.ts';
import { epochMsSchema, serverIdSchema } from './messages.ts';
import { problemSchema } from './problem.ts';

export const serverStateSchema = z.enum(['started', 'stopped', 'paused']);
export type ServerState = z.infer<typeof serverStateSchema>;

export const listenerSchema = z.object({
  /** As configured, for example '127.0.0.1:25' or '[::1]:25'. */
  endpoint: z.string(),
  /** Encrypted from the first octet. */
  implicitTls: z.boolean(),
  /** The socket that is really bound, null when it is not. */
  boundTo: z.string().nullable(),
  /** Why it is not bound although the server is started. */
  problem: problemSchema.nullable(),
});
export type Listener = z.infer<typeof listenerSchema>;

export const queueCountsSchema = z.object({
  total: z.int(),
  ready: z.int(),
  sending: z.int(),
  retry: z.int(),
  held: z.int(),
  failed: z.int(),
  badmail: z.int(),
  /** Deleted messages that can still be taken back. */
  trash: z.int(),
  oldestReceivedAtMs: epochMsSchema.nullable(),
  /** The same among messages that nobody holds: those that should be on their way. */
  oldestWaitingAtMs: epochMsSchema.nullable(),
});
export type QueueCounts = z.infer<typeof queueCountsSchema>;

export const serverStatusSchema = z.object({
  id: serverIdSchema,
  name: z.string(),
  state: serverStateSchema,
  listeners: z.array(listenerSchema),
  queue: queueCountsSchema,
  inboundSessions: z.int(),
  outboundSessions: z.int(),
  totals: z.object({ accepted: z.int(), delivered: z.int(), failed: z.int(), refused: z.int() }),
  /** Destinations that cannot be reached at the moment. */
  unreachable: z.array(
    z.object({ nextHop: z.string(), sinceMs: epochMsSchema, lastError: z.string(), nextProbeAtMs: epochMsSchema }),
  ),
  /** Null when none is set up. */
  certificate: z
    .object({
      file: z.string(),
      /** Null when it cannot be used. */
      subject: z.string().nullable(),
      expiresAtMs: epochMsSchema.nullable(),
      problem: z.string().nullable(),
    })
    .nullable(),
  /** Folders of this server. */
  mailroot: z.string(),
  queueFolder: z.string(),
  badmailFolder: z.string(),
  pickupFolder: z.string(),
  dropFolder: z.string(),
  logFolder: z.string(),
});
export type ServerStatus = z.infer<typeof serverStatusSchema>;

export const warningSchema = z.object({
  /** Stable word, translated by the console. */
  code: z.enum(warningCodes),
  serverId: serverIdSchema.nullable(),
  message: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Warning = z.infer<typeof warningSchema>;

/** One minute of a virtual server. */
export const loadSampleSchema = z.object({
  /** When the minute began. */
  atMs: epochMsSchema,
  /** In the queue at its end. */
  queued: z.int(),
  /** Of the message that waits longest and that nobody holds, at the end of the minute; 0 when none waits. */
  oldestAgeMs: z.int(),
  // Within this minute.
  accepted: z.int(),
  delivered: z.int(),
  failed: z.int(),
  refused: z.int(),
});
export type LoadSample = z.infer<typeof loadSampleSchema>;

export const relayStatusSchema = z.object({
  version: z.string(),
  computerName: z.string(),
  dataFolder: z.string(),
  /** Which program hosts the relay, for the title bar and for "who holds the data folder". */
  hostedBy: z.enum(['desktop', 'service', 'console']),
  processId: z.int(),
  startedAtMs: epochMsSchema,
  servers: z.array(serverStatusSchema),
  warnings: z.array(warningSchema),
});
export type RelayStatus = z.infer<typeof relayStatusSchema>;

export const sessionSchema = z.object({
  id: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  /** Authenticated user or HELO name; host name for an outbound session. */
  user: z.string(),
  /** Client address inbound, server address outbound. */
  peer: z.string(),
  startedAtMs: epochMsSchema,
  phase: z.string(),
  messages: z.int(),
  encrypted: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;

export const settingsSnapshotSchema = z.object({
  /** Grows with every save; `settings.save` must name the one it started from. */
  revision: z.int(),
  values: z.record(settingKeySchema, z.unknown()),
  /** Keys given on the command line for this run; saved changes to them show after the next start. */
  overridden: z.array(settingKeySchema),
  /** Names of the secrets that are set; their values never leave the relay. */
  secrets: z.array(secretNameSchema),
});

/** An earlier state of the settings file. */
export const settingsHistoryEntrySchema = z.object({
  revision: z.int(),
  /** When it was replaced; null for the one in force. */
  replacedAtMs: epochMsSchema.nullable(),
  /** What the revision after it changed: 'server 1: delivery.smartHosts'. */
  changes: z.array(z.string()),
});
export type SettingsHistoryEntry = z.infer<typeof settingsHistoryEntrySchema>;

export const settingsImportSchema = z.object({
  snapshot: settingsSnapshotSchema,
  serverId: serverIdSchema,
  /** What the import changes, or would change. */
  changes: z.array(z.object({ key: settingKeySchema, before: z.unknown(), after: z.unknown() })),
  /** Secrets that the imported settings need and that are not set here. */
  missingSecrets: z.array(secretNameSchema),
});

export const relayVerdictSchema = z.object({
  allowed: z.boolean(),
  reason: z.enum([
    'thisComputer',
    'listed',
    'notListed',
    'exceptListed',
    'authenticated',
    'remoteDomain', // relay allowed for everybody by the remote domain of the recipient
    'localDomain', // delivered here, not relayed
  ]),
  /** The entry of the list or the domain that decided, if one did. */
  entry: z.string().nullable(),
  /** The client's name in DNS; null when nobody asked for it or it is not confirmed. */
  clientName: z.string().nullable(),
});
export type RelayVerdict = z.infer<typeof relayVerdictSchema>;

/** One line of the protocol log, kept in memory whether or not it is written to a file. */
export const protocolLogLineSchema = z.object({
  /** Grows by one with each line of a server. */
  sequence: z.int(),
  atMs: epochMsSchema,
  direction: z.enum(['inbound', 'outboundCommand', 'outboundResponse']),
  sessionId: z.string(),
  peer: z.string(),
  /** HELO name or authenticated user; the host of an outbound session. */
  user: z.string(),
  method: z.string(),
  query: z.string(),
  status: z.int(),
  timeTakenMs: z.int(),
});
export type ProtocolLogLine = z.infer<typeof protocolLogLineSchema>;
