import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TrustStore } from '../../../electron/delivery/trust-store.ts';
import type { OutboundSecurity } from '../../../shared/settings/outbound-security.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';
import { createTestAuthority, hasOpenssl, type LeafOptions, type TestAuthority } from '../../fakes/test-authority.ts';
import type { UpstreamOptions } from '../../fakes/upstream.ts';
import type { OpenOptions } from './conversations.ts';
import { conversationBench, mail, security } from './conversations.ts';

const { clock, failureOf, openTo, upstreamWith } = conversationBench();

const withMode = (tlsMode: OutboundSecurity['tlsMode'], change: Partial<OutboundSecurity> = {}): OpenOptions => ({
  security: security({ tlsMode, ...change }),
});

test.each([
  { tlsMode: 'off' as const, encrypted: false },
  { tlsMode: 'opportunistic' as const, encrypted: true },
  { tlsMode: 'required' as const, encrypted: true },
])('delivery.tlsMode $tlsMode where STARTTLS is offered: encrypted $encrypted', async ({ tlsMode, encrypted }) => {
  const upstream = await upstreamWith({ startTls: 'works' });
  const conversation = await openTo(upstream.port, withMode(tlsMode));
  expect(conversation.encrypted).toBe(encrypted);
  await conversation.send(mail());
  expect(upstream.messages).toMatchObject([{ encrypted }]);
});

test.each([
  { startTls: 'none' as const },
  { startTls: 'refused' as const },
  { startTls: 'broken' as const },
  { startTls: 'drop' as const },
])('delivery.tlsMode opportunistic: mail goes in clear text when STARTTLS ends in $startTls', async ({ startTls }) => {
  const upstream = await upstreamWith({ startTls });
  const conversation = await openTo(upstream.port, withMode('opportunistic'));
  expect(conversation.encrypted).toBe(false);
  await conversation.send(mail());
  expect(upstream.messages).toHaveLength(1);
});

test.each(
  (['required', 'verified'] as const).flatMap((tlsMode) => [
    { tlsMode, startTls: 'none' as const, words: 'the server does not offer it or refuses it (502' },
    { tlsMode, startTls: 'refused' as const, words: 'the server does not offer it or refuses it (454' },
    { tlsMode, startTls: 'broken' as const, words: 'the TLS handshake failed, ' },
    { tlsMode, startTls: 'drop' as const, words: 'connection' },
  ]),
)(
  'delivery.tlsMode $tlsMode: no word of mail when STARTTLS ends in $startTls',
  async ({ tlsMode, startTls, words }) => {
    const upstream = await upstreamWith({ startTls });
    const failure = await failureOf(upstream.port, withMode(tlsMode));
    expect(failure).toMatchObject({ permanent: false, text: expect.stringContaining(words) });
    if (startTls !== 'drop') expect(failure.stage).toBe('tls');
    expect(failure.text).toContain('gw.example.org [127.0.0.1]');
    expect(upstream.commands.filter((command) => /^(?:MAIL|HELO|AUTH)/.test(command))).toEqual([]);
    expect(upstream.connections).toBe(1);
  },
);

test('delivery.tlsMode required and a server that knows only HELO: no mail', async () => {
  const upstream = await upstreamWith({ ehlo: '502 What?' });
  expect(await failureOf(upstream.port, withMode('required'))).toMatchObject({
    permanent: false,
    stage: 'tls',
    text: expect.stringContaining('does not offer it or refuses it (502 What?)'),
  });
  expect(upstream.commands).toEqual(['EHLO relay.test.invalid']);
});

test('delivery.tlsMode required and HELO set for the domain: no connection at all', async () => {
  const upstream = await upstreamWith({ startTls: 'works' });
  expect(await failureOf(upstream.port, { ...withMode('required'), helo: true })).toMatchObject({
    stage: 'tls',
    permanent: false,
    text: expect.stringContaining('HELO'),
  });
  expect(upstream.connections).toBe(0);
});

test.each(['off', 'opportunistic', 'required'] as const)(
  'delivery.implicitTls with tlsMode %s: TLS from the first octet',
  async (tlsMode) => {
    const upstream = await upstreamWith({ implicitTls: true });
    const conversation = await openTo(upstream.port, withMode(tlsMode, { implicitTls: true }));
    expect(conversation.encrypted).toBe(true);
    await conversation.send(mail());
    expect(upstream.messages).toMatchObject([{ encrypted: true }]);
    expect(upstream.commands).not.toContain('STARTTLS');
  },
);

test('delivery.implicitTls against a server that speaks clear text is a failure, never mail in clear', async () => {
  const upstream = await upstreamWith();
  expect(await failureOf(upstream.port, withMode('opportunistic', { implicitTls: true }))).toMatchObject({
    permanent: false,
    stage: 'tls',
  });
  expect(upstream.commands).toEqual([]);
  expect(upstream.connections).toBe(1);
});

test('a handshake that never ends is given up', async () => {
  const upstream = await upstreamWith({ greeting: 'hang' });
  const failure = failureOf(upstream.port, withMode('required', { implicitTls: true }));
  await expect.poll(() => upstream.connections).toBe(1);
  await expect.poll(() => clock.pendingTimers).toBeGreaterThan(0);
  await clock.advance(40_000);
  expect(await failure).toMatchObject({ permanent: false, stage: 'tls' });
});

test('TLS older than 1.2 will not do', async () => {
  const upstream = await upstreamWith({ startTls: 'works', maxTlsVersion: 'TLSv1.1' });
  expect(await failureOf(upstream.port, withMode('required'))).toMatchObject({ permanent: false, stage: 'tls' });
});

