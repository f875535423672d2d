import { expect, test } from 'vitest';
import {
  checkRemoteDraft,
  heloContradicts,
  type RemoteDraft,
  remoteDraftOf,
  securityOf,
} from '../../../../renderer/domains/remote-draft.ts';
import { outboundSecuritySchema } from '../../../../shared/settings/outbound-security.ts';
import { remoteDomainSchema } from '../../../../shared/settings/remote-domain.ts';
import { defaultServerSettings } from '../../../../shared/settings/server-settings.ts';

const special = remoteDomainSchema.parse({
  name: 'example.org',
  relayAllowed: true,
  helo: true,
  held: true,
  smartHosts: ['a.example:587'],
  port: 26,
  security: { tlsMode: 'required' },
});

test.each([remoteDomainSchema.parse({ name: 'example.org' }), special])(
  'an untouched draft changes nothing',
  (remote) => {
    expect(checkRemoteDraft(remote.name, remoteDraftOf(remote))).toEqual({ ok: true, value: remote });
  },
);

const checked = (part: Partial<RemoteDraft>) => checkRemoteDraft('example.org', { ...remoteDraftOf(special), ...part });

test('by DNS no smart host is kept, and the server’s security means none of its own', () => {
  expect(checked({ bySmartHosts: false, ownSecurity: false })).toMatchObject({
    ok: true,
    value: { smartHosts: [], security: null },
  });
});

test('a way by smart hosts needs one, and a port is a port', () => {
  expect(checked({ smartHosts: [] })).toEqual({ ok: false, problem: 'smartHosts' });
  for (const portText of ['0', '65536', 'x', '2.5']) {
    expect(checked({ portText })).toEqual({ ok: false, problem: 'port' });
  }
  expect(checked({ portText: ' ' })).toMatchObject({ ok: true, value: { port: null } });
  expect(checked({ portText: '587' })).toMatchObject({ ok: true, value: { port: 587 } });
});

test('HELO contradicts what needs EHLO', () => {
  const draft = remoteDraftOf(special);
  const server = securityOf(defaultServerSettings);
  const withSecurity = (part: object) => ({ ...draft, security: outboundSecuritySchema.parse(part) });
  expect(heloContradicts(draft, server)).toBe(true);
  expect(heloContradicts({ ...draft, helo: false }, server)).toBe(false);
  expect(heloContradicts({ ...draft, ownSecurity: false }, server)).toBe(false);
  expect(heloContradicts({ ...draft, ownSecurity: false }, { ...server, tlsMode: 'verified' })).toBe(true);
  expect(heloContradicts(withSecurity({ tlsMode: 'verified', implicitTls: true }), server)).toBe(false);
  expect(heloContradicts(withSecurity({ authentication: 'basic' }), server)).toBe(true);
});
