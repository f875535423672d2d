import { styled } from '@mui/material/styles';

/** How long work reports how far it is, and how it learns that nobody wants it any more. */
export interface ProgressControl {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

const Line = styled('div')({ display: 'flex', alignItems: 'center', gap: 10, minHeight: 24 });

const Track = styled('progress')(({ theme }) => ({
  flex: 1,
  height: 8,
  appearance: 'none',
  border: `1px solid ${theme.vars.palette.frame.control}`,
  '&::-webkit-progress-bar': { backgroundColor: theme.vars.palette.background.paper },
  '&::-webkit-progress-value': { backgroundColor: theme.vars.palette.primary.main },
  '@media (forced-colors: active)': { appearance: 'auto' },
}));

const Words = styled('span')({ flex: 'none', fontVariantNumeric: 'tabular-nums' });

interface ProgressBarProps {
  readonly label: string;
  /** Null: nobody knows yet. */
  readonly progress: Progress | null;
  readonly text: string;
}

/** How far something is, as a bar and in words. */
export const ProgressBar = ({ label, progress, text }: ProgressBarProps) => (
  <Line>
    <Track
      aria-label={label}
      {...(progress === null ? {} : { value: progress.done, max: Math.max(1, progress.total) })}
    />
    <Words>{text}</Words>
  </Line>
);
