import { expect, test } from 'vitest';
import { formatList } from '../../../../renderer/app/export-list.ts';

const oneCell = (cell: string, format: 'csv' | 'tab'): string =>
  formatList({ headings: ['H'], rows: [[cell]] }, format).slice('H\r\n'.length, -'\r\n'.length);

test('headings and rows are lines that end with CRLF', () => {
  const table = {
    headings: ['Name', 'Port'],
    rows: [
      ['a', '25'],
      ['b', '26'],
    ],
  };
  expect(formatList(table, 'csv')).toBe('Name,Port\r\na,25\r\nb,26\r\n');
  expect(formatList(table, 'tab')).toBe('Name\tPort\r\na\t25\r\nb\t26\r\n');
});

test.each([
  ['plain', 'plain', 'plain'],
  ['a,b', '"a,b"', 'a,b'],
  ['a;b', '"a;b"', 'a;b'],
  ['say "hi"', '"say ""hi"""', 'say "hi"'],
  ['two\r\nlines', '"two\r\nlines"', 'two lines'],
  ['tab\there', 'tab\there', 'tab here'],
  ['-12.5', '-12.5', '-12.5'],
  ['=1+1', "'=1+1", "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)", "'@SUM(A1)"],
  ['+cmd|calc', "'+cmd|calc", "'+cmd|calc"],
  ['-cmd', "'-cmd", "'-cmd"],
  ['', '', ''],
])('the cell %j is written safely', (cell, csv, tab) => {
  expect(oneCell(cell, 'csv')).toBe(csv);
  expect(oneCell(cell, 'tab')).toBe(tab);
});
