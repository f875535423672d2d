import { expect, test } from 'vitest';
import { formatJson, formatPairs, formatTable, oneLine, plainText } from '../../../electron/cli/output.ts';

interface Pet {
  readonly name: string;
  readonly legs: number;
}

const columns = [
  { title: 'NAME', text: ({ name }: Pet) => name, maxWidth: 8 },
  { title: 'LEGS', text: ({ legs }: Pet) => String(legs), alignRight: true },
  { title: 'NOTE', text: () => '' },
];

test('columns are aligned, long cells cut, empty ones marked', () => {
  const pets = [
    { name: 'cat', legs: 4 },
    { name: 'centipede of the wood', legs: 100 },
  ];
  expect(formatTable(columns, pets)).toBe(
    ['NAME      LEGS  NOTE', 'cat          4  -', 'centipe…   100  -', ''].join('\n'),
  );
});

test('a letter beyond the basic plane takes one place and is not cut in half', () => {
  expect(formatTable(columns, [{ name: '📮📮📮📮📮📮📮📮📮', legs: 0 }])).toContain('📮📮📮📮📮📮📮…     0');
});

test('names and values stand one below the other', () => {
  expect(
    formatPairs([
      ['From', 'ca@example.org'],
      ['Subject', 'two\r\n lines'],
    ]),
  ).toBe('From:     ca@example.org\nSubject:  two lines\n');
});

test.each([
  ['an escape sequence', '\u{1b}[31mred\u{1b}[0m', '\u{FFFD}[31mred\u{FFFD}[0m'],
  ['the one-byte escape', '\u{9b}2J', '\u{FFFD}2J'],
  ['a bell', 'ding\u{7}', 'ding\u{FFFD}'],
  ['text turned round', 'evil\u{202e}txt.exe', 'evil\u{FFFD}txt.exe'],
  ['line ends', 'one\r\ntwo\u{2028}three', 'one two three'],
  ['half a letter', 'x\u{d800}y', 'x\u{FFFD}y'],
  ['other scripts', 'Müller 管理 ✓', 'Müller 管理 ✓'],
])('%s in a cell does nothing to the terminal', (_name, text, shown) => {
  expect(oneLine(text)).toBe(shown);
});

test('text keeps its lines and tabs, and nothing else that a terminal obeys', () => {
  expect(plainText('a\tb\r\nc\rd\u{1b}]0;title\u{7}')).toBe('a\tb\nc\nd\u{FFFD}]0;title\u{FFFD}');
});

test('JSON carries control characters as escapes and reads back the same', () => {
  const value = { subject: '\u{1b}[2J \u{9b}2J \u{7f} ü' };
  const text = formatJson(value);
  expect(text.trimEnd()).not.toMatch(/[^\P{Cc}\n]/u);
  expect(JSON.parse(text)).toEqual(value);
});
