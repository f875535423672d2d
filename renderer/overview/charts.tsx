/**
 * The drawings themselves; the only place that knows the chart library. Drawn anew for new points only: the status changes
 * far more often.
 */
import { styled } from '@mui/material/styles';
import { LineChart, type LineSeries, lineClasses } from '@mui/x-charts/LineChart';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoadSample } from '../../shared/contract/servers.ts';
import type { QueueFormat } from '../queue/format.ts';
import { chartHeightPx } from './ChartPanel.tsx';
import { ageUnitFor, ageUnitMs, axisTop, type LoadPoint, mostOf } from './load-series.ts';

/** Told apart by dashes as well as by colour; in forced colours by dashes and the system's colours. */
const Colours = styled('div')(({ theme }) => ({
  '--series-main': theme.vars.palette.primary.main,
  '--series-good': theme.vars.palette.success.main,
  '--series-warn': theme.vars.palette.warning.main,
  '--series-bad': theme.vars.palette.error.main,
  '@media (forced-colors: active)': {
    forcedColorAdjust: 'none',
    '--series-main': 'LinkText',
    '--series-good': 'CanvasText',
    '--series-warn': 'GrayText',
    '--series-bad': 'Highlight',
    '& text': { fill: 'CanvasText !important' },
    '& .MuiChartsAxis-line, & .MuiChartsAxis-tick': { stroke: 'CanvasText !important' },
  },
  [`& .${lineClasses.line}, & line[data-series]`]: { strokeWidth: 1.75 },
  [`& .${lineClasses.area}`]: { fillOpacity: 0.18 },
  '& [data-series="oldestAge"], & [data-series="delivered"]': { strokeDasharray: '6 3' },
  '& [data-series="failed"]': { strokeDasharray: '2 3' },
  '& [data-series="refused"]': { strokeDasharray: '8 3 2 3' },
}));

interface ChartProps {
  readonly points: readonly LoadPoint[];
  readonly format: QueueFormat;
}

type Load = Omit<LoadSample, 'atMs'>;

const seriesOf = (points: readonly LoadPoint[], value: (load: Load) => number): readonly (number | null)[] =>
  points.map(({ load }) => (load === null ? null : value(load)));

/** A value between two gaps has no line to be seen by. */
const alone =
  (points: readonly LoadPoint[]) =>
  ({ index }: { readonly index: number }): boolean =>
    (points[index - 1]?.load ?? null) === null && (points[index + 1]?.load ?? null) === null;

/** How many messages wait (left axis), and how long the oldest one has (right axis). */
export const DepthChart = memo(function DepthChart({ points, format }: ChartProps) {
  const { t } = useTranslation('overview');
  const oldestMs = mostOf(points, ({ oldestAgeMs }) => oldestAgeMs);
  const unit = ageUnitFor(oldestMs);
  const unitMs = ageUnitMs[unit];
  const common = { curve: 'linear', showMark: alone(points) } as const;
  return (
    <Drawing
      points={points}
      series={[
        {
          ...common,
          id: 'queued',
          yAxisId: 'depth',
          label: t('chart.queued'),
          area: true,
          color: 'var(--series-main)',
          data: seriesOf(points, ({ queued }) => queued),
          valueFormatter: (value) => (value === null ? t('chart.noData') : format.count(value)),
        },
        {
          ...common,
          id: 'oldestAge',
          yAxisId: 'age',
          label: t('chart.oldestAge'),
          color: 'var(--series-warn)',
          data: seriesOf(points, ({ oldestAgeMs }) => oldestAgeMs / unitMs),
          valueFormatter: (value) => (value === null ? t('chart.noData') : format.duration(value * unitMs)),
        },
      ]}
      axes={[
        { id: 'depth', top: axisTop(mostOf(points, ({ queued }) => queued)), label: t('chart.depthAxis') },
        { id: 'age', top: axisTop(oldestMs / unitMs), label: t(`chart.ageUnit.${unit}`) },
      ]}
    />
  );
});

/** What came, left, failed and was refused in each minute. */
export const TrafficChart = memo(function TrafficChart({ points, format }: ChartProps) {
  const { t } = useTranslation('overview');
  const one = (id: 'accepted' | 'delivered' | 'failed' | 'refused', label: string, color: string): Series => ({
    id,
    label,
    color,
    curve: 'linear',
    showMark: alone(points),
    data: seriesOf(points, (load) => load[id]),
    valueFormatter: (value) => (value === null ? t('chart.noData') : format.count(value)),
  });
  const most = mostOf(points, ({ accepted, delivered, failed, refused }) =>
    Math.max(accepted, delivered, failed, refused),
  );
  return (
    <Drawing
      points={points}
      series={[
        one('accepted', t('chart.accepted'), 'var(--series-main)'),
        one('delivered', t('chart.delivered'), 'var(--series-good)'),
        one('failed', t('chart.failedCount'), 'var(--series-bad)'),
        one('refused', t('chart.refused'), 'var(--series-warn)'),
      ]}
      axes={[{ id: 'depth', top: axisTop(most), label: t('chart.depthAxis') }]}
    />
  );
});

/** The library's own does not show the dashes. */
const Legend = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  justifyContent: 'center',
  gap: '2px 16px',
  fontSize: 12,
  '& > span': { display: 'flex', alignItems: 'center', gap: 6 },
});

interface Axis {
  readonly id: string;
  readonly top: number;
  readonly label: string;
}

type Series = LineSeries & { readonly id: string; readonly label: string; readonly color: string };

interface DrawingProps {
  readonly points: readonly LoadPoint[];
  readonly series: readonly Series[];
  /** Left, and right if there are two. */
  readonly axes: readonly Axis[];
}

function Drawing({ points, series, axes }: DrawingProps): ReactNode {
  const { i18n } = useTranslation();
  const clock = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit' });
  const first = points[0]?.atMs ?? 0;
  const last = points.at(-1)?.atMs ?? 0;
  return (
    <Colours aria-hidden>
      <LineChart
        height={chartHeightPx}
        series={series}
        xAxis={[
          {
            scaleType: 'time',
            data: points.map(({ atMs }) => new Date(atMs)),
            min: new Date(first),
            max: new Date(last),
            valueFormatter: (at: Date) => clock.format(at),
            tickNumber: 6,
            height: 30,
          },
        ]}
        yAxis={axes.map(({ id, top, label }, index) => ({
          id,
          label,
          min: 0,
          max: top,
          position: index === 0 ? 'left' : 'right',
          tickMinStep: 1,
          tickNumber: 4,
          width: 50,
        }))}
        grid={{ horizontal: true }}
        margin={{ top: 8, right: axes.length > 1 ? 0 : 36, bottom: 0, left: 0 }}
        hideLegend
        skipAnimation
        disableKeyboardNavigation
      />
      <Legend>
        {series.map(({ id, label, color }) => (
          <span key={id}>
            <svg width={26} height={10} aria-hidden>
              <line data-series={id} x1={0} y1={5} x2={26} y2={5} stroke={color} />
            </svg>
            {label}
          </span>
        ))}
      </Legend>
    </Colours>
  );
}
