/** Every call between a console (window, browser, command line) and the relay. The host implements them as one mapped object. */
import * as z from 'zod';
import { serverSettingsSchema, settingKeySchema } from '../settings/server-settings.ts';
import { call } from './call.ts';
import {
  bulkOutcomeSchema,
  messageDetailsSchema,
  messageIdSchema,
  queueFilterSchema,
  queueRowSchema,
  queueSortKeySchema,
  queueTargetSchema,
  serverIdSchema,
} from './messages.ts';
import {
  relayStatusSchema,
  relayVerdictSchema,
  serverStatusSchema,
  sessionSchema,
  settingsSnapshotSchema,
} from './servers.ts';

const nothing = z.null();
const server = z.object({ serverId: serverIdSchema });
const target = server.extend({ target: queueTargetSchema });

export const calls = {
  'status.get': call(nothing, relayStatusSchema),

  'server.start': call(server, serverStatusSchema),
  'server.stop': call(server, serverStatusSchema),
  'server.pause': call(server, serverStatusSchema),

  'settings.get': call(server, settingsSnapshotSchema),
  /** Fails with 'conflict' when `revision` is not the current one, with 'invalidSetting' and the field when a value does not fit. */
  'settings.save': call(
    server.extend({
      revision: z.int(),
      changes: z.partialRecord(settingKeySchema, z.unknown()),
    }),
    settingsSnapshotSchema,
  ),

  /** Would this client be allowed to relay under these rules? The rules need not be saved yet. */
  'relay.check': call(
    z.object({
      clientAddress: z.string().max(100),
      mode: serverSettingsSchema.shape['access.relayMode'],
      list: serverSettingsSchema.shape['access.relayList'],
    }),
    relayVerdictSchema,
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
  'queue.source': call(
    server.extend({ id: messageIdSchema, offsetBytes: z.int().nonnegative(), limitBytes: z.int().min(1).max(262_144) }),
    z.object({ totalBytes: z.int(), text: z.string() }),
  ),
  'queue.retry': call(target, bulkOutcomeSchema),
  'queue.hold': call(target, bulkOutcomeSchema),
  'queue.release': call(target, bulkOutcomeSchema),
  /** Deletes messages; with `report` each sender gets a non-delivery report first (never for a report itself). */
  'queue.delete': call(target.extend({ report: z.boolean() }), bulkOutcomeSchema),

  'session.list': call(server, z.array(sessionSchema)),

  /** Puts a test message into the queue, as if it had come in by SMTP from this computer. */
  'mail.sendTest': call(
    server.extend({ to: z.string().min(3).max(320), from: z.string().max(320).optional() }),
    z.object({ id: messageIdSchema }),
  ),
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
/** What a client passes. */
export type ArgumentOf<Name extends CallName> = z.input<Calls[Name]['argument']>;
/** What a handler receives after parsing. */
export type ParsedArgumentOf<Name extends CallName> = z.output<Calls[Name]['argument']>;
export type AnswerOf<Name extends CallName> = z.output<Calls[Name]['answer']>;

/** The host implements this; a missing or misspelt handler does not compile. */
export type Handlers = { readonly [Name in CallName]: (argument: ParsedArgumentOf<Name>) => Promise<AnswerOf<Name>> };
