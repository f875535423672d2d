import type { TFunction } from 'i18next';
import { memo } from 'react';
import type { QueueRow as QueueRowData } from '../../shared/contract/messages.ts';
import { type CellContext, type ColumnId, cellTooltip, type QueueColumn, queueColumns } from './columns.ts';
import type { QueueFormat } from './format.ts';
import { Cell, Row, Tail } from './grid-frame.tsx';
import { useNowMs } from './now-context.tsx';
import { StateIcon } from './StateIcon.tsx';
import { usePointedCell } from './use-pointed-cell.ts';

interface QueueRowProps extends Omit<CellsProps, 'pointed'> {
  readonly id: string;
  readonly index: number;
  /** For grid-template-columns. */
  readonly template: string;
  readonly topPx: number;
  readonly selected: boolean;
}

/** One line of the list. Drawn again only when something in it changed; its cells not even when it only moved. */
export const QueueRow = memo(function QueueRow(props: QueueRowProps) {
  const { id, index, template, topPx, selected, focused, row, columns, t, format } = props;
  const { pointed, onMouseOver, onMouseLeave } = usePointedCell();
  return (
    <Row
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      data-focused={focused}
      style={{ gridTemplateColumns: template, transform: `translateY(${topPx}px)` }}
      onMouseOver={onMouseOver}
      onMouseLeave={onMouseLeave}
    >
      <Cells row={row} columns={columns} focused={focused} pointed={pointed} t={t} format={format} />
    </Row>
  );
});

interface CellsProps {
  /** Undefined while it is being loaded. */
  readonly row: QueueRowData | undefined;
  readonly columns: readonly ColumnId[];
  readonly focused: boolean;
  readonly pointed: number | null;
  readonly t: TFunction<'queue'>;
  readonly format: QueueFormat;
}

const Cells = memo(function Cells({ row, columns, focused, pointed, t, format }: CellsProps) {
  if (row === undefined) {
    return columns.map((id, at) => (
      <Cell key={id} role="gridcell">
        {at === 0 ? t('cell.loading') : ''}
      </Cell>
    ));
  }
  return columns.map((id, at) => {
    const column = queueColumns[id];
    const explained = focused || at === pointed;
    return column.ticks === true ? (
      <TickingCell key={id} row={row} column={column} explained={explained} t={t} format={format} />
    ) : (
      <TextCell key={id} row={row} column={column} explained={explained} context={{ t, format, nowMs: 0 }} />
    );
  });
});

function TickingCell({
  row,
  column,
  explained,
  t,
  format,
}: {
  readonly row: QueueRowData;
  readonly column: QueueColumn;
  readonly explained: boolean;
  readonly t: TFunction<'queue'>;
  readonly format: QueueFormat;
}) {
  const nowMs = useNowMs();
  return <TextCell row={row} column={column} explained={explained} context={{ t, format, nowMs }} />;
}

function TextCell({
  row,
  column,
  explained,
  context,
}: {
  readonly row: QueueRowData;
  readonly column: QueueColumn;
  /** With its tooltip. */
  readonly explained: boolean;
  readonly context: CellContext;
}) {
  return (
    <Cell
      role="gridcell"
      data-numeric={column.numeric}
      title={explained ? cellTooltip(column, row, context) : undefined}
    >
      {column.id === 'state' && <StateIcon state={row.state} />}
      {/* Text from mail must not turn the reading direction of its neighbours. */}
      <bdi>{column.text(row, context)}</bdi>
      {column.tail !== undefined && <Tail>{column.tail(row, context)}</Tail>}
    </Cell>
  );
}
