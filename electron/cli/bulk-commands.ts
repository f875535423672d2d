/** Actions on chosen messages, on those that options choose, or on the whole queue. */
import { type Command, Option } from 'commander';
import type { ContractClient } from '../../shared/contract/client.ts';
import type { BulkOutcome, QueueTarget, ServerId } from '../../shared/contract/messages.ts';
import { collect } from './argument-parsers.ts';
import { type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { formatOutcome } from './formats.ts';
import { oneByOne } from './one-by-one.ts';
import { formatJson } from './output.ts';
import { messageIdOf, unknownMessages } from './queue-ids.ts';
import { addSelection, type SelectionOptions, selectionOf } from './queue-selection.ts';

interface BulkOptions extends SelectionOptions, JsonOption {
  readonly ndr?: true;
  readonly smartHost?: readonly string[];
  readonly usual?: true;
}

type Act = (relay: ContractClient, about: { serverId: ServerId; target: QueueTarget }) => Promise<BulkOutcome>;

interface BulkCommand {
  readonly verb: string;
  readonly description: string;
  readonly options?: readonly Option[];
  /** Null: the options do not say what to do. */
  readonly action: (options: BulkOptions) => Act | null;
  /** What is missing then. */
  readonly usage?: string;
}

const bulkCommands: readonly BulkCommand[] = [
  {
    verb: 'retry',
    description: 'try to deliver now, whatever the schedule says',
    action: () => (relay, about) => relay.call('queue.retry', about),
  },
  {
    verb: 'hold',
    description: 'keep messages back until they are released',
    action: () => (relay, about) => relay.call('queue.hold', about),
  },
  {
    verb: 'release',
    description: 'let held messages go on',
    action: () => (relay, about) => relay.call('queue.release', about),
  },
  {
    verb: 'delete',
    description: 'delete messages; "queue undo" takes them back within ten minutes',
    options: [new Option('--ndr', 'send each sender a non-delivery report first; without it nobody is told')],
    action:
      ({ ndr = false }) =>
      (relay, about) =>
        relay.call('queue.delete', { ...about, report: ndr }),
  },
  {
    verb: 'route',
    description: 'send messages by other smart hosts than the settings say',
    options: [
      new Option('--smart-host <host[:port]>', 'where to; several times for several, in order').argParser(collect),
      new Option('--usual', 'by the usual route again').conflicts('smartHost'),
    ],
    usage: 'error: name the way with --smart-host, or take the usual one with --usual',
    action: ({ smartHost, usual }) =>
      smartHost === undefined && usual === undefined
        ? null
        : (relay, about) =>
            relay.call('queue.setRoute', { ...about, smartHosts: smartHost === undefined ? null : [...smartHost] }),
  },
];

export function addBulkCommands(queue: Command, cli: Cli): void {
  for (const bulk of bulkCommands) {
    const command = addSelection(queue.command(bulk.verb).description(bulk.description)).option(...jsonFlag);
    for (const option of bulk.options ?? []) command.addOption(option);
    command.action(async (texts: string[], options: BulkOptions) => {
      const selection = selectionOf(command, texts, options, cli.ports.clock.now());
      const act = bulk.action(options) ?? command.error(bulk.usage ?? 'error: something is missing');
      const serverId = cli.serverId();
      if (!('ids' in selection)) {
        const outcome = await cli.withRelay((relay) => act(relay, { serverId, target: selection }));
        return printOutcome(cli, outcome, options);
      }
      // A mistyped id stops the command before anything is done.
      const ids = selection.ids.map((text) => messageIdOf(text, serverId));
      const { outcome, unknown } = await cli.withRelay((relay) =>
        oneByOne(ids, (id) => act(relay, { serverId, target: { ids: [id] } })),
      );
      if (unknown.length < new Set(ids).size) printOutcome(cli, outcome, options);
      if (unknown.length > 0) throw unknownMessages(unknown, serverId);
    });
  }
}

export const printOutcome = ({ terminal }: Pick<Cli, 'terminal'>, outcome: BulkOutcome, { json }: JsonOption): void =>
  terminal.out(json === true ? formatJson(outcome) : `${formatOutcome(outcome)}\n`);
