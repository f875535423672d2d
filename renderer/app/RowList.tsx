/** A list inside a dialog: one row is selected; arrow keys walk, Enter and double-click edit, Del removes. */
import { styled } from '@mui/material/styles';
import { type KeyboardEvent, useRef } from 'react';

export interface RowListColumn {
  readonly heading: string;
  /** A CSS grid track, for example '1fr' or '90px'. */
  readonly track: string;
}

export interface RowListRow {
  /** Unique in the list. */
  readonly id: string;
  readonly cells: readonly string[];
}

interface RowListProps {
  readonly label: string;
  readonly columns: readonly RowListColumn[];
  readonly rows: readonly RowListRow[];
  readonly selected: number | null;
  readonly onSelect: (index: number) => void;
  readonly onEdit?: (index: number) => void;
  readonly onRemove?: (index: number) => void;
  /** In place of rows. */
  readonly empty: string;
  readonly heightPx?: number;
}

const Box = styled('div')(({ theme }) => ({
  overflow: 'auto',
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
}));

const Line = styled('div')(({ theme }) => ({
  display: 'grid',
  minHeight: 22,
  alignItems: 'center',
  '& > *': { padding: '0 6px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '&[aria-selected="true"]': { backgroundColor: theme.vars.palette.frame.selected },
}));

const Head = styled(Line)(({ theme }) => ({
  position: 'sticky',
  top: 0,
  backgroundColor: theme.vars.palette.background.paper,
  borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
  color: theme.vars.palette.text.secondary,
}));

const Grid = styled('div')({});
const Cell = styled('div')({});

const Empty = styled('div')(({ theme }) => ({ padding: '10px 8px', color: theme.vars.palette.text.secondary }));

export function RowList({
  label,
  columns,
  rows,
  selected,
  onSelect,
  onEdit,
  onRemove,
  empty,
  heightPx = 132,
}: RowListProps) {
  const grid = useRef<HTMLDivElement>(null);
  const template = { gridTemplateColumns: columns.map(({ track }) => track).join(' ') };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = selected ?? -1;
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (target !== undefined && rows.length > 0) {
      const next = Math.max(0, Math.min(rows.length - 1, target));
      onSelect(next);
      grid.current?.querySelectorAll<HTMLElement>('[data-row]')[next]?.focus();
    } else if (event.key === 'Enter' && selected !== null && onEdit !== undefined) onEdit(selected);
    else if (event.key === 'Delete' && selected !== null) onRemove?.(selected);
    else return;
    event.preventDefault();
  };
  return (
    <Box style={{ height: heightPx }}>
      <Grid ref={grid} role="grid" aria-label={label} tabIndex={rows.length === 0 ? 0 : -1} onKeyDown={onKeyDown}>
        <Head role="row" style={template}>
          {columns.map(({ heading }) => (
            <Cell key={heading} role="columnheader">
              {heading}
            </Cell>
          ))}
        </Head>
        {rows.map(({ id, cells }, index) => (
          <Line
            key={id}
            role="row"
            data-row
            aria-selected={index === selected}
            tabIndex={index === (selected ?? 0) ? 0 : -1}
            style={template}
            onMouseDown={() => onSelect(index)}
            onFocus={() => {
              if (selected === null) onSelect(index);
            }}
            onDoubleClick={() => onEdit?.(index)}
          >
            {columns.map(({ heading }, column) => (
              <Cell key={heading} role="gridcell" title={cells[column]}>
                {cells[column]}
              </Cell>
            ))}
          </Line>
        ))}
      </Grid>
      {rows.length === 0 && <Empty>{empty}</Empty>}
    </Box>
  );
}
