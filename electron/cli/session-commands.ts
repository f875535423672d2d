import type { Command } from 'commander';
import type { Session } from '../../shared/contract/servers.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { failedStatus } from './exit-statuses.ts';
import { formatSpan } from './formats.ts';
import { type Column, formatJson, formatTable } from './output.ts';

export const addSessionCommands: AddCommands = (program, cli) => {
  const session = program.command('session').description('see who is connected, and cut connections');
  addList(session, cli);
  addTerminate(session, cli);
};

function addList(session: Command, cli: Cli): void {
  session
    .command('list')
    .description('list the sessions of now, incoming and outgoing')
    .option(...jsonFlag)
    .action(async ({ json }: JsonOption) => {
      const sessions = await cli.withRelay((relay) => relay.call('session.list', { serverId: cli.serverId() }));
      if (json === true) cli.terminal.out(formatJson(sessions));
      else if (sessions.length === 0) cli.terminal.out('There are no sessions at the moment.\n');
      else cli.terminal.out(formatTable(columns(cli.ports.clock.now()), sessions));
    });
}

function addTerminate(session: Command, cli: Cli): void {
  const command = session
    .command('terminate')
    .description('cut connections; mail being sent or received on them is tried again')
    .argument('[ids...]', 'the sessions, by the ids of "session list"')
    .option('--all', 'all of them')
    .option(...jsonFlag);
  command.action(async (texts: string[], { all, json }: JsonOption & { readonly all?: true }) => {
    if ((all === true) === texts.length > 0) command.error('error: name sessions by their ids, or cut all with --all');
    const ids = all === true ? null : [...new Set(texts)];
    const answer = await cli.withRelay((relay) => relay.call('session.terminate', { serverId: cli.serverId(), ids }));
    cli.terminal.out(json === true ? formatJson(answer) : `${answer.terminated} terminated\n`);
    const missing = (ids?.length ?? 0) - answer.terminated;
    if (missing <= 0) return;
    cli.terminal.complain(`${missing} of them had ended already or are not there.`);
    cli.endWith(failedStatus);
  });
}

const columns = (nowMs: number): readonly Column<Session>[] => [
  { title: 'ID', text: ({ id }) => id },
  { title: 'DIRECTION', text: ({ direction }) => direction },
  { title: 'USER', text: ({ user }) => user, maxWidth: 40 },
  { title: 'ADDRESS', text: ({ peer }) => peer },
  { title: 'CONNECTED', text: ({ startedAtMs }) => formatSpan(nowMs - startedAtMs), alignRight: true },
  { title: 'PHASE', text: ({ phase }) => phase },
  { title: 'MESSAGES', text: ({ messages }) => String(messages), alignRight: true },
  { title: 'TLS', text: ({ encrypted }) => (encrypted ? 'yes' : 'no') },
];
