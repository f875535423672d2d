import { expect, test } from 'vitest';
import { checkName } from '../../../electron/host/name-check.ts';
import { fakeDns } from '../../fakes/fake-dns.ts';

const ports = {
  dns: fakeDns({
    addresses: {
      'ca01.example.org': ['192.0.2.10', '2001:db8::10'],
      'gw.example.org': ['192.0.2.25'],
      'slow.example.org': 'ETIMEOUT',
      'empty.example.org': [],
    },
  }),
  ownAddresses: () => [{ address: '2001:db8::10', family: 'IPv6' as const, adapter: 'Ethernet' }],
};

test.each([
  [
    'ca01.example.org',
    { valid: true, own: true, addresses: ['192.0.2.10', '2001:db8::10'] },
    'which is this computer.',
  ],
  ['gw.example.org', { valid: true, own: false, addresses: ['192.0.2.25'] }, 'which is not this computer.'],
  ['nobody.example.org', { valid: false, own: false, addresses: [] }, 'DNS knows no address of nobody.example.org.'],
  ['empty.example.org', { valid: false }, 'DNS knows no address of empty.example.org.'],
  ['slow.example.org', { valid: false }, 'DNS did not answer the question for slow.example.org: ETIMEOUT.'],
  ['192.0.2.10', { valid: false }, "'192.0.2.10' is not a name of DNS."],
  ['no name', { valid: false }, "'no name' is not a name of DNS."],
])('%s', async (name, answer, sentence) => {
  const found = await checkName(name, ports);
  expect(found).toMatchObject(answer);
  expect(found.message).toContain(sentence);
});
