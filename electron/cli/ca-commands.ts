/** `smtp-relay ca`: the mail of the certification authority of this computer. Most of it needs no relay. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { HandlersOf } from '../../shared/contract/call.ts';
import type { ContractClient } from '../../shared/contract/client.ts';
import type {
  ApplyOutcome,
  CaStatus,
  ExitModulePlan,
  exitModuleCalls,
} from '../../shared/contract/computer/exit-module-calls.ts';
import { nodeCommandRunner } from '../base/command-runner.ts';
import type { ExitModuleOptions } from '../ca/ca-desk.ts';
import { createExitModuleHandlers } from '../ca/create-exit-module-handlers.ts';
import { findingText } from '../ca/finding-text.ts';
import { createElevatedCheck } from '../computer/rights.ts';
import { keepAlive } from '../host/keep-alive.ts';
import { addChangeOptions, type ChangeFlags, changeOf } from './ca-options.ts';
import { outcomeText, planText, selfTestText, statusText } from './ca-output.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { errorStatus, failedStatus, refusedStatus, warningStatus } from './exit-statuses.ts';
import { formatJson } from './output.ts';
import { connectRelay } from './relay-connection.ts';
import { followMail } from './send-test-command.ts';

/** What depends on the system this runs on. */
export type CaSystem = Pick<ExitModuleOptions, 'isWindows' | 'systemRoot' | 'runner' | 'elevated' | 'smtpPort'>;

type Handlers = HandlersOf<typeof exitModuleCalls>;

interface TestFlags extends JsonOption {
  readonly to?: string;
  readonly follow?: true;
}
interface ChangeCommandFlags extends ChangeFlags, JsonOption {
  readonly yes?: true;
  readonly testTo?: string;
}

export const caCommands =
  (system: CaSystem): AddCommands =>
  (program, cli) => {
    const ca = program
      .command('ca')
      .description('the mail of the certification authority of this computer: look, plan, change, take back');
    const using = <Answer>(action: (handlers: Handlers) => Promise<Answer>): Promise<Answer> =>
      withHandlers(cli, system, action);
    addStatus(ca, cli, using);
    addPlan(ca, cli, using);
    addApply(ca, cli, using);
    addRestart(ca, cli, using);
    addRollback(ca, cli, using);
    addTest(ca, cli, using);
  };

const systemRoot = process.env.SystemRoot ?? null;

export const addCaCommands = caCommands({
  isWindows: process.platform === 'win32',
  systemRoot,
  runner: nodeCommandRunner,
  elevated: createElevatedCheck({
    commands: nodeCommandRunner,
    platform: process.platform,
    systemRoot,
    userId: process.geteuid?.() ?? null,
  }),
});

type Using = <Answer>(action: (handlers: Handlers) => Promise<Answer>) => Promise<Answer>;

async function withHandlers<Answer>(
  cli: Cli,
  system: CaSystem,
  action: (handlers: Handlers) => Promise<Answer>,
): Promise<Answer> {
  const { clock, disk, log, eventLog, computerName, ownAddresses } = cli.ports;
  const relays: ContractClient[] = [];
  const handlers = createExitModuleHandlers({
    ...system,
    ...{ clock, disk, log, eventLog },
    dataFolder: cli.dataFolder(),
    computerName: computerName(),
    ownAddresses: () => ownAddresses().map(({ address }) => address),
    relay: async () => {
      const relay = await connectRelay(cli.dataFolder());
      if (relay !== null) relays.push(relay);
      return relay;
    },
    token: randomUUID,
  });
  try {
    return await keepAlive(() => action(handlers));
  } finally {
    for (const relay of relays) relay.close();
  }
}

function addStatus(ca: Command, cli: Cli, using: Using): void {
  ca.command('status')
    .description('how the certification authority sends its mail, and what stands in its way')
    .option(...jsonFlag)
    .addHelpText(
      'after',
      `\nExit status: 0 all is well, ${failedStatus} there is nothing to read, ${warningStatus} there are warnings, ${errorStatus} there are problems.`,
    )
    .action(async ({ json }: JsonOption) => {
      const status = await using((handlers) => handlers['ca.status'](null));
      const findings = status.findings.map((finding) => ({ ...finding, ...findingText(finding) }));
      cli.terminal.out(json === true ? formatJson({ ...status, findings }) : statusText(status));
      cli.endWith(statusOf(status));
    });
}

function statusOf({ state, findings }: CaStatus): number {
  if (state !== 'ready') return failedStatus;
  if (findings.some(({ severity }) => severity === 'problem')) return errorStatus;
  return findings.some(({ severity }) => severity === 'warning') ? warningStatus : 0;
}

