import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, memo, type RefObject, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DestinationRow, QueueState } from '../../shared/contract/messages.ts';
import type { MenuAnchor } from '../app/ActionMenu.tsx';
import { ListHeader } from '../app/ListHeader.tsx';
import { type ListLayout, templateOf } from '../app/list-layout.ts';
import { rowHeightPx } from '../app/theme.ts';
import { destinationColumns, destinationPlaces } from './destination-columns.ts';
import type { QueueFormat } from './format.ts';
import { Cell, GridFrame, Row, Rows } from './grid-frame.tsx';
import { gridCommand } from './grid-keys.ts';
import { useNowMs } from './now-context.tsx';
import { StateIcon } from './StateIcon.tsx';
import { usePointedCell } from './use-pointed-cell.ts';

interface DestinationsGridProps {
  readonly rows: readonly DestinationRow[];
  readonly selected: string | null;
  /** Null: none. */
  readonly onSelect: (nextHop: string | null) => void;
  readonly layout: ListLayout;
  readonly onLayout: (layout: ListLayout) => void;
  readonly format: QueueFormat;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  /** Enter and double-click: on to its messages. */
  readonly onOpen: () => void;
  readonly onDelete: () => void;
  readonly onCopy: () => void;
  readonly onMenu: (anchor: MenuAnchor) => void;
}

const headerHeightPx = 25;

/** The next hops as a grid of its own: one is selected, and the messages below are those that wait for it. */
export function DestinationsGrid(props: DestinationsGridProps) {
  const { rows, selected, onSelect, layout, onLayout, gridRef, onMenu } = props;
  const { t } = useTranslation('queue');
  const gridId = useId();
  const places = useMemo(() => destinationPlaces(t), [t]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => gridRef.current,
    estimateSize: () => rowHeightPx,
    overscan: 6,
    scrollPaddingEnd: headerHeightPx,
  });
  const found = rows.findIndex(({ nextHop }) => nextHop === selected);
  const index = selected === null || found < 0 ? null : found;
  const drawn = virtual.getVirtualItems().map((item) => item.index);
  // The row that the focus names must exist, on the screen or not.
  if (index !== null && !drawn.includes(index)) drawn.push(index);

  const goTo = (to: number): void => {
    onSelect(rows[to]?.nextHop ?? null);
    virtual.scrollToIndex(to, { align: 'auto' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return; // the column heads have keys of their own
    const rowsPerScreen = Math.floor(((gridRef.current?.clientHeight ?? 0) - headerHeightPx) / rowHeightPx);
    const command = gridCommand(event, { index, total: rows.length, rowsPerScreen });
    if (event.key === 'Escape' && selected !== null) onSelect(null);
    else if (command === null) return;
    else if (command.type === 'move') goTo(command.to);
    else if (command.type === 'menu') onMenu(menuPlace(gridRef.current, index));
    else if (command.type === 'run') runOf(props, command.action)();
    event.preventDefault();
    event.stopPropagation();
  };
  const pick = (event: MouseEvent): void => {
    const at = rowIndexOf(event.target);
    if (at !== null) onSelect(event.ctrlKey && at === index ? null : (rows[at]?.nextHop ?? null));
    else if (event.target === event.currentTarget) onSelect(null);
  };
  return (
    <GridFrame
      ref={gridRef}
      role="grid"
      aria-label={t('destinations.label')}
      aria-rowcount={rows.length + 1}
      aria-colcount={places.length}
      aria-activedescendant={index === null ? undefined : `${gridId}-${index}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onMouseDown={(event) => {
        if (event.button === 0) pick(event);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        pick(event);
        onMenu({ x: event.clientX, y: event.clientY });
      }}
      onDoubleClick={(event) => {
        if (rowIndexOf(event.target) !== null) props.onOpen();
      }}
    >
      <ListHeader columns={places} layout={layout} onChange={onLayout} />
      {rows.length > 0 && (
        <Rows role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {drawn.map((at) => {
            const row = rows[at];
            return row === undefined ? null : (
              <Line
                key={row.nextHop}
                id={`${gridId}-${at}`}
                index={at}
                row={row}
                template={templateOf(places, layout)}
                selected={at === index}
                format={props.format}
              />
            );
          })}
        </Rows>
      )}
    </GridFrame>
  );
}

interface LineProps {
  readonly id: string;
  readonly index: number;
  readonly row: DestinationRow;
  readonly template: string;
  readonly selected: boolean;
  readonly format: QueueFormat;
}

/** As Exchange draws them: a tick, a circle arrow, bars. */
const icons: Readonly<Record<DestinationRow['state'], QueueState>> = {
  active: 'sending',
  ready: 'ready',
  retry: 'retry',
  down: 'failed',
  frozen: 'held',
  held: 'held',
};

const Line = memo(function Line({ id, index, row, template, selected, format }: LineProps) {
  const { t } = useTranslation('queue');
  const nowMs = useNowMs();
  const context = { t, format, nowMs };
  const { pointed, onMouseOver, onMouseLeave } = usePointedCell();
  return (
    <Row
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      data-focused={selected}
      style={{ gridTemplateColumns: template, transform: `translateY(${index * rowHeightPx}px)` }}
      onMouseOver={onMouseOver}
      onMouseLeave={onMouseLeave}
    >
      {destinationColumns.map(({ id: column, numeric = false, text, tooltip }, at) => (
        <Cell
          key={column}
          role="gridcell"
          data-numeric={numeric}
          title={selected || at === pointed ? (tooltip ?? text)(row, context) : undefined}
        >
          {column === 'state' && <StateIcon state={icons[row.state]} />}
          <bdi>{text(row, context)}</bdi>
        </Cell>
      ))}
    </Row>
  );
});

const runOf = (
  { onOpen, onDelete, onCopy }: DestinationsGridProps,
  action: 'properties' | 'delete' | 'copy',
): (() => void) => ({ properties: onOpen, delete: onDelete, copy: onCopy })[action];

const rowIndexOf = (target: EventTarget): number | null => {
  const text = target instanceof Element ? target.closest('[data-index]')?.getAttribute('data-index') : null;
  return typeof text === 'string' ? Number(text) : null;
};

const menuPlace = (grid: HTMLElement | null, index: number | null): MenuAnchor => {
  const row = index === null ? null : grid?.querySelector(`[data-index="${index}"]`);
  const { left = 0, top = 0 } = grid?.getBoundingClientRect() ?? {};
  return { x: left + 24, y: row?.getBoundingClientRect().bottom ?? top + headerHeightPx };
};
