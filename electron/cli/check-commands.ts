/** Questions about the settings in force: who may connect and relay, what a name leads to. Exit status 6: no. */
import type { Command } from 'commander';
import type { RelayVerdict } from '../../shared/contract/servers.ts';
import { serverSettingsSchema } from '../../shared/settings/server-settings.ts';
import { parseIpAddress } from './argument-parsers.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { refusedStatus } from './exit-statuses.ts';
import { formatJson, oneLine } from './output.ts';

export const addCheckCommands: AddCommands = (program, cli) => {
  const check = program
    .command('check')
    .description('ask what the settings in force would say')
    .addHelpText('after', `\nExit status: 0 yes, ${refusedStatus} no.`);
  addRelayCheck(check, cli);
  addConnectionCheck(check, cli);
  addNameCheck(check, cli);
};

interface RelayOptions extends JsonOption {
  readonly recipient?: string;
  readonly authenticated?: true;
}

function addRelayCheck(check: Command, cli: Cli): void {
  check
    .command('relay')
    .description('may this client send mail through the server?')
    .argument('<address>', 'IP address of the client', parseIpAddress)
    .option('--recipient <address>', 'to this recipient')
    .option('--authenticated', 'after it has logged in')
    .option(...jsonFlag)
    .action(async (clientAddress: string, { recipient, authenticated, json }: RelayOptions) => {
      const serverId = cli.serverId();
      const verdict = await cli.withRelay(async (relay) => {
        const { values } = await relay.call('settings.get', { serverId });
        return await relay.call('relay.check', {
          serverId,
          clientAddress,
          mode: accessShape['access.relayMode'].parse(values['access.relayMode']),
          list: accessShape['access.relayList'].parse(values['access.relayList']),
          authenticated: authenticated === true,
          ...(recipient === undefined ? {} : { recipient }),
        });
      });
      printVerdict(cli, verdict, json, `${clientAddress} may relay`, `${clientAddress} may not relay`);
    });
}

function addConnectionCheck(check: Command, cli: Cli): void {
  check
    .command('connection')
    .description('may this client connect?')
    .argument('<address>', 'IP address of the client', parseIpAddress)
    .option(...jsonFlag)
    .action(async (clientAddress: string, { json }: JsonOption) => {
      const verdict = await cli.withRelay(async (relay) => {
        const { values } = await relay.call('settings.get', { serverId: cli.serverId() });
        return await relay.call('connection.check', {
          clientAddress,
          mode: accessShape['access.connectionMode'].parse(values['access.connectionMode']),
          list: accessShape['access.connectionList'].parse(values['access.connectionList']),
        });
      });
      printVerdict(cli, verdict, json, `${clientAddress} may connect`, `${clientAddress} may not connect`);
    });
}

function addNameCheck(check: Command, cli: Cli): void {
  check
    .command('name')
    .description('does this name lead to an address in DNS?')
    .argument('<name>')
    .option(...jsonFlag)
    .action(async (name: string, { json }: JsonOption) => {
      const answer = await cli.withRelay((relay) => relay.call('name.check', { name }));
      cli.terminal.out(json === true ? formatJson(answer) : `${oneLine(answer.message)}\n`);
      if (!answer.valid) cli.endWith(refusedStatus);
    });
}

const accessShape = serverSettingsSchema.shape;

const reasonWords: Readonly<Record<RelayVerdict['reason'], string>> = {
  thisComputer: 'it is this computer',
  listed: 'it is in the list',
  notListed: 'it is not in the list',
  exceptListed: 'it is in the list of exceptions',
  authenticated: 'it has logged in',
  remoteDomain: 'everybody may send to this remote domain',
  localDomain: 'the recipient is in a local domain',
};

function printVerdict(cli: Cli, verdict: RelayVerdict, json: true | undefined, yes: string, no: string): void {
  const { allowed, reason, entry, clientName } = verdict;
  const details = [entry, clientName === null ? null : `its name is ${clientName}`].filter((word) => word !== null);
  const words = `${allowed ? yes : no}: ${reasonWords[reason]}${details.length === 0 ? '' : ` (${details.join('; ')})`}.`;
  cli.terminal.out(json === true ? formatJson(verdict) : `${oneLine(words)}\n`);
  if (!allowed) cli.endWith(refusedStatus);
}
