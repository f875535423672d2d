/** Check this server: what stands between a certification authority and its mail. */
import * as z from 'zod';
import { call } from '../call.ts';
import { gatewayCheckSchema } from '../gateway.ts';
import { epochMsSchema, serverIdSchema } from '../messages.ts';

/** What is looked at, in the order it is shown. */
export const checkTopics = [
  'service',
  'relay',
  'port',
  'firewall',
  'gateway',
  'dns',
  'disk',
  'folder',
  'clock',
] as const;
export type CheckTopic = (typeof checkTopics)[number];

/** By topic. Stable words, for scripts and for the texts. */
export const checkFindingIds = {
  service: ['serviceRuns', 'serviceStopped', 'serviceAbsent', 'relayInDesktop', 'serviceUnread'],
  relay: ['relayRuns', 'relayAbsent', 'serverNotStarted', 'ownNameShort', 'relayWarnings'],
  port: [
    'listenersBound',
    'listenerNotBound',
    'portTaken',
    'portShared',
    'portOpenElsewhere',
    'portNobody',
    'socketsUnread',
    'iisSmtpRuns',
    'iisSmtpInstalled',
    'iisSmtpAbsent',
    'iisQueueWaits',
    'webServerOpen',
  ],
  firewall: [
    'portBlocked',
    'portNotBlocked',
    'portAllowed',
    'allowOverruled',
    'firewallOff',
    'firewallUnread',
    'firewallElsewhere',
  ],
  gateway: [
    'gatewayAnswers',
    'gatewayHostFails',
    'gatewayFails',
    'gatewayRefusesRecipient',
    'gatewayClearText',
    'gatewayCertificate',
    'gatewayFrozen',
    'gatewayNone',
    'gatewayUnchecked',
  ],
  dns: ['domainResolved', 'domainProblem', 'domainLocal', 'domainsNone', 'domainsUnchecked'],
  disk: ['diskRoom', 'diskTight', 'diskFull', 'diskUnread'],
  folder: ['folderClosed', 'folderInherits', 'folderOthers', 'folderOpen', 'folderUnread'],
  clock: ['clockSynchronised', 'clockNotSynchronised', 'clockUnserved', 'clockBehind', 'clockUnread'],
} as const satisfies Readonly<Record<CheckTopic, readonly string[]>>;
export type CheckFindingId = (typeof checkFindingIds)[CheckTopic][number] | 'checkFailed';

const allFindingIds: readonly CheckFindingId[] = [
  ...checkTopics.flatMap((topic): readonly CheckFindingId[] => checkFindingIds[topic]),
  'checkFailed',
];

export const checkFindingSchema = z.object({
  /** What was found, why it matters and what to do are in the texts under `checks.finding`. */
  id: z.enum(allFindingIds),
  topic: z.enum(checkTopics),
  severity: z.enum(['ok', 'note', 'warning', 'problem', 'skipped']),
  /** The values in those sentences. */
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type CheckFinding = z.infer<typeof checkFindingSchema>;
export type CheckSeverity = CheckFinding['severity'];

export const checkReportSchema = z.object({
  atMs: epochMsSchema,
  computerName: z.string(),
  /** By topic. */
  findings: z.array(checkFindingSchema),
  gateways: z.array(gatewayCheckSchema),
});
export type CheckReport = z.infer<typeof checkReportSchema>;

export const checkCalls = {
  /**
   * Looks at everything; takes as long as the slowest host of a gateway. Nothing is changed and no mail is sent.
   * @param recipients  Whose domains and gateways are looked at; none: those of the certification authority, the remote domains and the smart hosts.
   */
  'check.run': call(
    z.object({ serverId: serverIdSchema, recipients: z.array(z.string().min(3).max(320)).max(20).default([]) }),
    checkReportSchema,
  ),
} as const;
