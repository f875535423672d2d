/** Local and remote domains of a virtual server. */
import type { Command } from 'commander';
import { problem } from '../../shared/contract/problem.ts';
import { checkSetting, quoted } from '../../shared/settings/check-setting.ts';
import { type RemoteDomain, remoteDomainSchema } from '../../shared/settings/remote-domain.ts';
import type { SecretName } from '../../shared/settings/secrets.ts';
import { defaultServerSettings } from '../../shared/settings/server-settings.ts';
import { missingSecrets } from '../host/needed-secrets.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { addDomainOptions, type DomainOptions, withDomainOptions } from './domain-options.ts';
import { type Column, formatJson, formatTable, oneLine } from './output.ts';
import { savedNote, secretsToSet } from './setting-words.ts';
import { withSettings } from './settings-desk.ts';
import type { SettingChanges, SettingsSnapshot } from './settings-desk-types.ts';

export const addDomainCommands: AddCommands = (program, cli) => {
  const domain = program.command('domain').description('local and remote domains of a virtual server');
  addList(domain, cli);
  addAdd(domain, cli);
  addSet(domain, cli);
  addRemove(domain, cli);
  addDefault(domain, cli);
  addAlias(domain, cli);
};

interface Domains {
  /** Empty: there is no local domain. */
  readonly default: string;
  readonly aliases: readonly string[];
  readonly remote: readonly RemoteDomain[];
}

function addList(domain: Command, cli: Cli): void {
  domain
    .command('list')
    .description('list the domains')
    .option(...jsonFlag)
    .action(async ({ json }: JsonOption) => {
      const domains = domainsOf(await withSettings(cli, (desk) => desk.get()));
      if (json === true) return cli.terminal.out(formatJson(domains));
      const rows = rowsOf(domains);
      cli.terminal.out(rows.length === 0 ? 'There are no domains; all mail is relayed.\n' : formatTable(columns, rows));
    });
}

const newDomain = remoteDomainSchema.omit({ name: true });

function addAdd(domain: Command, cli: Cli): void {
  addDomainOptions(
    domain
      .command('add')
      .description('add a remote domain, whose mail goes out another way than the rest')
      .argument('<name>', 'such as example.org, or *.example.org for all domains below it'),
  ).action(async (name: string, options: DomainOptions) => {
    await change(cli, `Remote domain ${oneLine(name)} was added`, (domains) => {
      requireUnknown(domains, name);
      const added = withDomainOptions({ name, ...newDomain.parse({}) }, options);
      return { 'domains.remote': [...domains.remote, added] };
    });
  });
}

function addSet(domain: Command, cli: Cli): void {
  addDomainOptions(
    domain.command('set').description('change a remote domain; what is not named stays').argument('<name>'),
  ).action(async (name: string, options: DomainOptions) => {
    await change(cli, `Remote domain ${oneLine(name)} was changed`, ({ remote }) => {
      if (!remote.some(isNamed(name))) throw unknownDomain(name, 'remote domain');
      return {
        'domains.remote': remote.map((entry) => (isNamed(name)(entry) ? withDomainOptions(entry, options) : entry)),
      };
    });
  });
}

function addRemove(domain: Command, cli: Cli): void {
  domain
    .command('remove')
    .description('remove a remote domain with its passwords, or an alias')
    .argument('<name>')
    .action(async (name: string) => {
      await change(cli, `Domain ${oneLine(name)} was removed`, ({ aliases, remote, ...local }) => {
        if (remote.some(isNamed(name))) return { 'domains.remote': remote.filter((entry) => !isNamed(name)(entry)) };
        if (aliases.some(isSame(name))) return { 'domains.aliases': aliases.filter((alias) => !isSame(name)(alias)) };
        if (!isSame(name)(local.default)) throw unknownDomain(name, 'domain');
        throw problem(
          'notPossible',
          `${quoted(name)} is the default domain. Make another one the default, or none with "smtp-relay domain default none".`,
        );
      });
    });
}

function addDefault(domain: Command, cli: Cli): void {
  domain
    .command('default')
    .description('set the local domain, whose mail goes into the Drop folder; an alias trades places with it')
    .argument('<name>', 'or none: all mail is relayed')
    .action(async (text: string) => {
      const name = text.toLowerCase() === 'none' ? '' : text;
      const sentence = name === '' ? 'There is no default domain' : `${oneLine(name)} is the default domain`;
      await change(cli, sentence, (domains) => {
        if (domains.remote.some(isNamed(name))) throw isAlready(name, 'a remote domain');
        if (!domains.aliases.some(isSame(name))) return { 'domains.default': name };
        const others = domains.aliases.filter((alias) => !isSame(name)(alias));
        return {
          'domains.default': name,
          'domains.aliases': domains.default === '' ? others : [...others, domains.default],
        };
      });
    });
}

