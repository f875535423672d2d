import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { compileComputerList } from '../../../electron/smtp/relay-rules.ts';
import { openRelayReason } from '../../../shared/settings/open-relay.ts';

const reasonOf = (list: readonly string[]): string | null =>
  openRelayReason({ 'access.relayMode': 'onlyListed', 'access.relayList': [...list] });

test.each([
  { list: [], open: false },
  { list: ['host'], open: false },
  { list: ['host', '10.0.0.0/8'], open: false },
  { list: ['host', '*.example.org'], open: false },
  { list: ['0.0.0.0'], open: false },
  { list: ['host', '0.0.0.0/0'], open: true },
  { list: ['0.0.0.0/0.0.0.0'], open: true },
  { list: ['10.0.0.0/00'], open: true },
  { list: ['0.0.0.0/33'], open: false },
  { list: ['host', '::/0'], open: true },
  { list: ['2001:db8::1/0'], open: true },
  { list: ['::/128'], open: false },
  { list: ['10.0.0.0/10', '10.0.0.1/30'], open: false },
  { list: ['0.0.0.0/1', '128.0.0.0/1'], open: true },
  { list: ['128.0.0.0/128.0.0.0', 'host', '0.0.0.0/128.0.0.0'], open: true },
  { list: ['128.0.0.0/128.0.0.0', '64.0.0.0/2', 'host', '0.0.0.0/2'], open: true },
  { list: ['0.0.0.0/1', '128.0.0.0/2'], open: false },
  { list: ['128.0.0.0/1', '10.0.0.0/8'], open: false },
  { list: ['::/1', '8000::/1'], open: true },
  { list: ['::/1', '8000::/2', 'fd00::/8'], open: false },
  { list: ['0.0.0.0/1', '8000::/1'], open: false },
  { list: ['::ffff:0:0/96'], open: true },
  { list: ['::ffff:0.0.0.0/96'], open: true },
  { list: ['0:0:0:0:0:FFFF:10.1.2.3/96'], open: true },
  { list: ['::ffff:0.0.0.0/97', '128.0.0.0/1'], open: true },
  { list: ['::ffff:0:0/97', '::ffff:8000:0/97'], open: true },
  { list: ['::ffff:10.0.0.0/104'], open: false },
  { list: ['::ffff:0:0/95'], open: false },
  { list: ['::fffe:0:0/96'], open: false },
])('relay list $list lets everybody in: $open', ({ list, open }) => {
  expect(reasonOf(list) !== null).toBe(open);
});

test.each([[[]], [['10.0.0.5']]])('everybody except %j is everybody', (list) => {
  expect(openRelayReason({ 'access.relayMode': 'allExceptListed', 'access.relayList': list })).not.toBeNull();
});

test('the reason names the entry, or the family that several cover together', () => {
  expect(reasonOf(['host', '0.0.0.0/0'])).toBe('the list has 0.0.0.0/0');
  expect(reasonOf(['::/1', '8000::/1'])).toBe('the list covers every IPv6 address');
});

/** Halves of halves: together the whole address space, in any order. */
const partition = (bits: 32 | 128): fc.Arbitrary<readonly string[]> =>
  fc.array(fc.nat(), { maxLength: 9 }).chain((choices) => {
    let parts = [{ value: 0n, length: 0 }];
    for (const choice of choices) {
      const at = choice % parts.length;
      parts = parts.flatMap((part, index) => {
        if (index !== at || part.length === bits) return [part];
        const length = part.length + 1;
        return [
          { value: part.value, length },
          { value: part.value | (1n << BigInt(bits - length)), length },
        ];
      });
    }
    const entries = parts.map(({ value, length }) => `${textOf(value, bits)}/${length}`);
    return fc.shuffledSubarray(entries, { minLength: entries.length });
  });

function textOf(value: bigint, bits: 32 | 128): string {
  const octets = Array.from({ length: bits / 8 }, (_, index) =>
    Number((value >> BigInt(bits - 8 * (index + 1))) & 255n),
  );
  return ipaddr.fromByteArray(octets).toString();
}

test.each([32, 128] as const)(
  'any parts that make up all addresses of %i bits are everybody; without one, not',
  (bits) => {
    fc.assert(
      fc.property(partition(bits), fc.nat(), (entries, choice) => {
        expect(reasonOf(entries), entries.join(' ')).not.toBeNull();
        const left = entries.filter((_, index) => index !== choice % entries.length);
        expect(reasonOf(left), left.join(' ')).toBeNull();
      }),
    );
  },
);

test('what it calls open, the relay rules open to any client of that family', () => {
  const lists = fc.oneof(partition(32), partition(128));
  const octets = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
  );
  fc.assert(
    fc.property(lists, octets, (list, client) => {
      const address = ipaddr.fromByteArray([...client]);
      fc.pre(address.kind() === (list.some((entry) => entry.includes(':')) ? 'ipv6' : 'ipv4'));
      fc.pre(!(address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()));
      const rules = compileComputerList({ mode: 'onlyListed', list: [...list] });
      expect(rules.byAddress(address.toString(), () => [])).toMatchObject({ allowed: true });
    }),
  );
});
