/** Next hops: what waits for them, and what to do about all of it at once. */
import type { Command } from 'commander';
import type { DestinationRow, RouteExplanation } from '../../shared/contract/messages.ts';
import { printOutcome } from './bulk-commands.ts';
import { type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { formatSpan, formatUntil } from './formats.ts';
import { type Column, formatJson, formatPairs, formatTable, oneLine } from './output.ts';
import { messageIdOf } from './queue-ids.ts';

export function addDestinationCommands(queue: Command, cli: Cli): void {
  addDestinations(queue, cli);
  addForce(queue, cli);
  addFreeze(queue, cli);
  addExplain(queue, cli);
}

function addDestinations(queue: Command, cli: Cli): void {
  queue
    .command('destinations')
    .description('list the next hops and what waits for each, the largest first')
    .option(...jsonFlag)
    .action(async ({ json }: JsonOption) => {
      const rows = await cli.withRelay((relay) => relay.call('destination.list', { serverId: cli.serverId() }));
      if (json === true) cli.terminal.out(formatJson(rows));
      else if (rows.length === 0) cli.terminal.out('Nothing waits for any next hop.\n');
      else cli.terminal.out(formatTable(columns(cli.ports.clock.now()), rows));
    });
}

function addForce(queue: Command, cli: Cli): void {
  queue
    .command('force')
    .description('try a next hop now, whatever the schedule says')
    .argument('<next-hop>', 'its name, as "queue destinations" shows it')
    .option(...jsonFlag)
    .action(async (nextHop: string, options: JsonOption) => {
      const outcome = await cli.withRelay((relay) =>
        relay.call('destination.retry', { serverId: cli.serverId(), nextHop }),
      );
      printOutcome(cli, outcome, options);
    });
}

const freezing = [
  { verb: 'freeze', frozen: true, description: 'send nothing to a next hop until it is thawed' },
  { verb: 'thaw', frozen: false, description: 'let mail to a frozen next hop go on' },
] as const;

function addFreeze(queue: Command, cli: Cli): void {
  for (const { verb, frozen, description } of freezing) {
    queue
      .command(verb)
      .description(description)
      .argument('<next-hop>', 'its name, as "queue destinations" shows it')
      .option(...jsonFlag)
      .action(async (nextHop: string, { json }: JsonOption) => {
        const serverId = cli.serverId();
        await cli.withRelay((relay) => relay.call('destination.freeze', { serverId, nextHop, frozen }));
        if (json === true) cli.terminal.out(formatJson({ nextHop, frozen }));
        else cli.terminal.out(`${oneLine(nextHop)} is ${frozen ? 'frozen' : 'thawed'}.\n`);
      });
  }
}

function addExplain(queue: Command, cli: Cli): void {
  queue
    .command('explain')
    .description('tell which way mail to an address goes, and which rule says so')
    .argument('<address>')
    .option('--id <id>', 'for this message, which may have a route of its own')
    .option(...jsonFlag)
    .action(async (address: string, { id, json }: JsonOption & { readonly id?: string }) => {
      const serverId = cli.serverId();
      const message = id === undefined ? {} : { id: messageIdOf(id, serverId) };
      const explanation = await cli.withRelay((relay) =>
        relay.call('route.explain', { serverId, address, ...message }),
      );
      cli.terminal.out(json === true ? formatJson(explanation) : explanationText(address, explanation));
    });
}

const ruleWords: Readonly<Record<RouteExplanation['rule'], string>> = {
  messageRoute: 'the route chosen for this message',
  remoteDomain: 'a remote domain',
  localDomain: 'a local domain',
  directFirst: 'directly first, then by the smart hosts',
  smartHosts: 'the smart hosts of the server',
  mx: 'the mail exchangers of the domain',
  addressLiteral: 'the address literal',
  noDomain: 'the address has no domain',
};

function explanationText(address: string, explanation: RouteExplanation): string {
  const { nextHop, rule, remoteDomain, frozen, held, tlsMode, authentication, hosts, problems } = explanation;
  const facts = formatPairs([
    ['Recipient', address],
    ['Next hop', nextHop],
    ['By', remoteDomain === null ? ruleWords[rule] : `${ruleWords[rule]}: ${remoteDomain}`],
    ['TLS', tlsMode],
    ['Authentication', authentication],
  ]);
  const lines = [
    ...(frozen ? ['The next hop is frozen: nothing is sent to it.'] : []),
    ...(held ? ['Mail for this domain is held until it is released.'] : []),
    ...hosts.map((host, index) => `${index + 1}. ${oneLine(host)}`),
    ...problems.map((sentence) => `Problem: ${oneLine(sentence)}`),
  ];
  return `${facts}${lines.map((line) => `${line}\n`).join('')}`;
}

const columns = (nowMs: number): readonly Column<DestinationRow>[] => [
  { title: 'NEXT HOP', text: ({ nextHop }) => nextHop },
  { title: 'STATE', text: ({ state }) => state },
  { title: 'QUEUED', text: ({ counts }) => String(counts.total), alignRight: true },
  { title: 'READY', text: ({ counts }) => String(counts.ready), alignRight: true },
  { title: 'SENDING', text: ({ counts }) => String(counts.sending), alignRight: true },
  { title: 'RETRY', text: ({ counts }) => String(counts.retry), alignRight: true },
  { title: 'HELD', text: ({ counts }) => String(counts.held), alignRight: true },
  {
    title: 'OLDEST',
    text: ({ oldestReceivedAtMs }) => (oldestReceivedAtMs === null ? '' : formatSpan(nowMs - oldestReceivedAtMs)),
    alignRight: true,
  },
  {
    title: 'NEXT',
    text: ({ nextAttemptAtMs }) => (nextAttemptAtMs === null ? '' : formatUntil(nextAttemptAtMs, nowMs)),
    alignRight: true,
  },
  { title: 'LAST ERROR', text: ({ lastError }) => lastError ?? '', maxWidth: 100 },
];
