import { expect, test } from 'vitest';
import { chooseLanguage, texts } from '../../../shared/texts/index.ts';

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
