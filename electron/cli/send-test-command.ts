import { type AddCommands, type JsonOption, jsonFlag } from './cli.ts';
import { formatJson } from './output.ts';

interface SendTestOptions extends JsonOption {
  readonly to: string;
  readonly from?: string;
}

export const addSendTestCommand: AddCommands = (program, cli) => {
  program
    .command('send-test')
    .description('put a test message into the queue')
    .requiredOption('--to <address>', 'the recipient')
    .option('--from <address>', 'the sender; without it postmaster at the name of this computer')
    .option(...jsonFlag)
    .action(async ({ to, from, json }: SendTestOptions) => {
      const { id } = await cli.withRelay((relay) =>
        relay.call('mail.sendTest', { serverId: cli.serverId(), to, ...(from === undefined ? {} : { from }) }),
      );
      if (json === true) cli.terminal.out(formatJson({ id }));
      else cli.terminal.out(`Message ${id} is queued. Follow it with "smtp-relay queue show ${id}".\n`);
    });
};
