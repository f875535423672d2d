/** The protocol log: what was said on the connections. */
import type { ContractClient } from '../../shared/contract/client.ts';
import { problem } from '../../shared/contract/problem.ts';
import type { ProtocolLogLine } from '../../shared/contract/servers.ts';
import { parseWhole } from './argument-parsers.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { formatTime } from './formats.ts';
import { formatJson, oneLine } from './output.ts';

interface TailOptions extends JsonOption {
  readonly follow?: true;
  readonly lines: number;
  readonly search?: string;
}

/** What one call may ask for. */
const maxLines = 1_000;

export const addLogCommands: AddCommands = (program, cli) => {
  program
    .command('log')
    .description('see the protocol log')
    .command('tail')
    .description('print the latest commands and replies, whether or not they are written to a file')
    .option('--lines <number>', 'how many', parseWhole(1, maxLines), 50)
    .option('--search <text>', 'only lines with every word of the text')
    .option('--follow', 'go on with what comes, until Ctrl+C; with --json one object a line')
    .option(...jsonFlag)
    .action(async ({ lines: limit, search, follow, json }: TailOptions) => {
      const query = { limit, ...(search === undefined ? {} : { search }) };
      await cli.withRelay(async (relay) => {
        const first = await tail(relay, cli, 0, query);
        if (follow === true) return await followLog(relay, cli, first, query, json === true);
        cli.terminal.out(json === true ? formatJson(first) : first.lines.map(lineText).join(''));
      });
    });
};

interface Query {
  readonly limit: number;
  readonly search?: string;
}

interface Tail {
  readonly sequence: number;
  readonly lines: readonly ProtocolLogLine[];
}

const tail = (relay: ContractClient, cli: Cli, after: number, query: Query): Promise<Tail> =>
  relay.call('log.tail', { serverId: cli.serverId(), after, ...query });

/** @throws {ProblemError} 'disconnected' when the relay ends; otherwise until the process does. */
function followLog(relay: ContractClient, cli: Cli, first: Tail, query: Query, json: boolean): Promise<never> {
  const serverId = cli.serverId();
  const print = ({ lines }: Tail): void => {
    for (const line of lines) cli.terminal.out(json ? `${JSON.stringify(line)}\n` : lineText(line));
  };
  return new Promise((_resolve, reject) => {
    let { sequence } = first;
    let latest = sequence;
    let reading = false;
    const read = async (): Promise<void> => {
      if (reading) return;
      reading = true;
      try {
        while (latest > sequence) {
          const next = await tail(relay, cli, sequence, { ...query, limit: maxLines });
          sequence = Math.max(next.sequence, sequence + 1);
          print(next);
        }
      } finally {
        reading = false;
      }
    };
    relay.on('log.changed', (event) => {
      if (event.serverId !== serverId) return;
      latest = Math.max(latest, event.sequence);
      read().catch(reject);
    });
    relay.onClose(() => reject(problem('disconnected', 'The connection to the relay was lost.')));
    print(first);
  });
}

const arrows: Readonly<Record<ProtocolLogLine['direction'], string>> = {
  inbound: '<',
  outboundCommand: '>',
  outboundResponse: '<<',
};

/** '2026-11-24 03:40:55 < 127.0.0.1 CA01 MAIL FROM:<ca@example.org> 250 (2 ms)' */
function lineText({ atMs, direction, peer, user, method, query, status, timeTakenMs }: ProtocolLogLine): string {
  const words = [
    formatTime(atMs),
    arrows[direction],
    peer,
    ...[user, method, query].filter((word) => word !== ''),
    ...(status === 0 ? [] : [String(status)]),
    `(${timeTakenMs} ms)`,
  ];
  return `${oneLine(words.join(' '))}\n`;
}
