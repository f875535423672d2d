/** How the certification authority of this computer sends its mail: read, plan, change, restart, take back. */
import * as z from 'zod';
import { exitEventIds } from '../../exit-module/exit-events.ts';
import { call } from '../call.ts';
import { epochMsSchema } from '../messages.ts';

const exitEventIdSchema = z.enum(exitEventIds);
const nothing = z.null();

/** A value of the registry with its type: what is put back must have the type it had. */
export const registryDataSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('REG_SZ'), text: z.string() }),
  z.object({ type: z.literal('REG_DWORD'), number: z.int().min(0).max(0xffff_ffff) }),
  z.object({ type: z.literal('REG_MULTI_SZ'), lines: z.array(z.string()) }),
  /** Shown and compared, never written. */
  z.object({ type: z.literal('other'), name: z.string(), text: z.string() }),
]);
export type RegistryData = z.infer<typeof registryDataSchema>;

/** A program of Windows with its arguments; `text` is the line to type in a command prompt. */
export const shownCommandSchema = z.object({ file: z.string(), args: z.array(z.string()), text: z.string() });
export type ShownCommand = z.infer<typeof shownCommandSchema>;

const mailFields = {
  from: z.string(),
  to: z.string(),
  cc: z.string(),
  titleFormat: z.string(),
  titleArguments: z.array(z.string()),
  bodyFormat: z.array(z.string()),
  bodyArguments: z.array(z.string()),
};

/** The mail of one event, as it is set up; a field that is not set is empty. */
export const exitMailSchema = z.object({
  /** Below the SMTP key: 'CRLIssued', 'Templates\\Default\\Issued'. */
  key: z.string(),
  event: exitEventIdSchema,
  /** Certificate template it is for; null where there is one mail for all. */
  template: z.string().nullable(),
  ...mailFields,
});
export type ExitMail = z.infer<typeof exitMailSchema>;

export const exitModuleSchema = z.object({
  /** As in the registry; see readableCaName. */
  caName: z.string(),
  /** Exit modules in use, in their order. */
  modules: z.array(z.string()),
  server: z.string().nullable(),
  /** 0 none, 1 basic, 2 NTLM. */
  authentication: z.int().nullable(),
  /** Bits of the events, those unknown to us included. */
  eventMask: z.int().nullable(),
  /** Where mails about certificates are kept: one for all, or one for each template. Unknown while there are none. */
  layout: z.enum(['flat', 'perTemplate', 'unknown']),
  mails: z.array(exitMailSchema),
});
export type ExitModuleSettings = z.infer<typeof exitModuleSchema>;

export const caFindingIds = [
  'notWindows',
  'noCa',
  'unreadable',
  'serverCore',
  'clustered',
  'clusterUnknown',
  'moduleNotActive',
  'moduleNotFirst',
  'caNotRunning',
  'noServer',
  'serverIsRelay',
  'serverElsewhere',
  'serverIsGateway',
  'serverNicAddress',
  'serverNicGone',
  'serverLocalName',
  'authentication',
  'noEvents',
  'unknownEvents',
  'mailWithoutFrom',
  'mailWithoutTo',
  'relayNotRunning',
  'relayNotListening',
  'relayNotService',
  'recentFailures',
  'restartPending',
] as const;
export type CaFindingId = (typeof caFindingIds)[number];

