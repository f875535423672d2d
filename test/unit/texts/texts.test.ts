import { expect, test } from 'vitest';
import { isUnitChosen } from '../../../renderer/properties/amounts.ts';
import type { FieldFacts } from '../../../shared/settings/field.ts';
import { settingKeys } from '../../../shared/settings/server-settings.ts';
import { factsOf } from '../../../shared/settings/setting-range.ts';
import { chooseLanguage, languages, texts } from '../../../shared/texts/index.ts';

/** 'app.tree.computer' to its text. */
const leaves = (node: unknown, path = ''): readonly (readonly [string, string])[] =>
  typeof node === 'string'
    ? [[path, node]]
    : Object.entries(node ?? {}).flatMap(([key, child]) => leaves(child, path === '' ? key : `${path}.${key}`));

const english = new Map(leaves(texts.en));
const german = new Map(leaves(texts.de));
const placeholders = (text: string): string =>
  [...text.matchAll(/\{\{([^}]+)\}\}/g)]
    .map(([, name]) => name)
    .toSorted()
    .join();

test('German has exactly the texts that English has', () => {
  expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted());
});

test('both languages have the same values in each text', () => {
  const different = [...english].filter(([key, text]) => placeholders(german.get(key) ?? '') !== placeholders(text));
  expect(different).toEqual([]);
});

test('no text is empty or has stray blanks around it', () => {
  const stray = [...english, ...german].filter(([, text]) => text === '' || text !== text.trim());
  expect(stray).toEqual([]);
});

const unitWords = {
  en: { seconds: 'seconds', minutes: 'minutes', hours: 'hours', days: 'days', kilobytes: 'KB', megabytes: 'MB' },
  de: { seconds: 'Sekunden', minutes: 'Minuten', hours: 'Stunden', days: 'Tage', kilobytes: 'KB', megabytes: 'MB' },
} as const satisfies Record<string, Record<NonNullable<FieldFacts['shownIn']>, string>>;

test.each(languages)('each label in %s ends with the unit its setting is shown in', (language) => {
  const words = Object.values(unitWords[language]);
  const unitInLabel = (label: string) => words.find((word) => label.endsWith(` (${word})`));
  const wrong = settingKeys.filter((key) => {
    const { shownIn } = factsOf(key);
    // The property sheet lets the unit of longer times be chosen beside the value, as IIS does.
    const unit = shownIn === undefined || isUnitChosen(shownIn) ? undefined : unitWords[language][shownIn];
    return unitInLabel(texts[language].settings[key].label) !== unit;
  });
  expect(wrong).toEqual([]);
});

test.each(languages)('help in %s is made of whole sentences, and a label is none', (language) => {
  const { settings, remoteDomain, outboundSecurity } = texts[language];
  const all = Object.entries({ ...settings, ...remoteDomain, ...outboundSecurity });
  // A sentence may end with an address to copy.
  expect(all.filter(([, { label, help }]) => label.endsWith('.') || !/(?:\.|https:\S+)$/.test(help))).toEqual([]);
});

test.each(languages)('the options of one setting have different words in %s', (language) => {
  const alike = Object.entries(texts[language].settingOptions).filter(
    ([, options]) => new Set(Object.values(options)).size < Object.keys(options).length,
  );
  expect(alike).toEqual([]);
});

test.each([
  [['de-AT', 'en-US'], 'de'],
  [['fr', 'DE'], 'de'],
  [['en-GB', 'de'], 'en'],
  [['fr', 'it'], 'en'],
  [['den'], 'en'],
  [[], 'en'],
])('for %j the console speaks %s', (wanted, language) => {
  expect(chooseLanguage(wanted)).toBe(language);
});
