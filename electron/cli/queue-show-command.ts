import { type Command, Option } from 'commander';
import { type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { messageText } from './message-text.ts';
import { formatJson } from './output.ts';
import { printSource } from './print-source.ts';
import { messageIdOf } from './queue-ids.ts';

interface ShowOptions extends JsonOption {
  readonly source?: true;
}

export function addShowCommand(queue: Command, cli: Cli): void {
  queue
    .command('show')
    .description('show one message: envelope, recipients, attempts, headers and text')
    .argument('<id>')
    .option(...jsonFlag)
    .addOption(new Option('--source', 'print the message as it will be sent').conflicts('json'))
    .action(async (idText: string, { json, source }: ShowOptions) => {
      const serverId = cli.serverId();
      const id = messageIdOf(idText, serverId);
      await cli.withRelay(async (relay) => {
        if (source === true) {
          return await printSource(cli, (piece) => relay.call('queue.source', { serverId, id, ...piece }));
        }
        const details = await relay.call('queue.show', { serverId, id });
        cli.terminal.out(json === true ? formatJson(details) : messageText(details, cli.ports.clock.now()));
      });
    });
}
