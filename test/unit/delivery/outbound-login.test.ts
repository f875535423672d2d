import { expect, test } from 'vitest';
import { logIn } from '../../../electron/delivery/outbound-login.ts';
import { TokenCache } from '../../../electron/delivery/token-cache.ts';
import { outboundSecuritySchema } from '../../../shared/settings/outbound-security.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

/** Logs in at a connection of the given kind. @returns whether the login was sent */
const tryIt = async (address: string, encrypted: boolean, authentication: 'basic' | 'oauth2'): Promise<boolean> => {
  let sent = false;
  const connection: Parameters<typeof logIn>[0] = {
    secure: encrypted,
    offered: ['AUTH PLAIN XOAUTH2'],
    destroyed: false,
    login: (_proof, done) => {
      sent = true;
      done(null, true);
    },
    once: () => Object.create(null),
    removeListener: () => Object.create(null),
  };
  const formPost = { post: async () => ({ status: 200, body: '{"access_token":"t"}' }) };
  const failure = await logIn(
    connection,
    { loss: { message: 'lost' } },
    {
      security: outboundSecuritySchema.parse({
        authentication,
        userName: 'u',
        oauthTokenEndpoint: 'https://login.example.org/',
      }),
      secrets: { password: 'p', clientSecret: 's' },
      tokens: new TokenCache({ clock: new FakeClock(), formPost }),
      address,
      host: 'gw',
      signal: new AbortController().signal,
    },
  );
  expect(failure === null).toBe(sent);
  if (failure !== null) expect(failure).toMatchObject({ permanent: false, stage: 'auth' });
  return sent;
};

test.each([
  { address: '192.0.2.1', encrypted: true, sent: true },
  { address: '192.0.2.1', encrypted: false, sent: false },
  { address: '2001:db8::1', encrypted: false, sent: false },
  { address: '127.0.0.1', encrypted: false, sent: true },
  { address: '127.1.2.3', encrypted: false, sent: true },
  { address: '::1', encrypted: false, sent: true },
  { address: '::ffff:127.0.0.1', encrypted: false, sent: true },
  { address: '::ffff:192.0.2.1', encrypted: false, sent: false },
])('to $address, encrypted $encrypted, a login is sent: $sent', async ({ address, encrypted, sent }) => {
  expect(await tryIt(address, encrypted, 'basic')).toBe(sent);
  expect(await tryIt(address, encrypted, 'oauth2')).toBe(sent);
});
