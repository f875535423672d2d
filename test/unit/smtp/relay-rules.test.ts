import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ClientNames } from '../../../electron/smtp/client-names.ts';
import { type ComputerList, compileComputerList } from '../../../electron/smtp/relay-rules.ts';

/** What an address alone decides; null when the client's name is needed. */
const decide = (list: ComputerList, clientAddress: string, ownAddresses: readonly string[]) =>
  compileComputerList(list).byAddress(clientAddress, () => ownAddresses);

const own = ['127.0.0.1', '::1', '192.0.2.10', '2001:db8::10', 'fe80::1%eth0'];

test.each([
  { client: '127.0.0.1', list: ['host'], reason: 'thisComputer' },
  { client: '127.200.0.9', list: ['host'], reason: 'thisComputer' },
  { client: '::1', list: ['host'], reason: 'thisComputer' },
  { client: '::ffff:127.0.0.1', list: ['host'], reason: 'thisComputer' },
  { client: '192.0.2.10', list: ['host'], reason: 'thisComputer' },
  { client: '2001:DB8:0::10', list: ['host'], reason: 'thisComputer' },
  { client: 'fe80::1%12', list: ['host'], reason: 'thisComputer' },
  { client: '10.0.0.5', list: ['host', '10.0.0.5'], reason: 'listed', entry: '10.0.0.5' },
  { client: '::ffff:10.0.0.5', list: ['10.0.0.5'], reason: 'listed', entry: '10.0.0.5' },
  { client: '10.0.0.5', list: ['::ffff:10.0.0.5'], reason: 'listed', entry: '::ffff:10.0.0.5' },
  { client: '10.0.7.5', list: ['10.0.0.0/255.255.248.0'], reason: 'listed', entry: '10.0.0.0/255.255.248.0' },
  { client: '10.9.9.9', list: ['10.1.2.3/8'], reason: 'listed', entry: '10.1.2.3/8' },
  { client: '10.9.9.9', list: ['::ffff:10.0.0.0/104'], reason: 'listed', entry: '::ffff:10.0.0.0/104' },
  { client: '203.0.113.9', list: ['0.0.0.0/0'], reason: 'listed', entry: '0.0.0.0/0' },
  { client: 'fd12::1', list: ['fd00::/8'], reason: 'listed', entry: 'fd00::/8' },
  { client: 'fe80::9%eth1', list: ['fe80::/10'], reason: 'listed', entry: 'fe80::/10' },
])('only the list $list: $client is allowed', ({ client, list, reason, entry = 'host' }) => {
  expect(decide({ mode: 'onlyListed', list }, client, own)).toEqual({ allowed: true, reason, entry, clientName: null });
});

test.each([
  { client: '192.0.2.11', list: ['host'] },
  { client: '10.0.0.5', list: [] },
  { client: '10.0.0.6', list: ['10.0.0.5'] },
  { client: '10.0.8.1', list: ['10.0.0.0/255.255.248.0'] },
  { client: '11.0.0.1', list: ['10.0.0.0/8'] },
  { client: '10.0.0.1', list: ['::/0'] },
  { client: '10.0.0.1', list: ['::ffff:0:0/80'] },
  { client: '2001:db8::1', list: ['0.0.0.0/0'] },
  { client: '', list: ['host', '0.0.0.0/0', '::/0'] },
  { client: 'localhost', list: ['host'] },
  { client: '1', list: ['0.0.0.0/0'] },
  { client: '127.1', list: ['host'] },
  { client: '10.0.0.5 ', list: ['10.0.0.5'] },
  { client: '010.0.0.5', list: ['0.0.0.0/0'] },
  { client: '10.0.0.1', list: ['10.0.0.0/255.0.255.0', '10.0.0.0/33', 'nonsense', '/', '10.0.0.0/'] },
])('only the list $list: $client is not allowed', ({ client, list }) => {
  const verdict = decide({ mode: 'onlyListed', list }, client, own);
  expect(verdict).toEqual({ allowed: false, reason: 'notListed', entry: null, clientName: null });
});

