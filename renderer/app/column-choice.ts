/** Which columns of a list are shown, and in which order; remembered. Pure. */

export interface ColumnChoice {
  /** Ids of all columns, hidden ones included; a column that is missing here comes last. */
  readonly order: readonly string[];
  readonly hidden: readonly string[];
}

export const everyColumn: ColumnChoice = { order: [], hidden: [] };

const texts = (raw: unknown): readonly string[] =>
  Array.isArray(raw) ? [...new Set(raw.filter((item): item is string => typeof item === 'string'))] : [];

/** Whatever is found in the storage becomes a choice. */
export function parseColumnChoice(raw: unknown): ColumnChoice {
  const { order, hidden } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  return { order: texts(order), hidden: texts(hidden) };
}

interface Identified {
  readonly id: string;
}

/** All columns in the chosen order. */
export function orderedColumns<Column extends Identified>(
  columns: readonly Column[],
  { order }: ColumnChoice,
): readonly Column[] {
  const place = ({ id }: Column): number => {
    const at = order.indexOf(id);
    return at < 0 ? order.length : at;
  };
  return columns.toSorted((one, other) => place(one) - place(other));
}

/** The columns to draw: never none, for that could not be undone by looking. */
export function shownColumns<Column extends Identified>(
  columns: readonly Column[],
  choice: ColumnChoice,
): readonly Column[] {
  const ordered = orderedColumns(columns, choice);
  const shown = ordered.filter(({ id }) => !choice.hidden.includes(id));
  return shown.length === 0 ? ordered : shown;
}

/** Nothing changes when it would hide the last one. */
export function withColumnShown(
  choice: ColumnChoice,
  columns: readonly Identified[],
  id: string,
  shown: boolean,
): ColumnChoice {
  const hidden = shown ? choice.hidden.filter((other) => other !== id) : [...new Set([...choice.hidden, id])];
  return columns.every((column) => hidden.includes(column.id)) ? choice : { ...choice, hidden };
}

/** @param step  -1 moves the column towards the start. */
export function withColumnMoved(
  choice: ColumnChoice,
  columns: readonly Identified[],
  id: string,
  step: -1 | 1,
): ColumnChoice {
  const order = orderedColumns(columns, choice).map((column) => column.id);
  const from = order.indexOf(id);
  const neighbour = order[from + step];
  if (from < 0 || neighbour === undefined) return choice;
  order[from + step] = id;
  order[from] = neighbour;
  return { ...choice, order };
}
