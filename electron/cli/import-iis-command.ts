/** `smtp-relay import-iis`: the SMTP virtual server of an IIS becomes one of ours, and its waiting mail is fetched. */
import { resolve } from 'node:path';
import type { HandlersOf } from '../../shared/contract/call.ts';
import type { ContractClient } from '../../shared/contract/client.ts';
import type { iisImportCalls, MappingRow } from '../../shared/contract/computer/iis-import-calls.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import { parseEndpoint } from '../../shared/settings/address.ts';
import { formatSizeBytes } from '../../shared/settings/amount.ts';
import { iisImport as words } from '../../shared/texts/en/iis-import.ts';
import { type CommandRunner, nodeCommandRunner } from '../base/command-runner.ts';
import { createIisImportHandlers } from '../iis-import/iis-import-handlers.ts';
import type { WindowsFacts } from '../iis-import/smtp-service.ts';
import { collect, parseServerId } from './argument-parsers.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { type Column, formatJson, formatTable, oneLine } from './output.ts';
import { connectRelay } from './relay-connection.ts';
import { secretsToSet, settingText } from './setting-words.ts';

export interface ImportIisOptions {
  readonly commands: CommandRunner;
  readonly windows: WindowsFacts | null;
}

interface Flags extends JsonOption {
  readonly preview?: true;
  readonly yes?: true;
  readonly name?: string;
  readonly listen?: readonly string[];
  readonly start?: true;
  readonly takeOverMail?: true;
  readonly into?: ServerId;
}

type Handlers = HandlersOf<typeof iisImportCalls>;
type Preview = Awaited<ReturnType<Handlers['iisImport.preview']>>;

export const importIisCommand =
  ({ commands, windows }: ImportIisOptions): AddCommands =>
  (program, cli) => {
    program
      .command('import-iis')
      .description(
        'make a virtual server of one of IIS (--server: its number there), from the settings in MetaBase.xml',
      )
      .argument('[file]', 'MetaBase.xml; without it that of this computer')
      .option('--preview', 'show what would become of each setting, and change nothing')
      .option('--yes', 'import; without it the same as --preview')
      .option('--name <name>', 'what the new server is called')
      .option('--listen <endpoint>', 'where it listens instead; several times for several', collect)
      .option('--start', 'start it at once; without it, it begins stopped')
      .option('--take-over-mail', 'move the mail that waits in Queue and Pickup of the old server to the new one')
      .option('--into <number>', 'with --take-over-mail: to this server, which was imported before', parseServerId)
      .option(...jsonFlag)
      .action(async (file: string | undefined, flags: Flags) => {
        let relay: ContractClient | null | undefined;
        const handlers = createIisImportHandlers({
          ports: cli.ports,
          commands,
          windows,
          relay: async () => {
            if (relay === undefined) relay = await connectRelay(cli.dataFolder());
            return relay;
          },
        });
        try {
          await run(cli, handlers, file === undefined ? '' : resolve(file), flags);
        } finally {
          relay?.close();
        }
      });
  };

export const addImportIisCommand = importIisCommand({
  commands: nodeCommandRunner,
  windows: process.platform === 'win32' ? { systemRoot: process.env.SystemRoot ?? null } : null,
});

async function run(cli: Cli, handlers: Handlers, file: string, flags: Flags): Promise<void> {
  const { path } = await handlers['iisImport.read']({ path: file });
  const source = { path, number: Number(cli.serverId()) };
  if (flags.into !== undefined) {
    if (flags.takeOverMail !== true) throw problem('badArgument', '--into needs --take-over-mail.');
    if (flags.yes === true) return finish(cli, flags, await takeOver(handlers, source, flags.into));
  }
  const preview = await handlers['iisImport.preview'](source);
  if (flags.yes !== true || flags.preview === true) return printPreview(cli, preview, flags);
  // Said before anything is made: half of what was asked for would be worse than nothing.
  if (flags.takeOverMail === true && preview.service === 'running') {
    throw problem('notPossible', `${words.mail.stopFirst} Nothing was imported.`);
  }
  const imported = await handlers['iisImport.import']({
    ...source,
    name: flags.name ?? preview.name,
    listen: checkedEndpoints(flags.listen ?? preview.listen),
    start: flags.start === true,
  });
  const { serverId, missingSecrets } = imported;
  const mail = flags.takeOverMail === true ? await takeOver(handlers, source, serverId) : null;
  if (flags.json === true) return cli.terminal.out(formatJson({ ...imported, mail }));
  cli.terminal.out(
    `Virtual server ${serverId} (${oneLine(imported.name)}) was made and is ${flags.start === true ? 'started' : 'stopped'}.\n`,
  );
  cli.terminal.out(secretsToSet(missingSecrets, serverId));
  if (mail !== null) finish(cli, flags, mail);
}

