import { styled } from '@mui/material/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type RefObject, useId, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MenuAnchor } from '../app/ActionMenu.tsx';
import { Icon } from '../app/Icon.tsx';
import { ListHeader } from '../app/ListHeader.tsx';
import { type ColumnPlace, type ListLayout, templateOf } from '../app/list-layout.ts';
import { type ListSelection, type ListSelectionEvent, rowAfterKey } from '../app/list-selection.ts';
import { rowHeightPx } from '../app/theme.ts';
import { Cell, GridFrame, Row, Rows } from '../queue/grid-frame.tsx';
import { type LogRow, rowsGone } from './log-buffer.ts';
import { type LogCellContext, logColumnIds, logColumns, severityOf } from './log-columns.ts';

const headerHeightPx = 25;
const overscanRows = 12;

const Reply = styled(Cell)(({ theme }) => ({
  '&[data-severity="temporary"]': { color: theme.vars.palette.warning.main },
  '&[data-severity="permanent"]': { color: theme.vars.palette.error.main },
}));
const Gap = styled(Cell)(({ theme }) => ({ gridColumn: '1 / -1', color: theme.vars.palette.warning.main }));

interface LogGridProps {
  readonly rows: readonly LogRow[];
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly context: LogCellContext;
  readonly layout: ListLayout;
  readonly onLayout: (layout: ListLayout) => void;
  readonly selection: ListSelection;
  readonly onSelect: (order: readonly string[], event: ListSelectionEvent) => void;
  /** The last line is kept in sight. */
  readonly following: boolean;
  readonly onFollowing: (following: boolean) => void;
  readonly onMenu: (anchor: MenuAnchor) => void;
}

/** Lines as they come. It follows the last one until somebody scrolls up; then what one reads stays in place. */
export function LogGrid(props: LogGridProps) {
  const { rows, gridRef, context, layout, onLayout, selection, onSelect, following, onFollowing, onMenu } = props;
  const { t } = useTranslation('log');
  const gridId = useId();
  const order = useMemo(() => rows.map(({ id }) => id), [rows]);
  const places = useMemo<readonly ColumnPlace[]>(
    () => logColumnIds.map((id) => ({ ...logColumns[id], heading: t(`column.${id}`) })),
    [t],
  );
  const template = templateOf(places, layout);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => gridRef.current,
    estimateSize: () => rowHeightPx,
    overscan: overscanRows,
    scrollPaddingEnd: headerHeightPx,
  });

  const before = useRef(rows);
  useLayoutEffect(() => {
    const gone = rowsGone(before.current, rows);
    before.current = rows;
    const grid = gridRef.current;
    if (grid === null) return;
    if (following) grid.scrollTop = grid.scrollHeight;
    else if (gone > 0) grid.scrollTop -= gone * rowHeightPx;
  }, [rows, following, gridRef]);

  const focusIndex = selection.focused === null ? -1 : order.indexOf(selection.focused);
  const drawn = virtual.getVirtualItems().map(({ index }) => index);
  // The row that the focus names must exist, on the screen or not.
  if (focusIndex >= 0 && !drawn.includes(focusIndex)) drawn.push(focusIndex);

  const pick = (index: number, how: 'only' | 'toggle' | 'range' | 'focusOnly'): void => {
    const id = order[index];
    if (id !== undefined) onSelect(order, { type: 'pick', id, how });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.altKey) return; // the column heads have keys of their own
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const { left, top } = event.currentTarget.getBoundingClientRect();
      onMenu({ x: left + 24, y: top + headerHeightPx });
    } else if (event.ctrlKey && event.key.toLowerCase() === 'a') {
      onSelect(order, { type: 'all' });
    } else if (event.key === ' ' && focusIndex >= 0) {
      pick(focusIndex, event.ctrlKey ? 'toggle' : 'only');
    } else {
      const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeightPx) - 2);
      const id = rowAfterKey(order, selection.focused, event.key, page);
      if (id === null) return;
      const index = order.indexOf(id);
      pick(index, event.shiftKey ? 'range' : event.ctrlKey ? 'focusOnly' : 'only');
      virtual.scrollToIndex(index, { align: 'auto' });
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const onMouse = (event: MouseEvent, how: 'only' | 'toggle' | 'range'): void => {
    const index = rowIndexOf(event.target);
    if (index !== null) pick(index, how);
  };
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const index = rowIndexOf(event.target);
    const id = index === null ? undefined : order[index];
    if (id !== undefined && !selection.selected.has(id)) onMouse(event, 'only');
    onMenu({ x: event.clientX, y: event.clientY });
  };

  return (
    <GridFrame
      ref={gridRef}
      role="grid"
      aria-label={t('list')}
      aria-multiselectable
      aria-rowcount={rows.length + 1}
      aria-activedescendant={focusIndex < 0 ? undefined : `${gridId}-${order[focusIndex]}`}
      tabIndex={0}
      data-pane-focus
      onKeyDown={onKeyDown}
      onMouseDown={(event) => {
        if (event.button === 0) onMouse(event, event.shiftKey ? 'range' : event.ctrlKey ? 'toggle' : 'only');
      }}
      onContextMenu={onContextMenu}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
        onFollowing(scrollHeight - scrollTop - clientHeight < rowHeightPx)
      }
    >
      <ListHeader columns={places} layout={layout} sortable={false} onChange={onLayout} />
      {rows.length > 0 && (
        <Rows role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {drawn.map((index) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <Row
                key={row.id}
                id={`${gridId}-${row.id}`}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={selection.selected.has(row.id)}
                data-index={index}
                data-focused={index === focusIndex}
                style={{ gridTemplateColumns: template, transform: `translateY(${index * rowHeightPx}px)` }}
              >
                <LogCells row={row} context={context} />
              </Row>
            );
          })}
        </Rows>
      )}
    </GridFrame>
  );
}

function LogCells({ row, context }: { readonly row: LogRow; readonly context: LogCellContext }) {
  if (row.kind === 'gap') return <Gap role="gridcell">{context.t('gap', { count: row.count })}</Gap>;
  const { line } = row;
  return logColumnIds.map((id) => {
    const { text, fullText = text, numeric = false } = logColumns[id];
    const Box = id === 'reply' ? Reply : Cell;
    return (
      <Box
        key={id}
        role="gridcell"
        data-numeric={numeric}
        data-severity={severityOf(line)}
        title={fullText(line, context)}
        style={id === 'direction' ? { gap: 5 } : {}}
      >
        {id === 'direction' && <Icon name={line.direction === 'inbound' ? 'inbound' : 'outbound'} />}
        {/* Text of strangers must not turn the reading direction of its neighbours. */}
        <bdi>{text(line, context)}</bdi>
      </Box>
    );
  });
}

const rowIndexOf = (target: EventTarget): number | null => {
  const text = target instanceof Element ? target.closest('[data-index]')?.getAttribute('data-index') : null;
  return typeof text === 'string' ? Number(text) : null;
};
