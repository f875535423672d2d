import { expect, test } from 'vitest';
import { createRoutes } from '../../../electron/delivery/routes.ts';

const direct = { 'delivery.smartHosts': [], 'delivery.outboundPort': 25 };

test.each([
  { address: 'a@Example.ORG', destination: { kind: 'domain', name: 'example.org', domain: 'example.org', port: 25 } },
  { address: 'a@example.org.', destination: { kind: 'domain', name: 'example.org', domain: 'example.org', port: 25 } },
  {
    address: '"odd@local"@example.org',
    destination: { kind: 'domain', name: 'example.org', domain: 'example.org', port: 25 },
  },
  {
    address: 'a@m\u00fcller.example',
    destination: { kind: 'domain', name: 'xn--mller-kva.example', domain: 'xn--mller-kva.example', port: 25 },
  },
  { address: 'a@[192.0.2.1]', destination: { kind: 'literal', name: '[192.0.2.1]', address: '192.0.2.1', port: 25 } },
  {
    address: 'a@[IPv6:2001:DB8::1]',
    destination: { kind: 'literal', name: '[ipv6:2001:db8::1]', address: '2001:db8::1', port: 25 },
  },
  { address: 'a@[nonsense]', destination: { kind: 'none', name: '[nonsense]' } },
  { address: 'a@192.0.2.1', destination: { kind: 'none', name: '192.0.2.1' } },
  { address: 'a@', destination: { kind: 'none', name: 'a@' } },
  { address: 'postmaster', destination: { kind: 'none', name: 'postmaster' } },
])('without smart hosts $address goes by its domain', ({ address, destination }) => {
  expect(createRoutes(direct).destinationOf(address)).toEqual(destination);
});

test('smart hosts take everything, in their order', () => {
  const routes = createRoutes({ ...direct, 'delivery.smartHosts': ['gw1.example.org', '[2001:db8::1]:587'] });
  const destination = routes.destinationOf('a@anywhere.example');
  expect(destination.name).toBe('gw1.example.org, [2001:db8::1]:587');
  expect(routes.destinationOf('postmaster')).toBe(destination);
});

test('the fingerprint tells whether routes lead elsewhere', () => {
  const one = createRoutes({ ...direct, 'delivery.smartHosts': ['gw1'] }).fingerprint;
  expect(createRoutes({ ...direct, 'delivery.smartHosts': ['gw1'] }).fingerprint).toBe(one);
  expect(createRoutes({ ...direct, 'delivery.smartHosts': ['gw2'] }).fingerprint).not.toBe(one);
  expect(createRoutes({ 'delivery.smartHosts': ['gw1'], 'delivery.outboundPort': 26 }).fingerprint).not.toBe(one);
});
