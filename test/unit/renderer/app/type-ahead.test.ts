import { expect, test } from 'vitest';
import { isLetter, nothingTyped, rowOfTyped, withLetter } from '../../../../renderer/app/type-ahead.ts';

const key = (name: string, more = {}) => ({ key: name, ctrlKey: false, altKey: false, metaKey: false, ...more });
const rows = ['[Alpha]', 'Beta', 'bravo', 'Charlie', 'Über'];

test('letters, digits and signs are typed, keys with a name or with Ctrl are not', () => {
  for (const name of ['a', 'Ü', '7', '#']) expect(isLetter(key(name), nothingTyped, 0), name).toBe(true);
  for (const name of ['Enter', 'F5', 'ArrowDown']) expect(isLetter(key(name), nothingTyped, 0), name).toBe(false);
  expect(isLetter(key('a', { ctrlKey: true }), nothingTyped, 0)).toBe(false);
});

test('a space selects, but within a word it is a letter', () => {
  const typed = withLetter(nothingTyped, 's', 0);
  expect(isLetter(key(' '), nothingTyped, 0)).toBe(false);
  expect(isLetter(key(' '), typed, 500)).toBe(true);
  expect(isLetter(key(' '), typed, 2_000)).toBe(false);
});

test('letters that follow each other are one word, after a pause a new one begins', () => {
  const word = withLetter(withLetter(nothingTyped, 'b', 0), 'r', 900);
  expect(word.typed).toBe('br');
  expect(withLetter(word, 'c', 1_901).typed).toBe('c');
});

test.each([
  ['one letter goes to the next row with it', 'b', 1, 2],
  ['and around the end to the first', 'b', 2, 1],
  ['the same letter again goes on', 'bb', 1, 2],
  ['a word stays where it still fits', 'br', 2, 2],
  ['capitals and umlauts do not matter', 'ü', -1, 4],
  ['brackets around a caption do not count', 'al', -1, 0],
  ['nothing begins with it', 'x', 0, null],
])('%s', (_what, typed, from, index) => {
  expect(rowOfTyped(rows, from, typed)).toBe(index);
});

test('an empty list has no such row', () => {
  expect(rowOfTyped([], -1, 'a')).toBeNull();
});
