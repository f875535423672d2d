import { describe, expect, test } from 'vitest';
import {
  addDomain,
  canDelete,
  type DomainEdit,
  type DomainSettings,
  deleteDomains,
  domainNameProblem,
  domainRows,
  makeDefault,
  renameDomain,
  replaceRemote,
  sameDomains,
} from '../../../../renderer/domains/domain-rows.ts';
import { remoteDomainSchema } from '../../../../shared/settings/remote-domain.ts';
import { defaultServerSettings, serverSettingsSchema } from '../../../../shared/settings/server-settings.ts';

const none: DomainSettings = defaultServerSettings;
const remote = (name: string) => remoteDomainSchema.parse({ name });
const some: DomainSettings = {
  ...none,
  'domains.default': 'corp.example',
  'domains.aliases': ['pki.example', 'old.example'],
  'domains.remote': [remote('example.org'), remote('*.example.net')],
};
const rowOf = (name: string, settings = some) => {
  const row = domainRows(settings).find((one) => one.name === name);
  if (row === undefined) throw new Error(`no row ${name}`);
  return row;
};
const after = (settings: DomainSettings, edit: DomainEdit): DomainSettings => ({ ...settings, ...edit(settings) });
const names = (settings: DomainSettings) => domainRows(settings).map(({ kind, name }) => `${kind} ${name}`);

test('the default domain comes first, then aliases, then remote domains', () => {
  expect(names(some)).toEqual([
    'default corp.example',
    'alias pki.example',
    'alias old.example',
    'remote example.org',
    'remote *.example.net',
  ]);
  expect(names(none)).toEqual([]);
});

describe('a name', () => {
  test.each([
    ['remote', '', 'empty'],
    ['remote', 'no domain', 'name'],
    ['remote', 'mail.*.example', 'wildcard'],
    ['remote', '*example', 'wildcard'],
    ['remote', '*.new.example', null],
    ['alias', '*.new.example', 'wildcard'],
    ['alias', 'new.example', null],
    ['remote', 'CORP.example', 'duplicate'],
    ['alias', 'Example.ORG', 'duplicate'],
    ['alias', 'pki.example', 'duplicate'],
  ] as const)('%s %j: %s', (kind, name, problem) => {
    expect(domainNameProblem(some, kind, name)).toBe(problem);
  });

  test('may change its spelling', () => {
    expect(domainNameProblem(some, 'remote', 'EXAMPLE.org', 'example.org')).toBeNull();
    expect(domainNameProblem(some, 'remote', 'pki.example', 'example.org')).toBe('duplicate');
  });
});

test('the first local domain becomes the default one, further ones aliases', () => {
  const first = after(none, addDomain('alias', 'a.example'));
  expect(names(first)).toEqual(['default a.example']);
  expect(names(after(first, addDomain('alias', 'b.example')))).toEqual(['default a.example', 'alias b.example']);
});

test('a new remote domain has a way like any other until it is given one', () => {
  const made = after(none, addDomain('remote', '*.example.org'));
  expect(made['domains.remote']).toEqual([remote('*.example.org')]);
});

test('an alias that becomes the default one leaves its place to the former', () => {
  expect(names(after(some, makeDefault('old.example'))).slice(0, 3)).toEqual([
    'default old.example',
    'alias pki.example',
    'alias corp.example',
  ]);
  const without = { ...some, 'domains.default': '' };
  expect(names(after(without, makeDefault('PKI.example'))).slice(0, 2)).toEqual([
    'default PKI.example',
    'alias old.example',
  ]);
});

test('a rename keeps place and settings', () => {
  expect(names(after(some, renameDomain(rowOf('pki.example'), 'new.example')))[1]).toBe('alias new.example');
  expect(names(after(some, renameDomain(rowOf('corp.example'), 'new.example')))[0]).toBe('default new.example');
  const held = { ...some, 'domains.remote': [{ ...remote('example.org'), held: true }] };
  expect(after(held, renameDomain(rowOf('example.org', held), 'new.example'))['domains.remote']).toEqual([
    { ...remote('new.example'), held: true },
  ]);
});

test('a remote domain is put in its place, or back when somebody took it away', () => {
  const changed = { ...remote('Example.org'), helo: true };
  expect(after(some, replaceRemote(changed))['domains.remote']).toEqual([changed, remote('*.example.net')]);
  expect(after(none, replaceRemote(changed))['domains.remote']).toEqual([changed]);
});

describe('deleting', () => {
  test('the default domain goes only with its last alias', () => {
    expect(canDelete(some, [rowOf('corp.example')])).toBe(false);
    expect(canDelete(some, [rowOf('corp.example'), rowOf('pki.example')])).toBe(false);
    expect(canDelete(some, [rowOf('corp.example'), rowOf('pki.example'), rowOf('old.example')])).toBe(true);
    expect(canDelete(some, [rowOf('example.org'), rowOf('pki.example')])).toBe(true);
  });

  test('names only what changes', () => {
    expect(deleteDomains([rowOf('pki.example')])(some)).toEqual({ 'domains.aliases': ['old.example'] });
    expect(deleteDomains([rowOf('example.org')])(some)).toEqual({ 'domains.remote': [remote('*.example.net')] });
    const all = domainRows(some);
    expect(names(after(some, deleteDomains(all)))).toEqual([]);
    expect(deleteDomains(all)(none)).toEqual({});
  });
});

test('every change fits the settings', () => {
  const edits = [
    addDomain('remote', '*.a.example'),
    addDomain('alias', 'a.example'),
    makeDefault('pki.example'),
    renameDomain(rowOf('example.org'), 'b.example'),
    deleteDomains(domainRows(some)),
  ];
  for (const edit of edits) expect(serverSettingsSchema.partial().safeParse(edit(some)).success).toBe(true);
});

test('domains are the same until one of them changes', () => {
  expect(sameDomains(some, { ...some })).toBe(true);
  expect(sameDomains(some, { ...some, 'domains.dropQuota': false })).toBe(false);
  expect(sameDomains(some, after(some, addDomain('remote', 'x.example')))).toBe(false);
});
