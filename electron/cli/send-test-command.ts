import type { ContractClient } from '../../shared/contract/client.ts';
import type { FollowedMail } from '../../shared/contract/followed-mail.ts';
import type { MessageId } from '../../shared/contract/messages.ts';
import { keepAlive } from '../host/keep-alive.ts';
import { parseWhole } from './argument-parsers.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { failedStatus, warningStatus } from './exit-statuses.ts';
import { followedLines, isOver } from './followed-mail-text.ts';
import { formatJson } from './output.ts';

interface SendTestOptions extends JsonOption {
  readonly to: string;
  readonly from?: string;
  readonly follow?: true;
  readonly wait: number;
}

const usualWaitS = 60;
const askEveryMs = 250;

export const addSendTestCommand: AddCommands = (program, cli) => {
  program
    .command('send-test')
    .description('put a test message into the queue')
    .requiredOption('--to <address>', 'the recipient')
    .option('--from <address>', 'the sender; without it postmaster at the name of this computer')
    .option('--follow', 'show what becomes of it until it is over')
    .option('--wait <seconds>', 'with --follow: no longer than this', parseWhole(1, 86_400), usualWaitS)
    .option(...jsonFlag)
    .addHelpText(
      'after',
      `\nExit status with --follow: 0 delivered, ${failedStatus} it failed, ${warningStatus} it still waits when the time is over.`,
    )
    .action(async ({ to, from, follow, wait, json }: SendTestOptions) => {
      const serverId = cli.serverId();
      await cli.withRelay(async (relay) => {
        const { id } = await relay.call('mail.sendTest', { serverId, to, ...(from === undefined ? {} : { from }) });
        if (follow === true) return await keepAlive(() => followMail(cli, relay, id, wait * 1_000, json === true));
        if (json === true) cli.terminal.out(formatJson({ id }));
        else cli.terminal.out(`Message ${id} is queued. Follow it with "smtp-relay queue show ${id}".\n`);
      });
    });
};

/** Each line is printed when it becomes known; JSON once, at the end. */
export async function followMail(
  cli: Cli,
  relay: ContractClient,
  id: MessageId,
  waitMs: number,
  isJson: boolean,
): Promise<void> {
  const { clock } = cli.ports;
  const endsAtMs = clock.now() + waitMs;
  let printed = 0;
  for (;;) {
    const mail = await relay.call('mail.follow', { serverId: cli.serverId(), id });
    const isEnd = isOver(mail) || clock.now() >= endsAtMs;
    if (!isJson) {
      const lines = followedLines(mail, isEnd);
      cli.terminal.out(lines.slice(printed).join(''));
      printed = lines.length;
    }
    if (isEnd) {
      if (isJson) cli.terminal.out(formatJson(mail));
      return cli.endWith(statusOf(mail));
    }
    await new Promise<void>((resolve) => void clock.after(askEveryMs, resolve));
  }
}

const statusOf = (mail: FollowedMail): number =>
  mail.state === 'delivered' ? 0 : isOver(mail) ? failedStatus : warningStatus;
