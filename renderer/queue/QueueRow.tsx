import type { TFunction } from 'i18next';
import { memo } from 'react';
import type { QueueRow as QueueRowData } from '../../shared/contract/messages.ts';
import { type CellContext, type ColumnId, cellTooltip, type QueueColumn, queueColumns } from './columns.ts';
import type { QueueFormat } from './format.ts';
import { Cell, Row, Tail } from './grid-frame.tsx';
import { useNowMs } from './now-context.tsx';
import { StateIcon } from './StateIcon.tsx';

interface QueueRowProps {
  readonly id: string;
  readonly index: number;
  /** Undefined while it is being loaded. */
  readonly row: QueueRowData | undefined;
  readonly columns: readonly ColumnId[];
  /** For grid-template-columns. */
  readonly template: string;
  readonly topPx: number;
  readonly selected: boolean;
  readonly focused: boolean;
  readonly t: TFunction<'queue'>;
  readonly format: QueueFormat;
}

/** One line of the list. Drawn again only when something in it changed. */
export const QueueRow = memo(function QueueRow({
  id,
  index,
  row,
  columns,
  template,
  topPx,
  selected,
  focused,
  t,
  format,
}: QueueRowProps) {
  return (
    <Row
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      data-focused={focused}
      style={{ gridTemplateColumns: template, transform: `translateY(${topPx}px)` }}
    >
      {columns.map((columnId, at) => {
        const column = queueColumns[columnId];
        if (row === undefined) {
          return (
            <Cell key={columnId} role="gridcell">
              {at === 0 ? t('cell.loading') : ''}
            </Cell>
          );
        }
        return column.ticks === true ? (
          <TickingCell key={columnId} row={row} column={column} t={t} format={format} />
        ) : (
          <TextCell key={columnId} row={row} column={column} context={{ t, format, nowMs: 0 }} />
        );
      })}
    </Row>
  );
});

function TickingCell({
  row,
  column,
  t,
  format,
}: {
  readonly row: QueueRowData;
  readonly column: QueueColumn;
  readonly t: TFunction<'queue'>;
  readonly format: QueueFormat;
}) {
  const nowMs = useNowMs();
  return <TextCell row={row} column={column} context={{ t, format, nowMs }} />;
}

function TextCell({
  row,
  column,
  context,
}: {
  readonly row: QueueRowData;
  readonly column: QueueColumn;
  readonly context: CellContext;
}) {
  return (
    <Cell role="gridcell" data-numeric={column.numeric === true} title={cellTooltip(column, row, context)}>
      {column.id === 'state' && <StateIcon state={row.state} />}
      {/* Text from mail must not turn the reading direction of its neighbours. */}
      <bdi>{column.text(row, context)}</bdi>
      {column.tail !== undefined && <Tail>{column.tail(row, context)}</Tail>}
    </Cell>
  );
}
