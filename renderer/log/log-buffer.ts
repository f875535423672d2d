/** The lines of the protocol log that the view holds: appended as they come, bounded, searched here. Pure. */
import type { AnswerOf } from '../../shared/contract/calls.ts';
import type { ProtocolLogLine } from '../../shared/contract/servers.ts';

export type LogRow =
  | { readonly kind: 'line'; readonly id: string; readonly line: ProtocolLogLine; readonly searched: string }
  /** Lines that the relay had forgotten before they were asked for. */
  | { readonly kind: 'gap'; readonly id: string; readonly count: number };

export interface LogBuffer {
  /** Oldest first. */
  readonly rows: readonly LogRow[];
  /** Of the last line that came, shown or not: where to go on asking. */
  readonly sequence: number;
  /** Grows when the relay starts anew and counts from the beginning again. */
  readonly run: number;
  /** Lines of this run were seen before: a jump in the numbers means that some are missing. */
  readonly begun: boolean;
}

export const emptyLog: LogBuffer = { rows: [], sequence: 0, run: 1, begun: false };

export const mostLines = 5_000;

/** @param answer  Of `log.tail` after `buffer.sequence`, without a search. */
export function append(buffer: LogBuffer, answer: AnswerOf<'log.tail'>): LogBuffer {
  if (answer.sequence < buffer.sequence) return { ...buffer, sequence: 0, run: buffer.run + 1, begun: false };
  const { run } = buffer;
  const first = answer.lines[0]?.sequence ?? answer.sequence + 1;
  const missing = first - buffer.sequence - 1;
  const gap: readonly LogRow[] =
    buffer.begun && missing > 0 ? [{ kind: 'gap', id: `${run}-gap-${first}`, count: missing }] : [];
  const lines = answer.lines.map(
    (line): LogRow => ({ kind: 'line', id: `${run}-${line.sequence}`, line, searched: searchedText(line) }),
  );
  return {
    rows: lines.length === 0 && gap.length === 0 ? buffer.rows : [...buffer.rows, ...gap, ...lines].slice(-mostLines),
    sequence: Math.max(answer.sequence, answer.lines.at(-1)?.sequence ?? 0),
    run,
    begun: true,
  };
}

/** Only what comes from now on. */
export const cleared = (buffer: LogBuffer): LogBuffer => ({ ...buffer, rows: [] });

/** The relay searches the same: see electron/logging/line-ring.ts. */
const searchedText = ({ peer, user, method, query, status, sessionId }: ProtocolLogLine): string =>
  `${peer} ${user} ${method} ${query} ${status} ${sessionId}`.toLowerCase();

/** Lines that contain every word, whatever its case. */
export function matching(rows: readonly LogRow[], search: string): readonly LogRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => row.kind === 'line' && words.every((word) => row.searched.includes(word)));
}

/**
 * How many rows have left at the top, so that those one looks at can be kept in place.
 * Rows only ever leave at the top; of other rows altogether (another filter, a cleared view) none has.
 */
export function rowsGone(before: readonly LogRow[], after: readonly LogRow[]): number {
  const first = after[0];
  return first === undefined
    ? 0
    : Math.max(
        0,
        before.findIndex(({ id }) => id === first.id),
      );
}
