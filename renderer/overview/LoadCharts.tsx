/** The two charts of the overview: depth and age of the queue, and what came and left in the last hour. */
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { useLoadHistory } from '../api/queries.ts';
import { useNow } from '../app/use-now.ts';
import { useRememberedState } from '../app/use-remembered-state.ts';
import { createQueueFormat, localeOf } from '../queue/format.ts';
import { ChartPanel, ChartPlace } from './ChartPanel.tsx';
import { LoadTable } from './LoadTable.tsx';
import { addUp, mostOf, pointsOf, type RangeHours, ranges, totalOf } from './load-series.ts';
import { Column, Secondary } from './panels.tsx';

// The drawing library is as large as the rest of the console: the lists come first.
const DepthChart = lazy(() => import('./charts.tsx').then((charts) => ({ default: charts.DepthChart })));
const TrafficChart = lazy(() => import('./charts.tsx').then((charts) => ({ default: charts.TrafficChart })));

interface ChartChoice {
  readonly hours: RangeHours;
  readonly asTable: boolean;
}

const parseChoice = (raw: unknown): ChartChoice => {
  const { hours, asTable } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  return { hours: ranges.find((range) => range === hours) ?? 6, asTable: asTable === true };
};

/** @param serverIds  Several ones are added up. */
export function LoadCharts({ serverIds }: { readonly serverIds: readonly ServerId[] }) {
  const { t, i18n } = useTranslation('overview');
  const history = useLoadHistory(serverIds);
  const [choice, setChoice] = useRememberedState('overview.chart', parseChoice);
  const nowMs = useNow(10_000);
  const format = useMemo(() => createQueueFormat(localeOf(i18n.language, navigator.languages)), [i18n.language]);
  const samples = useMemo(() => addUp(history.data ?? []), [history.data]);
  const recent = useMemo(() => pointsOf(samples, nowMs, choice.hours), [samples, nowMs, choice.hours]);
  const lastHour = useMemo(() => pointsOf(samples, nowMs, 1), [samples, nowMs]);
  const several = serverIds.length > 1;
  const queueTitle = t(several ? 'chart.queueTitleAll' : 'chart.queueTitle');
  const trafficTitle = t(several ? 'chart.trafficTitleAll' : 'chart.trafficTitle');
  const now = recent.at(-1)?.load ?? null;
  const queued = now?.queued ?? 0;
  const most = mostOf(recent, (load) => load.queued);
  const { hours, asTable } = choice;
  const tools = { asTable, onAsTable: (next: boolean) => setChoice({ ...choice, asTable: next }) };

  const remark =
    history.data === undefined ? <Secondary>{t(history.isError ? 'chart.failed' : 'chart.loading')}</Secondary> : null;
  return (
    <Column>
      <ChartPanel
        {...tools}
        title={queueTitle}
        summary={
          queued === 0
            ? t('chart.queueSummaryNone', { most })
            : t('chart.queueSummary', { count: queued, age: format.duration(now?.oldestAgeMs ?? 0), most })
        }
        range={{ hours, onHours: (next) => setChoice({ ...choice, hours: next }) }}
      >
        {remark ??
          (asTable ? (
            <LoadTable kind="depth" label={queueTitle} points={recent} format={format} />
          ) : (
            <Suspense fallback={<ChartPlace />}>
              <DepthChart points={recent} format={format} />
            </Suspense>
          ))}
      </ChartPanel>
      <ChartPanel
        {...tools}
        title={trafficTitle}
        summary={t('chart.trafficSummary', {
          accepted: totalOf(lastHour, 'accepted'),
          delivered: totalOf(lastHour, 'delivered'),
          failed: totalOf(lastHour, 'failed'),
          refused: totalOf(lastHour, 'refused'),
        })}
      >
        {remark ??
          (asTable ? (
            <LoadTable kind="traffic" label={trafficTitle} points={lastHour} format={format} />
          ) : (
            <Suspense fallback={<ChartPlace />}>
              <TrafficChart points={lastHour} format={format} />
            </Suspense>
          ))}
      </ChartPanel>
    </Column>
  );
}
