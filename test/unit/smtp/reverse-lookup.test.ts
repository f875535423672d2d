import { expect, test } from 'vitest';
import { createReverseLookups } from '../../../electron/smtp/reverse-lookup.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
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
  const lookup = createReverseLookups({ dns: fakeDns(names), clock: new FakeClock() }).start(client);
  expect(lookup()).toBeNull();
  await settled();
  expect(lookup()).toEqual(found);
});

/** A DNS that counts the questions, and never answers when told so. */
function counting({ silent = false } = {}) {
  const clock = new FakeClock();
  const asked: string[] = [];
  const dns = {
    ...fakeDns(),
    reverse: (address: string) => {
      asked.push(address);
      return silent ? new Promise<string[]>(() => undefined) : Promise.resolve<string[]>([]);
    },
  };
  return { clock, asked, lookups: createReverseLookups({ dns, clock }) };
}

test('what is known from the last connection is there at once, for five minutes', async () => {
  const { clock, asked, lookups } = counting();
  lookups.start('192.0.2.1');
  lookups.start('::ffff:192.0.2.1'); // the same, and under way
  await settled();
  expect(lookups.start('192.0.2.1')()).toEqual({ result: 'failed' });
  await clock.advance(299_999);
  lookups.start('192.0.2.1');
  expect(asked).toEqual(['192.0.2.1']);
  await clock.advance(1);
  expect(lookups.start('192.0.2.1')()).toBeNull();
  expect(asked).toHaveLength(2);
});

test('a DNS that hangs is not asked for ever more addresses', () => {
  const { asked, lookups } = counting({ silent: true });
  for (let client = 0; client < 200; client += 1) expect(lookups.start(`192.0.2.${client}`)()).toBeNull();
  expect(asked).toHaveLength(16);
});
