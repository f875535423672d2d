import { expect, test } from 'vitest';
import { formatHost, type HostStep, resolveHosts } from '../../../electron/delivery/hosts.ts';
import { createRoutes, type RouteSettings } from '../../../electron/delivery/routes.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';
import { type FakeNames, fakeDns } from '../../fakes/fake-dns.ts';

async function stepsFor(
  address: string,
  names: FakeNames,
  smartHosts: string[] = [],
  chances: number[] = [],
  more: Partial<RouteSettings> = {},
): Promise<HostStep[]> {
  const routes = createRoutes({ ...defaultServerSettings, ...more, 'delivery.smartHosts': smartHosts });
  const steps: HostStep[] = [];
  const ports = { dns: fakeDns(names), random: (): number => chances.shift() ?? 0 };
  for await (const step of resolveHosts(routes.destinationOf(address), ports)) steps.push(step);
  return steps;
}

const shown = (steps: readonly HostStep[]): string[] =>
  steps.map((step) =>
    step.type === 'host' ? formatHost(step.candidate) : `${step.type} ${step.failure.enhanced ?? step.failure.text}`,
  );

const mx = (exchange: string, priority = 10) => ({ exchange, priority });

test.each<{ what: string; names: FakeNames; steps: string[] }>([
  {
    what: 'the lowest preference first, every address of it',
    names: {
      mx: { 'example.org': [mx('b.example.org', 20), mx('a.example.org', 10)] },
      addresses: { 'a.example.org': ['192.0.2.1', '2001:db8::1'], 'b.example.org': ['192.0.2.2'] },
    },
    steps: ['a.example.org [192.0.2.1]:25', 'a.example.org [2001:db8::1]:25', 'b.example.org [192.0.2.2]:25'],
  },
  {
    what: 'the domain itself when it certainly has no MX',
    names: { mx: { 'example.org': 'ENODATA' }, addresses: { 'example.org': ['192.0.2.9'] } },
    steps: ['example.org [192.0.2.9]:25'],
  },
  {
    what: 'no address of the domain when it has an MX that cannot be found',
    names: { mx: { 'example.org': [mx('gone.example.org')] }, addresses: { 'example.org': ['192.0.2.9'] } },
    steps: ['unresolved The name gone.example.org could not be resolved (ENOTFOUND).'],
  },
  {
    what: 'nothing, for good, for a null MX',
    names: { mx: { 'example.org': [mx('', 0)] }, addresses: { 'example.org': ['192.0.2.9'] } },
    steps: ['refused 5.1.10'],
  },
  {
    what: 'the other MX when one of them is empty',
    names: { mx: { 'example.org': [mx('.', 0), mx('a.example.org')] }, addresses: { 'a.example.org': ['192.0.2.1'] } },
    steps: ['a.example.org [192.0.2.1]:25'],
  },
  { what: 'nothing, for good, for a domain that does not exist', names: {}, steps: ['refused 5.1.2'] },
  {
    what: 'nothing for now when the name server fails',
    names: { mx: { 'example.org': 'ESERVFAIL' } },
    steps: ['unresolved The name example.org could not be resolved (ESERVFAIL).'],
  },
  {
    what: 'nothing for now when the look-up of the address times out',
    names: { mx: { 'example.org': 'ENODATA' }, addresses: { 'example.org': 'EAI_AGAIN' } },
    steps: ['unresolved The name example.org could not be resolved (EAI_AGAIN).'],
  },
  {
    what: 'an address in place of a name in an MX',
    names: { mx: { 'example.org': [mx('192.0.2.7')] } },
    steps: ['192.0.2.7:25'],
  },
])('mail for a domain goes to $what', async ({ names, steps }) => {
  expect(shown(await stepsFor('a@example.org', names))).toEqual(steps);
});

test('chance decides among equal preferences', async () => {
  const names = {
    mx: { 'example.org': [mx('a.example.org'), mx('b.example.org')] },
    addresses: { 'a.example.org': ['192.0.2.1'], 'b.example.org': ['192.0.2.2'] },
  };
  const order = async (chances: number[]) => shown(await stepsFor('x@example.org', names, [], chances));
  expect(await order([0.1, 0.9])).toEqual(['a.example.org [192.0.2.1]:25', 'b.example.org [192.0.2.2]:25']);
  expect(await order([0.9, 0.1])).toEqual(['b.example.org [192.0.2.2]:25', 'a.example.org [192.0.2.1]:25']);
});

