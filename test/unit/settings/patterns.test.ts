/** Addresses inside settings: what is written reads back as what was meant, and what is not an address is refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import {
  formatEndpoint,
  formatSmartHost,
  isHostName,
  isMailDomain,
  isRelayEntry,
  parseEndpoint,
  parseSmartHost,
} from '../../../shared/settings/address.ts';
import * as patterns from '../../../shared/settings/patterns.ts';

const port = fc.integer({ min: 1, max: 65_535 });
const fits = (pattern: z.ZodType, value: unknown): boolean => pattern.safeParse(value).success;

/** Labels of letters, digits and inner dashes, at least two of them. */
const hostName = fc.domain();

test('an endpoint reads back as its address and port', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant('*')), port, (address, number) => {
      const endpoint = { address, port: number };
      expect(parseEndpoint(formatEndpoint(endpoint))).toEqual(endpoint);
      expect(fits(patterns.endpoint, formatEndpoint(endpoint))).toBe(true);
    }),
  );
});

test('a smart host reads back as its host and port', () => {
  const host = fc.oneof(hostName, fc.ipV4(), fc.ipV6());
  fc.assert(
    fc.property(host, fc.option(port), (name, number) => {
      const smartHost = { host: name, port: number };
      expect(parseSmartHost(formatSmartHost(smartHost))).toEqual(smartHost);
      expect(fits(patterns.smartHost, formatSmartHost(smartHost))).toBe(true);
    }),
  );
});

describe('endpoints that are none', () => {
  test.each([
    '',
    '25',
    ':25',
    '127.0.0.1',
    '127.0.0.1:',
    '127.0.0.1:0',
    '127.0.0.1:65536',
    '::1:25',
    '[::1]',
    '[::1]:',
    'localhost:25',
    '127.0.0.256:25',
    '127.0.0.1:25 ',
    '127.0.0.1:2５',
  ])('%j', (text) => {
    expect(parseEndpoint(text)).toBeNull();
    expect(fits(patterns.endpoint, text)).toBe(false);
  });
});

describe('relay entries', () => {
  test('every address, alone and with a prefix of its family', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, bits) => {
        expect([isRelayEntry(address), isRelayEntry(`${address}/${bits}`)]).toEqual([true, true]);
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), (address, bits) => {
        expect([isRelayEntry(address), isRelayEntry(`${address}/${bits}`)]).toEqual([true, true]);
      }),
    );
  });

  test('an address with a mask of ones followed by zeros, and with no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (mask) => {
        const bits = mask.toString(2).padStart(32, '0');
        const dotted = [24, 16, 8, 0].map((shift) => (mask >>> shift) & 255).join('.');
        expect(isRelayEntry(`10.0.0.0/${dotted}`)).toBe(!bits.includes('01'));
      }),
    );
    for (let ones = 0; ones <= 32; ones += 1) {
      const mask = ones === 0 ? 0 : (0xffff_ffff << (32 - ones)) >>> 0;
      const dotted = [24, 16, 8, 0].map((shift) => (mask >>> shift) & 255).join('.');
      expect(isRelayEntry(`10.0.0.0/${dotted}`), dotted).toBe(true);
    }
  });

  test('a name of DNS and everything below it', () => {
    fc.assert(
      fc.property(hostName, (name) => {
        expect([isRelayEntry(name), isRelayEntry(`*.${name}`)]).toEqual([true, true]);
      }),
    );
  });

  test.each([
    '',
    'hosts',
    'ca01',
    '10.0.0',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0.0/',
    '10.0.0.0/24/8',
    '*',
    '*.',
    '10.0.0.0-10.0.0.9',
    '10.0.0.0/0.0.0.255',
    'ca01.example.org/24',
    '*.*.example.org',
    '::ffff:10.0.0.1/24x',
  ])('not %j', (text) => {
    expect(isRelayEntry(text)).toBe(false);
  });
});

