import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type Ref, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MenuAnchor } from '../app/ActionMenu.tsx';
import { ListHeader } from '../app/ListHeader.tsx';
import { type ColumnPlace, type ListLayout, templateOf } from '../app/list-layout.ts';
import { rowHeightPx } from '../app/theme.ts';
import { parseWidths, visibleColumns } from './column-layout.ts';
import { columnIds, queueColumns } from './columns.ts';
import { GridFrame, Rows } from './grid-frame.tsx';
import { gridCommand } from './grid-keys.ts';
import { NowProvider } from './now-context.tsx';
import { QueueRow } from './QueueRow.tsx';
import { rowAt } from './queue-window.ts';
import { createRowSlots, slotNames } from './row-slots.ts';
import { isChosen } from './selection.ts';
import type { QueueList } from './use-queue-list.ts';
import { useSteadyScroll } from './use-steady-scroll.ts';

interface QueueGridProps {
  readonly list: QueueList;
  readonly gridRef: Ref<HTMLDivElement>;
  /** A key or a double-click asks for an action. */
  readonly onRun: (action: 'properties' | 'delete' | 'copy') => void;
  readonly onMenu: (anchor: MenuAnchor) => void;
}

const headerHeightPx = 25;
/** Drawn beyond the edges of the screen, and asked for as well. */
const overscanRows = 12;

