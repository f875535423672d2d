import { styled } from '@mui/material/styles';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { highestPanePx, lowestPanePx } from './destinations-layout.ts';

const keyStepPx = 24;

const Line = styled('div')(({ theme }) => ({
  position: 'relative',
  flex: 'none',
  height: 5,
  margin: '-2px 0',
  zIndex: 2,
  cursor: 'row-resize',
  touchAction: 'none',
  '&::after': {
    content: '""',
    position: 'absolute',
    top: 2,
    left: 0,
    right: 0,
    // A border, not a background: forced colours keep it.
    borderTop: `1px solid ${theme.vars.palette.frame.line}`,
  },
  '&:hover::after, &:focus-visible::after': { top: 1, borderTop: `3px solid ${theme.vars.palette.primary.main}` },
}));

interface HeightSplitterProps {
  readonly heightPx: number;
  readonly onChange: (heightPx: number) => void;
}

/** The line between destinations and messages: dragged, or moved with the arrow keys. */
export function HeightSplitter({ heightPx, onChange }: HeightSplitterProps) {
  const { t } = useTranslation('queue');
  const drag = useRef<{ readonly startY: number; readonly startHeight: number } | null>(null);
  const set = (height: number): void => onChange(Math.max(lowestPanePx, Math.min(highestPanePx, Math.round(height))));
  return (
    <Line
      role="separator"
      aria-orientation="horizontal"
      aria-label={t('destinations.splitter')}
      aria-valuenow={heightPx}
      aria-valuemin={lowestPanePx}
      aria-valuemax={highestPanePx}
      tabIndex={0}
      onKeyDown={(event) => {
        const step = { ArrowUp: -keyStepPx, ArrowDown: keyStepPx }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        set(heightPx + step);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { startY: event.clientY, startHeight: heightPx };
      }}
      onPointerMove={(event) => {
        if (drag.current !== null) set(drag.current.startHeight + event.clientY - drag.current.startY);
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
    />
  );
}
