import { expect, test } from 'vitest';
import { type Draft, draftOf, editedKeys, evaluateDraft, isTouched } from '../../../../renderer/properties/draft.ts';
import {
  defaultServerSettings,
  type ServerSettings,
  settingKeys,
} from '../../../../shared/settings/server-settings.ts';

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

test('the edited settings are those of the draft, in the order of the schema', () => {
  const inDraft = new Set(Object.keys(draftOf(defaultServerSettings)));
  expect(editedKeys).toEqual(settingKeys.filter((key) => inDraft.has(key)));
  expect(editedKeys).toContain('general.name');
  expect(editedKeys).not.toContain('domains.remote');
});

test('a setting that the sheet does not edit stays as it is', () => {
  const base: ServerSettings = {
    ...defaultServerSettings,
    'domains.default': 'corp.example.com',
    'access.basic': true,
  };
  expect(edit({ 'general.name': 'Other' }, base).changes).toEqual({ 'general.name': 'Other' });
});

test.each<[string, Partial<Draft>, Partial<ServerSettings>]>([
  ['a name is trimmed', { 'general.name': ' Mail ' }, { 'general.name': 'Mail' }],
  ['minutes become seconds', { 'general.connectionTimeout': '2.5' }, { 'general.connectionTimeout': 150 }],
  ['KB become bytes', { 'messages.sizeLimit': { on: true, text: '2048' } }, { 'messages.sizeLimit': 2_097_152 }],
  ['a limit that is off is null', { 'messages.sizeLimit': { on: false, text: 'abc' } }, { 'messages.sizeLimit': null }],
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
  [
    'no number',
    { 'general.connectionLimit': { on: true, text: 'many' } },
    { 'general.connectionLimit': { code: 'number' } },
  ],
  ['a missing port', { 'general.listen': ['127.0.0.1:'] }, { 'general.listen': { code: 'port' } }],
  ['a port out of range', { 'general.listen': ['127.0.0.1:70000'] }, { 'general.listen': { code: 'port' } }],
  [
    'the same identity twice',
    { 'general.listen': ['[::1]:25', '[::1]:25'] },
    { 'general.listen': { code: 'duplicateEndpoint', endpoint: '[::1]:25' } },
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