export const caFindingSchema = z.object({
  /** Stable; its sentences are in the texts under `ca.finding`. */
  id: z.enum(caFindingIds),
  severity: z.enum(['ok', 'note', 'warning', 'problem', 'skipped']),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type CaFinding = z.infer<typeof caFindingSchema>;

export const caStatusSchema = z.object({
  /** Ready: the settings could be read and can be changed. */
  state: z.enum(['notWindows', 'noCa', 'unreadable', 'ready']),
  /** Changes need it. */
  elevated: z.boolean(),
  computerName: z.string(),
  serviceState: z.enum(['notInstalled', 'stopped', 'starting', 'running', 'stopping', 'paused', 'unknown']),
  /** Unknown counts as yes wherever a restart would hurt. */
  clustered: z.enum(['no', 'yes', 'unknown']),
  /** Null when it is not there or could not be read. */
  settings: exitModuleSchema.nullable(),
  /** Problems first. */
  findings: z.array(caFindingSchema),
  /** The latest change that was made from here and not taken back. */
  lastChange: z.object({ atMs: epochMsSchema, restartPending: z.boolean() }).nullable(),
  /** For an administrator who runs them elsewhere. */
  commands: z.object({
    restart: z.array(shownCommandSchema),
    blockPort: z.array(shownCommandSchema),
    allowPort: z.array(shownCommandSchema),
    publishCrl: z.array(shownCommandSchema),
  }),
  /** Null: could not be found out. */
  portBlocked: z.boolean().nullable(),
});
export type CaStatus = z.infer<typeof caStatusSchema>;

const line = z.string().max(1_000);
const lines = z.array(line).max(200);

export const exitMailChangeSchema = z.object({
  key: z.string().max(300),
  from: line.optional(),
  to: line.optional(),
  cc: line.optional(),
  titleFormat: line.optional(),
  titleArguments: lines.optional(),
  bodyFormat: lines.optional(),
  bodyArguments: lines.optional(),
});
export type ExitMailChange = z.infer<typeof exitMailChangeSchema>;

/** What is to be different; what is not named stays. */
export const exitModuleChangeSchema = z.object({
  server: z.string().max(255).optional(),
  /** Log on nowhere: the relay asks for no password. */
  anonymous: z.literal(true).optional(),
  events: z.partialRecord(exitEventIdSchema, z.boolean()).optional(),
  mails: z.array(exitMailChangeSchema).max(200).optional(),
});
export type ExitModuleChange = z.infer<typeof exitModuleChangeSchema>;

export const planStepSchema = z.object({
  /** Unique within the plan. */
  id: z.string(),
  /** Below the SMTP key; empty for the key itself. */
  key: z.string(),
  name: z.string(),
  /** Null: there is no such value. */
  before: registryDataSchema.nullable(),
  after: registryDataSchema.nullable(),
  command: shownCommandSchema,
});
export type PlanStep = z.infer<typeof planStepSchema>;

export const exitModulePlanSchema = z.object({
  /** Names this very plan: applying another one, or on other old values, is refused with 'conflict'. */
  fingerprint: z.string(),
  /** False where the settings can't be read: old values are missing, and the commands are to be copied. */
  beforeKnown: z.boolean(),
  steps: z.array(planStepSchema),
});
export type ExitModulePlan = z.infer<typeof exitModulePlanSchema>;

export const stepFailures = ['accessDenied', 'refused', 'notRun', 'notWritten', 'otherType', 'otherValue'] as const;

export const stepOutcomeSchema = z.object({
  id: z.string(),
  outcome: z.enum(['done', 'failed', 'notReached']),
  failure: z.enum(stepFailures).nullable(),
  /** Error number of Windows; empty when there is none. */
  errorCode: z.string(),
  /** What the program said, in the language of Windows. */
  said: z.string().max(2_000),
});
export type StepOutcome = z.infer<typeof stepOutcomeSchema>;

export const selfTestSchema = z.object({
  accepted: z.boolean(),
  host: z.string(),
  port: z.int(),
  /** From the connection to the last answer: what the certification authority waits. */
  durationMs: z.int(),
  /** The relay's last answer, or why there was none. */
  reply: z.string().max(1_000),
  /** The message in the relay's queue; null when the answer does not name one. */
  messageId: z.string().nullable(),
});
export type SelfTest = z.infer<typeof selfTestSchema>;

export const applyOutcomeSchema = z.object({
  /** Null where the server does not change. When it was not accepted, nothing was written. */
  selfTest: selfTestSchema.nullable(),
  steps: z.array(stepOutcomeSchema),
  done: z.boolean(),
});
export type ApplyOutcome = z.infer<typeof applyOutcomeSchema>;

const testMail = z.object({
  /** Empty: the first recipient among the mails of the certification authority. */
  testTo: z.string().max(320).default(''),
});

export const exitModuleCalls = {
  'ca.status': call(nothing, caStatusSchema),
  /** Fails with 'badArgument' for a text that can't be stored; nothing is changed. */
  'ca.plan': call(exitModuleChangeSchema, exitModulePlanSchema),
  /**
   * Carries a plan out, one command after the other, each one read back; stops at the first that fails. A new server must
   * first have taken a test mail. The old values are kept for `ca.rollback`. Fails with 'notPossible' without rights.
   */
  'ca.apply': call(
    testMail.extend({ change: exitModuleChangeSchema, fingerprint: z.string().max(100) }),
    applyOutcomeSchema,
  ),
  /** Null when there is nothing to take back. */
  'ca.rollbackPlan': call(nothing, exitModulePlanSchema.extend({ atMs: epochMsSchema }).nullable()),
  'ca.rollback': call(z.object({ fingerprint: z.string().max(100) }), applyOutcomeSchema),
  /** A mail to the relay as the exit module sends it. */
  'ca.selfTest': call(testMail, selfTestSchema),
  /** Stops and starts the service of the certification authority; takes seconds to minutes. Refused on a cluster. */
  'ca.restart': call(nothing, z.object({ stoppedAfterMs: z.int(), startedAfterMs: z.int() })),
  /** A firewall rule that keeps port 25 closed for other computers, or without it. */
  'ca.blockPort': call(z.object({ blocked: z.boolean() }), z.object({ blocked: z.boolean() })),
  /** Mail that the certification authority could not send (events 45 and 46), the latest first. Null: not readable. */
  'ca.failures': call(
    z.object({ sinceMs: epochMsSchema }),
    z.array(z.object({ atMs: epochMsSchema, eventId: z.int(), errorCode: z.string(), said: z.string() })).nullable(),
  ),
} as const;
