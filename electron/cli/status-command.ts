import type { RelayStatus, ServerStatus } from '../../shared/contract/servers.ts';
import { type AddCommands, type JsonOption, jsonFlag } from './cli.ts';
import { statusExit, statusExitHelp } from './exit-statuses.ts';
import { formatSpan, formatTime } from './formats.ts';
import { type Column, formatJson, formatPairs, formatTable, oneLine } from './output.ts';
import { listeningText } from './server-commands.ts';

export const addStatusCommand: AddCommands = (program, cli) => {
  program
    .command('status')
    .description('show the state of the relay, for people and for monitoring')
    .option(...jsonFlag)
    .addHelpText('after', statusExitHelp)
    .action(async ({ json }: JsonOption) => {
      const status = await cli.withRelay((relay) => relay.call('status.get', null));
      cli.terminal.out(json === true ? formatJson(status) : statusText(status, cli.ports.clock.now()));
      cli.endWith(statusExit(status));
    });
};

function statusText(status: RelayStatus, nowMs: number): string {
  const facts = formatPairs([
    ['Relay', `SMTP Relay Manager ${status.version} on ${status.computerName}`],
    ['Running', `as ${status.hostedBy}, process ${status.processId}, since ${formatTime(status.startedAtMs)}`],
    ['Data folder', status.dataFolder],
  ]);
  const warnings = status.warnings.map(({ message }) => `Warning: ${oneLine(message)}\n`).join('');
  return `${facts}\n${formatTable(columns(nowMs), status.servers)}${warnings === '' ? '' : `\n${warnings}`}`;
}

const columns = (nowMs: number): readonly Column<ServerStatus>[] => [
  { title: 'SERVER', text: ({ id }) => id },
  { title: 'NAME', text: ({ name }) => name, maxWidth: 40 },
  { title: 'STATE', text: ({ state }) => state },
  { title: 'LISTENING ON', text: listeningText },
  { title: 'QUEUED', text: ({ queue }) => String(queue.total), alignRight: true },
  { title: 'RETRY', text: ({ queue }) => String(queue.retry), alignRight: true },
  { title: 'HELD', text: ({ queue }) => String(queue.held), alignRight: true },
  { title: 'FAILED', text: ({ queue }) => String(queue.failed), alignRight: true },
  { title: 'BADMAIL', text: ({ queue }) => String(queue.badmail), alignRight: true },
  {
    title: 'OLDEST',
    text: ({ queue: { oldestReceivedAtMs } }) =>
      oldestReceivedAtMs === null ? '' : formatSpan(nowMs - oldestReceivedAtMs),
    alignRight: true,
  },
];