test.each([
  { client: '10.0.0.5', allowed: false, reason: 'exceptListed', entry: '10.0.0.0/8' },
  { client: '127.0.0.1', allowed: false, reason: 'exceptListed', entry: 'host' },
  { client: '203.0.113.9', allowed: true, reason: 'notListed', entry: null },
  { client: 'not an address', allowed: false, reason: 'notListed', entry: null },
])('all but the list: $client', ({ client, ...verdict }) => {
  const list = ['10.0.0.0/8', 'host'];
  expect(decide({ mode: 'allExceptListed', list }, client, own)).toEqual({ ...verdict, clientName: null });
});

test('the first entry that fits is the one named', () => {
  const list = ['10.0.0.0/8', '10.0.0.5'];
  expect(decide({ mode: 'onlyListed', list }, '10.0.0.5', own)?.entry).toBe('10.0.0.0/8');
});

test('network adapters are listed only when the answer depends on them', () => {
  let asked = 0;
  const ownAddresses = () => {
    asked += 1;
    return own;
  };
  const { byAddress } = compileComputerList({ mode: 'onlyListed', list: ['10.0.0.5', 'host'] });
  byAddress('127.0.0.1', ownAddresses);
  byAddress('10.0.0.5', ownAddresses);
  expect(asked).toBe(0);
  expect(byAddress('192.0.2.10', ownAddresses)?.allowed).toBe(true);
  expect(asked).toBe(1);
});

const entry = fc.oneof(
  fc.constant('host'),
  fc.ipV4(),
  fc.ipV6(),
  fc.tuple(fc.ipV4(), fc.nat(32)).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(fc.ipV6(), fc.nat(128)).map(([address, bits]) => `${address}/${bits}`),
);
const anyList = fc.array(entry, { maxLength: 8 });

test('the two modes are opposite for every address and list', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), anyList, (client, list) => {
      const only = decide({ mode: 'onlyListed', list }, client, own);
      const except = decide({ mode: 'allExceptListed', list }, client, own);
      expect(only?.allowed).toBe(except?.allowed === false);
      expect(only?.entry).toBe(except?.entry);
    }),
  );
});

test('an IPv4 client is the same through an IPv6 socket', () => {
  fc.assert(
    fc.property(fc.ipV4(), anyList, (client, list) => {
      const rules = { mode: 'onlyListed', list } as const;
      expect(decide(rules, `::ffff:${client}`, own)).toEqual(decide(rules, client, own));
    }),
  );
});

test('a range holds an address exactly when their leading bits agree', () => {
  const bitsOf = (address: string): string =>
    address
      .split('.')
      .map((octet) => Number(octet).toString(2).padStart(8, '0'))
      .join('');
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), fc.nat(32), (client, network, bits) => {
      const inside = bitsOf(client).slice(0, bits) === bitsOf(network).slice(0, bits);
      expect(decide({ mode: 'onlyListed', list: [`${network}/${bits}`] }, client, [])?.allowed).toBe(inside);
    }),
  );
});

test('text that is no address is never allowed and never throws', () => {
  fc.assert(
    fc.property(fc.string(), anyList, fc.constantFrom('onlyListed', 'allExceptListed'), (text, list, mode) => {
      fc.pre(!/^[0-9a-f:.]+(%.*)?$/i.test(text));
      expect(decide({ mode, list }, text, own)?.allowed).toBe(false);
    }),
  );
});

const named = (...confirmed: readonly string[]): ClientNames => ({ confirmed, complete: true });

