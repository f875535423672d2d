import { styled } from '@mui/material/styles';
import { memo } from 'react';
import type { QueueState } from '../../shared/contract/messages.ts';

/** Shapes that differ without colour: tick, arrow, circle arrow, bars, cross. The word stands beside them. */
const shapes: Readonly<Record<QueueState, string>> = {
  ready: 'M2.5 6.5l2.5 2.5 4.5-6',
  sending: 'M1.5 6h8M6.5 2.8L9.7 6 6.5 9.2',
  retry: 'M9.8 6a3.8 3.8 0 1 1-1.3-2.9M8.8 0.9v2.5H6.3',
  held: 'M4 2.2v7.6M8 2.2v7.6',
  failed: 'M2.5 2.5l7 7M9.5 2.5l-7 7',
};

const Drawing = styled('svg')(({ theme }) => ({
  flex: 'none',
  marginRight: 5,
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.7,
  '&.ready, &.sending': { color: theme.vars.palette.success.main },
  '&.retry': { color: theme.vars.palette.info.main },
  '&.held': { color: theme.vars.palette.warning.main },
  '&.failed': { color: theme.vars.palette.error.main },
  '@media (forced-colors: active)': { '&&': { color: 'inherit' } },
}));

export const StateIcon = memo(({ state }: { readonly state: QueueState }) => (
  <Drawing className={state} width={12} height={12} viewBox="0 0 12 12" aria-hidden>
    <path d={shapes[state]} />
  </Drawing>
));
