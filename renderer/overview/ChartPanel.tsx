import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type RangeHours, ranges } from './load-series.ts';
import { Panel, Secondary } from './panels.tsx';

export const chartHeightPx = 190;
const legendHeightPx = 22;

/** The same height with a chart, a table or neither: nothing below it moves. */
export const ChartPlace = styled('div')({ minHeight: chartHeightPx + legendHeightPx });
/** A long table scrolls. The keyboard reaches it. */
export const TablePlace = styled('div')({ height: chartHeightPx + legendHeightPx, overflow: 'auto' });

const Toggles = styled('div')({ display: 'flex' });
const Toggle = styled('button')(({ theme }) => ({
  font: 'inherit',
  fontSize: 12,
  height: 22,
  padding: '0 7px',
  whiteSpace: 'nowrap',
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
  '& + &': { marginLeft: -1 },
  '&:hover': { backgroundColor: theme.vars.palette.frame.hover },
  '&[aria-pressed="true"]': {
    backgroundColor: theme.vars.palette.frame.selected,
    borderColor: theme.vars.palette.primary.main,
    zIndex: 1,
  },
}));

interface ChartPanelProps {
  readonly title: string;
  /** What the chart says, in words: for everybody. */
  readonly summary: string;
  readonly range?: { readonly hours: RangeHours; readonly onHours: (hours: RangeHours) => void };
  readonly asTable: boolean;
  readonly onAsTable: (asTable: boolean) => void;
  readonly children: ReactNode;
}

/** A chart with its switches. The drawing itself is for the eye; the summary and the table say the same in words. */
export function ChartPanel({ title, summary, range, asTable, onAsTable, children }: ChartPanelProps) {
  const { t } = useTranslation('overview');
  return (
    <Panel
      title={title}
      tools={
        <>
          {range !== undefined && (
            <Toggles role="group" aria-label={t('chart.range')}>
              {ranges.map((hours) => (
                <Toggle
                  key={hours}
                  type="button"
                  aria-pressed={range.hours === hours}
                  onClick={() => range.onHours(hours)}
                >
                  {t('chart.hours', { count: hours })}
                </Toggle>
              ))}
            </Toggles>
          )}
          <Toggle type="button" aria-pressed={asTable} onClick={() => onAsTable(!asTable)}>
            {t('chart.asTable')}
          </Toggle>
        </>
      }
    >
      <ChartPlace>{children}</ChartPlace>
      <Secondary>{summary}</Secondary>
    </Panel>
  );
}
