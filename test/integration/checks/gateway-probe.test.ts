import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { GatewayHost, GatewayStage } from '../../../shared/contract/gateway.ts';
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { freePort } from '../../fakes/free-port.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';
import { createTestAuthority, hasOpenssl, type TestAuthority } from '../../fakes/test-authority.ts';
import type { UpstreamOptions } from '../../fakes/upstream.ts';
import { createTestBed, through } from '../delivery/test-bed.ts';

const bed = createTestBed();
afterEach(() => bed.stopAll());

const shortOf = ({ stage, outcome, note }: GatewayStage): string =>
  note === null ? `${stage} ${outcome}` : `${stage} ${outcome} ${note}`;

async function probe(
  upstream: UpstreamOptions,
  settings: Partial<ServerSettings> = {},
  recipient: string | null = 'ops@example.org',
) {
  const gateway = await bed.upstreamWith(upstream);
  const relay = bed.relayWith({ ...through(gateway), ...settings });
  const check = await relay.delivery.probe(recipient);
  const [host] = check.hosts;
  if (host === undefined) throw new Error('no host was talked to');
  return { gateway, relay, check, host, stages: host.stages.map(shortOf) };
}

const stageOf = ({ stages }: GatewayHost, name: GatewayStage['stage']): GatewayStage | undefined =>
  stages.find(({ stage }) => stage === name);

test('every stage up to the recipient is tried and taken back, and nothing is sent', async () => {
  const { gateway, check, host, stages, relay } = await probe({});
  expect(check).toMatchObject({ recipient: 'ops@example.org', kind: 'smartHosts', rule: 'smartHosts', problems: [] });
  expect(host.reached).toBe(true);
  expect(stages).toEqual([
    'resolve ok',
    'connect ok',
    'banner ok',
    'ehlo ok',
    'starttls skipped noTls',
    'tls skipped noTls',
    'auth skipped noLogin',
    'mail ok',
    'rcpt ok',
    'reset ok',
  ]);
  expect(gateway.commands.filter((command) => !/^(?:EHLO|QUIT)/.test(command))).toEqual([
    'MAIL FROM:<postmaster@relay.test.invalid>',
    'RCPT TO:<ops@example.org>',
    'RSET',
  ]);
  expect(gateway.messages).toEqual([]);
  expect(stageOf(host, 'banner')?.detail).toContain('220 upstream.test.invalid ESMTP');
  // In the protocol log as any conversation.
  expect(relay.protocol.map(({ method }) => method)).toContain('RCPT');
});

test('without a recipient the smart hosts are greeted only', async () => {
  const { gateway, stages } = await probe({}, {}, null);
  expect(stages.slice(-3)).toEqual([
    'mail skipped noRecipient',
    'rcpt skipped noRecipient',
    'reset skipped noRecipient',
  ]);
  expect(gateway.commands.some((command) => command.startsWith('MAIL'))).toBe(false);
});

test('without smart hosts and recipient there is nobody to talk to', async () => {
  const relay = bed.relayWith({});
  expect(await relay.delivery.probe(null)).toMatchObject({ kind: 'none', hosts: [], problems: [] });
});

test('nobody listens: the connection is where it ends', async () => {
  const relay = bed.relayWith(through(await freePort()));
  const { hosts } = await relay.delivery.probe('ops@example.org');
  expect(hosts[0]?.reached).toBe(false);
  expect(hosts[0]?.stages.slice(0, 3).map(shortOf)).toEqual([
    'resolve ok',
    'connect failed',
    'banner skipped notReached',
  ]);
  expect(hosts[0]?.stages[1]?.detail).toContain('refused');
});

test.each([
  { what: 'greeting', upstream: { greeting: '554 5.7.1 Not you' }, stage: 'banner', words: '554 5.7.1 Not you' },
  { what: 'sender', upstream: { mail: '550 5.7.1 No such sender' }, stage: 'mail', words: '550 5.7.1 No such sender' },
  { what: 'recipient', upstream: { rcpt: '550 5.1.1 Unknown' }, stage: 'rcpt', words: '550 5.1.1 Unknown' },
] as const)('a refused $what is shown in the words of the server', async ({ upstream, stage, words }) => {
  const { host } = await probe(upstream);
  expect(host.reached).toBe(false);
  expect(stageOf(host, stage)).toMatchObject({ outcome: 'failed', detail: words });
});

