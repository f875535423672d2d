import { expect, test } from 'vitest';
import type { Dns } from '../../../electron/base/ports.ts';
import { createClientNames } from '../../../electron/smtp/client-names.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { type FakeNames, fakeDns } from '../../fakes/fake-dns.ts';
import { settled } from '../../fakes/gate.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const minute = 60_000;
const address = '10.0.0.5';
const name = 'ca01.example.org';

function setUp(names: FakeNames | Partial<Dns> = {}) {
  const clock = new FakeClock();
  const log = new MemoryLog();
  const asked: string[] = [];
  const isDns = 'reverse' in names && typeof names.reverse === 'function';
  const inner: Dns = isDns ? { ...fakeDns(), ...(names as Partial<Dns>) } : fakeDns(names as FakeNames);
  const dns: Dns = {
    ...inner,
    reverse: (of) => {
      asked.push(of);
      return inner.reverse(of);
    },
    addresses: (of) => {
      asked.push(of);
      return inner.addresses(of);
    },
  };
  return { clock, log, asked, lookup: createClientNames({ clock, dns, log }) };
}

test.each([
  {
    what: 'leads back to the address',
    names: { reverse: { [address]: [name] }, addresses: { [name]: [address] } },
    confirmed: [name],
  },
  {
    what: 'leads back to it among others',
    names: { reverse: { [address]: [name] }, addresses: { [name]: ['192.0.2.1', '::ffff:10.0.0.5'] } },
    confirmed: [name],
  },
  {
    what: 'is written in capitals and with a dot at its end',
    names: { reverse: { [address]: ['CA01.Example.ORG.'] }, addresses: { [name]: [address] } },
    confirmed: [name],
  },
  {
    what: 'leads elsewhere',
    names: { reverse: { [address]: [name] }, addresses: { [name]: ['192.0.2.1'] } },
    confirmed: [],
  },
  { what: 'leads nowhere', names: { reverse: { [address]: [name] } }, confirmed: [] },
  {
    what: 'has no address',
    names: { reverse: { [address]: [name] }, addresses: { [name]: 'ENODATA' } },
    confirmed: [],
  },
  { what: 'does not exist', names: {}, confirmed: [] },
  { what: 'is not there', names: { reverse: { [address]: 'ENODATA' } }, confirmed: [] },
  {
    what: 'is one of two that lead back',
    names: { reverse: { [address]: ['www.example.net', name] }, addresses: { [name]: [address] } },
    confirmed: [name],
  },
  {
    what: 'is the address itself',
    names: { reverse: { [address]: [address] }, addresses: { [address]: [address] } },
    confirmed: [],
  },
  {
    what: 'has one label only',
    names: { reverse: { [address]: ['localhost'] }, addresses: { localhost: [address] } },
    confirmed: [],
  },
  {
    what: 'is no host name',
    names: { reverse: { [address]: ['ca01.example.org\r\n'] }, addresses: { 'ca01.example.org\r\n': [address] } },
    confirmed: [],
  },
])('a name that $what: $confirmed', async ({ names, confirmed }) => {
  expect(await setUp(names).lookup.of(address)).toEqual({ confirmed, complete: true });
});

test.each([
  { what: 'the address', names: { reverse: { [address]: 'ESERVFAIL' } } },
  { what: 'the name', names: { reverse: { [address]: [name] }, addresses: { [name]: 'EAI_AGAIN' } } },
])('no answer about $what is not the same as no name', async ({ names }) => {
  const { lookup, log } = setUp(names);
  expect(await lookup.of(address)).toEqual({ confirmed: [], complete: false });
  expect(log.of('client name not confirmed')).toMatchObject([{ fields: { client: address } }]);
});

test('who has hundreds of names is not asked about all of them, and the rest counts as unknown', async () => {
  const many = Array.from({ length: 500 }, (_, index) => `host${index}.example.org`);
  const { lookup, asked } = setUp({
    reverse: { [address]: many },
    addresses: Object.fromEntries(many.map((each) => [each, [address]])),
  });
  expect(await lookup.of(address)).toEqual({ confirmed: many.slice(0, 8), complete: false });
  expect(asked).toHaveLength(9);
});

test('an answer is known at once for five minutes, however the address is written', async () => {
  const { lookup, clock, asked } = setUp({ reverse: { [address]: [name] }, addresses: { [name]: [address] } });
  const answer = await lookup.of(address);
  await clock.advance(5 * minute - 1);
  expect(lookup.of('::ffff:10.0.0.5')).toBe(answer);
  expect(asked).toEqual([address, name]);
  await clock.advance(1);
  await lookup.of(address);
  expect(asked).toEqual([address, name, address, name]);
});

test('that there was no answer is known for one minute', async () => {
  const { lookup, clock, asked } = setUp({ reverse: { [address]: 'ETIMEOUT' } });
  const answer = await lookup.of(address);
  await clock.advance(minute - 1);
  expect(lookup.of(address)).toBe(answer);
  await clock.advance(1);
  await lookup.of(address);
  expect(asked).toHaveLength(2);
});

test('a clock that is set back does not make an answer last longer', async () => {
  const { lookup, clock, asked } = setUp();
  await lookup.of(address);
  clock.setTo(clock.now() - 365 * 24 * 60 * minute);
  await lookup.of(address);
  expect(asked).toHaveLength(2);
});

test('clients of one address wait for the same question', async () => {
  const { lookup, asked } = setUp();
  await Promise.all([lookup.of(address), lookup.of(address), lookup.of('::ffff:10.0.0.5')]);
  expect(asked).toEqual([address]);
});

test('a DNS that hangs is given up after five seconds, and not asked again while it hangs', async () => {
  let answerLate: (names: readonly string[]) => void = () => undefined;
  const { lookup, clock, asked, log } = setUp({
    reverse: () =>
      new Promise((resolve) => {
        answerLate = resolve;
      }),
    addresses: async () => [address],
  });
  let answer: unknown = null;
  void Promise.resolve(lookup.of(address)).then((names) => {
    answer = names;
  });
  await clock.advance(4_999);
  expect(answer).toBeNull();
  await clock.advance(1);
  expect(answer).toEqual({ confirmed: [], complete: false });
  await clock.advance(10 * minute);
  expect(await lookup.of(address)).toEqual({ confirmed: [], complete: false });
  expect(asked).toEqual([address]);
  expect(log.of('client name not confirmed')).toHaveLength(1);

  answerLate([name]);
  await settled();
  expect(lookup.of(address)).toEqual({ confirmed: [name], complete: true });
  expect(clock.pendingTimers).toBe(0);
});

test('a flood of addresses does not become a flood of questions', async () => {
  const { lookup, asked } = setUp({ reverse: () => new Promise(() => undefined) });
  const answers = Array.from({ length: 200 }, (_, index) => lookup.of(`10.0.1.${index}`));
  expect(asked).toHaveLength(64);
  expect(answers.slice(64)).toEqual(Array(136).fill({ confirmed: [], complete: false }));
});

test('of many addresses the newest are remembered', async () => {
  const { lookup, asked } = setUp();
  for (let index = 0; index < 1_001; index += 1) await lookup.of(`10.1.${index >> 8}.${index & 255}`);
  expect(lookup.of('10.1.0.1')).not.toBeInstanceOf(Promise);
  expect(lookup.of('10.1.0.0')).toBeInstanceOf(Promise);
  expect(asked).toHaveLength(1_002);
});
