/** Text for a terminal: aligned tables and JSON. What it shows comes from anywhere, hostile mail included. Pure. */

export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly alignRight?: boolean;
  /** Longer cells are cut with '…'. */
  readonly maxWidth?: number;
}

/** One line per row under a line of titles; columns as wide as their widest cell, two spaces apart. */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => columns.map((column) => cellOf(column, row)))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => widthOf(line[index] ?? ''))));
  return lines
    .map((line) =>
      columns
        .map(({ alignRight = false }, index) => pad(line[index] ?? '', widths[index] ?? 0, alignRight))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** 'Name:   value' lines, the values one below the other. */
export function formatPairs(pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length)) + 1;
  return pairs.map(([name, value]) => `${`${name}:`.padEnd(width)}  ${oneLine(value)}\n`).join('');
}

/** JSON that a terminal shows as it is: JSON itself lets DEL and the C1 control characters pass. */
export const formatJson = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(/[\u{7f}-\u{9f}]/gu, escapeCharacter)}\n`;

/** On one line, and no control or formatting character in it: none can move the cursor, colour or reverse the text. */
export const oneLine = (text: string): string =>
  text.replace(/\s+/gu, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\u{FFFD}');

/** Like `oneLine`, but lines and tabs stay. */
export const plainText = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[^\P{C}\n\t]/gu, '\u{FFFD}');

const escapeCharacter = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** In code points: near enough for a fixed-width terminal. */
const widthOf = (text: string): number => [...text].length;

function cellOf<Row>({ text, maxWidth }: Column<Row>, row: Row): string {
  const cell = oneLine(text(row));
  if (cell === '') return '-';
  const letters = [...cell];
  return maxWidth !== undefined && letters.length > maxWidth ? `${letters.slice(0, maxWidth - 1).join('')}…` : cell;
}

const pad = (text: string, width: number, alignRight: boolean): string => {
  const space = ' '.repeat(Math.max(width - widthOf(text), 0));
  return alignRight ? space + text : text + space;
};
