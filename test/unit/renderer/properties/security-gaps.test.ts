import { expect, test } from 'vitest';
import { isInClearText, securityGaps } from '../../../../renderer/properties/delivery/security-gaps.ts';
import { type OutboundSecurity, outboundSecuritySchema } from '../../../../shared/settings/outbound-security.ts';

const security = (part: Partial<OutboundSecurity>): OutboundSecurity => outboundSecuritySchema.parse(part);

test.each([
  [{}, 'none', []],
  [{ authentication: 'basic' }, 'none', ['userName', 'password']],
  [{ authentication: 'basic', userName: 'ca01' }, 'set', []],
  [{ authentication: 'basic', userName: 'ca01' }, 'willBeSet', []],
  [{ authentication: 'basic', userName: ' ' }, 'willBeRemoved', ['userName', 'password']],
  [{ authentication: 'oauth2' }, 'none', ['oauthTokenEndpoint', 'oauthClientId', 'userName', 'clientSecret']],
  [
    { authentication: 'oauth2', userName: 'a@b.example', oauthTokenEndpoint: 'https://t.example', oauthClientId: 'x' },
    'set',
    [],
  ],
] as const)('%j with a secret that is %s lacks %j', (part, state, gaps) => {
  expect(securityGaps(security(part), state)).toEqual(gaps);
});

test('a login in clear text is one without TLS that must be', () => {
  expect(isInClearText(security({ authentication: 'basic' }))).toBe(true);
  expect(isInClearText(security({ authentication: 'basic', tlsMode: 'off' }))).toBe(true);
  expect(isInClearText(security({ authentication: 'basic', tlsMode: 'off', implicitTls: true }))).toBe(false);
  expect(isInClearText(security({ authentication: 'oauth2', tlsMode: 'required' }))).toBe(false);
  expect(isInClearText(security({ tlsMode: 'off' }))).toBe(false);
});
