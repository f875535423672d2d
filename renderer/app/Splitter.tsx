import { styled } from '@mui/material/styles';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { narrowestTreePx, widestTreePx } from './tree-layout.ts';

const keyStepPx = 16;

const Line = styled('div')(({ theme }) => ({
  position: 'relative',
  flex: 'none',
  width: 5,
  margin: '0 -2px',
  zIndex: 2,
  cursor: 'col-resize',
  touchAction: 'none',
  '&::after': {
    content: '""',
    position: 'absolute',
    left: 2,
    top: 0,
    bottom: 0,
    width: 1,
    backgroundColor: theme.vars.palette.frame.line,
  },
  '&:hover::after, &:focus-visible::after': { left: 1, width: 3, backgroundColor: theme.vars.palette.primary.main },
}));

interface SplitterProps {
  readonly widthPx: number;
  readonly onChange: (widthPx: number) => void;
}

/** The line between tree and details: dragged, or moved with the arrow keys. */
export function Splitter({ widthPx, onChange }: SplitterProps) {
  const { t } = useTranslation('app');
  const drag = useRef<{ readonly startX: number; readonly startWidth: number } | null>(null);
  const set = (width: number): void => onChange(Math.max(narrowestTreePx, Math.min(widestTreePx, Math.round(width))));
  return (
    <Line
      role="separator"
      aria-orientation="vertical"
      aria-label={t('pane.splitter')}
      aria-valuenow={widthPx}
      aria-valuemin={narrowestTreePx}
      aria-valuemax={widestTreePx}
      tabIndex={0}
      onKeyDown={({ key }) => {
        const step = { ArrowLeft: -keyStepPx, ArrowRight: keyStepPx }[key];
        if (step !== undefined) set(widthPx + step);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { startX: event.clientX, startWidth: widthPx };
      }}
      onPointerMove={(event) => {
        if (drag.current !== null) set(drag.current.startWidth + event.clientX - drag.current.startX);
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
    />
  );
}
