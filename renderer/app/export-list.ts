/** Lists as files and as clipboard text: what is visible, nothing more. */
import { downloadFile } from './download-file.ts';

export interface ListTable {
  /** Headings of the visible columns. */
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export type ListFormat = 'csv' | 'tab';

/** A cell that a spreadsheet would run as a formula is made text: mail subjects come from strangers. */
const withoutFormula = (cell: string): string =>
  /^[=+\-@\t\r]/.test(cell) && !/^-?[0-9]/.test(cell) ? `'${cell}` : cell;

const csvCell = (cell: string): string => {
  const safe = withoutFormula(cell);
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const tabCell = (cell: string): string => withoutFormula(cell.replaceAll(/[\t\r\n]+/g, ' '));

/** Lines end with CRLF (RFC 4180), without a byte order mark. */
export const formatList = ({ headings, rows }: ListTable, format: ListFormat): string => {
  const [cell, separator] = format === 'csv' ? ([csvCell, ','] as const) : ([tabCell, '\t'] as const);
  return [headings, ...rows].map((line) => `${line.map(cell).join(separator)}\r\n`).join('');
};

/** Offers the list as a download. With a byte order mark: Excel takes UTF-8 for ANSI without one. */
export const downloadList = (name: string, table: ListTable, format: ListFormat): void => {
  const type = format === 'csv' ? 'text/csv' : 'text/plain';
  const content = new Blob(['\uFEFF', formatList(table, format)], { type: `${type};charset=utf-8` });
  downloadFile(`${name}.${format === 'csv' ? 'csv' : 'txt'}`, content);
};

/** Rows as tab-separated text with a heading line. */
export const copyList = (table: ListTable): Promise<void> => navigator.clipboard.writeText(formatList(table, 'tab'));
