import { expect, test } from 'vitest';
import { draftOf, evaluateDraft, isTouched } from '../../../../renderer/properties/draft.ts';
import type { Draft, LimitDraft } from '../../../../renderer/properties/draft-types.ts';
import {
  defaultServerSettings,
  type ServerSettings,
  type SettingKey,
  settingKeys,
} from '../../../../shared/settings/server-settings.ts';
import { factsOf } from '../../../../shared/settings/setting-range.ts';

const edit = (change: Partial<Draft>, base: ServerSettings = defaultServerSettings) =>
  evaluateDraft(base, { ...draftOf(base), ...change });

test('a draft that nobody touched changes nothing', () => {
  const result = edit({});
  expect(result).toEqual({ changes: {}, problems: {} });
  expect(isTouched(result)).toBe(false);
});

test('what is not touched is not rounded and not judged', () => {
  const base = { ...defaultServerSettings, 'general.connectionTimeout': 91, 'delivery.retryIntervals': [1, 2, 3] };
  expect(edit({ 'general.name': 'Other' }, base).changes).toEqual({ 'general.name': 'Other' });
});

test('every setting is in the draft, and comes back as it was when it is put on another value and back', () => {
  const draft = draftOf(defaultServerSettings);
  expect(Object.keys(draft)).toEqual(settingKeys);
  for (const key of settingKeys) {
    const other = { ...defaultServerSettings, [key]: otherValue(key) };
    expect(evaluateDraft(other, draft), key).toEqual({
      changes: { [key]: defaultServerSettings[key] },
      problems: {},
    });
  }
});

/** A value of the setting that is not its default, whatever kind it is. */
function otherValue(key: SettingKey): unknown {
  const value: unknown = defaultServerSettings[key];
  const { kind, options = [], min } = factsOf(key);
  if (kind === 'switch') return value !== true;
  if (kind === 'choice') return options.find((option) => option !== value);
  if (kind === 'text') return `${String(value)}x`;
  if (Array.isArray(value)) return value.length > 0 ? [] : ['x'];
  return value === min ? Number(min) + 1 : min;
}

test('a limit that is off and a limit without a default suggest a number', () => {
  const base = { ...defaultServerSettings, 'general.connectionLimit': null };
  expect(draftOf(base)['general.connectionLimit']).toEqual({ on: false, text: '1000', unit: undefined });
  expect(draftOf(base)['delivery.messagesPerMinute']).toEqual({ on: false, text: '30', unit: undefined });
});

test.each([
  ['delivery.expiration', 432_000, { text: '5', unit: 'days' }],
  ['delivery.expiration', 129_600, { text: '36', unit: 'hours' }],
  ['general.connectionTimeout', 7_200, { text: '120', unit: 'minutes' }],
  ['delivery.connectTimeout', 600, { text: '600', unit: 'seconds' }],
  ['alerts.freeSpaceFloor', 104_857_600, { text: '100', unit: 'megabytes' }],
] as const)('%s of %i is shown as %o', (key, value, shown) => {
  expect(draftOf({ ...defaultServerSettings, [key]: value })[key]).toEqual(shown);
});

const limit = (on: boolean, text: string, unit?: LimitDraft['unit']): LimitDraft => ({ on, text, unit });

