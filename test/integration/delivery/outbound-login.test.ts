import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFormPost } from '../../../electron/base/node-form-post.ts';
import { TokenCache } from '../../../electron/delivery/token-cache.ts';
import type { OutboundSecurity } from '../../../shared/settings/outbound-security.ts';
import { eventually } from '../../fakes/eventually.ts';
import { refusal, startTokenEndpoint, type TokenEndpoint } from '../../fakes/token-endpoint.ts';
import { conversationBench, mail, type OpenOptions, security } from './conversations.ts';

const { clock, failureOf, logged, openTo, upstreamWith } = conversationBench();

const basic = (change: Partial<OutboundSecurity> = {}): OpenOptions => ({
  security: security({ authentication: 'basic', userName: 'relay@example.org', ...change }),
  secrets: { password: 'pä\u00a0ss word', clientSecret: null },
});

test.each([
  { offered: ['PLAIN', 'LOGIN'], mechanism: 'PLAIN' },
  { offered: ['CRAM-MD5', 'LOGIN'], mechanism: 'LOGIN' },
])('delivery.authentication basic and delivery.userName: $mechanism of $offered', async ({ offered, mechanism }) => {
  const upstream = await upstreamWith({ startTls: 'works', auth: offered });
  const conversation = await openTo(upstream.port, basic());
  expect(upstream.logins).toEqual([{ mechanism, user: 'relay@example.org', secret: 'pä\u00a0ss word' }]);
  await conversation.send(mail());
  await conversation.send(mail());
  expect(upstream.messages).toHaveLength(2);
  expect(upstream.logins).toHaveLength(1);
});

test('delivery.authentication none: no login even where one is offered', async () => {
  const upstream = await upstreamWith({ startTls: 'works', auth: ['PLAIN'] });
  await openTo(upstream.port, { security: security({ userName: 'relay@example.org' }) });
  expect(upstream.logins).toEqual([]);
});

test.each<{ what: string; change?: OpenOptions; auth?: readonly string[]; login?: string; words: string }>([
  {
    what: 'is refused',
    login: '535 5.7.8 Bad password',
    words: 'did not accept the login of relay@example.org: Bad password',
  },
  { what: 'is refused for now', login: '454 4.7.0 Later', words: 'Later' },
  { what: 'is not offered', auth: [], words: 'the server offers no login (AUTH)' },
  { what: 'is offered by other means only', auth: ['GSSAPI', 'NTLM'], words: 'only GSSAPI, NTLM' },
  { what: 'has no password', change: { secrets: { password: null, clientSecret: null } }, words: 'no password' },
  { what: 'cuts the connection', login: 'drop', words: 'did not accept the login' },
])('a login that $what is a temporary failure of the destination', async ({ change, words, ...row }) => {
  const { auth = ['PLAIN', 'LOGIN'], login = '235 Ok' } = row;
  const upstream = await upstreamWith({ startTls: 'works', auth, login });
  const failure = await failureOf(upstream.port, { ...basic(), ...change });
  expect(failure).toMatchObject({ permanent: false, stage: 'auth', text: expect.stringContaining(words) });
  expect(failure.text).toContain('gw.example.org [127.0.0.1]');
  await eventually(() => upstream.openConnections).toBe(0);
  expect(upstream.messages).toEqual([]);
});

test('a login goes over loopback in clear text as well: nobody listens there', async () => {
  const upstream = await upstreamWith({ auth: ['PLAIN'], startTls: 'broken' });
  const conversation = await openTo(upstream.port, basic());
  expect(conversation.encrypted).toBe(false);
  expect(upstream.logins).toHaveLength(1);
});

test('HELO set for a domain: no login', async () => {
  const upstream = await upstreamWith({ auth: ['PLAIN'] });
  await openTo(upstream.port, { ...basic(), helo: true });
  expect(upstream.logins).toEqual([]);
});

test('an answer to a login that never comes ends the attempt', async () => {
  const upstream = await upstreamWith({ startTls: 'works', auth: ['PLAIN'], login: 'hang' });
  const failure = failureOf(upstream.port, basic());
  await eventually(() => upstream.logins).toHaveLength(1);
  await clock.advance(50_000);
  expect(await failure).toMatchObject({
    stage: 'auth',
    permanent: false,
    text: expect.stringContaining('no answer to AUTH within 50 seconds'),
  });
});

test('the protocol log has the login without what is secret in it', async () => {
  for (const mechanism of ['PLAIN', 'LOGIN']) {
    const upstream = await upstreamWith({ startTls: 'works', auth: [mechanism] });
    await openTo(upstream.port, basic());
  }
  const lines = logged.map(({ method, query, status }) => `${method} ${query} ${status}`);
  expect(lines).toContain('AUTH PLAIN 0');
  expect(lines).toContain('AUTH LOGIN 0');
  expect(lines.filter((line) => line === 'AUTH *** 0')).toHaveLength(2);
  const everything = JSON.stringify(logged);
  for (const secret of ['pä\u00a0ss word', 'relay@example.org']) {
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(Buffer.from(secret).toString('base64'));
  }
});