function checkedEndpoints(listen: readonly string[]): string[] {
  for (const text of listen) {
    if (parseEndpoint(text) === null) {
      throw problem('badArgument', `"${text}" is no address with a port, such as 127.0.0.1:25, [::1]:25 or *:25.`);
    }
  }
  return [...listen];
}

interface TakenMail {
  readonly taken: number;
  readonly left: { name: string; reason: string }[];
  readonly keptIn: string[];
}

const filesAtATime = 500;

async function takeOver(
  handlers: Handlers,
  source: { readonly path: string; readonly number: number },
  serverId: ServerId,
): Promise<TakenMail> {
  const keptIn = new Set<string>();
  for (let taken = 0; ; ) {
    const part = await handlers['iisImport.takeOverMail']({ ...source, serverId, limit: filesAtATime });
    taken += part.taken;
    for (const folder of part.keptIn) keptIn.add(folder);
    if (part.taken === 0 || part.remaining === 0) return { taken, left: part.left, keptIn: [...keptIn] };
  }
}

function finish(cli: Cli, { json }: Flags, mail: TakenMail): void {
  if (json === true) {
    cli.terminal.out(formatJson(mail));
    return;
  }
  const { taken, left, keptIn } = mail;
  cli.terminal.out(`${taken === 1 ? '1 message was' : `${taken} messages were`} taken over.\n`);
  for (const folder of keptIn) cli.terminal.out(`The originals are in ${oneLine(folder)}.\n`);
  for (const { name, reason } of left) cli.terminal.out(`Not taken: ${oneLine(name)}: ${oneLine(reason)}\n`);
}

const columns: readonly Column<MappingRow>[] = [
  {
    title: 'IN IIS',
    text: ({ property, domain }) => (domain === null ? property : `${property} (${domain})`),
    maxWidth: 50,
  },
  { title: 'VALUE', text: ({ value }) => value, maxWidth: 40 },
  { title: 'HERE', text: ({ setting, field }) => [setting, field].filter((part) => part !== null).join(' ') },
  { title: 'NEW VALUE', text: newValueText, maxWidth: 40 },
  {
    title: 'REMARK',
    text: ({ remark, reason }) =>
      reason === null ? words.remark[remark] : `${words.remark[remark]}: ${words.reason[reason]}`,
  },
];

function newValueText({ setting, field, newValue, domain }: MappingRow): string {
  if (setting === null) return '';
  if (field === null && domain === null) return settingText(setting, newValue);
  if (typeof newValue === 'boolean') return newValue ? 'on' : 'off';
  return Array.isArray(newValue) ? newValue.join(',') : String(newValue);
}

function printPreview(cli: Cli, preview: Preview, flags: Flags): void {
  const { terminal } = cli;
  if (flags.json === true) {
    terminal.out(formatJson(preview));
    return;
  }
  terminal.out(formatTable(columns, preview.rows));
  for (const { endpoint, server } of preview.conflicts) {
    terminal.out(`${endpoint} belongs to ${oneLine(server)} here.\n`);
  }
  terminal.out(`It would listen on ${(flags.listen ?? preview.listen).join(', ')}.\n`);
  for (const { folder, ready, sizeBytes, unusable, problem: trouble } of [preview.mail.queue, preview.mail.pickup]) {
    if (folder === '') continue;
    const rest = unusable === 0 ? '' : `, ${unusable} that cannot be sent`;
    terminal.out(`${oneLine(folder)}: ${trouble ?? `${ready} messages (${formatSizeBytes(sizeBytes)})${rest}.`}\n`);
  }
  for (const warning of preview.warnings) terminal.out(`Note: ${words.warning[warning]}\n`);
  terminal.out('Nothing was changed. To import, run the command again with --yes.\n');
}
