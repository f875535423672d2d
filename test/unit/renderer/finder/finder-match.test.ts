import { expect, test } from 'vitest';
import { findEntries } from '../../../../renderer/finder/finder-match.ts';
import { settingKeys } from '../../../../shared/settings/server-settings.ts';
import { languages, texts } from '../../../../shared/texts/index.ts';

const entry = (label: string, ...further: string[]) => ({ label, further });
const entries = [
  entry('Retry'),
  entry('Retry intervals (minutes)', 'delivery.retryIntervals', 'The waiting times after an attempt that failed.'),
  entry('Connection time-out (minutes)', 'general.connectionTimeout', 'An idle connection is closed.'),
  entry('Limit number of connections to', 'general.connectionLimit'),
  entry('Übermittlung'),
  entry('Smart host', 'delivery.smartHosts'),
];
const labels = (query: string): string[] => findEntries(entries, query).map(({ label }) => label);

test('nothing typed finds everything as it is', () => {
  expect(labels(' ')).toEqual(entries.map(({ label }) => label));
});

test('what begins with the letters comes before what contains them, the shorter of two first', () => {
  expect(labels('retry')).toEqual(['Retry', 'Retry intervals (minutes)']);
  expect(labels('connection')).toEqual(['Connection time-out (minutes)', 'Limit number of connections to']);
});

test('every word must occur, in whatever order', () => {
  expect(labels('minutes conn')).toEqual(['Connection time-out (minutes)']);
  expect(labels('retry smart')).toEqual([]);
});

test.each([
  ['the key on the command line', 'delivery.smartHosts', 'Smart host'],
  ['a part of the key', 'smarth', 'Smart host'],
  ['the sentence that explains it', 'idle', 'Connection time-out (minutes)'],
  ['letters left out', 'cnnection', 'Connection time-out (minutes)'],
  ['no accent', 'ubermitt', 'Übermittlung'],
  ['capitals', 'RETRY INT', 'Retry intervals (minutes)'],
])('%s finds it', (_what, query, label) => {
  expect(labels(query)[0]).toBe(label);
});

test('two letters in their order are not enough', () => {
  expect(labels('cn')).toEqual([]);
});

test('signs of expressions are letters like others', () => {
  expect(labels('(min')).toEqual(['Retry intervals (minutes)', 'Connection time-out (minutes)']);
  expect(labels('.*')).toEqual([]);
});

test.each(languages)('each setting is the first to be found by its key, in %s', (language) => {
  const all = settingKeys.map((key) => ({ ...entry(texts[language].settings[key].label, key), key }));
  for (const key of settingKeys) {
    expect(findEntries(all, key)[0]?.key).toBe(key);
  }
});
