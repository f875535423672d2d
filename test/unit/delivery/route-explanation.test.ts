import { expect, test } from 'vitest';
import { explainRoute } from '../../../electron/delivery/route-explanation.ts';
import { createRoutes } from '../../../electron/delivery/routes.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { fakeDns } from '../../fakes/fake-dns.ts';

const nothingFrozen = (): boolean => false;

test('DNS that does not answer keeps nobody waiting: what is known is told', async () => {
  const clock = new FakeClock();
  const dns = {
    ...fakeDns({ addresses: { gw1: ['192.0.2.1'] } }),
    addresses: (host: string) =>
      host === 'gw1' ? Promise.resolve(['192.0.2.1']) : new Promise<readonly string[]>(() => undefined),
  };
  const routes = createRoutes({ ...defaultServerSettings, 'delivery.smartHosts': ['gw1', 'gw2', 'gw3'] });
  const answer = explainRoute('a@x.example', {
    routes,
    ports: { dns, clock, random: () => 0 },
    isFrozen: nothingFrozen,
  });
  await clock.advance(0); // the first host is known by then
  await clock.advance(15_000);
  expect(await answer).toMatchObject({
    hosts: ['gw1 [192.0.2.1]:25'],
    problems: ['DNS has not told everything within 15 seconds.'],
  });
  expect(clock.pendingTimers).toBe(0);
});

test.each([
  { address: 'a@[192.0.2.4]', kind: 'literal', rule: 'addressLiteral', hosts: ['192.0.2.4:25'], problems: [] },
  {
    address: 'postmaster',
    kind: 'none',
    rule: 'noDomain',
    hosts: [],
    problems: ["The address 'postmaster' has no domain to send mail to."],
  },
  {
    address: 'a@nowhere.example',
    kind: 'domain',
    rule: 'mx',
    hosts: [],
    problems: ['The domain nowhere.example has neither a mail exchanger nor an address.'],
  },
])('$address is explained', async ({ address, ...explained }) => {
  const ports = { dns: fakeDns(), clock: new FakeClock(), random: () => 0 };
  const routes = createRoutes(defaultServerSettings);
  expect(await explainRoute(address, { routes, ports, isFrozen: nothingFrozen })).toMatchObject(explained);
});
