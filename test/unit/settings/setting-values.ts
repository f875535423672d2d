/** Acceptable values of every setting, made from its facts, for property tests. */
import fc from 'fast-check';
import type { FieldFacts } from '../../../shared/settings/field.ts';
import { remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import type { ServerSettings, SettingKey } from '../../../shared/settings/server-settings.ts';
import { factsOf } from '../../../shared/settings/setting-range.ts';

export function valuesOf<Key extends SettingKey>(key: Key): fc.Arbitrary<ServerSettings[Key]> {
  return arbitrary(key) as fc.Arbitrary<ServerSettings[Key]>;
}

function arbitrary(key: SettingKey): fc.Arbitrary<unknown> {
  const facts = factsOf(key);
  const { kind, options = [], optional = false, min = 0, max = 0 } = facts;
  switch (kind) {
    case 'text':
      return textOf(key);
    case 'switch':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...options);
    case 'list':
    case 'table':
      return fc.uniqueArray(entryOf(facts), {
        minLength: min,
        maxLength: Math.min(max, 8),
        selector: (entry) => JSON.stringify(entry).toLowerCase(),
      });
    default:
      return optional ? fc.option(fc.integer({ min, max })) : fc.integer({ min, max });
  }
}

const localPath = fc.constantFrom('', 'D:\\Mail, and more', '/srv/mail', 'c:/Mail');

function textOf(key: SettingKey): fc.Arbitrary<string> {
  if (key === 'general.name') return fc.stringMatching(/^[!-~](?:[ -~]{0,98}[!-~])?$/);
  switch (factsOf(key).content) {
    case 'folder':
    case 'file':
      return localPath;
    case 'hostName':
    case 'mailDomain':
      return fc.option(fc.domain(), { nil: '' });
    case 'address':
      return fc.constantFrom('', 'admin@example.org');
    case 'webAddress':
      return fc.constantFrom('', 'https://login.example.org/token', 'http://127.0.0.1:8080/token');
    default:
      return fc.stringMatching(/^[ -~]{0,99}$/);
  }
}

function entryOf({ entries, options = [] }: FieldFacts): fc.Arbitrary<unknown> {
  const port = fc.integer({ min: 1, max: 65_535 });
  const smartHost = fc.oneof(
    fc.domain(),
    fc.tuple(fc.domain(), port).map((pair) => pair.join(':')),
  );
  switch (entries) {
    case 'endpoint':
      return fc.tuple(fc.oneof(fc.ipV4(), fc.constant('[::1]'), fc.constant('*')), port).map((pair) => pair.join(':'));
    case 'relayEntry':
      return fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('host', '10.0.0.0/255.0.0.0', '*.example.org'));
    case 'smartHost':
      return smartHost;
    case 'duration':
      return fc.integer({ min: 1, max: 604_800 });
    case 'userName':
      return fc.stringMatching(/^[!-9;-~](?:[ -9;-~]{0,98}[!-9;-~])?$/);
    case 'mailDomain':
      return fc.domain();
    case 'destination':
      return fc.oneof(
        fc.domain(),
        fc.array(fc.domain(), { minLength: 1, maxLength: 3 }).map((hosts) => hosts.join(', ')),
      );
    case 'choice':
      return fc.constantFrom(...options);
    case 'remoteDomain':
      return fc
        .record({ name: fc.domain(), held: fc.boolean(), smartHosts: fc.array(smartHost, { maxLength: 3 }) })
        .map((domain) => remoteDomainSchema.parse(domain));
    default:
      throw new Error('A list without the kind of its entries');
  }
}
