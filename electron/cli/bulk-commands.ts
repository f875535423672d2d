/** Actions on chosen messages or on the whole queue. */
import type { Command } from 'commander';
import type { ContractClient } from '../../shared/contract/client.ts';
import type { BulkOutcome, QueueTarget, ServerId } from '../../shared/contract/messages.ts';
import { type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { formatOutcome, sumOutcomes } from './formats.ts';
import { formatJson } from './output.ts';
import { messageIdOf, unknownMessages } from './queue-ids.ts';

interface BulkOptions extends JsonOption {
  readonly all?: true;
  readonly ndr?: true;
}

type BulkAction = (
  relay: ContractClient,
  serverId: ServerId,
  target: QueueTarget,
  ndr: boolean,
) => Promise<BulkOutcome>;

interface BulkCommand {
  readonly verb: string;
  readonly description: string;
  readonly act: BulkAction;
}

const bulkCommands: readonly BulkCommand[] = [
  {
    verb: 'retry',
    description: 'try to deliver now, whatever the schedule says',
    act: (relay, serverId, target) => relay.call('queue.retry', { serverId, target }),
  },
  {
    verb: 'hold',
    description: 'keep messages back until they are released',
    act: (relay, serverId, target) => relay.call('queue.hold', { serverId, target }),
  },
  {
    verb: 'release',
    description: 'let held messages go on',
    act: (relay, serverId, target) => relay.call('queue.release', { serverId, target }),
  },
  {
    verb: 'delete',
    description: 'delete messages without a report to the sender, unless --ndr is given',
    act: (relay, serverId, target, report) => relay.call('queue.delete', { serverId, target, report }),
  },
];

/** Calls under way at a time; the relay takes up to 256 from one client. */
const callsAtOnce = 32;

export function addBulkCommands(queue: Command, cli: Cli): void {
  for (const { verb, description, act } of bulkCommands) {
    const command = queue
      .command(verb)
      .description(description)
      .argument('[ids...]', 'the messages')
      .option('--all', 'every message of the queue')
      .option(...jsonFlag);
    if (verb === 'delete') command.option('--ndr', 'send each sender a non-delivery report first');
    command.action(async (ids: string[], options: BulkOptions) => {
      const [all, ndr] = [options.all === true, options.ndr === true];
      if (all === ids.length > 0) command.error('error: name messages by their ids, or all of them with --all');
      const serverId = cli.serverId();
      const run = (relay: ContractClient, target: QueueTarget) => act(relay, serverId, target, ndr);
      const { outcome, unknown } = await cli.withRelay((relay) =>
        all ? wholeQueue(relay, run) : oneByOne(relay, run, ids, serverId),
      );
      if (unknown.length < ids.length || all) {
        cli.terminal.out(options.json === true ? formatJson(outcome) : `${formatOutcome(outcome)}\n`);
      }
      if (unknown.length > 0) throw unknownMessages(unknown, serverId);
    });
  }
}

type RunBulk = (relay: ContractClient, target: QueueTarget) => Promise<BulkOutcome>;

interface BulkResult {
  readonly outcome: BulkOutcome;
  readonly unknown: readonly string[];
}

const wholeQueue = async (relay: ContractClient, run: RunBulk): Promise<BulkResult> => ({
  outcome: await run(relay, { filter: {} }),
  unknown: [],
});

/** A call for each message: only so the answer tells which of them are not there. */
async function oneByOne(
  relay: ContractClient,
  run: RunBulk,
  texts: readonly string[],
  serverId: ServerId,
): Promise<BulkResult> {
  // A mistyped id stops the command before anything is done.
  const ids = [...new Set(texts.map((text) => messageIdOf(text, serverId)))];
  const found: BulkOutcome[] = [];
  const unknown: string[] = [];
  for (let start = 0; start < ids.length; start += callsAtOnce) {
    const batch = ids.slice(start, start + callsAtOnce);
    const outcomes = await Promise.all(batch.map(async (id) => ({ id, outcome: await run(relay, { ids: [id] }) })));
    for (const { id, outcome } of outcomes) {
      if (outcome.skipped.some(({ reason }) => reason === 'notFound')) unknown.push(id);
      else found.push(outcome);
    }
  }
  return { outcome: sumOutcomes(found), unknown };
}