let endpoint: TokenEndpoint;
beforeEach(async () => {
  endpoint = await startTokenEndpoint();
});
afterEach(() => endpoint.stop());

/** As Microsoft 365 wants it; one cache for all conversations of the test. */
const oauth = (change: Partial<OpenOptions> = {}): OpenOptions => ({
  security: security({
    authentication: 'oauth2',
    userName: 'relay@example.org',
    oauthTokenEndpoint: endpoint.url,
    oauthClientId: 'client-1',
    oauthScope: 'https://outlook.office365.com/.default',
  }),
  secrets: { password: null, clientSecret: 's3cret' },
  tokens: new TokenCache({ clock, formPost: createFormPost(() => []) }),
  ...change,
});

test('delivery.authentication oauth2: a token by oauthTokenEndpoint, oauthClientId and oauthScope logs userName in', async () => {
  const upstream = await upstreamWith({ startTls: 'works', auth: ['LOGIN', 'XOAUTH2'] });
  const options = oauth();
  const conversation = await openTo(upstream.port, options);
  expect(endpoint.requests).toEqual([
    {
      grant_type: 'client_credentials',
      client_id: 'client-1',
      client_secret: 's3cret',
      scope: 'https://outlook.office365.com/.default',
    },
  ]);
  await openTo(upstream.port, options);
  expect(endpoint.requests).toHaveLength(1);
  expect(upstream.logins).toEqual([
    { mechanism: 'XOAUTH2', user: 'relay@example.org', secret: 'token-1' },
    { mechanism: 'XOAUTH2', user: 'relay@example.org', secret: 'token-1' },
  ]);
  await conversation.send(mail());
  expect(upstream.messages).toHaveLength(1);
  expect(JSON.stringify(logged)).not.toContain('token-1');
  expect(JSON.stringify(logged)).not.toContain(Buffer.from('user=relay').toString('base64').slice(0, 12));
});

test('a token that is refused is renewed once', async () => {
  const upstream = await upstreamWith({
    startTls: 'works',
    auth: ['XOAUTH2'],
    login: (token) => (token === 'token-1' ? '535 5.7.3 Authentication unsuccessful' : '235 Ok'),
  });
  await openTo(upstream.port, oauth());
  expect(upstream.logins.map(({ secret }) => secret)).toEqual(['token-1', 'token-2']);
  expect(upstream.connections).toBe(1);

  upstream.behave({ login: '535 5.7.3 Authentication unsuccessful' });
  expect(await failureOf(upstream.port, oauth())).toMatchObject({
    stage: 'auth',
    permanent: false,
    code: 535,
    text: expect.stringContaining('relay@example.org: Authentication unsuccessful'),
  });
  expect(upstream.logins).toHaveLength(4);
});

test('a token endpoint that refuses is told in words, and never with the secret', async () => {
  const upstream = await upstreamWith({ startTls: 'works', auth: ['XOAUTH2'] });
  endpoint.reply(refusal('invalid_client', 'AADSTS7000215: Invalid client secret s3cret provided.'));
  const failure = await failureOf(upstream.port, oauth());
  expect(failure).toMatchObject({
    permanent: false,
    stage: 'auth',
    text: expect.stringContaining('invalid_client: AADSTS7000215: Invalid client secret *** provided.'),
  });
  expect(upstream.logins).toEqual([]);
});

test('a token endpoint that is down is a temporary failure', async () => {
  const upstream = await upstreamWith({ startTls: 'works', auth: ['XOAUTH2'] });
  const options = oauth();
  await endpoint.stop();
  const failure = await failureOf(upstream.port, options);
  expect(failure).toMatchObject({ permanent: false, stage: 'auth', text: expect.stringContaining('ECONNREFUSED') });
});

test('waiting for a token ends when the relay stops', async () => {
  const upstream = await upstreamWith({ startTls: 'works', auth: ['XOAUTH2'] });
  endpoint.reply('hang');
  const stop = new AbortController();
  const failure = failureOf(upstream.port, oauth({ signal: stop.signal }));
  await eventually(() => endpoint.requests).toHaveLength(1);
  stop.abort();
  expect(await failure).toMatchObject({ permanent: false });
  await eventually(() => upstream.openConnections).toBe(0);
});

test('a server that does not offer XOAUTH2 gets no token', async () => {
  const upstream = await upstreamWith({ startTls: 'works', auth: ['PLAIN'] });
  expect(await failureOf(upstream.port, oauth())).toMatchObject({
    text: expect.stringContaining('does not offer login by OAuth (XOAUTH2), only PLAIN'),
  });
  expect(endpoint.requests).toEqual([]);
});
