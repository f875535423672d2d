/** A column of a short list. */
import type { IconName } from './icons.ts';
import type { ColumnPlace } from './list-layout.ts';

export interface ListColumn<Row> extends ColumnPlace {
  readonly text: (row: Row) => string;
  /** What to sort by; the text when absent. */
  readonly sortValue?: (row: Row) => string | number;
  readonly icon?: (row: Row) => IconName;
}