/** The queue as a grid: the focus stays on the grid itself and names the current row, so that scrolling can't lose it. */
export function QueueGrid({ list, gridRef, onRun, onMenu }: QueueGridProps) {
  const { t } = useTranslation('queue');
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { layout, sort, load, selection, moveTo, change, setVisible, format } = list;
  const { window } = load;
  const total = window.total;
  const focusIndex = selection.focus !== null && selection.focus.index < total ? selection.focus.index : null;

  const columns = useMemo(() => visibleColumns(layout), [layout]);
  const places = useMemo<readonly ColumnPlace[]>(
    () => columns.map((id) => ({ ...queueColumns[id], heading: t(`columns.${id}`) })),
    [columns, t],
  );
  const listLayout = useMemo<ListLayout>(
    () => ({ widths: layout.widths as ListLayout['widths'], sort: { by: sort.column, descending: sort.descending } }),
    [layout.widths, sort],
  );
  const template = templateOf(places, listLayout);
  const changeLayout = (next: ListLayout): void => {
    const column = columnIds.find((id) => id === next.sort?.by);
    if (next.sort !== listLayout.sort && next.sort !== null && column !== undefined) {
      list.setSort({ column, descending: next.sort.descending });
    }
    if (next.widths !== listLayout.widths) list.setLayout({ ...layout, widths: parseWidths(next.widths) });
  };

  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: overscanRows,
    // The sticky header covers the first row's place.
    scrollPaddingEnd: headerHeightPx,
  });
  const steady = useSteadyScroll({
    scroller,
    view: { offsetPx: rows.scrollOffset ?? 0, heightPx: rows.scrollRect?.height ?? 0 },
    window,
    query: load.shownQuery,
    rowHeightPx,
    headerHeightPx,
    onScrolled: (offsetPx) => {
      rows.scrollOffset = offsetPx;
    },
  });

  const { shift } = steady;
  const virtualRows = rows.getVirtualItems();
  const first = (rows.range?.startIndex ?? 0) + shift;
  const last = (rows.range?.endIndex ?? 0) + shift;
  useEffect(
    () => setVisible({ start: Math.max(0, first - overscanRows), end: last + 1 + overscanRows }),
    [setVisible, first, last],
  );

  const drawn = virtualRows.map(({ index }) => index + shift).filter((index) => index >= 0 && index < total);
  // The row that the focus names must exist, on the screen or not.
  if (focusIndex !== null && !drawn.includes(focusIndex)) drawn.push(focusIndex);
  const [slots] = useState(createRowSlots);
  const keys = slots.assign(slotNames(drawn.map((index) => ({ index, id: rowAt(window, index)?.id }))));

  const goTo = (index: number, mode: Parameters<typeof moveTo>[1]): void => {
    moveTo(index, mode);
    rows.scrollToIndex(index, { align: 'auto' });
  };
  const menuAtFocus = (): MenuAnchor => {
    const row = focusIndex === null ? null : scroller.current?.querySelector(`[data-index="${focusIndex}"]`);
    const grid = scroller.current?.getBoundingClientRect();
    const y = row?.getBoundingClientRect().bottom ?? (grid?.top ?? 0) + headerHeightPx;
    return { x: (grid?.left ?? 0) + 24, y };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return; // the column heads have keys of their own
    const rowsPerScreen = Math.floor(((scroller.current?.clientHeight ?? 0) - headerHeightPx) / rowHeightPx);
    const command = gridCommand(event, { index: focusIndex, total, rowsPerScreen });
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (command.type === 'move') goTo(command.to, command.mode);
    else if (command.type === 'toggle' && focusIndex !== null) moveTo(focusIndex, 'toggle');
    else if (command.type === 'selectAll') change({ type: 'all' });
    else if (command.type === 'menu') onMenu(menuAtFocus());
    else if (command.type === 'run') onRun(command.action);
  };
  const onMouseDown = (event: MouseEvent): void => {
    if (event.button !== 0) return;
    const index = rowIndexOf(event.target);
    if (index === null) {
      if (isEmptyGround(event)) change({ type: 'none' });
      return;
    }
    const range = event.ctrlKey ? 'addRange' : 'range';
    moveTo(index, event.shiftKey ? range : event.ctrlKey ? 'toggle' : 'only');
  };
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const index = rowIndexOf(event.target);
    const row = index === null ? undefined : rowAt(window, index);
    if (index === null) {
      if (isEmptyGround(event)) change({ type: 'none' });
    } else if (row === undefined || !isChosen(selection.chosen, row.id)) {
      moveTo(index, 'only');
    }
    onMenu({ x: event.clientX, y: event.clientY });
  };

  return (
    <GridFrame
      ref={(element) => {
        scroller.current = element;
        if (typeof gridRef === 'function') gridRef(element);
        else if (gridRef !== null) gridRef.current = element;
      }}
      role="grid"
      aria-label={t('list')}
      aria-multiselectable
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-busy={!window.known}
      aria-activedescendant={focusIndex === null ? undefined : `${gridId}-${focusIndex}`}
      tabIndex={0}
      data-pane-focus
      onKeyDown={onKeyDown}
      onMouseDown={onMouseDown}
      onContextMenu={onContextMenu}
      onDoubleClick={(event) => {
        if (rowIndexOf(event.target) !== null) onRun('properties');
      }}
      onFocus={(event) => {
        // Somebody who tabs into the list stands on a row.
        if (event.target === event.currentTarget && focusIndex === null && total > 0) moveTo(first, 'focus');
      }}
      onPointerMove={steady.onPointerMove}
      onPointerLeave={steady.onPointerLeave}
    >
      <ListHeader columns={places} layout={listLayout} onChange={changeLayout} />
      {total > 0 && (
        <NowProvider>
          <Rows role="rowgroup" style={{ height: rows.getTotalSize() }}>
            {drawn.map((index, at) => {
              const row = rowAt(window, index);
              return (
                <QueueRow
                  key={keys[at]}
                  id={`${gridId}-${index}`}
                  index={index}
                  row={row}
                  columns={columns}
                  template={template}
                  topPx={index * rowHeightPx}
                  selected={row !== undefined && isChosen(selection.chosen, row.id)}
                  focused={index === focusIndex}
                  t={t}
                  format={format}
                />
              );
            })}
          </Rows>
        </NowProvider>
      )}
    </GridFrame>
  );
}

const rowIndexOf = (target: EventTarget): number | null => {
  const text = target instanceof Element ? target.closest('[data-index]')?.getAttribute('data-index') : null;
  return typeof text === 'string' ? Number(text) : null;
};

/** Below the last row or beside the columns: neither a column head nor a scroll bar. */
function isEmptyGround({ target, currentTarget, clientX, clientY, ctrlKey, shiftKey }: MouseEvent): boolean {
  if (ctrlKey || shiftKey || !(target instanceof Element)) return false;
  if (target.closest('[role="columnheader"]') !== null) return false;
  const { left, top } = currentTarget.getBoundingClientRect();
  return clientX < left + currentTarget.clientWidth && clientY < top + currentTarget.clientHeight;
}
