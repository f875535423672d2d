/** The domains of a virtual server as a list, and what can be done with them as changes of its settings. Pure. */
import { isMailDomain } from '../../shared/settings/address.ts';
import { type RemoteDomain, remoteDomainSchema } from '../../shared/settings/remote-domain.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

export type DomainRow =
  | { readonly kind: 'default' | 'alias'; readonly name: string }
  | { readonly kind: 'remote'; readonly name: string; readonly remote: RemoteDomain };

const domainKeys = [
  'domains.default',
  'domains.aliases',
  'domains.remote',
  'domains.dropFolder',
  'domains.dropQuota',
] as const;

export type DomainSettings = Pick<ServerSettings, (typeof domainKeys)[number]>;

/** Made from the settings as they are at that moment, so that it can be made again when somebody changed them meanwhile. */
export type DomainEdit = (settings: DomainSettings) => Partial<ServerSettings>;

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export function domainRows(settings: DomainSettings): readonly DomainRow[] {
  const name = settings['domains.default'];
  return [
    ...(name === '' ? [] : [{ kind: 'default' as const, name }]),
    ...settings['domains.aliases'].map((alias) => ({ kind: 'alias' as const, name: alias })),
    ...settings['domains.remote'].map((remote) => ({ kind: 'remote' as const, name: remote.name, remote })),
  ];
}

/** What a person may choose between; the first local domain becomes the default one. */
export type NewDomainKind = 'remote' | 'alias';

/** 'wildcard': a star that is not '*.' in front, or in front of a local domain. */
export type DomainNameProblem = 'empty' | 'wildcard' | 'name' | 'duplicate';

/** @param ownName  The name a domain has so far, when it is being renamed. */
export function domainNameProblem(
  settings: DomainSettings,
  kind: NewDomainKind,
  name: string,
  ownName?: string,
): DomainNameProblem | null {
  if (name === '') return 'empty';
  if (name.includes('*') && (kind === 'alias' || !isMailDomain(name))) return 'wildcard';
  if (!isMailDomain(name)) return 'name';
  const others = domainRows(settings).filter((row) => row.name !== ownName);
  return others.some((other) => sameName(other.name, name)) ? 'duplicate' : null;
}

export const addDomain =
  (kind: NewDomainKind, name: string): DomainEdit =>
  (settings) => {
    if (kind === 'remote') {
      return { 'domains.remote': [...settings['domains.remote'], remoteDomainSchema.parse({ name })] };
    }
    return settings['domains.default'] === ''
      ? { 'domains.default': name }
      : { 'domains.aliases': [...settings['domains.aliases'], name] };
  };

export const renameDomain =
  (row: DomainRow, name: string): DomainEdit =>
  (settings) => {
    switch (row.kind) {
      case 'default':
        return { 'domains.default': name };
      case 'alias':
        return {
          'domains.aliases': settings['domains.aliases'].map((alias) => (sameName(alias, row.name) ? name : alias)),
        };
      case 'remote':
        return {
          'domains.remote': settings['domains.remote'].map((remote) =>
            sameName(remote.name, row.name) ? { ...remote, name } : remote,
          ),
        };
    }
  };

/** Puts a remote domain in the place of the one with its name, or back into the list. */
export const replaceRemote =
  (domain: RemoteDomain): DomainEdit =>
  (settings) => {
    const list = settings['domains.remote'];
    const at = list.findIndex(({ name }) => sameName(name, domain.name));
    return { 'domains.remote': at < 0 ? [...list, domain] : list.with(at, domain) };
  };

/** The former default domain takes the place of the alias. */
export const makeDefault =
  (name: string): DomainEdit =>
  (settings) => {
    const former = settings['domains.default'];
    const aliases = settings['domains.aliases'].flatMap((alias) => {
      if (!sameName(alias, name)) return [alias];
      return former === '' ? [] : [former];
    });
    return { 'domains.default': name, 'domains.aliases': aliases };
  };

/** The default domain can go only when it is the last local one: its aliases would be names of nothing. */
export const canDelete = (settings: DomainSettings, rows: readonly DomainRow[]): boolean => {
  const goes = (name: string): boolean => rows.some((row) => row.kind === 'alias' && sameName(row.name, name));
  return rows.every(({ kind }) => kind !== 'default') || settings['domains.aliases'].every(goes);
};

export const deleteDomains =
  (rows: readonly DomainRow[]): DomainEdit =>
  (settings) => {
    const goes = (kind: DomainRow['kind'], name: string): boolean =>
      rows.some((row) => row.kind === kind && sameName(row.name, name));
    const changes: Partial<ServerSettings> = {};
    if (goes('default', settings['domains.default'])) changes['domains.default'] = '';
    const aliases = settings['domains.aliases'].filter((name) => !goes('alias', name));
    if (aliases.length < settings['domains.aliases'].length) changes['domains.aliases'] = aliases;
    const remote = settings['domains.remote'].filter(({ name }) => !goes('remote', name));
    if (remote.length < settings['domains.remote'].length) changes['domains.remote'] = remote;
    return changes;
  };

/** Whether nobody changed the domains between the two. */
export const sameDomains = (a: DomainSettings, b: DomainSettings): boolean =>
  domainKeys.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
