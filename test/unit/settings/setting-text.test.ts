import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProblemError } from '../../../shared/contract/problem.ts';
import { defaultServerSettings, type SettingKey, settingKeys } from '../../../shared/settings/server-settings.ts';
import { factsOf } from '../../../shared/settings/setting-range.ts';
import { describeSetting, formatSettingText, parseSettingText } from '../../../shared/settings/setting-text.ts';
import { valuesOf } from './setting-values.ts';

const rows: readonly [SettingKey, string, unknown][] = [
  ['general.name', 'Mail of CA01', 'Mail of CA01'],
  ['general.state', 'paused', 'paused'],
  ['general.state', 'STOPPED', 'stopped'],
  ['general.listen', '127.0.0.1:2525', ['127.0.0.1:2525']],
  ['general.listen', ' 127.0.0.1:25 , [::1]:25,*:587 ', ['127.0.0.1:25', '[::1]:25', '*:587']],
  ['general.connectionLimit', '50', 50],
  ['general.connectionLimit', 'unlimited', null],
  ['general.connectionLimit', 'None', null],
  ['general.connectionLimit', 'off', null],
  ['delivery.delayNotification', 'never', null],
  ['delivery.delayNotification', 'unlimited', null],
  ['general.connectionTimeout', '90', 90],
  ['general.connectionTimeout', '2m', 120],
  ['access.relayMode', 'allexceptlisted', 'allExceptListed'],
  ['access.relayList', 'host,10.0.0.0/24,fd00::/8', ['host', '10.0.0.0/24', 'fd00::/8']],
  ['access.relayList', '', []],
  ['messages.sizeLimit', '10MB', 10_485_760],
  ['messages.sizeLimit', '512 kb', 524_288],
  ['messages.sizeLimit', 'none', null],
  ['delivery.retryIntervals', '2s,15m,4h,5d', [2, 900, 14_400, 432_000]],
  ['delivery.expiration', '5d', 432_000],
  ['delivery.smartHosts', 'mail.example.org:587,[2001:db8::1]:25', ['mail.example.org:587', '[2001:db8::1]:25']],
  ['delivery.smartHosts', 'none', []],
  ['delivery.fullyQualifiedName', '', ''],
  ['access.basic', 'ON', true],
  ['access.basic', 'no', false],
  ['access.users', 'ca01, ca02', ['ca01', 'ca02']],
  ['access.users', '["none", "Smith, John"]', ['none', 'Smith, John']],
  ['logging.fields', 'DATE,cs(cookie)', ['date', 'cs(Cookie)']],
  [
    'domains.remote',
    '[{"name":"*.example.org","held":true}]',
    [
      {
        name: '*.example.org',
        held: true,
        relayAllowed: false,
        helo: false,
        smartHosts: [],
        port: null,
        security: null,
      },
    ],
  ],
  ['domains.remote', 'none', []],
];

test.each(rows)('%s takes %j', (key, text, value) => {
  expect(parseSettingText(key, text)).toEqual(value);
});