test('smart hosts keep their order; a name that does not exist is never the fault of the mail', async () => {
  const names = { addresses: { 'gw2.example.org': ['192.0.2.2'] } };
  const steps = await stepsFor('a@example.org', names, ['gw1.example.org', 'gw2.example.org:587', '192.0.2.3']);
  expect(shown(steps)).toEqual([
    'unresolved The name gw1.example.org could not be resolved (ENOTFOUND).',
    'gw2.example.org [192.0.2.2]:587',
    '192.0.2.3:25',
  ]);
});

test.each([
  { address: 'a@[192.0.2.1]', steps: ['192.0.2.1:25'] },
  { address: 'a@[IPv6:2001:db8::1]', steps: ['[2001:db8::1]:25'] },
  { address: 'postmaster', steps: ['refused 5.1.3'] },
])('$address needs no DNS', async ({ address, steps }) => {
  expect(shown(await stepsFor(address, {}))).toEqual(steps);
});

test('a later host is not looked up before it is needed', async () => {
  const asked: string[] = [];
  const dns = {
    ...fakeDns(),
    addresses: async (host: string) => {
      asked.push(host);
      return ['192.0.2.1'];
    },
  };
  const routes = createRoutes({ ...defaultServerSettings, 'delivery.smartHosts': ['gw1', 'gw2'] });
  for await (const step of resolveHosts(routes.destinationOf('a@b.example'), { dns, random: () => 0 })) {
    expect(step.type).toBe('host');
    break;
  }
  expect(asked).toEqual(['gw1']);
});

test.each<{ what: string; names: FakeNames; steps: string[] }>([
  {
    what: 'a domain that is found: its hosts, then the smart hosts',
    names: { mx: { 'example.org': [mx('a.example.org')] }, addresses: { 'a.example.org': ['192.0.2.1'] } },
    steps: ['a.example.org [192.0.2.1]:25', '192.0.2.9:587'],
  },
  { what: 'a domain that does not exist: the smart hosts', names: {}, steps: ['192.0.2.9:587'] },
  {
    what: 'a name server that fails: the smart hosts',
    names: { mx: { 'example.org': 'ESERVFAIL' } },
    steps: ['unresolved The name example.org could not be resolved (ESERVFAIL).', '192.0.2.9:587'],
  },
])('delivery.directFirst: $what', async ({ names, steps }) => {
  const found = await stepsFor('a@example.org', names, ['192.0.2.9:587'], [], { 'delivery.directFirst': true });
  expect(shown(found)).toEqual(steps);
});

test('delivery.directFirst: a null MX is an answer, for good', async () => {
  const names = { mx: { 'example.org': [mx('', 0)] } };
  const [first] = await stepsFor('a@example.org', names, ['192.0.2.9'], [], { 'delivery.directFirst': true });
  expect(first).toMatchObject({ type: 'refused', failure: { permanent: true, enhanced: '5.1.10' } });
});

test('delivery.directFirst: each host is talked to in its own way', async () => {
  const names = { mx: { 'example.org': [mx('192.0.2.1')] } };
  const steps = await stepsFor('a@example.org', names, ['192.0.2.9'], [], {
    'delivery.directFirst': true,
    'delivery.authentication': 'basic',
  });
  expect(steps).toMatchObject([
    { candidate: { address: '192.0.2.1' }, way: { security: { authentication: 'none' } } },
    { candidate: { address: '192.0.2.9' }, way: { security: { authentication: 'basic' } } },
  ]);
});

test('a destination on this computer has no hosts', async () => {
  expect(await stepsFor('a@home.example', {}, ['192.0.2.9'], [], { 'domains.default': 'home.example' })).toEqual([]);
});

test('of a name that leads to very many addresses only some are tried, and the smart hosts still get their turn', async () => {
  const many = Array.from({ length: 200 }, (_, n) => `192.0.2.${n}`);
  const names = { mx: { 'example.org': [mx('a.example.org')] }, addresses: { 'a.example.org': many, gw: many } };
  expect(await stepsFor('a@example.org', names)).toHaveLength(20);
  expect(await stepsFor('a@example.org', names, ['gw'])).toHaveLength(20);
  const direct = shown(await stepsFor('a@example.org', names, ['gw'], [], { 'delivery.directFirst': true }));
  expect(direct.findIndex((host) => host.startsWith('gw '))).toBe(5);
  expect(direct).toHaveLength(25);
});
