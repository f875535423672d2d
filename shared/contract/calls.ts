/** Every call between a console (window, browser, command line) and the relay. The host implements them as one mapped object. */
import * as z from 'zod';
import { endpoint, localPathOrEmpty, smartHost } from '../settings/patterns.ts';
import { secretNameSchema } from '../settings/secrets.ts';
import { serverSettingsSchema, settingKeySchema } from '../settings/server-settings.ts';
import { call, type HandlersOf } from './call.ts';
import { followedMailSchema } from './followed-mail.ts';
import { gatewayCheckSchema } from './gateway.ts';
import {
  badmailDetailsSchema,
  badmailNameSchema,
  badmailRowSchema,
  bulkOutcomeSchema,
  destinationRowSchema,
  messageDetailsSchema,
  messageIdSchema,
  queueFilterSchema,
  queueRowSchema,
  queueSortKeySchema,
  queueTargetSchema,
  routeExplanationSchema,
  serverIdSchema,
  trashRowSchema,
} from './messages.ts';
import {
  loadSampleSchema,
  protocolLogLineSchema,
  relayStatusSchema,
  relayVerdictSchema,
  serverStatusSchema,
  sessionSchema,
  settingsHistoryEntrySchema,
  settingsImportSchema,
  settingsSnapshotSchema,
} from './servers.ts';

const nothing = z.null();
const server = z.object({ serverId: serverIdSchema });
const target = server.extend({ target: queueTargetSchema });
const names = z.array(badmailNameSchema).min(1).max(10_000);
const page = { offset: z.int().nonnegative(), limit: z.int().min(1).max(500) };
const piece = { offsetBytes: z.int().nonnegative(), limitBytes: z.int().min(1).max(262_144) };
const source = z.object({ totalBytes: z.int(), text: z.string() });

