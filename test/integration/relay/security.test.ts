/** TLS and logins of the whole relay towards its next hops, and from its own clients. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { outboundSecuritySchema } from '../../../shared/settings/outbound-security.ts';
import { remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import { freePort } from '../../fakes/free-port.ts';
import { createTestAuthority, hasOpenssl, type TestAuthority } from '../../fakes/test-authority.ts';
import { relayCertificate } from '../../fakes/test-certificates.ts';
import { refusal, startTokenEndpoint } from '../../fakes/token-endpoint.ts';
import { dnsWith, server1, smartHost, startRelay, through, until, upstreamWith, writeText } from './stage.ts';

describe.skipIf(!hasOpenssl())('delivery.tlsMode verified', () => {
  let authority: TestAuthority;
  beforeAll(async () => {
    authority = await createTestAuthority();
  });
  afterAll(() => authority.remove());

  test('a certificate for another name: no mail, the reason in the queue and in the warnings; put right, it goes', async () => {
    const [wrong, right] = [
      await authority.issue({ names: ['DNS:other.example.org'] }),
      await authority.issue({ names: ['DNS:gw.example.org'] }),
    ];
    const { dns } = await dnsWith({ 'gw.example.org': { A: ['127.0.0.1'] } });
    const upstream = await upstreamWith({ startTls: 'works', certificate: wrong });
    const relay = await startRelay(
      { 'delivery.smartHosts': [`gw.example.org:${upstream.port}`], 'delivery.tlsMode': 'verified' },
      { dns, trustedCertificates: () => [authority.cert] },
    );
    const id = await relay.send();
    const { row, recipients } = await relay.waiting(id);
    const reason = 'the certificate was issued for other.example.org, not for gw.example.org';
    expect(row).toMatchObject({ state: 'retry', lastError: expect.stringContaining(reason) });
    expect(recipients[0]?.lastFailure).toMatchObject({ stage: 'tls', permanent: false });
    const { warnings } = await relay.host.handlers['status.get'](null);
    expect(warnings).toMatchObject([{ code: 'destinationUnreachable', message: expect.stringContaining(reason) }]);
    expect(upstream.messages).toHaveLength(0);

    upstream.behave({ certificate: right });
    await relay.retry(id);
    await relay.empty();
    expect(upstream.messages).toMatchObject([{ encrypted: true }]);
  });

  test('delivery.caFile, put in force while mail waits, lets it go', async () => {
    const certificate = await authority.issue({ names: ['IP:127.0.0.1'] });
    const upstream = await upstreamWith({ startTls: 'works', certificate });
    const relay = await startRelay(
      { ...through(upstream), 'delivery.tlsMode': 'verified' },
      { trustedCertificates: () => [] },
    );
    const { row } = await relay.waiting(await relay.send());
    expect(row.lastError).toContain('Relay Test Authority');
    await relay.save({ 'delivery.caFile': await writeText(relay, 'authorities.pem', authority.cert) });
    await relay.empty();
    expect(upstream.messages).toMatchObject([{ encrypted: true }]);
  });

  test('domains.remote: its own caFile and OAuth client, with tlsMode verified, for one domain alone', async () => {
    const [certificate, endpoint] = [await authority.issue({ names: ['IP:127.0.0.1'] }), await startTokenEndpoint()];
    onTestFinished(() => endpoint.stop());
    const upstream = await upstreamWith({ startTls: 'works', certificate, auth: ['XOAUTH2'] });
    const usual = await upstreamWith();
    const relay = await startRelay(through(usual), { trustedCertificates: () => [] });
    const security = outboundSecuritySchema.parse({
      tlsMode: 'verified',
      authentication: 'oauth2',
      userName: 'pki@corp.example',
      oauthTokenEndpoint: endpoint.url,
      oauthClientId: 'domain client',
      oauthScope: 'domain scope',
    });
    const put = (caFile: string) =>
      relay.save({
        'domains.remote': [
          remoteDomainSchema.parse({
            name: 'partner.example',
            smartHosts: [smartHost(upstream)],
            security: { ...security, caFile },
          }),
        ],
      });
    await put('');
    await relay.secret('domain:partner.example:clientSecret', 'geheim');
    const { recipients } = await relay.waiting(await relay.send({ to: ['a@partner.example', 'b@example.org'] }));
    expect(recipients).toMatchObject([{ state: 'pending', lastFailure: { stage: 'tls' } }, { state: 'delivered' }]);
    await put(await writeText(relay, 'authorities.pem', authority.cert));
    await relay.empty();
    expect(upstream.messages).toMatchObject([{ encrypted: true, recipients: [{ address: 'a@partner.example' }] }]);
    expect(upstream.logins).toMatchObject([{ mechanism: 'XOAUTH2', user: 'pki@corp.example' }]);
    expect(endpoint.requests).toMatchObject([
      { client_id: 'domain client', client_secret: 'geheim', scope: 'domain scope' },
    ]);
  });
});

test('a gateway that wants a login: without a password the queue says so, with it the mail goes', async () => {
  const upstream = await upstreamWith({
    auth: ['PLAIN'],
    login: (user) => (user === 'relay' ? '235 2.7.0 Welcome' : '535 5.7.8 Who?'),
  });
  const relay = await startRelay({
    ...through(upstream),
    'delivery.authentication': 'basic',
    'delivery.userName': 'relay',
  });
  const { recipients } = await relay.waiting(await relay.send());
  expect(recipients[0]?.lastFailure).toMatchObject({ stage: 'auth', permanent: false });
  await relay.secret('delivery.password', 'gültig');
  await relay.empty();
  expect(upstream.logins).toEqual([{ mechanism: 'PLAIN', user: 'relay', secret: 'gültig' }]);
});

test('OAuth 2.0: a refused grant is shown in words, a good one logs in, and one token serves many connections', async () => {
  const endpoint = await startTokenEndpoint();
  try {
    endpoint.reply(refusal('invalid_client', 'The secret is wrong'));
    const upstream = await upstreamWith({ auth: ['XOAUTH2'] });
    const relay = await startRelay({
      ...through(upstream),
      'delivery.authentication': 'oauth2',
      'delivery.userName': 'pki@corp.example',
      'delivery.oauthTokenEndpoint': endpoint.url,
      'delivery.oauthClientId': 'client',
      'delivery.oauthScope': 'smtp',
      'messages.messagesPerConnection': 1,
      'delivery.connectionsPerDestination': 1,
    });
    await relay.secret('delivery.clientSecret', 'geheim');
    const id = await relay.send();
    const { row } = await relay.waiting(id);
    expect(row.lastError).toContain('invalid_client');
    expect(row.lastError).not.toContain('geheim');
    expect(upstream.messages).toHaveLength(0);

    endpoint.reply({ status: 200, body: '{"access_token":"token","token_type":"Bearer","expires_in":3600}' });
    // The new secret is a reason to ask again at once.
    await relay.secret('delivery.clientSecret', 'geheim 2');
    await relay.send();
    await relay.send();
    await relay.empty();
    expect(upstream.logins).toEqual(Array(3).fill({ mechanism: 'XOAUTH2', user: 'pki@corp.example', secret: 'token' }));
    expect(endpoint.requests.filter(({ client_secret: secret }) => secret === 'geheim 2')).toHaveLength(1);
    expect(endpoint.requests.at(-1)).toMatchObject({
      grant_type: 'client_credentials',
      client_id: 'client',
      scope: 'smtp',
    });
  } finally {
    await endpoint.stop();
  }
});

test('domains.remote: own smart host, port, TLS and login for a domain, beside those of the server', async () => {
  const certificate = relayCertificate;
  const [usual, own] = [await upstreamWith(), await upstreamWith({ implicitTls: true, certificate, auth: ['LOGIN'] })];
  const domain = remoteDomainSchema.parse({
    name: '*.partner.example',
    smartHosts: ['127.0.0.1'],
    port: own.port,
    security: { tlsMode: 'required', implicitTls: true, authentication: 'basic', userName: 'ca' },
  });
  const relay = await startRelay({ ...through(usual), 'domains.remote': [domain] });
  await relay.secret('domain:*.partner.example:password', 'geheim');
  await relay.send({ to: ['a@mail.partner.example', 'b@partner.example'] });
  await relay.empty();
  expect(own.messages).toMatchObject([{ encrypted: true, recipients: [{ address: 'a@mail.partner.example' }] }]);
  expect(own.logins).toEqual([{ mechanism: 'LOGIN', user: 'ca', secret: 'geheim' }]);
  expect(usual.messages).toMatchObject([{ encrypted: false, recipients: [{ address: 'b@partner.example' }] }]);
  expect(usual.logins).toEqual([]);
});

test('one virtual server relays through the other with STARTTLS and a login: our client and our server understand each other', async () => {
  const upstream = await upstreamWith();
  const second = { port: await freePort() };
  const relay = await startRelay(
    {
      ...through(second),
      'delivery.tlsMode': 'required',
      'delivery.authentication': 'basic',
      'delivery.userName': 'first',
    },
    {},
    {
      2: {
        'general.listen': [smartHost(second)],
        ...through(upstream),
        'access.relayList': [],
        'access.anonymous': false,
        'access.basic': true,
        'access.users': ['first'],
        'access.relayAuthenticated': true,
        'access.failedLoginDelay': 0,
      },
    },
  );
  const certificateFile = await writeText(relay, 'certificate.pem', relayCertificate.cert + relayCertificate.key);
  const { revision } = await relay.host.handlers['settings.get']({ serverId: '2' });
  await relay.host.handlers['settings.save']({
    serverId: '2',
    revision,
    changes: { 'access.certificateFile': certificateFile },
  });
  await relay.secret('delivery.password', 'pass word');
  const { row } = await relay.waiting(await relay.send());
  expect(row.lastError).toContain('535');

  await relay.host.handlers['secret.set']({ serverId: '2', name: 'user:first', value: 'pass word' });
  await relay.host.handlers['destination.retry']({ ...server1, nextHop: smartHost(second) });
  await until(() => upstream.messages.length === 1);
  const text = upstream.messages[0]?.bytes.toString();
  expect(text?.match(/^Received:/gm)).toHaveLength(2);
  expect(text).toMatch(/with ESMTPSA/);
});
