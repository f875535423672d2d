import { styled } from '@mui/material/styles';
import { memo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageId, ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { ActionMenu, type MenuAnchor } from '../app/ActionMenu.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { copyList } from '../app/export-list.ts';
import { BulkProgress } from './BulkProgress.tsx';
import { DestinationsPane } from './DestinationsPane.tsx';
import { EmptyQueue } from './EmptyQueue.tsx';
import { FilterChips } from './FilterChips.tsx';
import { NoticeBar } from './NoticeBar.tsx';
import { ProblemBar } from './ProblemBar.tsx';
import { type QueueDialog, QueueDialogs } from './QueueDialogs.tsx';
import { QueueGrid } from './QueueGrid.tsx';
import { QueueToolbar } from './QueueToolbar.tsx';
import type { QueueActionId } from './queue-actions.ts';
import { queueTargets } from './selection.ts';
import { useBulkActions } from './use-bulk-actions.ts';
import { useDestinationActions } from './use-destination-actions.ts';
import { useDestinationList } from './use-destination-list.ts';
import { usePublishedPart, useQueueChrome } from './use-queue-chrome.ts';
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

/** The queue of one virtual server: destinations, live list, search, actions, dialogs. Fills the view pane. */
export const QueueView = memo(function QueueView({ serverId }: { readonly serverId: ServerId }) {
  return <QueuePane key={serverId} serverId={serverId} />;
});

function QueuePane({ serverId }: { readonly serverId: ServerId }) {
  const { t } = useTranslation('queue');
  const client = useContract();
  const { showFailure } = useDialogs();
  const list = useQueueList(serverId);
  const destinations = useDestinationList(serverId, list.live);
  const { notice, running, say, dismissNotice, perform, canUndo, undo } = useBulkActions(serverId, list.reload);
  const [dialog, setDialog] = useState<QueueDialog | null>(null);
  const [menu, setMenu] = useState<{ readonly part: Part; readonly anchor: MenuAnchor } | null>(null);
  const [part, setPart] = useState<Part>('messages');
  const grid = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const { chosen } = list.selection;
  const { total } = list.load.window;
  const { rules, setRules, filter } = list;
  const { shown } = destinations.layout;
  const toGrid = (): void => grid.current?.focus();

  const copy = async (): Promise<void> => {
    // Rows that are not loaded are asked for first, which takes a while when they are many.
    if (list.selectedRows === null) say(t('outcome.working'));
    const table = await list.collect(chosen);
    await copyList(table);
    say(t('outcome.copied', { count: table.rows.length }));
  };
  /** The id of the selected message, when it is a single one. */
  const onlyId = (): MessageId | undefined => {
    if (list.selectedCount !== 1) return undefined;
    return chosen.kind === 'ids' ? [...chosen.ids][0] : list.selectedRows?.[0]?.id;
  };
  const openRoute = async (): Promise<void> => {
    const id = onlyId();
    const current = id === undefined ? null : (await client.call('queue.show', { serverId, id })).route;
    setDialog({ kind: 'changeRoute', chosen, current });
  };
  const openProperties = (): void => {
    const id = onlyId();
    if (id !== undefined) setDialog({ kind: 'properties', id });
  };
  const onlyRow = list.selectedRows?.length === 1 ? list.selectedRows[0] : undefined;
  const openFilter = (): void => setDialog({ kind: 'filter' });
  const change = (action: 'retry' | 'hold' | 'release') => (): void =>
    void perform({ action }, queueTargets(chosen, filter));
  /** For a button that goes away or off once it was pressed. */
  const thenToGrid = (action: () => void) => (): void => {
    toGrid();
    action();
  };
  const act: Readonly<Record<QueueActionId, () => void>> = {
    retry: change('retry'),
    hold: change('hold'),
    release: change('release'),
    changeRoute: () => void openRoute().catch(showFailure),
    delete: () => setDialog({ kind: 'delete', chosen, only: onlyRow }),
    undo: thenToGrid(() => void undo()),
    copy: () => void copy().catch(showFailure),
    selectAll: thenToGrid(() => list.change({ type: 'all' })),
    find: () => {
      search.current?.focus();
      search.current?.select();
    },
    filter: openFilter,
    clearFilter: thenToGrid(list.clearFilter),
    explain: () => setDialog({ kind: 'explain', address: onlyRow?.recipient ?? '' }),
    exportMessages: () => setDialog({ kind: 'exportMessages', chosen, only: onlyId() }),
    destinations: () => {
      if (part === 'destinations') toGrid();
      destinations.toggle();
    },
    columns: () => setDialog({ kind: 'columns' }),
    exportList: () => setDialog({ kind: 'exportList' }),
    refresh: () => {
      list.refresh();
      destinations.destinations.refresh();
    },
    properties: openProperties,
  };
  const { chrome, runIfPossible } = useQueueChrome({ list, canUndo, destinationsShown: shown, act });
  const selectNextHop = (nextHop: string | null): void => {
    if (nextHop !== rules.nextHop) setRules({ ...rules, nextHop });
  };
  const ofDestinations = useDestinationActions({
    serverId,
    list: destinations,
    selected: destinations.rows.find(({ nextHop }) => nextHop === rules.nextHop),
    isFiltered: rules.nextHop !== null,
    ofMessages: chrome.actions,
    say,
    openDelete: (destination) => setDialog({ kind: 'deleteDestination', destination }),
    openFilter,
    openExport: () => setDialog({ kind: 'exportDestinations' }),
    showAll: () => selectNextHop(null),
  });
  usePublishedPart(chrome, part === 'destinations' && shown ? ofDestinations.actions : null);

  return (
    <Pane>
      {shown && (
        <DestinationsPane
          list={destinations}
          selected={rules.nextHop}
          onSelect={selectNextHop}
          onRun={ofDestinations.runIfPossible}
          onOpen={toGrid}
          onMenu={(anchor) => setMenu({ part: 'destinations', anchor })}
          onFocus={() => setPart('destinations')}
        />
      )}
      <GridPlace onFocus={() => setPart('messages')}>
        <QueueToolbar
          list={list}
          searchRef={search}
          onLeaveSearch={toGrid}
          onFilter={openFilter}
          onClearFilter={act.clearFilter}
          destinationsShown={shown}
          onDestinations={destinations.toggle}
        />
        <FilterChips
          rules={rules}
          format={list.format}
          onChange={(next) => thenToGrid(() => setRules(next))()}
          onEdit={openFilter}
        />
        {list.load.problem !== null && <ProblemBar problem={list.load.problem} headline={t('failed')} />}
        <GridPlace>
          <QueueGrid
            list={list}
            gridRef={grid}
            onRun={runIfPossible}
            onMenu={(anchor) => setMenu({ part: 'messages', anchor })}
          />
          {total === 0 && (
            <EmptyQueue window={list.load.window} isFiltered={list.isFiltered} onClearFilter={act.clearFilter} />
          )}
        </GridPlace>
      </GridPlace>
      {running === null ? (
        <NoticeBar notice={notice} onUndo={act.undo} onDismiss={dismissNotice} />
      ) : (
        <BulkProgress running={running} />
      )}
      <ActionMenu
        actions={menu?.part === 'destinations' ? ofDestinations.actions : chrome.actions}
        anchor={menu?.anchor ?? null}
        onClose={() => setMenu(null)}
      />
      {dialog !== null && (
        <QueueDialogs
          dialog={dialog}
          serverId={serverId}
          list={list}
          destinations={destinations}
          perform={perform}
          say={say}
          onClose={() => setDialog(null)}
        />
      )}
    </Pane>
  );
}

/** The two lists of the view: actions are about the one that had the focus last. */
type Part = 'destinations' | 'messages';