function addPlan(ca: Command, cli: Cli, using: Using): void {
  addChangeOptions(
    ca.command('plan').description('the commands of a change, with old and new values; nothing is changed'),
  )
    .option(...jsonFlag)
    .action(async (flags: ChangeCommandFlags) => {
      const plan = await using((handlers) => handlers['ca.plan'](changeOf(flags)));
      cli.terminal.out(flags.json === true ? formatJson(plan) : planText(plan));
    });
}

const notYet = 'Nothing was changed. Add --yes to run these commands.\n';

function addApply(ca: Command, cli: Cli, using: Using): void {
  addChangeOptions(
    ca.command('apply').description('carry a change out: each command is run, read back, kept for the way back'),
  )
    .option('--test-to <address>', "who gets the test mail; without it the first recipient of the authority's mails")
    .option('--yes', 'really do it; without it the same as "ca plan"')
    .option(...jsonFlag)
    .action(async (flags: ChangeCommandFlags) => {
      const change = changeOf(flags);
      await using(async (handlers) => {
        const plan = await handlers['ca.plan'](change);
        if (flags.yes !== true) return refuse(cli, plan, flags);
        const { fingerprint } = plan;
        const outcome = await handlers['ca.apply']({ change, fingerprint, testTo: flags.testTo ?? '' });
        report(cli, outcome, flags);
      });
    });
}

function refuse(cli: Cli, plan: ExitModulePlan, { json }: JsonOption): void {
  cli.terminal.out(json === true ? formatJson(plan) : planText(plan));
  if (json !== true && plan.steps.length > 0) cli.terminal.out(`\n${notYet}`);
  if (plan.steps.length > 0) cli.endWith(refusedStatus);
}

function report(cli: Cli, outcome: ApplyOutcome, { json }: JsonOption): void {
  cli.terminal.out(json === true ? formatJson(outcome) : outcomeText(outcome));
  if (!outcome.done) cli.endWith(failedStatus);
}

function addRestart(ca: Command, cli: Cli, using: Using): void {
  ca.command('restart')
    .description('stop and start the certification authority, so that it reads its settings; refused on a cluster')
    .option('--yes', 'really do it; without it the commands are shown')
    .option(...jsonFlag)
    .action(async ({ yes, json }: ChangeCommandFlags) => {
      await using(async (handlers) => {
        if (yes === true) {
          const times = await handlers['ca.restart'](null);
          const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
          const sentence = `The certification authority was stopped after ${seconds(times.stoppedAfterMs)} s and ran again after ${seconds(times.startedAfterMs)} s more.\n`;
          cli.terminal.out(json === true ? formatJson(times) : sentence);
          return;
        }
        const { commands } = await handlers['ca.status'](null);
        const lines = commands.restart.map(({ text }) => `${text}\n`).join('');
        cli.terminal.out(json === true ? formatJson(commands.restart) : `${lines}\n${notYet}`);
        cli.endWith(refusedStatus);
      });
    });
}

function addRollback(ca: Command, cli: Cli, using: Using): void {
  ca.command('rollback')
    .description('put back the values that the latest change replaced')
    .option('--yes', 'really do it; without it the commands are shown')
    .option(...jsonFlag)
    .action(async (flags: ChangeCommandFlags) => {
      await using(async (handlers) => {
        const plan = await handlers['ca.rollbackPlan'](null);
        if (plan === null) {
          cli.terminal.out(flags.json === true ? formatJson(null) : 'There is no change to take back.\n');
          cli.endWith(failedStatus);
        } else if (flags.yes === true) {
          report(cli, await handlers['ca.rollback']({ fingerprint: plan.fingerprint }), flags);
        } else {
          refuse(cli, plan, flags);
        }
      });
    });
}

const followMs = 60_000;

function addTest(ca: Command, cli: Cli, using: Using): void {
  ca.command('test')
    .description('send a mail to 127.0.0.1, port 25, as the certification authority does')
    .option('--to <address>', "the recipient; without it the first one of the authority's mails")
    .option('--follow', 'show what becomes of it, for a minute at the most')
    .option(...jsonFlag)
    .action(async ({ to = '', follow, json }: TestFlags) => {
      const selfTest = await using((handlers) => handlers['ca.selfTest']({ testTo: to }));
      const { accepted, messageId } = selfTest;
      const isFollowed = follow === true && messageId !== null;
      if (!isFollowed || json !== true) {
        cli.terminal.out(json === true ? formatJson(selfTest) : selfTestText(selfTest, !isFollowed));
      }
      if (!accepted) cli.endWith(failedStatus);
      if (!isFollowed) return;
      await cli.withRelay((relay) => keepAlive(() => followMail(cli, relay, messageId, followMs, json === true)));
    });
}
