import type { AddCommands } from './cli.ts';

interface SendTestOptions {
  readonly to: string;
  readonly from?: string;
}

export const addSendTestCommand: AddCommands = (program, cli) => {
  program
    .command('send-test')
    .description('put a test message into the queue')
    .requiredOption('--to <address>', 'the recipient')
    .option('--from <address>', 'the sender; without it postmaster at the name of this computer')
    .action(async ({ to, from }: SendTestOptions) => {
      const { id } = await cli.withRelay((relay) =>
        relay.call('mail.sendTest', { serverId: cli.serverId(), to, ...(from === undefined ? {} : { from }) }),
      );
      cli.terminal.out(`Message ${id} is queued. Follow it with "smtp-relay queue show ${id}".\n`);
    });
};
