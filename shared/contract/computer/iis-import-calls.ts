/** Taking over an SMTP virtual server of IIS: read its metabase, show what becomes of it, import, fetch the mail it left. */
import * as z from 'zod';
import { endpoint } from '../../settings/patterns.ts';
import { secretNameSchema } from '../../settings/secrets.ts';
import { serverSettingsSchema, settingKeySchema } from '../../settings/server-settings.ts';
import { call } from '../call.ts';
import { serverIdSchema } from '../messages.ts';

/** Why a value is not simply the same here; the texts are in shared/texts/…/iis-import.ts. */
export const mappingReasons = [
  'beginsStopped',
  'clamped',
  'notUnderstood',
  'notUsed',
  'ownFolder',
  'folderRights',
  'otherLogFormat',
  'windowsAccounts',
  'windowsLogon',
  'certificateNeeded',
  'closedRelay',
  'listNotRead',
  'namesNotRead',
  'passwordAgain',
  'tlsWhereOffered',
  'tlsVerified',
  'smartHostUnused',
  'quickRetries',
  'localRetries',
  'heldByHand',
  'ldap',
  'operators',
  'localDomain',
  'commandSet',
] as const;
export type MappingReason = (typeof mappingReasons)[number];

export const mappingRowSchema = z.object({
  /** Its name in the metabase: 'ServerBindings'. */
  property: z.string(),
  /** The domain it is set for; null: the server itself. */
  domain: z.string().nullable(),
  /** As the metabase has it, made readable where it is binary. */
  value: z.string(),
  /** Null: there is nothing like it here. */
  setting: settingKeySchema.nullable(),
  /** Field of an entry of `domains.remote`: 'smartHosts', 'security.tlsMode'. */
  field: z.string().nullable(),
  /** What the setting or field becomes; null where there is none. */
  newValue: z.unknown(),
  remark: z.enum(['same', 'changed', 'noEquivalent']),
  reason: z.enum(mappingReasons).nullable(),
});
export type MappingRow = z.infer<typeof mappingRowSchema>;

const smtpServiceSchema = z.enum(['running', 'stopped', 'absent', 'unknown']);
export type SmtpServiceState = z.infer<typeof smtpServiceSchema>;

export const importWarnings = [
  'serviceRuns',
  'serviceUnknown',
  'openRelay',
  'passwords',
  'certificate',
  'envelopes',
] as const;
export type ImportWarning = (typeof importWarnings)[number];

const unusableFileSchema = z.object({ name: z.string(), reason: z.string() });

export const waitingMailSchema = z.object({
  folder: z.string(),
  /** Files that can be taken over. */
  ready: z.int(),
  sizeBytes: z.int(),
  /** Files that stay where they are, because they cannot be sent; at most 100 of them are named. */
  unusable: z.int(),
  unusableFiles: z.array(unusableFileSchema),
  /** Why the folder could not be looked at; null also when there is no such folder. */
  problem: z.string().nullable(),
});
export type WaitingMail = z.infer<typeof waitingMailSchema>;

const path = z.string().max(1_000);
const source = z.object({ path: path.min(1), number: z.int().min(1).max(1_000_000) });

export const iisImportCalls = {
  /** The virtual servers in a metabase. An empty path is the usual place. Needs administrator rights there. */
  'iisImport.read': call(
    z.object({ path }),
    z.object({
      path: z.string(),
      servers: z.array(
        z.object({
          number: z.int(),
          name: z.string(),
          /** 'address:port'. */
          bindings: z.array(z.string()),
          domains: z.int(),
        }),
      ),
      /** Of SMTPSVC on this computer. */
      service: smtpServiceSchema,
    }),
  ),
  /** What an import would make of one of them; nothing is changed. */
  'iisImport.preview': call(
    source,
    z.object({
      name: z.string(),
      /** Endpoints of the original, and those proposed for the new server: without the ones another server has. */
      bindings: z.array(z.string()),
      listen: z.array(z.string()),
      conflicts: z.array(z.object({ endpoint: z.string(), server: z.string() })),
      rows: z.array(mappingRowSchema),
      /** Passwords are encrypted in the metabase: they have to be entered again. */
      missingSecrets: z.array(secretNameSchema),
      warnings: z.array(z.enum(importWarnings)),
      service: smtpServiceSchema,
      mail: z.object({ queue: waitingMailSchema, pickup: waitingMailSchema }),
    }),
  ),
  /** Makes a new virtual server of it, which begins stopped unless `start` is set. */
  'iisImport.import': call(
    source.extend({
      name: serverSettingsSchema.shape['general.name'],
      listen: z.array(endpoint).min(1).max(32),
      start: z.boolean().default(false),
    }),
    z.object({ serverId: serverIdSchema, name: z.string(), missingSecrets: z.array(secretNameSchema) }),
  ),
  /**
   * Moves mail of the original into the Pickup folder of a server, at most `limit` files at a time, each exactly once however
   * often this is called and whenever it breaks off. Refused while SMTPSVC runs: both would send it.
   */
  'iisImport.takeOverMail': call(
    source.extend({ serverId: serverIdSchema, limit: z.int().min(1).max(10_000).default(200) }),
    z.object({
      taken: z.int(),
      /** Files that could still be taken. */
      remaining: z.int(),
      /** Files of this call that stay, with the reason. */
      left: z.array(unusableFileSchema),
      /** Where the originals are now. */
      keptIn: z.array(z.string()),
    }),
  ),
} as const;