test.each([
  { names: named('ca01.example.org'), list: ['ca01.example.org'], entry: 'ca01.example.org' },
  { names: named('ca01.example.org'), list: ['CA01.Example.ORG'], entry: 'CA01.Example.ORG' },
  { names: named('ca01.example.org'), list: ['*.example.org'], entry: '*.example.org' },
  { names: named('ca01.hq.example.org'), list: ['*.Example.org'], entry: '*.Example.org' },
  { names: named('example.org'), list: ['*.example.org'], entry: '*.example.org' },
  { names: named('alias.example.net', 'ca01.example.org'), list: ['ca01.example.org'], entry: 'ca01.example.org' },
])('by name: $names.confirmed is on the list $list', ({ names, list, entry }) => {
  const clientName = names.confirmed.at(-1);
  expect(compileComputerList({ mode: 'onlyListed', list }).byName(names)).toEqual({
    allowed: true,
    reason: 'listed',
    entry,
    clientName,
  });
  expect(compileComputerList({ mode: 'allExceptListed', list }).byName(names)).toEqual({
    allowed: false,
    reason: 'exceptListed',
    entry,
    clientName,
  });
});

test.each([
  { names: named('ca02.example.org'), list: ['ca01.example.org'] },
  { names: named('sub.ca01.example.org'), list: ['ca01.example.org'] },
  { names: named('badexample.org'), list: ['*.example.org'] },
  { names: named('example.org.evil.net'), list: ['*.example.org', 'example.org'] },
  { names: named('ca01.example.org'), list: ['example.org'] },
  { names: named('org'), list: ['*.example.org'] },
  { names: named(), list: ['*.example.org'] },
])('by name: $names.confirmed is not on the list $list', ({ names, list }) => {
  const verdict = { reason: 'notListed', entry: null, clientName: names.confirmed[0] ?? null };
  expect(compileComputerList({ mode: 'onlyListed', list }).byName(names)).toEqual({ allowed: false, ...verdict });
  expect(compileComputerList({ mode: 'allExceptListed', list }).byName(names)).toEqual({ allowed: true, ...verdict });
});

test('a client whose names are not all known is denied in both modes, unless a known one is on the list', () => {
  const some: ClientNames = { confirmed: ['ca01.example.org'], complete: false };
  const only = (list: string[]) => compileComputerList({ mode: 'onlyListed', list }).byName(some);
  const except = (list: string[]) => compileComputerList({ mode: 'allExceptListed', list }).byName(some);
  expect(only(['*.example.net'])).toMatchObject({ allowed: false, reason: 'notListed', entry: null });
  expect(except(['*.example.net'])).toMatchObject({ allowed: false, reason: 'exceptListed', entry: null });
  expect(only(['*.example.org'])).toMatchObject({ allowed: true, reason: 'listed', entry: '*.example.org' });
});

test.each([
  { what: 'an address of the list fits', client: '10.0.0.5', list: ['*.example.org', '10.0.0.0/8'], asked: false },
  { what: 'it is this computer', client: '192.0.2.10', list: ['*.example.org', 'host'], asked: false },
  { what: 'there are no names in the list', client: '10.0.0.5', list: ['host', '10.9.9.9'], asked: false },
  { what: 'the list is empty', client: '10.0.0.5', list: [], asked: false },
  { what: 'the client comes by loopback', client: '127.0.0.1', list: ['*.example.org'], asked: false },
  { what: 'the client comes by loopback (IPv6)', client: '::1', list: ['*.example.org'], asked: false },
  { what: 'the client has no address', client: '', list: ['*.example.org'], asked: false },
  { what: 'only a name can decide', client: '10.0.0.5', list: ['host', '*.example.org'], asked: true },
  { what: 'this computer is not on the list', client: '192.0.2.10', list: ['ca01.example.org'], asked: true },
])('the name is asked for: $asked, when $what', ({ client, list, asked }) => {
  expect(decide({ mode: 'onlyListed', list }, client, own) === null).toBe(asked);
  expect(decide({ mode: 'allExceptListed', list }, client, own) === null).toBe(asked);
});
