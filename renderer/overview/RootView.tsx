import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import { useRefreshAll } from '../api/queries.ts';
import { ListView } from '../app/ListView.tsx';
import type { ListColumn } from '../app/list-column.ts';
import { useNavigation } from '../app/navigation.tsx';

const rowId = ({ computerName }: RelayStatus): string => computerName;

/** One row per computer; so far that is this one. */
export function RootView({ status }: { readonly status: RelayStatus }) {
  const { t } = useTranslation('server');
  const { t: tApp } = useTranslation('app');
  const { t: tMenus } = useTranslation('menus');
  const { go } = useNavigation();
  const refresh = useRefreshAll();
  const rows = useMemo(() => [status], [status]);
  const columns = useMemo<readonly ListColumn<RelayStatus>[]>(
    () => [
      {
        id: 'computer',
        heading: t('column.computer'),
        widthPx: 220,
        icon: () => 'computer',
        text: ({ computerName }) => computerName,
      },
      { id: 'local', heading: t('column.local'), widthPx: 70, text: () => t('local') },
      { id: 'version', heading: t('column.version'), widthPx: 90, text: ({ version }) => version },
      {
        id: 'status',
        heading: t('column.status'),
        widthPx: 320,
        text: ({ warnings }) =>
          warnings.length === 0 ? t('relayRunning') : t('relayRunningWarnings', { count: warnings.length }),
      },
    ],
    [t],
  );
  const openComputer = useCallback(() => go({ kind: 'computer' }), [go]);
  const actionsOf = useCallback(
    (selected: readonly RelayStatus[]) =>
      selected.length === 0 ? [] : [{ id: 'open', label: tMenus('open'), run: openComputer }],
    [tMenus, openComputer],
  );
  return (
    <ListView
      name="root"
      label={tApp('productName')}
      columns={columns}
      rows={rows}
      rowId={rowId}
      actionsOf={actionsOf}
      onOpen={openComputer}
      onRefresh={refresh}
      countText={t('computerCount', { count: rows.length })}
    />
  );
}