export const calls = {
  'status.get': call(nothing, relayStatusSchema),

  /** The last 24 hours by the minute, oldest first, the running minute last. A minute in which the relay did not run is missing. */
  'load.history': call(server, z.array(loadSampleSchema)),

  'server.start': call(server, serverStatusSchema),
  'server.stop': call(server, serverStatusSchema),
  'server.pause': call(server, serverStatusSchema),

  /** Makes a further virtual server with the default settings and these; it starts at once. Fails with 'invalidSetting' when another server has one of the endpoints. */
  'server.create': call(
    z.object({
      name: serverSettingsSchema.shape['general.name'],
      listen: z.array(endpoint).min(1).max(32),
      /** Home directory; empty: below the data folder. */
      mailroot: localPathOrEmpty.default(''),
      /** Local domain whose mail goes to the Drop folder; empty: none. */
      defaultDomain: serverSettingsSchema.shape['domains.default'].optional(),
    }),
    serverStatusSchema,
  ),
  /** Takes a stopped server out of the settings; its folders and mail stay on disk. The last one can't be deleted. */
  'server.delete': call(server, nothing),

  'settings.get': call(server, settingsSnapshotSchema),
  /** Fails with 'conflict' when `revision` is not the current one, with 'invalidSetting' and the field when a value does not fit. */
  'settings.save': call(
    server.extend({
      revision: z.int(),
      changes: z.partialRecord(settingKeySchema, z.unknown()),
    }),
    settingsSnapshotSchema,
  ),

  /** One server's settings as text, without secrets, for `settings.import` here or elsewhere. */
  'settings.export': call(server, z.object({ text: z.string() })),
  /** Puts exported settings in force for a server, or for a new one (null). With `preview` nothing is changed. */
  'settings.import': call(
    z.object({ serverId: serverIdSchema.nullable(), text: z.string().max(4_000_000), preview: z.boolean() }),
    settingsImportSchema,
  ),
  /** Of all servers, the latest first; the first one is in force. */
  'settings.history': call(nothing, z.array(settingsHistoryEntrySchema)),
  /** Puts an earlier revision in force, as a new one. Fails with 'conflict' when `revision` is not the current one. */
  'settings.rollback': call(z.object({ revision: z.int(), toRevision: z.int() }), z.object({ revision: z.int() })),
  /** Sets a secret, or removes it (null). It is never to be had back. */
  'secret.set': call(server.extend({ name: secretNameSchema, value: z.string().max(10_000).nullable() }), nothing),

  /** Would this client be allowed to relay under these rules? The rules need not be saved yet. */
  'relay.check': call(
    z.object({
      clientAddress: z.string().max(100),
      mode: serverSettingsSchema.shape['access.relayMode'],
      list: serverSettingsSchema.shape['access.relayList'],
      /** With these, the domains of the server and its rule for authenticated clients count as well. */
      serverId: serverIdSchema.optional(),
      authenticated: z.boolean().optional(),
      recipient: z.string().max(320).optional(),
    }),
    relayVerdictSchema,
  ),
  /** Would this client be allowed to connect under these rules? */
  'connection.check': call(
    z.object({
      clientAddress: z.string().max(100),
      mode: serverSettingsSchema.shape['access.connectionMode'],
      list: serverSettingsSchema.shape['access.connectionList'],
    }),
    relayVerdictSchema,
  ),
  /** Check DNS: does the name lead to an address, and is it one of this computer? */
  'name.check': call(
    z.object({ name: z.string().min(1).max(255) }),
    z.object({ valid: z.boolean(), addresses: z.array(z.string()), own: z.boolean(), message: z.string() }),
  ),

  /** The addresses of this machine that a server can listen on. */
  'network.addresses': call(
    nothing,
    z.array(z.object({ address: z.string(), family: z.enum(['IPv4', 'IPv6']), adapter: z.string() })),
  ),

  'queue.list': call(
    server.extend({
      filter: queueFilterSchema,
      sort: z.object({ by: queueSortKeySchema, descending: z.boolean() }),
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(500),
    }),
    z.object({
      revision: z.int(),
      /** Rows that match the filter, and all rows of the queue. */
      total: z.int(),
      queueTotal: z.int(),
      /** True while the folder is still being read after a start. */
      recovering: z.boolean(),
      rows: z.array(queueRowSchema),
    }),
  ),
  'queue.show': call(server.extend({ id: messageIdSchema }), messageDetailsSchema),
  /** A piece of the message as it will be sent. Latin-1 text, so that every byte survives. */
  'queue.source': call(server.extend({ id: messageIdSchema, ...piece }), source),
  'queue.retry': call(target, bulkOutcomeSchema),
  'queue.hold': call(target, bulkOutcomeSchema),
  'queue.release': call(target, bulkOutcomeSchema),
  /**
   * Deletes messages; they can be taken back from the trash for ten minutes. With `report` each sender gets a non-delivery
   * report first (never for a report itself); that one can't be taken back.
   */
  'queue.delete': call(target.extend({ report: z.boolean() }), bulkOutcomeSchema),
  /** Sends messages by other smart hosts than the settings say; null: by the usual route again. */
  'queue.setRoute': call(
    target.extend({ smartHosts: z.array(smartHost).min(1).max(16).nullable() }),
    bulkOutcomeSchema,
  ),

  /** Next hops with their mail, the largest first. */
  'destination.list': call(server, z.array(destinationRowSchema)),
  /** An attempt now, whatever the schedule says. */
  'destination.retry': call(server.extend({ nextHop: z.string().max(2_000) }), bulkOutcomeSchema),
  'destination.freeze': call(server.extend({ nextHop: z.string().min(1).max(2_000), frozen: z.boolean() }), nothing),
  'route.explain': call(
    server.extend({ address: z.string().min(1).max(320), id: messageIdSchema.optional() }),
    routeExplanationSchema,
  ),

  /**
   * Talks to the hosts of a route as for a delivery, up to the recipient, and takes it back: no message is sent. Null: to
   * the smart hosts of the server, without a recipient. Fails with 'badArgument' for an address that is none.
   */
  'gateway.check': call(server.extend({ recipient: z.string().min(1).max(320).nullable() }), gatewayCheckSchema),

  /** Deleted messages that can be taken back, the latest first. */
  'trash.list': call(server.extend(page), z.object({ total: z.int(), rows: z.array(trashRowSchema) })),
  /** Back into the queue, as they were. */
  'trash.restore': call(
    server.extend({
      target: z.union([
        z.object({ ids: z.array(messageIdSchema).min(1).max(100_000) }),
        z.object({ all: z.literal(true) }),
      ]),
    }),
    bulkOutcomeSchema,
  ),

  /** Messages that could be neither delivered nor returned, and Pickup files that could not be understood; the latest first. */
  'badmail.list': call(server.extend(page), z.object({ total: z.int(), rows: z.array(badmailRowSchema) })),
  'badmail.show': call(server.extend({ name: badmailNameSchema }), badmailDetailsSchema),
  'badmail.source': call(server.extend({ name: badmailNameSchema, ...piece }), source),
  /** Back into the queue as new mail to the recipients named in it. */
  'badmail.resubmit': call(server.extend({ names }), bulkOutcomeSchema),
  'badmail.delete': call(server.extend({ names }), bulkOutcomeSchema),

  'session.list': call(server, z.array(sessionSchema)),
  /** Cuts connections; mail being sent or received on them is not lost, it is tried again. Null: all of them. */
  'session.terminate': call(
    server.extend({ ids: z.array(z.string().max(100)).min(1).max(10_000).nullable() }),
    z.object({ terminated: z.int() }),
  ),

  /** The latest lines of the protocol log after `after` (0: from the oldest kept), at most `limit` of them, the latest ones. */
  'log.tail': call(
    server.extend({
      after: z.int().nonnegative(),
      limit: z.int().min(1).max(1_000),
      search: z.string().max(200).optional(),
    }),
    z.object({ sequence: z.int(), lines: z.array(protocolLogLineSchema) }),
  ),

  /** Puts a test message into the queue, as if it had come in by SMTP from this computer. */
  'mail.sendTest': call(
    server.extend({ to: z.string().min(3).max(320), from: z.string().max(320).optional() }),
    z.object({ id: messageIdSchema }),
  ),
  /** What becomes of one of the latest messages, its end included. Fails with 'notFound' for an older one. */
  'mail.follow': call(server.extend({ id: messageIdSchema }), followedMailSchema),
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
/** What a client passes. */
export type ArgumentOf<Name extends CallName> = z.input<Calls[Name]['argument']>;
/** What a handler receives after parsing. */
export type ParsedArgumentOf<Name extends CallName> = z.output<Calls[Name]['argument']>;
export type AnswerOf<Name extends CallName> = z.output<Calls[Name]['answer']>;

/** The host implements this; a missing or misspelt handler does not compile. */
export type Handlers = HandlersOf<Calls>;
