/**
 * Column heads of a list: a click sorts, the line between two heads sets the width. For the keyboard they are one stop:
 * arrow keys walk along them, with Ctrl they set the width.
 */
import { styled } from '@mui/material/styles';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type ColumnPlace,
  type ListLayout,
  narrowestColumnPx,
  sortedBy,
  templateOf,
  widestColumnPx,
  widthOf,
  withWidth,
} from './list-layout.ts';

const keyStepPx = 10;

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

const HeadText = styled('span')(({ theme }) => ({
  flex: 1,
  minWidth: 0,
  padding: '0 8px',
  lineHeight: '23px',
  color: theme.vars.palette.text.secondary,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
}));

interface ListHeaderProps {
  readonly columns: readonly ColumnPlace[];
  readonly layout: ListLayout;
  /** False for rows that have one order only. */
  readonly sortable?: boolean;
  readonly onChange: (layout: ListLayout) => void;
}

export function ListHeader({ columns, layout, sortable = true, onChange }: ListHeaderProps) {
  const [lastStop, setTabStop] = useState(0);
  const tabStop = Math.min(lastStop, columns.length - 1);
  const header = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.shiftKey) return;
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -tabStop, End: columns.length - 1 - tabStop }[event.key];
    const column = columns[tabStop];
    if (step === undefined || column === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.ctrlKey) {
      header.current?.querySelectorAll<HTMLElement>('[data-head]')[tabStop + step]?.focus();
    } else if (event.key.startsWith('Arrow')) {
      onChange(withWidth(layout, column.id, widthOf(column, layout) + step * keyStepPx));
    }
  };
  return (
    <Header
      ref={header}
      role="row"
      aria-rowindex={1}
      style={{ gridTemplateColumns: templateOf(columns, layout) }}
      onKeyDown={onKeyDown}
    >
      {columns.map((column, at) => {
        const stop = { 'data-head': true, tabIndex: at === tabStop ? 0 : -1, onFocus: () => setTabStop(at) };
        const sorted = layout.sort?.by === column.id ? layout.sort : null;
        return (
          <Head
            key={column.id}
            role="columnheader"
            aria-sort={sorted === null ? 'none' : sorted.descending ? 'descending' : 'ascending'}
          >
            {sortable ? (
              <HeadButton
                type="button"
                {...stop}
                style={column.numeric === true ? { textAlign: 'right' } : {}}
                onClick={() => onChange(sortedBy(layout, column.id))}
              >
                {column.heading}
                <span aria-hidden>{sorted === null ? '' : sorted.descending ? ' ▾' : ' ▴'}</span>
              </HeadButton>
            ) : (
              <HeadText {...stop} style={column.numeric === true ? { textAlign: 'right' } : {}}>
                {column.heading}
              </HeadText>
            )}
            <WidthGrip
              heading={column.heading}
              width={widthOf(column, layout)}
              onChange={(width) => onChange(withWidth(layout, column.id, width))}
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
      aria-valuemin={narrowestColumnPx}
      aria-valuemax={widestColumnPx}
      // The heads set the width from the keyboard; assistive technology may come here.
      tabIndex={-1}
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