const refusals: readonly [SettingKey, string, string | RegExp][] = [
  ['general.name', ' ', 'general.name: It must not be empty.'],
  ['general.name', 'x'.repeat(101), 'general.name: It must not be longer than 100 characters.'],
  ['general.state', 'running', "general.state: 'running' is not started, stopped or paused."],
  [
    'general.listen',
    '127.0.0.1:25,127.0.0.1',
    "general.listen: '127.0.0.1' is not an address and port, such as '127.0.0.1:25', '[::1]:25' or '*:25'.",
  ],
  ['general.listen', '', 'general.listen: The list takes 1 to 32 entries, not 0.'],
  [
    'general.listen',
    '[::1]:25,::1',
    "general.listen: '::1' is not an address and port, such as '127.0.0.1:25', '[::1]:25' or '*:25'.",
  ],
  ['general.listen', '*:25,[FE80::1]:25,[fe80::1]:25', "general.listen: '[fe80::1]:25' is in the list twice."],
  [
    'general.connectionLimit',
    '0',
    "general.connectionLimit: '0' is not a whole number from 1 to 100000, or unlimited.",
  ],
  [
    'general.connectionLimit',
    '-5',
    "general.connectionLimit: '-5' is not a whole number from 1 to 100000, or unlimited.",
  ],
  [
    'general.connectionTimeout',
    'unlimited',
    "general.connectionTimeout: 'unlimited' is not a duration from 10s to 1d (such as 30s, 15m, 4h, 5d).",
  ],
  [
    'messages.sizeLimit',
    '100',
    "messages.sizeLimit: '100B' is not a size from 1KB to 1GB, or unlimited (such as 512KB, 10MB).",
  ],
  [
    'delivery.retryIntervals',
    '1m,soon',
    "delivery.retryIntervals: 'soon' is not a duration (such as 30s, 15m, 4h, 5d).",
  ],
  ['access.basic', 'maybe', "access.basic: 'maybe' is not on or off."],
  ['access.users', 'ca01,CA01', "access.users: 'CA01' is in the list twice."],
  ['access.users', 'a:b', "access.users: 'a:b' is not a user name: 1 to 100 characters without a colon."],
  ['delivery.userName', 'a\nb', "delivery.userName: 'a\u{FFFD}b' is not text on one line."],
  ['logging.fields', 'date,colour', /^logging\.fields: 'colour' is not one of date, time, /],
  ['domains.remote', 'example.org', "domains.remote: 'example.org' is not a list of remote domains."],
  [
    'domains.remote',
    '[{"name":"-"}]',
    "domains.remote: Entry 1, name: '-' is not a mail domain, such as 'example.org' or '*.example.org'.",
  ],
  [
    'domains.remote',
    '[{"name":"a.example"},{"name":"A.EXAMPLE"}]',
    "domains.remote: 'a.example' is in the list twice.",
  ],
  ['domains.remote', '[{"name":"a.example","prt":1}]', "domains.remote: Entry 1: there is no field 'prt'."],
  ['delivery.retryIntervals', '0s', "delivery.retryIntervals: '0s' is shorter than 1s."],
  ['delivery.retryIntervals', '8d', "delivery.retryIntervals: '8d' is longer than 7d."],
  ['delivery.retryIntervals', '1m,2m,3m,4m,5m', 'delivery.retryIntervals: The list takes 1 to 4 entries, not 5.'],
  ['delivery.outboundPort', '65536', "delivery.outboundPort: '65536' is not a whole number from 1 to 65535."],
  [
    'delivery.fullyQualifiedName',
    '-ca',
    "delivery.fullyQualifiedName: '-ca' is not a fully-qualified domain name; empty means the name of this computer.",
  ],
];

test.each(refusals)('%s refuses %j', (key, text, message) => {
  expect(problemOf(() => parseSettingText(key, text))).toMatchObject({
    code: 'invalidSetting',
    field: key,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
});

const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 500 })
  .map((codes) => String.fromCharCode(...codes));

test('a refusal stays short and on one line, whatever was given', () => {
  fc.assert(
    fc.property(fc.constantFrom(...settingKeys), anyText, (key, text) => {
      try {
        parseSettingText(key, text);
      } catch (error) {
        expect(error).toBeInstanceOf(ProblemError);
        const message = error instanceof ProblemError ? error.problem.message : '';
        expect(message.length).toBeLessThan(400);
        expect(message).not.toMatch(/\p{Cc}/u);
      }
    }),
  );
});

test.each(settingKeys)('%s: the text of any value reads back as that value', (key) => {
  fc.assert(
    fc.property(valuesOf(key), (value) => {
      expect(parseSettingText(key, formatSettingText(key, value))).toEqual(value);
    }),
  );
});

test.each(settingKeys)('%s: the default reads back and is described', (key) => {
  const description = describeSetting(key);
  expect(parseSettingText(key, description.default)).toEqual(defaultServerSettings[key]);
  expect(description.key).toBe(key);
  expect(description.type).not.toBe('');
  expect(description.range === '').toBe(factsOf(key).kind === 'text');
});

test('descriptions say type, default and range in the words the command line takes', () => {
  expect(describeSetting('messages.sizeLimit')).toEqual({
    key: 'messages.sizeLimit',
    type: 'size',
    default: '10MB',
    range: '1KB to 1GB, or unlimited',
  });
  expect(describeSetting('delivery.retryIntervals')).toMatchObject({
    type: 'list of durations',
    default: '1m,5m,15m,1h',
  });
  expect(describeSetting('alerts.oldestMessage')).toMatchObject({ default: '4h', range: '1m to 365d, or never' });
  expect(formatSettingText('alerts.oldestMessage', null)).toBe('never');
  expect(describeSetting('general.mailroot')).toMatchObject({ type: 'folder', default: '', range: '' });
  expect(describeSetting('delivery.oauthTokenEndpoint').type).toBe('web address');
  expect(describeSetting('access.basic')).toMatchObject({ type: 'switch', default: 'off', range: 'on or off' });
  expect(describeSetting('domains.remote')).toMatchObject({ type: 'list of remote domains', default: '[]' });
  expect(describeSetting('general.state').range).toBe('started, stopped or paused');
});

function problemOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  return undefined;
}