describe('mail domains', () => {
  test('a domain is one with and without a wildcard; a setting for one domain takes no wildcard', () => {
    fc.assert(
      fc.property(hostName, (name) => {
        expect([isMailDomain(name), isMailDomain(`*.${name}`)]).toEqual([true, true]);
        expect([fits(patterns.mailDomain, name), fits(patterns.mailDomain, `*.${name}`)]).toEqual([true, false]);
        expect(fits(patterns.mailDomainOrWildcard, `*.${name}`)).toBe(true);
        expect(fits(patterns.domainOrEmpty, `*.${name}`)).toBe(false);
      }),
    );
  });

  test.each([
    '',
    '*',
    '*.',
    '.example.org',
    'example..org',
    'exa mple.org',
    'user@example.org',
    '-example.org',
    '10.0.0.1',
    '12.34',
    `${'a'.repeat(64)}.org`,
    `${'a.'.repeat(130)}org`,
  ])('not %j', (text) => {
    expect([isMailDomain(text), fits(patterns.mailDomain, text)]).toEqual([false, false]);
  });

  test('a host name never is an address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        expect(isHostName(address)).toBe(false);
      }),
    );
  });
});

describe('web addresses, where a secret is sent', () => {
  const path = fc.stringMatching(/^(?:\/[A-Za-z0-9._~-]{1,8}){0,4}$/);
  const query = fc.stringMatching(/^(?:\?[a-z]{1,5}=[a-z0-9]{0,5})?$/);

  test('with https: every host, port, path and query, and it stays the same address', () => {
    fc.assert(
      fc.property(hostName, fc.option(port), path, query, (host, number, place, extra) => {
        const text = `https://${host}${number === null ? '' : `:${number}`}${place === '' && extra !== '' ? '/' : place}${extra}`;
        expect(fits(patterns.webAddressOrEmpty, text)).toBe(true);
        const url = new URL(text);
        expect([url.protocol, url.hostname, url.username]).toEqual(['https:', host.toLowerCase(), '']);
      }),
    );
  });

  test('in clear text to this computer only', () => {
    fc.assert(
      fc.property(hostName, port, path, (host, number, place) => {
        expect(fits(patterns.webAddressOrEmpty, `http://${host}:${number}${place}`)).toBe(false);
        expect(fits(patterns.webAddressOrEmpty, `http://localhost:${number}${place}`)).toBe(true);
        expect(fits(patterns.webAddressOrEmpty, `http://127.0.0.1:${number}${place}`)).toBe(true);
      }),
    );
  });

  test.each([
    'login.example.org',
    'ftp://example.org/',
    'https://',
    'https://user:password@example.org/',
    'https://example.org/a b',
    'http://localhost.example.org/',
    'http://127.0.0.1.example.org/',
    'http://localhost@example.org/',
    'https:/example.org',
    'javascript:alert(1)',
    `https://example.org/${'a'.repeat(2_000)}`,
  ])('not %j', (text) => {
    expect(fits(patterns.webAddressOrEmpty, text)).toBe(false);
  });
});

describe('paths', () => {
  test.each(['', 'D:\\Mail', 'd:/mail', '/srv/mail', 'C:\\Program Files\\Relay'])('%j', (text) => {
    expect(fits(patterns.localPathOrEmpty, text)).toBe(true);
  });
  test.each(['mail', '.\\mail', '\\\\server\\share', '//server/share', 'D:mail', '/srv/\u0000', 'D:\\a\nb'])(
    'not %j',
    (text) => {
      expect(fits(patterns.localPathOrEmpty, text)).toBe(false);
    },
  );

  test.each([
    'D:\\Mail.',
    'D:\\Mail \\1',
    'D:\\mail\\con',
    'D:/NUL.txt/1',
    'D:\\Com1',
    'D:\\a:b',
    'D:\\a|b',
    'D:\\q?',
    'D:\\a*',
    'D:\\"a"',
    'D:\\<a>',
  ])('not %j, which Windows has no name for', (text) => {
    expect(fits(patterns.localPathOrEmpty, text)).toBe(false);
  });

  test.each(['D:\\Mail.d\\1', 'D:\\console', 'D:\\a b', 'D:\\x\\..\\Mail', 'D:\\COM10', '/srv/con', '/srv/mail.'])(
    '%j, a name that only looks like it',
    (text) => {
      expect(fits(patterns.localPathOrEmpty, text)).toBe(true);
    },
  );
});
