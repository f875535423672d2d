import { expect, test } from 'vitest';
import { localDomains, matchDomain } from '../../../shared/settings/domain-match.ts';

const domains = ['*.org', '*.example.org', 'ca.example.org', 'Example.Net', '*.b.example.org'].map((name) => ({
  name,
}));

test.each([
  { domain: 'ca.example.org', name: 'ca.example.org' },
  { domain: 'CA.EXAMPLE.ORG', name: 'ca.example.org' },
  { domain: 'x.ca.example.org', name: '*.example.org' },
  { domain: 'a.b.example.org', name: '*.b.example.org' },
  { domain: 'b.example.org', name: '*.example.org' },
  { domain: 'example.org', name: '*.org' },
  { domain: 'example.net', name: 'Example.Net' },
  { domain: 'sub.example.net', name: undefined },
  { domain: 'org', name: undefined },
  { domain: '.org', name: undefined },
  { domain: '', name: undefined },
  { domain: '*.example.com', name: undefined },
])('$domain belongs to $name', ({ domain, name }) => {
  expect(matchDomain(domains, domain)?.name).toBe(name);
  expect(matchDomain(domains.toReversed(), domain)?.name).toBe(name);
});

test('local are the default domain and its aliases; without a default domain none', () => {
  const settings = { 'domains.default': 'example.org', 'domains.aliases': ['example.net'] };
  expect(localDomains(settings)).toEqual([{ name: 'example.org' }, { name: 'example.net' }]);
  expect(localDomains({ ...settings, 'domains.default': '' })).toEqual([]);
});