test.each<[string, Partial<Draft>, Partial<ServerSettings>]>([
  ['a name is trimmed', { 'general.name': ' Mail ' }, { 'general.name': 'Mail' }],
  [
    'minutes become seconds',
    { 'general.connectionTimeout': { text: '2.5', unit: 'minutes' } },
    { 'general.connectionTimeout': 150 },
  ],
  ['KB become bytes', { 'messages.sizeLimit': limit(true, '2048', 'kilobytes') }, { 'messages.sizeLimit': 2_097_152 }],
  [
    'a limit that is off is null',
    { 'messages.sizeLimit': limit(false, 'abc', 'kilobytes') },
    { 'messages.sizeLimit': null },
  ],
  [
    'hours become seconds',
    { 'delivery.expiration': { text: '36', unit: 'hours' } },
    { 'delivery.expiration': 129_600 },
  ],
  [
    'empty intervals are left out',
    { 'delivery.retryIntervals': ['2', '', '', '30'] },
    { 'delivery.retryIntervals': [120, 1_800] },
  ],
  ['a switch', { 'access.basic': true }, { 'access.basic': true }],
  ['a choice', { 'logging.period': 'weekly' }, { 'logging.period': 'weekly' }],
  ['a path is trimmed', { 'logging.folder': ' D:\\Logs ' }, { 'logging.folder': 'D:\\Logs' }],
  ['a list of choices', { 'logging.fields': ['time', 'date'] }, { 'logging.fields': ['time', 'date'] }],
  ['an identity', { 'general.listen': ['*:2525'] }, { 'general.listen': ['*:2525'] }],
  [
    'smart hosts keep their order',
    { 'delivery.smartHosts': ['b', 'a:587'] },
    { 'delivery.smartHosts': ['b', 'a:587'] },
  ],
  [
    'a host name',
    { 'delivery.fullyQualifiedName': 'ca01.example.org' },
    { 'delivery.fullyQualifiedName': 'ca01.example.org' },
  ],
])('%s', (_name, change, changes) => {
  const result = edit(change);
  expect(result).toEqual({ changes, problems: {} });
  expect(isTouched(result)).toBe(true);
});

test.each<[string, Partial<Draft>, unknown]>([
  ['an empty name', { 'general.name': '  ' }, { 'general.name': { code: 'empty' } }],
  ['no number', { 'general.connectionLimit': limit(true, 'many') }, { 'general.connectionLimit': { code: 'number' } }],
  ['a missing port', { 'general.listen': ['127.0.0.1:'] }, { 'general.listen': { code: 'port' } }],
  ['a port out of range', { 'general.listen': ['127.0.0.1:70000'] }, { 'general.listen': { code: 'port' } }],
  [
    'the same identity twice',
    { 'general.listen': ['[::1]:25', '[::1]:25'] },
    { 'general.listen': { code: 'duplicateEndpoint', endpoint: '[::1]:25' } },
  ],
  ['no identity at all', { 'general.listen': [] }, { 'general.listen': { code: 'empty' } }],
  ['a relative path', { 'logging.folder': 'Logs' }, { 'logging.folder': { code: 'path' } }],
  ['a share', { 'logging.folder': '\\\\server\\share' }, { 'logging.folder': { code: 'path' } }],
  ['half an address', { 'messages.reportCopyTo': 'admin' }, { 'messages.reportCopyTo': { code: 'mailAddress' } }],
  ['a domain with a wildcard', { 'domains.default': '*.org' }, { 'domains.default': { code: 'mailDomain' } }],
  [
    'a token address without https',
    { 'delivery.oauthTokenEndpoint': 'http://example.org' },
    { 'delivery.oauthTokenEndpoint': { code: 'webAddress' } },
  ],
  [
    'a user name with a colon',
    { 'access.users': ['a:b'] },
    { 'access.users': { code: 'refused', detail: "'a:b' is not a user name: 1 to 100 characters without a colon." } },
  ],
  [
    'no interval at all',
    { 'delivery.retryIntervals': ['', '', '', ''] },
    { 'delivery.retryIntervals': { code: 'amount' } },
  ],
  [
    'a host name with blanks',
    { 'delivery.fullyQualifiedName': 'ca 01' },
    { 'delivery.fullyQualifiedName': { code: 'hostName' } },
  ],
])('%s is a problem of its field', (_name, change, problems) => {
  const result = edit(change);
  expect(result).toEqual({ changes: {}, problems });
  expect(isTouched(result)).toBe(true);
});

test.each([
  [[60], ['', '', '', '1']],
  [
    [60, 300],
    ['1', '', '', '5'],
  ],
  [
    [60, 300, 900],
    ['1', '5', '', '15'],
  ],
  [
    [60, 300, 900, 3_600],
    ['1', '5', '15', '60'],
  ],
])('the intervals %j stand in the four fields with the last one as the subsequent', (seconds, texts) => {
  const base = { ...defaultServerSettings, 'delivery.retryIntervals': seconds };
  expect(draftOf(base)['delivery.retryIntervals']).toEqual(texts);
});