describe.skipIf(!hasOpenssl())('delivery.tlsMode verified', () => {
  let authority: TestAuthority;
  beforeAll(async () => {
    authority = await createTestAuthority();
  });
  afterAll(() => authority.remove());

  const upstreamShowing = async (leaf: LeafOptions, change: UpstreamOptions = {}) =>
    await upstreamWith({ startTls: 'works', certificate: await authority.issue(leaf), ...change });
  const trusting = (...trusted: readonly string[]): TrustStore =>
    new TrustStore({ disk: new MemoryDisk(), trustedCertificates: () => trusted });
  const verified = (change: OpenOptions = {}): OpenOptions => ({
    ...withMode('verified'),
    trust: trusting(authority.cert),
    ...change,
  });

  test.each([{ implicitTls: false }, { implicitTls: true }])(
    'a certificate for the host by an authority of the operating system will do (implicit $implicitTls)',
    async ({ implicitTls }) => {
      const upstream = await upstreamShowing({ names: ['DNS:gw.example.org'] }, { implicitTls });
      const conversation = await openTo(upstream.port, verified(withMode('verified', { implicitTls })));
      expect(conversation.encrypted).toBe(true);
      await conversation.send(mail());
      expect(upstream.messages).toHaveLength(1);
    },
  );

  test('delivery.caFile: its authorities are trusted beside those of the operating system', async () => {
    const other = await createTestAuthority('Other Authority');
    const disk = new MemoryDisk();
    disk.files.set('/ca.pem', Buffer.from(`some words\n${authority.cert}`));
    const trust = new TrustStore({ disk, trustedCertificates: () => [other.cert] });
    const fromFile = await upstreamShowing({ names: ['DNS:gw.example.org'] });
    const fromSystem = await upstreamWith({
      startTls: 'works',
      certificate: await other.issue({ names: ['DNS:gw.example.org'] }),
    });
    await other.remove();
    const options = { ...withMode('verified', { caFile: '/ca.pem' }), trust };
    expect((await openTo(fromFile.port, options)).encrypted).toBe(true);
    expect((await openTo(fromSystem.port, options)).encrypted).toBe(true);
    disk.files.set('/ca.pem', Buffer.from(other.cert));
    expect(await failureOf(fromFile.port, options)).toMatchObject({ stage: 'tls' });
  });

  test.each([
    { what: 'missing', content: null, words: '/ca.pem cannot be read (ENOENT)' },
    { what: 'without a certificate', content: 'nothing', words: '/ca.pem has no certificate' },
    {
      what: 'damaged',
      content: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      words: '/ca.pem has a certificate that is damaged',
    },
  ])('delivery.caFile that is $what is a failure that names it', async ({ content, words }) => {
    const disk = new MemoryDisk();
    if (content !== null) disk.files.set('/ca.pem', Buffer.from(content));
    const trust = new TrustStore({ disk, trustedCertificates: () => [] });
    const upstream = await upstreamShowing({ names: ['DNS:gw.example.org'] });
    const failure = await failureOf(upstream.port, { ...withMode('verified', { caFile: '/ca.pem' }), trust });
    expect(failure).toMatchObject({ permanent: false, stage: 'tls', text: expect.stringContaining(words) });
    expect(upstream.connections).toBe(0);
  });

  test.each<{ what: string; leaf: LeafOptions; trusted?: boolean; words: string }>([
    {
      what: 'expired',
      leaf: { names: ['DNS:gw.example.org'], notAfter: '20210203000000Z' },
      words: 'the certificate of gw.example.org expired on 2021-02-03',
    },
    {
      what: 'not valid yet',
      leaf: { names: ['DNS:gw.example.org'], notBefore: '20980203000000Z' },
      words: 'the certificate of gw.example.org is not valid before 2098-02-03',
    },
    {
      what: 'for other names',
      leaf: { names: ['DNS:mx1.example.org', 'DNS:mx2.example.org'] },
      words: 'the certificate was issued for mx1.example.org, mx2.example.org, not for gw.example.org',
    },
    {
      what: 'self-signed',
      leaf: { names: ['DNS:gw.example.org'], selfSigned: true },
      words: 'the certificate of gw.example.org is self-signed',
    },
    {
      what: 'by an unknown authority',
      leaf: { names: ['DNS:gw.example.org'] },
      trusted: false,
      words: 'the certificate of gw.example.org was issued by Relay Test Authority',
    },
  ])('a certificate that is $what: no mail, and the reason in words', async ({ leaf, trusted = true, words }) => {
    for (const implicitTls of [false, true]) {
      const upstream = await upstreamShowing(leaf, { implicitTls });
      const failure = await failureOf(upstream.port, {
        ...withMode('verified', { implicitTls }),
        trust: trusted ? trusting(authority.cert) : trusting(),
      });
      expect(failure).toMatchObject({ permanent: false, stage: 'tls', text: expect.stringContaining(words) });
      expect(failure.text).toContain(`gw.example.org [127.0.0.1]:${upstream.port}: `);
      // Nothing was said after the handshake.
      expect(upstream.commands.filter((command) => !/^(?:EHLO|STARTTLS)/.test(command))).toEqual([]);
      expect(upstream.commands.filter((command) => command.startsWith('EHLO')).length).toBe(implicitTls ? 0 : 1);
      expect(upstream.connections).toBe(1);
    }
  });

  test('a host given by its address must have a certificate for that address', async () => {
    const byAddress = verified({ candidate: { host: '127.0.0.1' } });
    const right = await upstreamShowing({ names: ['IP:127.0.0.1'] });
    expect((await openTo(right.port, byAddress)).encrypted).toBe(true);
    const wrong = await upstreamShowing({ names: ['DNS:gw.example.org'] });
    expect(await failureOf(wrong.port, byAddress)).toMatchObject({
      stage: 'tls',
      text: expect.stringContaining('issued for gw.example.org, not for 127.0.0.1'),
    });
  });
});
