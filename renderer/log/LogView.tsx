import { styled } from '@mui/material/styles';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { ActionMenu, type MenuAnchor } from '../app/ActionMenu.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { ExportListDialog } from '../app/ExportListDialog.tsx';
import { copyList, type ListTable } from '../app/export-list.ts';
import { parseListLayout } from '../app/list-layout.ts';
import { type ListSelectionEvent, nothingSelected, select } from '../app/list-selection.ts';
import { useRememberedState } from '../app/use-remembered-state.ts';
import { EmptyLog } from './EmptyLog.tsx';
import { JumpButton } from './JumpButton.tsx';
import { LogFileNote } from './LogFileNote.tsx';
import { LogGrid } from './LogGrid.tsx';
import { LogToolbar } from './LogToolbar.tsx';
import type { LogActionId } from './log-actions.ts';
import { type LogRow, matching } from './log-buffer.ts';
import { type LogCellContext, logColumnIds, logColumns } from './log-columns.ts';
import { useLogChrome } from './use-log-chrome.ts';
import { useLogContext } from './use-log-context.ts';
import { useLogTail } from './use-log-tail.ts';

const Pane = styled('div')({ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0, minWidth: 0 });
const GridPlace = styled('div')({
  position: 'relative',
  display: 'flex',
  flexDirection: 'column',
  flex: 1,
  minHeight: 0,
});

/** The protocol log of a server as it is written. */
export function LogView({ server }: { readonly server: ServerStatus }) {
  const { t } = useTranslation('log');
  const { showFailure } = useDialogs();
  const { buffer, problem, live, setLive, behind, refresh, clear } = useLogTail(server.id);
  const context = useLogContext();
  const [layout, setLayout] = useRememberedState('list.log', parseListLayout);
  const [search, setSearch] = useState('');
  const [following, setFollowing] = useState(true);
  const [selection, setSelection] = useState(nothingSelected);
  const [menuAt, setMenuAt] = useState<MenuAnchor | null>(null);
  const [exporting, setExporting] = useState(false);
  const grid = useRef<HTMLDivElement>(null);
  const searchField = useRef<HTMLInputElement>(null);

  const rows = useMemo(() => matching(buffer.rows, search), [buffer.rows, search]);
  const selectedRows = useMemo(() => rows.filter(({ id }) => selection.selected.has(id)), [rows, selection.selected]);
  /** The last line when one scrolled away from it: what comes after is new. */
  const [leftAt, setLeftAt] = useState<string | null>(null);
  const follow = useCallback(
    (next: boolean): void => {
      if (next === following) return;
      setFollowing(next);
      setLeftAt(next ? null : (rows.at(-1)?.id ?? null));
    },
    [following, rows],
  );
  const onSelect = useCallback(
    (order: readonly string[], event: ListSelectionEvent) => setSelection((now) => select(now, order, event)),
    [],
  );

  const act: Readonly<Record<LogActionId, () => void>> = {
    live: () => setLive(!live),
    clear,
    copy: () => void copyList(tableOf(selectedRows, context)).catch(showFailure),
    selectAll: () => {
      onSelect(
        rows.map(({ id }) => id),
        { type: 'all' },
      );
      grid.current?.focus();
    },
    find: () => {
      searchField.current?.focus();
      searchField.current?.select();
    },
    exportList: () => setExporting(true),
    refresh,
  };
  const counts = { shown: rows.length, kept: buffer.rows.length, selected: selectedRows.length };
  const actions = useLogChrome({ live, ...counts }, act);

  return (
    <Pane>
      <LogToolbar
        search={search}
        onSearch={setSearch}
        searchRef={searchField}
        onLeaveSearch={() => grid.current?.focus()}
        live={live}
        onLive={setLive}
        behind={behind}
        onClear={clear}
        isEmpty={buffer.rows.length === 0}
      />
      <GridPlace>
        <LogGrid
          rows={rows}
          gridRef={grid}
          context={context}
          layout={layout}
          onLayout={setLayout}
          selection={selection}
          onSelect={onSelect}
          following={following}
          onFollowing={follow}
          onMenu={setMenuAt}
        />
        {rows.length === 0 && (
          <EmptyLog
            begun={buffer.begun}
            seen={buffer.sequence}
            kept={buffer.rows.length}
            stopped={server.state === 'stopped'}
            failed={problem !== null}
            onClearFilter={() => setSearch('')}
          />
        )}
        {!following && <JumpButton newLines={linesAfter(rows, leftAt)} onJump={() => follow(true)} />}
      </GridPlace>
      <LogFileNote server={server} />
      <ActionMenu actions={actions} anchor={menuAt} onClose={() => setMenuAt(null)} />
      {exporting && (
        <ExportListDialog
          name={t('list')}
          counts={{ all: rows.length, selected: selectedRows.length }}
          collect={(which) => tableOf(which === 'all' ? rows : selectedRows, context)}
          onClose={() => setExporting(false)}
          onFailure={showFailure}
        />
      )}
    </Pane>
  );
}

const tableOf = (rows: readonly LogRow[], context: LogCellContext): ListTable => ({
  headings: logColumnIds.map((id) => context.t(`column.${id}`)),
  rows: rows.map((row) =>
    row.kind === 'gap'
      ? [context.t('gap', { count: row.count })]
      : logColumnIds.map((id) => {
          const { text, fullText = text } = logColumns[id];
          return fullText(row.line, context);
        }),
  ),
});

const linesAfter = (rows: readonly LogRow[], id: string | null): number => {
  const at = id === null ? -1 : rows.findIndex((row) => row.id === id);
  return at < 0 ? 0 : rows.length - 1 - at;
};
