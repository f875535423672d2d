/** The rows of a short list, with the mouse and keyboard of a Windows list. */
import { styled } from '@mui/material/styles';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from 'react';
import type { MenuAnchor } from './ActionMenu.tsx';
import { Icon } from './Icon.tsx';
import { ListHeader } from './ListHeader.tsx';
import type { ListColumn } from './list-column.ts';
import { type ListLayout, templateOf } from './list-layout.ts';
import { rowAfterKey } from './list-selection.ts';
import { rowHeightPx } from './theme.ts';
import { isLetter, nothingTyped, rowOfTyped, withLetter } from './type-ahead.ts';
import type { useListRows } from './use-list-rows.ts';
import { useLostRow } from './use-lost-row.ts';

const Pane = styled('div')(({ theme }) => ({
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  backgroundColor: theme.vars.palette.background.default,
}));

const Grid = styled('div')({ minWidth: 'max-content' });

const Row = styled('div')(({ theme }) => ({
  display: 'grid',
  height: rowHeightPx,
  alignItems: 'center',
  minWidth: 'max-content',
  // The heads stay at the top while rows scroll below them.
  scrollMarginTop: rowHeightPx + 1,
  '&:hover': { backgroundColor: theme.vars.palette.frame.hover },
  '&[aria-selected="true"]': { backgroundColor: theme.vars.palette.frame.selectedInactive },
  ':focus-within > &[aria-selected="true"]': { backgroundColor: theme.vars.palette.frame.selected },
}));

const Cell = styled('div')({
  display: 'flex',
  alignItems: 'center',
  gap: 5,
  padding: '0 8px',
  minWidth: 0,
  '& > span': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

interface ListGridProps<Row> {
  readonly label: string;
  readonly columns: readonly ListColumn<Row>[];
  readonly list: ReturnType<typeof useListRows<Row>>;
  readonly layout: ListLayout;
  readonly onLayout: (layout: ListLayout) => void;
  readonly onOpen: ((row: Row) => void) | undefined;
  readonly onMenu: (of: 'rows' | 'columns', at: MenuAnchor) => void;
  readonly empty: ReactNode;
}

export function ListGrid<RowType>(props: ListGridProps<RowType>) {
  const { label, columns, list, layout, onLayout, onOpen, onMenu, empty } = props;
  const { shown, order, selection, change } = list;
  const pane = useRef<HTMLDivElement>(null);
  const typed = useRef(nothingTyped);

  const rowElement = (id: string | null): HTMLElement | null =>
    pane.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id ?? '')}"]`) ?? null;
  const pick = (id: string, how: 'only' | 'toggle' | 'range' | 'focusOnly'): void => {
    change({ type: 'pick', id, how });
    rowElement(id)?.focus();
  };
  useLostRow(pane, order, selection.focused, (id) => pick(id, 'focusOnly'));

  const tabStop = selection.focused !== null && order.includes(selection.focused) ? selection.focused : order[0];
  const onHeadKey = (event: KeyboardEvent): void => {
    if (isMenuKey(event)) onMenu('columns', belowLeft(event.target));
    else if (event.key === 'ArrowDown' && tabStop !== undefined) pick(tabStop, 'focusOnly');
    // Any other key is the head's own: it sorts, or moves a width.
    else return;
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isInHead(event.target)) {
      onHeadKey(event);
      return;
    }
    const focused = tabStop ?? null;
    if (isMenuKey(event)) {
      onMenu('rows', belowLeft(rowElement(focused) ?? pane.current));
    } else if (isLetter(event, typed.current, event.timeStamp)) {
      typed.current = withLetter(typed.current, event.key, event.timeStamp);
      const texts = shown.map((row) => columns[0]?.text(row) ?? '');
      const found = order[rowOfTyped(texts, order.indexOf(selection.focused ?? ''), typed.current.typed) ?? -1];
      if (found !== undefined) pick(found, 'only');
    } else if (event.ctrlKey && event.key.toLowerCase() === 'a') {
      change({ type: 'all' });
    } else if (event.key === ' ' && focused !== null) {
      pick(focused, event.ctrlKey ? 'toggle' : 'only');
    } else if (event.key === 'Enter' && !event.altKey && focused !== null) {
      const row = shown[order.indexOf(focused)];
      if (row !== undefined) onOpen?.(row);
    } else {
      const next = event.altKey ? null : rowAfterKey(order, selection.focused, event.key, pageRows(pane.current));
      if (next === null) return;
      pick(next, event.shiftKey ? 'range' : event.ctrlKey ? 'focusOnly' : 'only');
    }
    event.preventDefault();
  };
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const at = { x: event.clientX, y: event.clientY };
    if (isInHead(event.target)) {
      onMenu('columns', at);
      return;
    }
    const id = event.target instanceof Element ? event.target.closest('[data-row]')?.getAttribute('data-row') : null;
    if (typeof id !== 'string') change({ type: 'none' });
    else if (!selection.selected.has(id)) pick(id, 'only');
    onMenu('rows', at);
  };

  const template = templateOf(columns, layout);
  return (
    <Pane
      ref={pane}
      onContextMenu={onContextMenu}
      onMouseDown={(event) => {
        if (event.target === pane.current) change({ type: 'none' });
      }}
    >
      <Grid
        role="grid"
        aria-label={label}
        aria-multiselectable
        aria-rowcount={shown.length + 1}
        tabIndex={shown.length === 0 ? 0 : -1}
        data-pane-focus={shown.length === 0 ? true : undefined}
        onKeyDown={onKeyDown}
      >
        <ListHeader columns={columns} layout={layout} onChange={onLayout} />
        {shown.map((row, index) => {
          const id = order[index] ?? '';
          return (
            <Row
              key={id}
              role="row"
              data-row={id}
              data-pane-focus={id === tabStop ? true : undefined}
              aria-rowindex={index + 2}
              aria-selected={selection.selected.has(id)}
              tabIndex={id === tabStop ? 0 : -1}
              style={{ gridTemplateColumns: template }}
              onMouseDown={(event) => {
                if (event.button === 0) pick(id, event.shiftKey ? 'range' : event.ctrlKey ? 'toggle' : 'only');
              }}
              onDoubleClick={() => onOpen?.(row)}
              onFocus={() => {
                if (selection.focused === null) pick(id, 'only');
              }}
            >
              {columns.map((column) => (
                <Cell
                  key={column.id}
                  role="gridcell"
                  style={column.numeric === true ? { justifyContent: 'flex-end' } : {}}
                >
                  {column.icon !== undefined && <Icon name={column.icon(row)} />}
                  <span title={column.text(row)}>{column.text(row)}</span>
                </Cell>
              ))}
            </Row>
          );
        })}
      </Grid>
      {shown.length === 0 && empty}
    </Pane>
  );
}

const isMenuKey = ({ key, shiftKey }: KeyboardEvent): boolean => key === 'ContextMenu' || (key === 'F10' && shiftKey);

const isInHead = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('[role="columnheader"]') !== null;

const pageRows = (pane: HTMLElement | null): number =>
  Math.max(1, Math.floor((pane?.clientHeight ?? 0) / rowHeightPx) - 2);

const belowLeft = (element: EventTarget | null): MenuAnchor => {
  const { left, bottom } = element instanceof Element ? element.getBoundingClientRect() : { left: 0, bottom: 0 };
  return { x: left + 24, y: bottom };
};