function addAlias(domain: Command, cli: Cli): void {
  domain
    .command('alias')
    .description('add a further name of the default domain')
    .argument('<name>')
    .action(async (name: string) => {
      await change(cli, `Alias ${oneLine(name)} was added`, (domains) => {
        if (domains.default === '') {
          throw problem(
            'notPossible',
            'There is no default domain to be an alias of. Set it with "smtp-relay domain default".',
          );
        }
        requireUnknown(domains, name);
        return { 'domains.aliases': [...domains.aliases, name] };
      });
    });
}

async function change(cli: Cli, sentence: string, edit: (domains: Domains) => SettingChanges): Promise<void> {
  const { missing, note } = await withSettings(cli, async (desk) => {
    const saved = await desk.save((snapshot) => edit(domainsOf(snapshot)));
    return { missing: missingOf(saved), note: savedNote(desk, ['domains.remote'], saved) };
  });
  cli.terminal.out(`${sentence}${note}.\n${secretsToSet(missing, cli.serverId())}`);
}

/** Of all remote domains: what one of them lacks is worth saying with every change. */
const missingOf = (saved: SettingsSnapshot): readonly SecretName[] =>
  missingSecrets({ ...defaultServerSettings, 'domains.remote': [...domainsOf(saved).remote] }, saved.secrets);

const domainsOf = ({ values }: SettingsSnapshot): Domains => ({
  default: checkSetting('domains.default', values['domains.default']),
  aliases: checkSetting('domains.aliases', values['domains.aliases']),
  remote: checkSetting('domains.remote', values['domains.remote']),
});

interface DomainRow {
  readonly name: string;
  readonly type: 'default' | 'alias' | 'remote';
  readonly route: string;
  readonly notes: string;
}

const rowsOf = (domains: Domains): readonly DomainRow[] => [
  ...(domains.default === ''
    ? []
    : [{ name: domains.default, type: 'default' as const, route: 'Drop folder', notes: '' }]),
  ...domains.aliases.map((name) => ({ name, type: 'alias' as const, route: 'Drop folder', notes: '' })),
  ...domains.remote.map((domain) => ({
    name: domain.name,
    type: 'remote' as const,
    route: domain.smartHosts.length === 0 ? 'DNS' : domain.smartHosts.join(', '),
    notes: notesOf(domain).join(', '),
  })),
];

const notesOf = ({ held, relayAllowed, helo, port, security }: RemoteDomain): readonly string[] => [
  ...(held ? ['held'] : []),
  ...(relayAllowed ? ['relay allowed'] : []),
  ...(helo ? ['HELO'] : []),
  ...(port === null ? [] : [`port ${port}`]),
  ...(security === null ? [] : [`TLS ${security.tlsMode}`, `authentication ${security.authentication}`]),
];

const columns: readonly Column<DomainRow>[] = [
  { title: 'DOMAIN', text: ({ name }) => name },
  { title: 'TYPE', text: ({ type }) => type },
  { title: 'ROUTE', text: ({ route }) => route, maxWidth: 60 },
  { title: 'NOTES', text: ({ notes }) => notes },
];

const isSame =
  (name: string) =>
  (other: string): boolean =>
    other.toLowerCase() === name.toLowerCase();

const isNamed =
  (name: string) =>
  (domain: RemoteDomain): boolean =>
    isSame(name)(domain.name);

function requireUnknown(domains: Domains, name: string): void {
  if (domains.remote.some(isNamed(name))) throw isAlready(name, 'a remote domain');
  if (domains.aliases.some(isSame(name))) throw isAlready(name, 'an alias');
  if (domains.default !== '' && isSame(name)(domains.default)) throw isAlready(name, 'the default domain');
}

const isAlready = (name: string, what: string) =>
  problem('notPossible', `${quoted(name)} is ${what} already. "smtp-relay domain list" shows all domains.`);

const unknownDomain = (name: string, what: string) =>
  problem('notFound', `There is no ${what} ${quoted(name)}. "smtp-relay domain list" shows all domains.`);
