/** A short list in the details pane: columns, selection, context menu, export. For thousands of rows the queue has its own. */
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionMenu, type MenuAnchor } from './ActionMenu.tsx';
import { arrangeActions } from './arrange-actions.ts';
import { ColumnsDialog } from './ColumnsDialog.tsx';
import { parseColumnChoice, shownColumns, withColumnShown } from './column-choice.ts';
import { useDialogs } from './dialogs.tsx';
import { ExportListDialog } from './ExportListDialog.tsx';
import { copyList, type ListTable } from './export-list.ts';
import { ListGrid } from './ListGrid.tsx';
import type { ListColumn } from './list-column.ts';
import { parseListLayout } from './list-layout.ts';
import { useListRows } from './use-list-rows.ts';
import { useRememberedState } from './use-remembered-state.ts';
import { usePublishViewChrome, type ViewAction } from './view-chrome.tsx';

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

interface OpenMenu {
  readonly of: 'rows' | 'columns';
  readonly at: MenuAnchor;
}

const parseLayout = (raw: unknown) => ({ ...parseListLayout(raw), ...parseColumnChoice(raw) });

export function ListView<Row>(props: ListViewProps<Row>) {
  const { name, label, columns, rows, rowId, actionsOf, onOpen, onRefresh, countText, empty } = props;
  const { t } = useTranslation('menus');
  const { t: tServer } = useTranslation('server');
  const { showFailure } = useDialogs();
  const [layout, setLayout] = useRememberedState(`list.${name}`, parseLayout);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [dialog, setDialog] = useState<'export' | 'columns' | null>(null);
  const drawn = useMemo(() => shownColumns(columns, layout), [columns, layout]);
  const list = useListRows({ rows, rowId, columns, sort: layout.sort });
  const { selectedRows } = list;

  const tableOf = useCallback(
    (some: readonly Row[]): ListTable => ({
      headings: drawn.map(({ heading }) => heading),
      rows: some.map((row) => drawn.map(({ text }) => text(row))),
    }),
    [drawn],
  );
  const nothingSelected = selectedRows.length === 0 ? t('reason.nothingSelected') : undefined;
  const actions = useMemo(
    () =>
      arrangeActions(actionsOf(selectedRows), [
        { id: 'refresh', label: t('refresh'), shortcut: 'F5', run: onRefresh },
        {
          id: 'copy',
          label: t('copy'),
          shortcut: t('shortcut.copy'),
          disabledReason: nothingSelected,
          run: () => void copyList(tableOf(selectedRows)).catch(showFailure),
        },
        { id: 'columns', label: t('columns'), run: () => setDialog('columns') },
        {
          id: 'exportList',
          label: t('exportList'),
          shortcut: t('shortcut.exportList'),
          run: () => setDialog('export'),
        },
      ]),
    [actionsOf, selectedRows, tableOf, onRefresh, nothingSelected, showFailure, t],
  );
  const selectedCount = selectedRows.length;
  usePublishViewChrome(
    useMemo(
      () => ({
        actions,
        statusTexts: [countText, ...(selectedCount > 1 ? [tServer('selectedCount', { count: selectedCount })] : [])],
      }),
      [actions, countText, selectedCount, tServer],
    ),
  );
  const columnActions = (): readonly ViewAction[] => [
    ...columns.map(({ id, heading }) => {
      const isShown = drawn.some((column) => column.id === id);
      return {
        id,
        label: heading,
        pressed: isShown,
        disabledReason: isShown && drawn.length === 1 ? t('reason.lastColumn') : undefined,
        run: () => setLayout({ ...layout, ...withColumnShown(layout, columns, id, !isShown) }),
      };
    }),
    { id: 'columns', label: t('columns'), separatorBefore: true, run: () => setDialog('columns') },
  ];
  return (
    <>
      <ListGrid
        label={label}
        columns={drawn}
        list={list}
        layout={layout}
        onLayout={(next) => setLayout({ ...layout, ...next })}
        onOpen={onOpen}
        onMenu={(of, at) => setMenu({ of, at })}
        empty={empty}
      />
      <ActionMenu
        actions={menu?.of === 'columns' ? columnActions() : actions}
        anchor={menu?.at ?? null}
        onClose={() => setMenu(null)}
      />
      {dialog === 'columns' && (
        <ColumnsDialog
          columns={columns}
          choice={layout}
          onChange={(choice) => setLayout({ ...layout, ...choice })}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'export' && (
        <ExportListDialog
          name={label}
          counts={{ all: list.shown.length, selected: selectedCount }}
          collect={(which) => tableOf(which === 'all' ? list.shown : selectedRows)}
          onClose={() => setDialog(null)}
          onFailure={showFailure}
        />
      )}
    </>
  );
}
