import type { Session } from '../../shared/contract/servers.ts';
import { type AddCommands, type JsonOption, jsonFlag } from './cli.ts';
import { formatSpan } from './formats.ts';
import { type Column, formatJson, formatTable } from './output.ts';

export const addSessionCommands: AddCommands = (program, cli) => {
  program
    .command('session')
    .description('see who is connected')
    .command('list')
    .description('list the sessions of now, incoming and outgoing')
    .option(...jsonFlag)
    .action(async ({ json }: JsonOption) => {
      const sessions = await cli.withRelay((relay) => relay.call('session.list', { serverId: cli.serverId() }));
      if (json === true) cli.terminal.out(formatJson(sessions));
      else if (sessions.length === 0) cli.terminal.out('There are no sessions at the moment.\n');
      else cli.terminal.out(formatTable(columns(cli.ports.clock.now()), sessions));
    });
};

const columns = (nowMs: number): readonly Column<Session>[] => [
  { title: 'DIRECTION', text: ({ direction }) => direction },
  { title: 'USER', text: ({ user }) => user, maxWidth: 40 },
  { title: 'ADDRESS', text: ({ peer }) => peer },
  { title: 'CONNECTED', text: ({ startedAtMs }) => formatSpan(nowMs - startedAtMs), alignRight: true },
  { title: 'PHASE', text: ({ phase }) => phase },
  { title: 'MESSAGES', text: ({ messages }) => String(messages), alignRight: true },
  { title: 'TLS', text: ({ encrypted }) => (encrypted ? 'yes' : 'no') },
];
