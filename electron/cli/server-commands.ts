import type { Command } from 'commander';
import type { ServerId } from '../../shared/contract/messages.ts';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { collect, parseServerId } from './argument-parsers.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { failedStatus } from './exit-statuses.ts';
import { type Column, formatJson, formatTable, oneLine } from './output.ts';

const actions = [
  { verb: 'start', call: 'server.start', description: 'take mail in and deliver it' },
  { verb: 'stop', call: 'server.stop', description: 'take no mail in and deliver none; queued mail stays' },
  { verb: 'pause', call: 'server.pause', description: 'refuse new connections, deliver what is queued' },
] as const;

export const addServerCommands: AddCommands = (program, cli) => {
  const server = program.command('server').description('list, create, delete, start, stop and pause virtual servers');

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
      .argument('[number]', 'the virtual server, instead of --server', parseServerId)
      .option(...jsonFlag)
      .action(async (number: ServerId | undefined, { json }: JsonOption) => {
        const serverId = number ?? cli.serverId();
        const status = await cli.withRelay((relay) => relay.call(call, { serverId }));
        printStatus(cli, status, json, `is ${status.state}.`);
      });
  }
  addCreate(server, cli);
  addDelete(server, cli);
  addRename(server, cli);
};

interface CreateOptions extends JsonOption {
  readonly name: string;
  readonly listen: readonly string[];
  readonly mailroot?: string;
  readonly defaultDomain?: string;
}

function addCreate(server: Command, cli: Cli): void {
  server
    .command('create')
    .description('make a further virtual server; it starts at once')
    .requiredOption('--name <name>', 'what it is called')
    .requiredOption('--listen <endpoint>', 'address and port to listen on; several times for several', collect)
    .option('--mailroot <folder>', 'home directory of its mail; without it below the data folder')
    .option('--default-domain <domain>', 'local domain whose mail goes into the Drop folder')
    .option(...jsonFlag)
    .action(async ({ name, listen, mailroot, defaultDomain, json }: CreateOptions) => {
      const status = await cli.withRelay((relay) =>
        relay.call('server.create', {
          name,
          listen: [...listen],
          ...(mailroot === undefined ? {} : { mailroot }),
          ...(defaultDomain === undefined ? {} : { defaultDomain }),
        }),
      );
      printStatus(cli, status, json, `was made and is ${status.state}.`);
    });
}

function addDelete(server: Command, cli: Cli): void {
  server
    .command('delete')
    .description('take a stopped virtual server out of the settings; its folders and mail stay on disk')
    .argument('<number>', 'the virtual server', parseServerId)
    .option(...jsonFlag)
    .action(async (serverId: ServerId, { json }: JsonOption) => {
      const { mailroot } = await cli.withRelay(async (relay) => {
        const { servers } = await relay.call('status.get', null);
        await relay.call('server.delete', { serverId });
        return servers.find(({ id }) => id === serverId) ?? { mailroot: '' };
      });
      if (json === true) cli.terminal.out(formatJson({ deleted: serverId, mailroot }));
      else cli.terminal.out(`Virtual server ${serverId} was deleted. Its mail stays in ${oneLine(mailroot)}.\n`);
    });
}

function addRename(server: Command, cli: Cli): void {
  server
    .command('rename')
    .description('give a virtual server another name')
    .argument('<number>', 'the virtual server', parseServerId)
    .argument('<name>', 'what it is called from now on')
    .option(...jsonFlag)
    .action(async (serverId: ServerId, name: string, { json }: JsonOption) => {
      await cli.withRelay(async (relay) => {
        const { revision } = await relay.call('settings.get', { serverId });
        await relay.call('settings.save', { serverId, revision, changes: { 'general.name': name } });
      });
      if (json === true) cli.terminal.out(formatJson({ id: serverId, name }));
      else cli.terminal.out(`Virtual server ${serverId} is called ${oneLine(name)}.\n`);
    });
}

/** A listener that could not be bound is a failure of whoever starts the server. */
function printStatus(cli: Cli, status: ServerStatus, json: true | undefined, sentence: string): void {
  if (json === true) cli.terminal.out(formatJson(status));
  else cli.terminal.out(`Virtual server ${status.id} (${oneLine(status.name)}) ${sentence}\n`);
  for (const { problem } of status.listeners) {
    if (problem === null) continue;
    cli.terminal.complain(oneLine(problem.message));
    cli.endWith(failedStatus);
  }
}

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
    .flatMap(({ endpoint, boundTo, problem, implicitTls }) => {
      const name = boundTo ?? (problem === null ? [] : `${endpoint} (not bound)`);
      return typeof name === 'string' && implicitTls ? `${name} (TLS)` : name;
    })
    .join(', ');
