import type { ServerStatus } from '../../shared/contract/servers.ts';
import { type AddCommands, type JsonOption, jsonFlag } from './cli.ts';
import { type Column, formatJson, formatTable, oneLine } from './output.ts';

const actions = [
  { verb: 'start', call: 'server.start', description: 'take mail in and deliver it' },
  { verb: 'stop', call: 'server.stop', description: 'take no mail in and deliver none; queued mail stays' },
  { verb: 'pause', call: 'server.pause', description: 'refuse new connections, deliver what is queued' },
] as const;

export const addServerCommands: AddCommands = (program, cli) => {
  const server = program.command('server').description('list, start, stop and pause virtual servers');

  server
    .command('list')
    .description('list the virtual servers')
    .option(...jsonFlag)
    .action(async ({ json }: JsonOption) => {
      const { servers } = await cli.withRelay((relay) => relay.call('status.get', null));
      cli.terminal.out(json === true ? formatJson(servers) : formatTable(columns, servers));
    });

  for (const { verb, call, description } of actions) {
    server
      .command(verb)
      .description(description)
      .action(async () => {
        const status = await cli.withRelay((relay) => relay.call(call, { serverId: cli.serverId() }));
        cli.terminal.out(`Virtual server ${status.id} (${oneLine(status.name)}) is ${status.state}.\n`);
        for (const { problem } of status.listeners) {
          if (problem === null) continue;
          cli.terminal.complain(oneLine(problem.message));
          cli.endWith(1);
        }
      });
  }
};

const columns: readonly Column<ServerStatus>[] = [
  { title: 'SERVER', text: ({ id }) => id },
  { title: 'NAME', text: ({ name }) => name, maxWidth: 40 },
  { title: 'STATE', text: ({ state }) => state },
  { title: 'LISTENING ON', text: (status) => listeningText(status) },
  { title: 'QUEUED', text: ({ queue }) => String(queue.total), alignRight: true },
  {
    title: 'SESSIONS',
    text: ({ inboundSessions, outboundSessions }) => `${inboundSessions} in, ${outboundSessions} out`,
  },
];

/** The sockets that are really bound, and those that should be. */
export const listeningText = ({ listeners }: ServerStatus): string =>
  listeners
    .flatMap(({ endpoint, boundTo, problem }) => boundTo ?? (problem === null ? [] : `${endpoint} (not bound)`))
    .join(', ');
