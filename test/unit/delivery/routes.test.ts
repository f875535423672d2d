import { describe, expect, test } from 'vitest';
import { createRoutes, type RouteSettings } from '../../../electron/delivery/routes.ts';
import { outboundSecuritySchema } from '../../../shared/settings/outbound-security.ts';
import { type RemoteDomain, remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';

const routesOf = (settings: Partial<RouteSettings> = {}) => createRoutes({ ...defaultServerSettings, ...settings });

const remote = (name: string, more: Partial<RemoteDomain> = {}): RemoteDomain => ({
  ...remoteDomainSchema.parse({ name }),
  ...more,
});

const verified = outboundSecuritySchema.parse({ tlsMode: 'verified', authentication: 'basic', userName: 'relay' });
const gateway = { 'delivery.smartHosts': ['gw1.example.org', '[2001:db8::1]:587'] };

describe('without smart hosts', () => {
  test.each([
    { address: 'a@Example.ORG', destination: { kind: 'domain', name: 'example.org', domain: 'example.org' } },
    { address: 'a@example.org.', destination: { kind: 'domain', name: 'example.org', domain: 'example.org' } },
    { address: '"odd@local"@example.org', destination: { kind: 'domain', name: 'example.org', domain: 'example.org' } },
    {
      address: 'a@m\u00fcller.example',
      destination: { kind: 'domain', name: 'xn--mller-kva.example', domain: 'xn--mller-kva.example' },
    },
    { address: 'a@[192.0.2.1]', destination: { kind: 'literal', name: '[192.0.2.1]', address: '192.0.2.1' } },
    {
      address: 'a@[IPv6:2001:DB8::1]',
      destination: { kind: 'literal', name: '[ipv6:2001:db8::1]', address: '2001:db8::1' },
    },
    { address: 'a@[nonsense]', destination: { kind: 'none', name: '[nonsense]' } },
    { address: 'a@192.0.2.1', destination: { kind: 'none', name: '192.0.2.1' } },
    { address: 'a@', destination: { kind: 'none', name: 'a@' } },
    { address: 'postmaster', destination: { kind: 'none', name: 'postmaster' } },
  ])('$address goes by its domain', ({ address, destination }) => {
    expect(routesOf().destinationOf(address)).toMatchObject(destination);
  });

  test.each([
    { address: 'a@example.org', rule: 'mx' },
    { address: 'a@[192.0.2.1]', rule: 'addressLiteral' },
    { address: 'postmaster', rule: 'noDomain' },
  ])('$address: $rule', ({ address, rule }) => {
    expect(routesOf().routeOf(address)).toMatchObject({ rule, remoteDomain: null });
  });
});

test('delivery.outboundPort and the security of the server are those of every way', () => {
  const routes = routesOf({ 'delivery.outboundPort': 2_525, 'delivery.tlsMode': 'required' });
  expect(routes.destinationOf('a@example.org')).toMatchObject({
    way: { port: 2_525, helo: false, remoteDomain: null, security: { tlsMode: 'required', authentication: 'none' } },
  });
});

test('delivery.smartHosts take everything, in their order', () => {
  const routes = routesOf(gateway);
  const { destination, rule } = routes.routeOf('a@anywhere.example');
  expect(rule).toBe('smartHosts');
  expect(destination.name).toBe('gw1.example.org, [2001:db8::1]:587');
  expect(routes.destinationOf('postmaster')).toBe(destination);
});

describe("the message's own route", () => {
  test('comes before everything else, also before local and held domains', () => {
    const routes = routesOf({
      ...gateway,
      'domains.default': 'home.example',
      'domains.remote': [remote('x.example', { held: true })],
    });
    for (const address of ['a@home.example', 'a@x.example', 'a@other.example']) {
      expect(routes.routeOf(address, ['gw2.example.org:26'])).toMatchObject({
        rule: 'messageRoute',
        destination: { kind: 'smartHosts', name: 'gw2.example.org:26', held: false },
      });
    }
  });

  test('is one destination with the smart hosts of the server when they are the same', () => {
    const routes = routesOf({ 'delivery.smartHosts': ['gw1.example.org'] });
    expect(routes.destinationOf('a@x.example', ['gw1.example.org'])).toBe(routes.destinationOf('b@y.example'));
  });

  test('none, or none that can be read, is the usual route', () => {
    const routes = routesOf(gateway);
    expect(routes.routeOf('a@x.example', []).rule).toBe('smartHosts');
    expect(routes.routeOf('a@x.example', ['not a host']).rule).toBe('smartHosts');
  });
});

describe('local domains', () => {
  const routes = routesOf({
    ...gateway,
    'domains.default': 'home.example',
    'domains.aliases': ['alias.example'],
    'domains.remote': [remote('*.example')],
  });

  test.each(['a@home.example', 'a@HOME.example', 'a@alias.example'])('%s goes into Drop', (address) => {
    expect(routes.routeOf(address)).toMatchObject({ rule: 'localDomain', destination: { kind: 'drop', name: 'Drop' } });
    expect(routes.isLocal(address)).toBe(true);
  });

  test('a domain below a local one is not local', () => {
    expect(routes.isLocal('a@sub.home.example')).toBe(false);
  });

  test('a smart host that is called Drop is another destination', () => {
    const odd = routesOf({ 'delivery.smartHosts': ['Drop'], 'domains.default': 'home.example' });
    expect(odd.destinationOf('a@x.example').name).not.toBe(odd.destinationOf('a@home.example').name);
  });
});

describe('domains.remote', () => {
  const routes = routesOf({
    ...gateway,
    'delivery.directFirst': true,
    'domains.remote': [
      remote('*.example.org', { smartHosts: ['wide.example.net'] }),
      remote('*.sub.example.org', { smartHosts: ['narrow.example.net'] }),
      remote('exact.sub.example.org', { smartHosts: ['exact.example.net:26'], port: 465, helo: true }),
      remote('mx.example', { security: verified, port: 587 }),
      remote('held.example', { held: true }),
      remote('*.by-mx.example'),
    ],
  });

  test.each([
    { address: 'a@exact.sub.example.org', nextHop: 'exact.example.net:26', entry: 'exact.sub.example.org' },
    { address: 'a@x.sub.example.org', nextHop: 'narrow.example.net', entry: '*.sub.example.org' },
    { address: 'a@x.example.org', nextHop: 'wide.example.net', entry: '*.example.org' },
    { address: 'a@sub.example.org', nextHop: 'wide.example.net', entry: '*.example.org' },
    { address: 'a@mx.example', nextHop: 'mx.example', entry: 'mx.example' },
    { address: 'a@one.by-mx.example', nextHop: 'one.by-mx.example', entry: '*.by-mx.example' },
    { address: 'a@two.by-mx.example', nextHop: 'two.by-mx.example', entry: '*.by-mx.example' },
  ])('$address goes by $entry', ({ address, nextHop, entry }) => {
    expect(routes.routeOf(address)).toMatchObject({
      rule: 'remoteDomain',
      remoteDomain: entry,
      destination: { name: nextHop },
    });
  });

  test("a wildcard does not cover the domain itself: the server's own way holds", () => {
    expect(routes.routeOf('a@example.org')).toMatchObject({ rule: 'directFirst', remoteDomain: null });
  });

  test('by MX it has its own port, security and secrets, and no other hosts after them', () => {
    expect(routes.destinationOf('a@mx.example')).toMatchObject({
      kind: 'domain',
      fallback: null,
      way: { port: 587, helo: false, remoteDomain: 'mx.example', security: verified },
    });
  });

  test('its port is for smart hosts without one; HELO and the security of the server by default', () => {
    expect(routes.destinationOf('a@exact.sub.example.org')).toMatchObject({
      kind: 'smartHosts',
      hosts: [{ host: 'exact.example.net', port: 26 }],
      way: { port: 465, helo: true, remoteDomain: null, security: { tlsMode: 'opportunistic' } },
    });
  });

  test('held is a matter of its destination', () => {
    expect(routes.destinationOf('a@held.example').held).toBe(true);
    expect(routes.destinationOf('a@mx.example').held).toBe(false);
  });
});

describe('names of the same smart hosts', () => {
  test('are the same when they are talked to in the same way', () => {
    const routes = routesOf({
      'delivery.smartHosts': ['gw1.example.org'],
      'domains.remote': [remote('x.example', { smartHosts: ['gw1.example.org'] })],
    });
    expect(routes.destinationOf('a@x.example')).toBe(routes.destinationOf('a@y.example'));
  });

  test.each<{ what: string; change: Partial<RemoteDomain> }>([
    { what: 'security', change: { security: verified } },
    { what: 'a port', change: { port: 26 } },
    { what: 'HELO', change: { helo: true } },
    { what: 'mail held', change: { held: true } },
  ])('tell apart a remote domain with $what of its own', ({ change }) => {
    const routes = routesOf({
      'delivery.smartHosts': ['gw1.example.org'],
      'domains.remote': [remote('x.example', { smartHosts: ['gw1.example.org'], ...change })],
    });
    expect(routes.destinationOf('a@y.example').name).toBe('gw1.example.org');
    expect(routes.destinationOf('a@x.example').name).toBe('gw1.example.org (remote domain x.example)');
    expect(routes.destinationOf('a@x.example', ['gw1.example.org']).name).toBe('gw1.example.org');
  });

  test("tell a message's own route apart from a remote domain that has them alone", () => {
    const routes = routesOf({
      'domains.remote': [remote('x.example', { smartHosts: ['gw1.example.org'], helo: true })],
    });
    expect(routes.destinationOf('a@x.example').name).toBe('gw1.example.org');
    expect(routes.destinationOf('a@y.example', ['gw1.example.org']).name).toBe('gw1.example.org (message route)');
  });

  test('tell a smart host apart from the domain that has its name', () => {
    const routes = routesOf({ 'domains.remote': [remote('x.example', { smartHosts: ['gw.example'] })] });
    expect(routes.destinationOf('a@x.example').name).toBe('gw.example');
    expect(routes.destinationOf('a@gw.example').name).toBe('gw.example (by DNS)');
  });
});

describe('delivery.directFirst', () => {
  const routes = routesOf({
    'delivery.smartHosts': ['gw1.example.org'],
    'delivery.directFirst': true,
    'delivery.authentication': 'basic',
    'delivery.userName': 'relay',
  });

  test('the domain is the destination, the smart hosts come after it', () => {
    expect(routes.routeOf('a@x.example')).toMatchObject({
      rule: 'directFirst',
      destination: { kind: 'domain', name: 'x.example', fallback: { hosts: [{ host: 'gw1.example.org' }] } },
    });
  });

  test('only the smart hosts get to see the credentials', () => {
    expect(routes.destinationOf('a@x.example')).toMatchObject({
      way: { security: { authentication: 'none', userName: '' } },
      fallback: { way: { security: { authentication: 'basic', userName: 'relay' } } },
    });
  });

  test('an address without a domain goes to the smart hosts', () => {
    expect(routes.routeOf('postmaster')).toMatchObject({ rule: 'smartHosts', destination: { kind: 'smartHosts' } });
  });

  test('without smart hosts it means nothing', () => {
    expect(routesOf({ 'delivery.directFirst': true }).routeOf('a@x.example')).toMatchObject({
      rule: 'mx',
      destination: { fallback: null },
    });
  });
});

describe('the fingerprint', () => {
  test.each<{ what: string; change: Partial<RouteSettings> }>([
    { what: 'other smart hosts', change: { 'delivery.smartHosts': ['gw2'] } },
    { what: 'another port', change: { 'delivery.outboundPort': 26 } },
    { what: 'direct delivery first', change: { 'delivery.directFirst': true } },
    { what: 'another TLS mode', change: { 'delivery.tlsMode': 'required' } },
    { what: 'a login', change: { 'delivery.authentication': 'basic' } },
    { what: 'a local domain', change: { 'domains.default': 'home.example' } },
    { what: 'a remote domain', change: { 'domains.remote': [remote('x.example')] } },
  ])('changes with $what', ({ change }) => {
    const one = routesOf({ 'delivery.smartHosts': ['gw1'] }).fingerprint;
    expect(routesOf({ 'delivery.smartHosts': ['gw1'], ...change }).fingerprint).not.toBe(one);
  });

  test.each<{ what: string; change: Partial<RouteSettings> }>([
    { what: 'nothing', change: {} },
    { what: 'a user name that is not used', change: { 'delivery.userName': 'nobody' } },
    { what: 'an alias without a default domain', change: { 'domains.aliases': ['home.example'] } },
  ])('stays with $what', ({ change }) => {
    expect(routesOf(change).fingerprint).toBe(routesOf().fingerprint);
  });

  test('stays when only relaying to a remote domain is allowed', () => {
    const of = (relayAllowed: boolean) =>
      routesOf({ 'domains.remote': [remote('x.example', { relayAllowed })] }).fingerprint;
    expect(of(true)).toBe(of(false));
  });

  test('of a name tells whether it still leads the same way', () => {
    const before = routesOf({ 'domains.default': 'home.example' });
    const after = routesOf({
      'domains.default': 'home.example',
      'domains.remote': [remote('x.example', { port: 26 })],
    });
    for (const name of ['y.example', 'Drop']) expect(after.fingerprintOf(name)).toBe(before.fingerprintOf(name));
    expect(after.fingerprintOf('x.example')).not.toBe(before.fingerprintOf('x.example'));
    expect(after.fingerprintOf('gw1.example.org:26, gw2.example.org:26')).not.toBeNull();
    expect(after.fingerprintOf('no such thing')).toBeNull();
  });

  test('of smart hosts that are no longer those of the server is another one', () => {
    const before = routesOf({ 'delivery.smartHosts': ['gw1:26'] });
    const after = routesOf({ 'delivery.smartHosts': ['gw2:26'] });
    expect(after.fingerprintOf('gw1:26')).not.toBe(before.fingerprintOf('gw1:26'));
  });
});

test('a great many domains do not fill the memory of routes, and stay right', () => {
  const routes = routesOf({ 'domains.remote': [remote('*.example', { smartHosts: ['gw.example.net'] })] });
  for (let n = 0; n < 12_000; n += 1) {
    expect(routes.destinationOf(`a@d${n}.${n % 2 === 0 ? 'example' : 'test'}`).name).toBe(
      n % 2 === 0 ? 'gw.example.net' : `d${n}.test`,
    );
  }
});
