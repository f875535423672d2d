import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueFilter, QueueRow, ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import type { ListTable } from '../app/export-list.ts';
import type { ProgressControl } from '../app/ProgressBar.tsx';
import { useRememberedState } from '../app/use-remembered-state.ts';
import {
  type ColumnLayout,
  parseLayout,
  parseSort,
  type QueueSort,
  querySort,
  visibleColumns,
} from './column-layout.ts';
import { cellExportText, queueColumns } from './columns.ts';
import { activeRules, dependsOnTime, noRules, parseRules, type QueueRules, queueFilterOf } from './filter-rules.ts';
import { createQueueFormat, localeOf, type QueueFormat } from './format.ts';
import type { QueueLoad, QueueQuery } from './queue-loader.ts';
import { isComplete, placesOf, type QueueWindow, type RowRange, rowAt } from './queue-window.ts';
import { type ListRows, readChosen, readRows } from './row-reader.ts';
import { type Chosen, chosenCount, isChosen, type Selection, type SelectionEvent } from './selection.ts';
import { type SelectMode, useQueueSelection } from './use-queue-selection.ts';
import { useQueueWindow } from './use-queue-window.ts';

export interface QueueList {
  readonly format: QueueFormat;
  readonly layout: ColumnLayout;
  readonly setLayout: (layout: ColumnLayout) => void;
  readonly sort: QueueSort;
  readonly setSort: (sort: QueueSort) => void;
  /** What the list is filtered by, apart from the quick search. */
  readonly rules: QueueRules;
  readonly setRules: (rules: QueueRules) => void;
  readonly search: string;
  readonly setSearch: (search: string) => void;
  readonly clearFilter: () => void;
  readonly filter: QueueFilter;
  readonly isFiltered: boolean;
  readonly live: boolean;
  readonly setLive: (live: boolean) => void;
  readonly load: QueueLoad;
  readonly setVisible: (range: RowRange) => void;
  /** Asks for the rows again. */
  readonly reload: () => void;
  /** The same on the wish of a person: ages in the rules count from now. */
  readonly refresh: () => void;
  readonly selection: Selection;
  readonly selectedCount: number;
  /** The selected rows if all of them are loaded. */
  readonly selectedRows: readonly QueueRow[] | null;
  readonly change: (event: SelectionEvent) => void;
  readonly moveTo: (index: number, mode: SelectMode) => void;
  /** Visible columns of the chosen rows, or of everything in the list, as text. */
  readonly collect: (chosen: Chosen | 'everything', control?: ProgressControl) => Promise<ListTable>;
  /** The chosen rows; those that are not loaded are asked for. */
  readonly rowsOf: (chosen: Chosen, control?: ProgressControl) => Promise<readonly QueueRow[]>;
}

const searchPauseMs = 200;
/** One object, so that what depends on the selection is not worked out again with each refresh. */
const noRows: readonly QueueRow[] = [];

/** Everything the queue view knows and does, apart from drawing. */
export function useQueueList(serverId: ServerId): QueueList {
  const { t, i18n } = useTranslation('queue');
  const client = useContract();
  const { showFailure } = useDialogs();
  const [layout, setLayout] = useRememberedState(`queue.${serverId}.columns`, parseLayout);
  const [sort, setSort] = useRememberedState(`queue.${serverId}.sort`, parseSort);
  const [rules, setRules] = useRememberedState(`queue.${serverId}.filter`, parseRules);
  /** Ages in the rules count from then: what is listed, and so what an action is meant for, does not change by itself. */
  const [ruledAtMs, setRuledAtMs] = useState(Date.now);
  const [search, setSearch] = useState('');
  const [live, setLive] = useState(true);
  const words = useDelayed(search.trim(), searchPauseMs);

  const filter = useMemo(() => queueFilterOf(rules, words, ruledAtMs), [rules, words, ruledAtMs]);
  const query = useMemo<QueueQuery>(() => ({ filter, sort: querySort(sort) }), [filter, sort]);
  const { load, setVisible, refresh } = useQueueWindow(serverId, query, live);
  const list: ListRows = useCallback(
    ({ offset, limit }) => client.call('queue.list', { serverId, ...query, offset, limit }),
    [client, serverId, query],
  );
  const { selection, change, moveTo } = useQueueSelection(load.window, list, showFailure);

  const format = useMemo(() => createQueueFormat(localeOf(i18n.language, navigator.languages)), [i18n.language]);
  const selectedRows = useMemo(() => rowsIfLoaded(load.window, selection.chosen), [load.window, selection.chosen]);

  const rowsOf = async (chosen: Chosen, control?: ProgressControl): Promise<readonly QueueRow[]> =>
    rowsIfLoaded(load.window, chosen) ?? (await readChosen(list, chosen, control));
  const collect = async (chosen: Chosen | 'everything', control?: ProgressControl): Promise<ListTable> => {
    const rows =
      chosen === 'everything'
        ? await readRows(list, 0, Number.POSITIVE_INFINITY, control)
        : await rowsOf(chosen, control);
    const columns = visibleColumns(layout).map((id) => queueColumns[id]);
    const context = { nowMs: Date.now(), t, format };
    return {
      headings: columns.map((column) => t(`columns.${column.id}`)),
      rows: rows.map((row) => columns.map((column) => cellExportText(column, row, context))),
    };
  };

  // What was selected under one filter must not be acted on, unseen, under another.
  const startOver = (): void => change({ type: 'none' });
  const applyRules = (next: QueueRules): void => {
    setRules(next);
    setRuledAtMs(Date.now());
    startOver();
  };
  return {
    format,
    layout,
    setLayout,
    sort,
    setSort: (next) => {
      setSort(next);
      change({ type: 'resorted' });
    },
    rules,
    setRules: applyRules,
    search,
    setSearch: (next) => {
      setSearch(next);
      startOver();
    },
    clearFilter: () => {
      setSearch('');
      applyRules(noRules);
    },
    filter,
    isFiltered: words !== '' || activeRules(rules).length > 0,
    live,
    setLive,
    load,
    setVisible,
    refresh: () => {
      if (dependsOnTime(rules)) applyRules(rules);
      refresh();
    },
    reload: refresh,
    selection,
    selectedCount: chosenCount(selection.chosen, load.window.total),
    selectedRows,
    change,
    moveTo,
    collect,
    rowsOf,
  };
}

/** The value once it has not changed for a while; an empty text takes effect at once. */
function useDelayed(value: string, delayMs: number): string {
  const [delayed, setDelayed] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), value === '' ? 0 : delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return delayed;
}

/** The chosen rows in the order of the list; null when some of them are not loaded. */
function rowsIfLoaded(window: QueueWindow, chosen: Chosen): readonly QueueRow[] | null {
  if (chosen.kind === 'ids' && chosen.ids.size === 0) return noRows;
  if (chosen.kind === 'all' && !isComplete(window)) return null;
  const places = [...placesOf(window)].filter(([id]) => isChosen(chosen, id));
  if (chosen.kind === 'ids' && places.length < chosen.ids.size) return null;
  return places
    .toSorted(([, one], [, other]) => one - other)
    .map(([, index]) => rowAt(window, index))
    .filter((row) => row !== undefined);
}
