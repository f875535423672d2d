import { expect, test } from 'vitest';
import { startReverseLookup } from '../../../electron/smtp/reverse-lookup.ts';
import { type FakeNames, fakeDns } from '../../fakes/fake-dns.ts';
import { settled } from '../../fakes/gate.ts';

test.each<{ name: string; client?: string; names: FakeNames; found: unknown }>([
  {
    name: 'the second of two names leads back',
    names: { reverse: { '192.0.2.1': ['a.example', 'b.example.'] }, addresses: { 'b.example': ['192.0.2.1'] } },
    found: { result: 'verified', name: 'b.example' },
  },
  {
    name: 'an IPv4 client on a socket for both families',
    client: '::ffff:192.0.2.1',
    names: { reverse: { '192.0.2.1': ['a.example'] }, addresses: { 'a.example': ['::1', '192.0.2.1'] } },
    found: { result: 'verified', name: 'a.example' },
  },
  {
    name: 'an IPv6 address written in another way',
    client: '2001:db8::1',
    names: { reverse: { '2001:db8::1': ['a.example'] }, addresses: { 'a.example': ['2001:DB8:0:0::1'] } },
    found: { result: 'verified', name: 'a.example' },
  },
  {
    name: 'a name without addresses',
    names: { reverse: { '192.0.2.1': ['a.example'] } },
    found: { result: 'unverified', name: 'a.example' },
  },
  {
    name: 'a name that is none',
    names: { reverse: { '192.0.2.1': ['a) evil\r\nX: y'] } },
    found: { result: 'failed' },
  },
  { name: 'DNS is down', names: { reverse: { '192.0.2.1': 'ESERVFAIL' } }, found: { result: 'failed' } },
])('$name', async ({ client = '192.0.2.1', names, found }) => {
  const lookup = startReverseLookup(fakeDns(names), client);
  expect(lookup()).toBeNull();
  await settled();
  expect(lookup()).toEqual(found);
});
