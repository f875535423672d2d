import { expect, test } from 'vitest';
import { conversationTimeouts, transactionOptions } from '../../../electron/delivery/outbound-limits.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';

test.each([
  { setting: 'delivery.connectTimeout', timeout: 'connectTimeoutMs' },
  { setting: 'delivery.greetingTimeout', timeout: 'greetingTimeoutMs' },
  { setting: 'delivery.commandTimeout', timeout: 'commandTimeoutMs' },
  { setting: 'delivery.finalReplyTimeout', timeout: 'finalReplyTimeoutMs' },
  { setting: 'delivery.connectionTimeout', timeout: 'idleTimeoutMs' },
] as const)('$setting is $timeout, in milliseconds, and nothing else', ({ setting, timeout }) => {
  const usual = conversationTimeouts(defaultServerSettings);
  const changed = conversationTimeouts({ ...defaultServerSettings, [setting]: 77 });
  expect(changed).toEqual({ ...usual, [timeout]: 77_000 });
  expect(usual[timeout]).not.toBe(77_000);
});

test('messages.recipientLimit and delivery.masqueradeDomain hold for every transaction', () => {
  expect(transactionOptions({ ...defaultServerSettings, 'messages.recipientLimit': 7 })).toEqual({
    recipientLimit: 7,
    masquerade: null,
  });
  const masqueraded = transactionOptions({
    ...defaultServerSettings,
    'delivery.masqueradeDomain': 'public.example',
    'domains.default': 'home.example',
    'domains.aliases': ['alias.example'],
  });
  expect(masqueraded.masquerade).toEqual({
    domain: 'public.example',
    localDomains: ['home.example', 'alias.example'],
  });
});
