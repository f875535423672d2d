import { expect, test } from 'vitest';
import {
  append,
  cleared,
  emptyLog,
  type LogRow,
  matching,
  mostLines,
  rowsGone,
} from '../../../../renderer/log/log-buffer.ts';
import { line, lines } from './lines.ts';

const shown = (rows: readonly LogRow[]): readonly (number | string)[] =>
  rows.map((row) => (row.kind === 'line' ? row.line.sequence : `${row.count} missing`));

test('lines are appended in order and asked for after the last one', () => {
  const first = append(emptyLog, { sequence: 3, lines: lines(2, 3) });
  const second = append(first, { sequence: 5, lines: lines(4, 5) });
  expect(shown(second.rows)).toEqual([2, 3, 4, 5]);
  expect(second.sequence).toBe(5);
});

test('an answer without lines draws nothing anew', () => {
  const before = append(emptyLog, { sequence: 2, lines: lines(1, 2) });
  expect(append(before, { sequence: 2, lines: [] }).rows).toBe(before.rows);
});

test('lines that the relay had forgotten already are counted, but not those before one looked', () => {
  const first = append(emptyLog, { sequence: 900, lines: lines(800, 900) });
  expect(shown(first.rows)[0]).toBe(800);
  expect(shown(append(first, { sequence: 3_000, lines: lines(2_999, 3_000) }).rows).slice(-3)).toEqual([
    '2098 missing',
    2_999,
    3_000,
  ]);
});

test('a first line after an empty log misses nothing', () => {
  const empty = append(emptyLog, { sequence: 0, lines: [] });
  expect(shown(append(empty, { sequence: 1, lines: [line(1)] }).rows)).toEqual([1]);
});

test('of a relay that counts anew, the earlier lines stay and the new ones have ids of their own', () => {
  const before = append(emptyLog, { sequence: 3, lines: lines(1, 3) });
  const restarted = append(before, { sequence: 1, lines: [] });
  expect(restarted.sequence).toBe(0);
  const after = append(restarted, { sequence: 1, lines: [line(1)] });
  expect(shown(after.rows)).toEqual([1, 2, 3, 1]);
  expect(new Set(after.rows.map(({ id }) => id)).size).toBe(4);
});

test('no more lines are kept than the view can hold, the latest ones', () => {
  let buffer = emptyLog;
  for (let from = 1; from <= mostLines + 1_000; from += 1_000) {
    buffer = append(buffer, { sequence: from + 999, lines: lines(from, from + 999) });
  }
  expect(buffer.rows.length).toBe(mostLines);
  expect(shown(buffer.rows).at(0)).toBe(1_001);
  expect(shown(buffer.rows).at(-1)).toBe(mostLines + 1_000);
});

test('a cleared view goes on with the next line, without a gap', () => {
  const buffer = cleared(append(emptyLog, { sequence: 3, lines: lines(1, 3) }));
  expect(buffer.rows).toEqual([]);
  expect(shown(append(buffer, { sequence: 4, lines: [line(4)] }).rows)).toEqual([4]);
});

test.each([
  ['', 3],
  ['   ', 3],
  ['RCPT', 1],
  ['rcpt 550', 1],
  ['printer', 1],
  ['ca01 ehlo', 1],
  ['192.0.2.25', 1],
  ['rcpt ehlo', 0],
])('the filter %j lets %i lines through', (search, count) => {
  const { rows } = append(emptyLog, {
    sequence: 3,
    lines: [
      line(1, { method: 'EHLO' }),
      line(2, { method: 'RCPT', query: 'TO:<a@b.example>', status: 550, user: 'printer' }),
      line(3, { direction: 'outboundCommand', peer: '192.0.2.25', user: '' }),
    ],
  });
  expect(matching(rows, search).length).toBe(count);
});

test('rows that left at the top are counted, other rows altogether are not', () => {
  const { rows } = append(emptyLog, { sequence: 5, lines: lines(1, 5) });
  expect(rowsGone(rows, rows.slice(2))).toBe(2);
  expect(rowsGone(rows, rows)).toBe(0);
  expect(rowsGone(rows.slice(3), rows)).toBe(0);
  expect(rowsGone(rows, [])).toBe(0);
});