test('a gateway that says nothing is given up after a quarter of a minute', async () => {
  const gateway = await bed.upstreamWith({ greeting: 'hang' });
  const relay = bed.relayWith(through(gateway));
  const checking = relay.delivery.probe('ops@example.org');
  await expect.poll(() => gateway.connections).toBe(1);
  await expect.poll(() => relay.clock.pendingTimers).toBeGreaterThan(1);
  await relay.clock.advance(15_000);
  const { hosts } = await checking;
  expect(hosts[0]?.stages.find(({ outcome }) => outcome === 'failed')).toMatchObject({
    stage: 'banner',
    durationMs: 15_000,
  });
});

test('delivery.authentication: the login is proven with the password of the server', async () => {
  const gateway = await bed.upstreamWith({ auth: ['PLAIN'] });
  const relay = bed.relayWith(
    { ...through(gateway), 'delivery.authentication': 'basic', 'delivery.userName': 'ca' },
    undefined,
    { secrets: { 'delivery.password': 'secret' } },
  );
  const { hosts } = await relay.delivery.probe('ops@example.org');
  expect(hosts[0]?.stages.map(shortOf)).toContain('auth ok');
  expect(JSON.stringify(hosts)).not.toContain('secret');
});

test('a refused login ends it there', async () => {
  const { host } = await probe(
    { auth: ['PLAIN'], login: '535 5.7.8 Wrong' },
    { 'delivery.authentication': 'basic', 'delivery.userName': 'ca' },
  );
  expect(stageOf(host, 'auth')?.outcome).toBe('failed');
  expect(stageOf(host, 'mail')).toMatchObject({ outcome: 'skipped', note: 'notReached' });
});

test('delivery.tlsMode opportunistic: a broken STARTTLS is seen, and what follows in clear text as well', async () => {
  const { host, stages } = await probe({ startTls: 'broken' }, { 'delivery.tlsMode': 'opportunistic' });
  expect(host.reached).toBe(true);
  expect(host.tls).toBeNull();
  expect(stages).toContain('tls warning goneOnInClear');
  expect(stages).toContain('rcpt ok');
});

describe.skipIf(!hasOpenssl())('certificates', () => {
  let authority: TestAuthority;
  beforeAll(async () => {
    authority = await createTestAuthority();
  });
  afterAll(() => authority.remove());

  test('delivery.tlsMode opportunistic: a certificate nobody vouches for is a warning with its chain', async () => {
    const { host } = await probe({ startTls: 'works' }, { 'delivery.tlsMode': 'opportunistic' });
    expect(host.reached).toBe(true);
    expect(host.tls).toMatchObject({ trusted: false, chain: [{ subject: 'CN=upstream.test.invalid' }] });
    expect(stageOf(host, 'tls')?.outcome).toBe('warning');
  });

  test('delivery.tlsMode verified: the same certificate ends the conversation', async () => {
    const { host } = await probe({ startTls: 'works' }, { 'delivery.tlsMode': 'verified' });
    expect(host.reached).toBe(false);
    expect(stageOf(host, 'tls')).toMatchObject({ outcome: 'failed' });
    expect(host.tls?.trusted).toBe(false);
  });

  test.each(['opportunistic', 'required', 'verified'] as const)(
    'delivery.tlsMode %s: a certificate of an authority of the system is trusted, its chain is shown',
    async (tlsMode) => {
      const certificate = await authority.issue({ names: ['IP:127.0.0.1'] });
      const gateway = await bed.upstreamWith({ startTls: 'works', certificate });
      const settings = { ...through(gateway), 'delivery.tlsMode': tlsMode };
      const relay = bed.relayWith(settings, undefined, { trustedCertificates: [authority.cert] });
      const { hosts } = await relay.delivery.probe('ops@example.org');
      expect(hosts[0]).toMatchObject({ reached: true, tls: { trusted: true, reason: '' } });
      expect(hosts[0]?.tls?.chain.at(-1)?.subject).toContain('Relay Test Authority');
      expect(hosts[0]?.tls?.protocol).toMatch(/^TLSv1\.[23]$/);
    },
  );

  test('delivery.caFile: an authority of the file is trusted as well', async () => {
    const certificate = await authority.issue({ names: ['IP:127.0.0.1'] });
    const gateway = await bed.upstreamWith({ startTls: 'works', certificate });
    const disk = new MemoryDisk();
    disk.files.set('/ca.pem', Buffer.from(authority.cert));
    const settings = { ...through(gateway), 'delivery.tlsMode': 'verified', 'delivery.caFile': '/ca.pem' } as const;
    const relay = bed.relayWith(settings, undefined, { disk });
    expect((await relay.delivery.probe(null)).hosts).toMatchObject([{ reached: true, tls: { trusted: true } }]);
  });
});
