import { type RefObject, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DestinationRow, ServerId } from '../../shared/contract/messages.ts';
import type { ListTable } from '../app/export-list.ts';
import type { ListLayout } from '../app/list-layout.ts';
import { useRememberedState } from '../app/use-remembered-state.ts';
import { destinationColumns, inFormerOrder, sortedDestinations } from './destination-columns.ts';
import { type DestinationsLayout, parseDestinationsLayout } from './destinations-layout.ts';
import { createQueueFormat, localeOf, type QueueFormat } from './format.ts';
import { type Destinations, useDestinations } from './use-destinations.ts';

export interface DestinationList {
  readonly format: QueueFormat;
  readonly layout: DestinationsLayout;
  readonly setLayout: (layout: DestinationsLayout) => void;
  readonly setListLayout: (list: ListLayout) => void;
  readonly toggle: () => void;
  readonly destinations: Destinations;
  /** As they stand in the list. */
  readonly rows: readonly DestinationRow[];
  /** While somebody points at the rows, none of them takes another place. */
  readonly setPointedAt: (pointedAt: boolean) => void;
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly tableOf: (rows: readonly DestinationRow[]) => ListTable;
}

const none: readonly DestinationRow[] = [];

/** Everything the list of destinations knows, apart from drawing and from what is selected: that is a rule of the filter. */
export function useDestinationList(serverId: ServerId, live: boolean): DestinationList {
  const { t, i18n } = useTranslation('queue');
  const [layout, setLayout] = useRememberedState(`queue.${serverId}.destinations`, parseDestinationsLayout);
  const destinations = useDestinations(serverId, layout.shown, live);
  const [keptOrder, setKeptOrder] = useState<readonly DestinationRow[] | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const format = useMemo(() => createQueueFormat(localeOf(i18n.language, navigator.languages)), [i18n.language]);
  const sorted = useMemo(
    () => sortedDestinations(destinations.rows ?? none, layout.list.sort),
    [destinations.rows, layout.list.sort],
  );
  const rows = useMemo(() => (keptOrder === null ? sorted : inFormerOrder(sorted, keptOrder)), [sorted, keptOrder]);
  return {
    format,
    layout,
    setLayout,
    setListLayout: (list) => {
      setLayout({ ...layout, list });
      // Whoever sorts wants to see it.
      setKeptOrder(null);
    },
    toggle: () => setLayout({ ...layout, shown: !layout.shown }),
    destinations,
    rows,
    setPointedAt: (pointedAt) => setKeptOrder(pointedAt ? rows : null),
    grid,
    tableOf: (some) => ({
      headings: destinationColumns.map(({ id }) => t(`destinations.columns.${id}`)),
      rows: some.map((row) => destinationColumns.map((column) => column.text(row, { t, format, nowMs: Date.now() }))),
    }),
  };
}
