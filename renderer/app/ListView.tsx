/** A short list in the details pane: columns, selection, context menu, export. For thousands of rows the queue has its own. */
import { styled } from '@mui/material/styles';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionMenu, type MenuAnchor } from './ActionMenu.tsx';
import { arrangeActions } from './arrange-actions.ts';
import { useDialogs } from './dialogs.tsx';
import { ExportListDialog } from './ExportListDialog.tsx';
import { copyList, type ListTable } from './export-list.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import { ListHeader } from './ListHeader.tsx';
import { type ColumnPlace, parseListLayout, templateOf } from './list-layout.ts';
import { nothingSelected, rowAfterKey, select } from './list-selection.ts';
import { rowHeightPx } from './theme.ts';
import { useRememberedState } from './use-remembered-state.ts';
import { usePublishViewChrome, type ViewAction } from './view-chrome.tsx';

export interface ListColumn<Row> extends ColumnPlace {
  readonly text: (row: Row) => string;
  /** What to sort by; the text when absent. */
  readonly sortValue?: (row: Row) => string | number;
  readonly icon?: (row: Row) => IconName;
}

interface ListViewProps<Row> {
  /** Key of what is remembered about this list, and name of exported files. */
  readonly name: string;
  readonly label: string;
  readonly columns: readonly ListColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** What can be done with the selected rows, or with the node itself when none is selected. Stable function. */
  readonly actionsOf: (selected: readonly Row[]) => readonly ViewAction[];
  readonly onOpen?: (row: Row) => void;
  readonly onRefresh: () => void;
  /** 'Three sessions', for the status bar. */
  readonly countText: string;
  /** In place of rows, when there are none. */
  readonly empty?: ReactNode;
}

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

export function ListView<RowType>({
  name,
  label,
  columns,
  rows,
  rowId,
  actionsOf,
  onOpen,
  onRefresh,
  countText,
  empty,
}: ListViewProps<RowType>) {
  const { t } = useTranslation('menus');
  const { t: tServer } = useTranslation('server');
  const { showFailure } = useDialogs();
  const [layout, setLayout] = useRememberedState(`list.${name}`, parseListLayout);
  const [selection, setSelection] = useState(nothingSelected);
  const [menuAt, setMenuAt] = useState<MenuAnchor | null>(null);
  const [exporting, setExporting] = useState(false);
  const pane = useRef<HTMLDivElement>(null);

  const shown = useMemo(() => {
    const column = columns.find(({ id }) => id === layout.sort?.by);
    if (column === undefined) return rows;
    const value = column.sortValue ?? column.text;
    const sign = layout.sort?.descending === true ? -1 : 1;
    return rows.toSorted((a, b) => sign * compareValues(value(a), value(b)));
  }, [rows, columns, layout.sort]);
  const order = useMemo(() => shown.map(rowId), [shown, rowId]);
  const selectedRows = useMemo(
    () => shown.filter((row) => selection.selected.has(rowId(row))),
    [shown, rowId, selection.selected],
  );

  const tableOf = useCallback(
    (some: readonly RowType[]): ListTable => ({
      headings: columns.map(({ heading }) => heading),
      rows: some.map((row) => columns.map(({ text }) => text(row))),
    }),
    [columns],
  );

  const actions = useMemo(
    () =>
      arrangeActions(actionsOf(selectedRows), [
        { id: 'refresh', label: t('refresh'), shortcut: 'F5', run: onRefresh },
        {
          id: 'copy',
          label: t('copy'),
          shortcut: t('shortcut.copy'),
          disabledReason: selectedRows.length === 0 ? t('reason.nothingSelected') : undefined,
          run: () => void copyList(tableOf(selectedRows)).catch(showFailure),
        },
        { id: 'exportList', label: t('exportList'), shortcut: t('shortcut.exportList'), run: () => setExporting(true) },
      ]),
    [actionsOf, selectedRows, tableOf, onRefresh, showFailure, t],
  );
  usePublishViewChrome(
    useMemo(
      () => ({
        actions,
        statusTexts: [
          countText,
          ...(selectedRows.length > 1 ? [tServer('selectedCount', { count: selectedRows.length })] : []),
        ],
      }),
      [actions, countText, selectedRows.length, tServer],
    ),
  );

  const rowElement = (id: string | null): HTMLElement | null =>
    pane.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id ?? '')}"]`) ?? null;
  const pick = (id: string, how: 'only' | 'toggle' | 'range' | 'focusOnly'): void => {
    setSelection((now) => select(now, order, { type: 'pick', id, how }));
    rowElement(id)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Column heads have keys of their own.
    if (event.target instanceof Element && event.target.closest('[role="columnheader"]') !== null) return;
    const focused = selection.focused ?? order[0] ?? null;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      setMenuAt(belowLeft(rowElement(focused) ?? pane.current));
    } else if (event.ctrlKey && event.key.toLowerCase() === 'a') {
      setSelection((now) => select(now, order, { type: 'all' }));
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
    const id = event.target instanceof Element ? event.target.closest('[data-row]')?.getAttribute('data-row') : null;
    if (typeof id !== 'string') setSelection((now) => select(now, order, { type: 'none' }));
    else if (!selection.selected.has(id)) pick(id, 'only');
    setMenuAt({ x: event.clientX, y: event.clientY });
  };

  const tabStop = selection.focused !== null && order.includes(selection.focused) ? selection.focused : order[0];
  const template = templateOf(columns, layout);
  return (
    <>
      <Pane
        ref={pane}
        onContextMenu={onContextMenu}
        onMouseDown={(event) => {
          if (event.target === pane.current) setSelection((now) => select(now, order, { type: 'none' }));
        }}
      >
        <Grid
          role="grid"
          aria-label={label}
          aria-multiselectable
          aria-rowcount={rows.length + 1}
          tabIndex={rows.length === 0 ? 0 : -1}
          data-pane-focus={rows.length === 0 ? true : undefined}
          onKeyDown={onKeyDown}
        >
          <ListHeader columns={columns} layout={layout} onChange={setLayout} />
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
        {rows.length === 0 && empty}
      </Pane>
      <ActionMenu actions={actions} anchor={menuAt} onClose={() => setMenuAt(null)} />
      {exporting && (
        <ExportListDialog
          name={label}
          counts={{ all: shown.length, selected: selectedRows.length }}
          collect={(which) => tableOf(which === 'all' ? shown : selectedRows)}
          onClose={() => setExporting(false)}
          onFailure={showFailure}
        />
      )}
    </>
  );
}

const compareValues = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), undefined, { numeric: true });

const pageRows = (pane: HTMLElement | null): number =>
  Math.max(1, Math.floor((pane?.clientHeight ?? 0) / rowHeightPx) - 2);

const belowLeft = (element: HTMLElement | null): MenuAnchor => {
  const { left, bottom } = element?.getBoundingClientRect() ?? { left: 0, bottom: 0 };
  return { x: left + 24, y: bottom };
};
