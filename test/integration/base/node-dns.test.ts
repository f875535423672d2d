import { afterEach, expect, test } from 'vitest';
import { type DnsServer, startDnsServer } from '../../fakes/dns-server.ts';

let server: DnsServer | undefined;
afterEach(() => server?.stop());

const names = {
  'example.org': {
    MX: [
      { exchange: 'mx1.example.org', priority: 10 },
      { exchange: 'mx2.example.org', priority: 20 },
    ],
  },
  'nomail.example': { MX: [{ exchange: '.', priority: 0 }] },
  'plain.example': { A: ['192.0.2.1'] },
  'mx1.example.org': { A: ['192.0.2.10', '192.0.2.11'], AAAA: ['2001:db8::10'] },
  'broken.example': 'servfail',
  'quiet.example': 'silent',
  '1.2.0.192.in-addr.arpa': { PTR: ['plain.example'] },
} as const;

test.each([{ truncated: false }, { truncated: true }])('answers, truncated $truncated', async ({ truncated }) => {
  server = await startDnsServer({ names, truncated });
  const { dns, questions } = server;
  expect(await dns.mx('example.org')).toMatchObject(names['example.org'].MX);
  expect((await dns.mx('nomail.example')).map(({ exchange }) => exchange)).toEqual(['']);
  expect([...(await dns.addresses('mx1.example.org'))].sort()).toEqual(['192.0.2.10', '192.0.2.11', '2001:db8::10']);
  expect(await dns.addresses('127.0.0.1')).toEqual(['127.0.0.1']);
  expect(await dns.reverse('192.0.2.1')).toEqual(['plain.example']);
  expect(questions).toContain(`${truncated ? 'TCP' : 'UDP'} MX example.org`);
});

test.each([
  { name: 'unknown.example', code: 'ENOTFOUND' },
  { name: 'plain.example', code: 'ENODATA' },
  { name: 'broken.example', code: 'ESERVFAIL' },
  { name: 'quiet.example', code: 'ETIMEOUT' },
])('no answer for the MX of $name: $code', async ({ name, code }) => {
  server = await startDnsServer({ names });
  await expect(server.dns.mx(name)).rejects.toMatchObject({ code });
});
