import { styled } from '@mui/material/styles';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageId, QueueRow, ServerId } from '../../shared/contract/messages.ts';
import { ActionMenu, type MenuAnchor } from '../app/ActionMenu.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { ExportListDialog } from '../app/ExportListDialog.tsx';
import { copyList } from '../app/export-list.ts';
import { ColumnsDialog } from './ColumnsDialog.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { EmptyQueue } from './EmptyQueue.tsx';
import { MessageProperties } from './MessageProperties.tsx';
import { NoticeBar } from './NoticeBar.tsx';
import { ProblemBar } from './ProblemBar.tsx';
import { QueueGrid } from './QueueGrid.tsx';
import { QueueToolbar } from './QueueToolbar.tsx';
import type { QueueActionId } from './queue-actions.ts';
import { type Chosen, chosenCount } from './selection.ts';
import { useBulkActions } from './use-bulk-actions.ts';
import { useQueueChrome } from './use-queue-chrome.ts';
import { useQueueList } from './use-queue-list.ts';

const Pane = styled('div')({
  position: 'relative',
  display: 'flex',
  flexDirection: 'column',
  flex: 1,
  minHeight: 0,
  minWidth: 0,
  height: '100%',
});

const GridPlace = styled('div')({
  position: 'relative',
  display: 'flex',
  flexDirection: 'column',
  flex: 1,
  minHeight: 0,
});

type OpenDialog =
  | { readonly kind: 'columns' }
  | { readonly kind: 'export' }
  | { readonly kind: 'delete'; readonly chosen: Chosen; readonly only: QueueRow | undefined }
  | { readonly kind: 'properties'; readonly id: MessageId };

/** The queue of one virtual server: live list, search, actions, dialogs. Fills the view pane. */
export function QueueView({ serverId }: { readonly serverId: ServerId }) {
  return <QueuePane key={serverId} serverId={serverId} />;
}

function QueuePane({ serverId }: { readonly serverId: ServerId }) {
  const { t } = useTranslation('queue');
  const { showFailure } = useDialogs();
  const list = useQueueList(serverId);
  const { notice, say, dismissNotice, perform, canUndo, undo } = useBulkActions(serverId, list.filter, list.refresh);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const [menuAt, setMenuAt] = useState<MenuAnchor | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const { chosen } = list.selection;
  const { total } = list.load.window;

  const copy = async (): Promise<void> => {
    // Rows that are not loaded are asked for first, which takes a while when they are many.
    if (list.selectedRows === null) say(t('outcome.working'));
    const table = await list.collect(chosen);
    await copyList(table);
    say(t('outcome.copied', { count: table.rows.length }));
  };
  const openProperties = (): void => {
    const [only] = chosen.kind === 'ids' ? chosen.ids : (list.selectedRows?.map((row) => row.id) ?? []);
    if (only !== undefined) setDialog({ kind: 'properties', id: only });
  };
  const openDelete = (): void => {
    const only = list.selectedRows?.length === 1 ? list.selectedRows[0] : undefined;
    setDialog({ kind: 'delete', chosen, only });
  };
  const act: Readonly<Record<QueueActionId, () => void>> = {
    retry: () => void perform('retry', chosen),
    hold: () => void perform('hold', chosen),
    release: () => void perform('release', chosen),
    delete: openDelete,
    undo: () => {
      // The button that was pressed goes away.
      grid.current?.focus();
      void undo();
    },
    copy: () => void copy().catch(showFailure),
    selectAll: () => {
      list.change({ type: 'all' });
      grid.current?.focus();
    },
    find: () => {
      search.current?.focus();
      search.current?.select();
    },
    columns: () => setDialog({ kind: 'columns' }),
    exportList: () => setDialog({ kind: 'export' }),
    refresh: list.refresh,
    properties: openProperties,
  };
  const { actions, runIfPossible } = useQueueChrome(list, canUndo, act);
  const closeDialog = (): void => setDialog(null);

  return (
    <Pane>
      <QueueToolbar
        search={list.search}
        onSearch={list.setSearch}
        searchRef={search}
        onLeaveSearch={() => grid.current?.focus()}
        states={list.states}
        onStates={list.setStates}
        live={list.live}
        onLive={list.setLive}
        behind={list.load.behind}
      />
      {list.load.problem !== null && <ProblemBar problem={list.load.problem} />}
      <GridPlace>
        <QueueGrid list={list} gridRef={grid} onRun={runIfPossible} onMenu={setMenuAt} />
        {total === 0 && (
          <EmptyQueue window={list.load.window} isFiltered={list.isFiltered} onClearFilter={list.clearFilter} />
        )}
      </GridPlace>
      <NoticeBar notice={notice} onUndo={act.undo} onDismiss={dismissNotice} />
      <ActionMenu actions={actions} anchor={menuAt} onClose={() => setMenuAt(null)} />
      {dialog?.kind === 'columns' && (
        <ColumnsDialog layout={list.layout} onChange={list.setLayout} onClose={closeDialog} />
      )}
      {dialog?.kind === 'export' && (
        <ExportListDialog
          name={t('list')}
          counts={{ all: total, selected: list.selectedCount }}
          collect={(which) => list.collect(which === 'all' ? 'everything' : chosen)}
          onClose={closeDialog}
          onFailure={showFailure}
        />
      )}
      {dialog?.kind === 'delete' && (
        <DeleteDialog
          count={chosenCount(dialog.chosen, total)}
          only={dialog.only}
          everything={everythingOf(dialog.chosen, list.isFiltered)}
          onCancel={closeDialog}
          onDelete={(report) => {
            closeDialog();
            void perform('delete', dialog.chosen, { report });
            list.change({ type: 'none' });
          }}
        />
      )}
      {dialog?.kind === 'properties' && (
        <MessageProperties serverId={serverId} id={dialog.id} perform={perform} onClose={closeDialog} />
      )}
    </Pane>
  );
}

const everythingOf = (chosen: Chosen, isFiltered: boolean): 'queue' | 'filtered' | 'butSome' | undefined => {
  if (chosen.kind === 'ids') return undefined;
  if (chosen.except.size > 0) return 'butSome';
  return isFiltered ? 'filtered' : 'queue';
};
