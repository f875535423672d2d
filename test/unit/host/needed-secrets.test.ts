import { expect, test } from 'vitest';
import { missingSecrets, neededSecrets } from '../../../electron/host/needed-secrets.ts';
import { serverSettingsSchema } from '../../../shared/settings/server-settings.ts';

const remote = (name: string, authentication?: string) => ({
  name,
  ...(authentication === undefined ? {} : { security: { authentication } }),
});

test('nothing is needed without logins', () => {
  expect(neededSecrets(serverSettingsSchema.parse({}))).toEqual([]);
  expect(neededSecrets(serverSettingsSchema.parse({ 'domains.remote': [remote('a.example', 'none')] }))).toEqual([]);
});

test('users, the server itself and its remote domains need theirs', () => {
  const values = serverSettingsSchema.parse({
    'access.users': ['Anna'],
    'delivery.authentication': 'oauth2',
    'domains.remote': [remote('A.example', 'basic'), remote('b.example'), remote('*.c.example', 'oauth2')],
  });
  expect(neededSecrets(values)).toEqual([
    'user:Anna',
    'delivery.clientSecret',
    'domain:a.example:password',
    'domain:*.c.example:clientSecret',
  ]);
  expect(missingSecrets(values, ['user:ANNA', 'domain:a.example:password', 'delivery.password'])).toEqual([
    'delivery.clientSecret',
    'domain:*.c.example:clientSecret',
  ]);
});
