import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import type { QueueFormat } from '../queue/format.ts';
import { TablePlace } from './ChartPanel.tsx';
import type { LoadPoint } from './load-series.ts';

const Table = styled('table')(({ theme }) => ({
  width: '100%',
  borderCollapse: 'collapse',
  fontVariantNumeric: 'tabular-nums',
  '& th': {
    position: 'sticky',
    top: 0,
    fontWeight: 400,
    textAlign: 'right',
    color: theme.vars.palette.text.secondary,
    backgroundColor: theme.vars.palette.background.default,
    borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
    padding: '2px 8px',
  },
  '& td': { textAlign: 'right', whiteSpace: 'nowrap', padding: '2px 8px', userSelect: 'text', cursor: 'text' },
  '& th:first-of-type, & td:first-of-type': { textAlign: 'left' },
}));

interface LoadTableProps {
  readonly kind: 'depth' | 'traffic';
  readonly label: string;
  /** Oldest first. */
  readonly points: readonly LoadPoint[];
  readonly format: QueueFormat;
}

/** The numbers behind a chart, the latest on top. */
export function LoadTable({ kind, label, points, format }: LoadTableProps) {
  const { t } = useTranslation('overview');
  const headings =
    kind === 'depth'
      ? [t('chart.queued'), t('chart.oldestAge')]
      : [t('chart.accepted'), t('chart.delivered'), t('chart.failedCount'), t('chart.refused')];
  const cells = ({ load }: LoadPoint): readonly string[] => {
    if (load === null) return headings.map(() => t('chart.noData'));
    return kind === 'depth'
      ? [format.count(load.queued), format.duration(load.oldestAgeMs)]
      : [load.accepted, load.delivered, load.failed, load.refused].map(format.count);
  };
  return (
    <TablePlace role="group" aria-label={label} tabIndex={0}>
      <Table>
        <thead>
          <tr>
            <th scope="col">{t('chart.time')}</th>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.atMs}>
              <td>{format.shortDateTime(point.atMs)}</td>
              {cells(point).map((cell, column) => (
                <td key={headings[column]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </TablePlace>
  );
}
