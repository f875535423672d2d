/** Column heads of a short list: a click sorts, the line between two heads sets the width (pointer or arrow keys). */
import { styled } from '@mui/material/styles';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';

export interface ColumnPlace {
  readonly id: string;
  readonly heading: string;
  readonly widthPx: number;
  readonly numeric?: boolean;
}

export interface ListLayout {
  /** Pixels by column id, where the user has changed them. */
  readonly widths: Readonly<Record<string, number>>;
  readonly sort: { readonly by: string; readonly descending: boolean } | null;
}

const narrowestPx = 40;
const widestPx = 1_500;
const keyStepPx = 10;

/** Whatever is found in the storage becomes a layout. */
export const parseListLayout = (raw: unknown): ListLayout => {
  const { widths, sort } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const known = Object.entries(typeof widths === 'object' && widths !== null ? widths : {}).filter(
    ([, width]) => typeof width === 'number' && width >= narrowestPx && width <= widestPx,
  );
  const { by, descending } = (typeof sort === 'object' && sort !== null ? sort : {}) as Record<string, unknown>;
  return {
    widths: Object.fromEntries(known),
    sort: typeof by === 'string' ? { by, descending: descending === true } : null,
  };
};

const widthOf = ({ id, widthPx }: ColumnPlace, layout: ListLayout): number => layout.widths[id] ?? widthPx;

/** For `grid-template-columns`. */
export const templateOf = (columns: readonly ColumnPlace[], layout: ListLayout): string =>
  columns.map((column) => `${widthOf(column, layout)}px`).join(' ');

const Header = styled('div')(({ theme }) => ({
  display: 'grid',
  position: 'sticky',
  top: 0,
  zIndex: 1,
  minWidth: 'max-content',
  height: 24,
  backgroundColor: theme.vars.palette.background.default,
  borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
}));

const Head = styled('div')({ position: 'relative', display: 'flex', minWidth: 0 });

const HeadButton = styled('button')(({ theme }) => ({
  flex: 1,
  minWidth: 0,
  padding: '0 8px',
  border: 'none',
  background: 'transparent',
  color: theme.vars.palette.text.secondary,
  font: 'inherit',
  textAlign: 'left',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  '&:hover': { backgroundColor: theme.vars.palette.frame.hover },
}));

const Grip = styled('div')(({ theme }) => ({
  position: 'absolute',
  right: -4,
  top: 0,
  bottom: 0,
  width: 8,
  zIndex: 1,
  cursor: 'col-resize',
  touchAction: 'none',
  '&::after': {
    content: '""',
    position: 'absolute',
    left: 3,
    top: 4,
    bottom: 4,
    width: 1,
    backgroundColor: theme.vars.palette.frame.line,
  },
}));

interface ListHeaderProps {
  readonly columns: readonly ColumnPlace[];
  readonly layout: ListLayout;
  readonly onChange: (layout: ListLayout) => void;
}

export function ListHeader({ columns, layout, onChange }: ListHeaderProps) {
  const setWidth = (id: string, width: number): void =>
    onChange({
      ...layout,
      widths: { ...layout.widths, [id]: Math.round(Math.max(narrowestPx, Math.min(widestPx, width))) },
    });
  const sortBy = (id: string): void =>
    onChange({ ...layout, sort: { by: id, descending: layout.sort?.by === id && !layout.sort.descending } });
  return (
    <Header role="row" aria-rowindex={1} style={{ gridTemplateColumns: templateOf(columns, layout) }}>
      {columns.map((column) => {
        const sorted = layout.sort?.by === column.id ? layout.sort : null;
        return (
          <Head
            key={column.id}
            role="columnheader"
            aria-sort={sorted === null ? 'none' : sorted.descending ? 'descending' : 'ascending'}
          >
            <HeadButton
              type="button"
              style={column.numeric === true ? { textAlign: 'right' } : {}}
              onClick={() => sortBy(column.id)}
            >
              {column.heading}
              <span aria-hidden>{sorted === null ? '' : sorted.descending ? ' ▾' : ' ▴'}</span>
            </HeadButton>
            <WidthGrip
              heading={column.heading}
              width={widthOf(column, layout)}
              onChange={(width) => setWidth(column.id, width)}
            />
          </Head>
        );
      })}
    </Header>
  );
}

function WidthGrip({
  heading,
  width,
  onChange,
}: {
  readonly heading: string;
  readonly width: number;
  readonly onChange: (width: number) => void;
}) {
  const { t } = useTranslation('app');
  const drag = useRef<{ readonly startX: number; readonly startWidth: number } | null>(null);
  const onPointerMove = (event: PointerEvent): void => {
    if (drag.current !== null) onChange(drag.current.startWidth + event.clientX - drag.current.startX);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? -keyStepPx : event.key === 'ArrowRight' ? keyStepPx : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(width + step);
  };
  return (
    <Grip
      role="separator"
      aria-orientation="vertical"
      aria-label={t('list.columnWidth', { heading })}
      aria-valuenow={width}
      aria-valuemin={narrowestPx}
      aria-valuemax={widestPx}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { startX: event.clientX, startWidth: width };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        drag.current = null;
      }}
    />
  );
}
