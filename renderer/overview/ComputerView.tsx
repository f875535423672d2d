import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelayStatus, ServerStatus } from '../../shared/contract/servers.ts';
import { useRefreshAll } from '../api/queries.ts';
import { ListView } from '../app/ListView.tsx';
import type { ListColumn } from '../app/list-column.ts';
import { useNavigation } from '../app/navigation.tsx';
import { DownDestinations } from './DownDestinations.tsx';
import { LoadCharts } from './LoadCharts.tsx';
import { Column, Columns, ListPlace, listHeightPx, OverviewPane } from './panels.tsx';
import { RelayPanel } from './RelayPanel.tsx';
import { listenTexts, serverCaption, serverIcon, stateText } from './server-state.ts';
import { useComputerActions } from './use-computer-actions.ts';
import { useServerActions } from './use-server-actions.ts';
import { Warnings } from './Warnings.tsx';

const rowId = ({ id }: ServerStatus): string => id;

/** The virtual servers of the computer, what is wrong, and how busy they all are. */
export function ComputerView({ status }: { readonly status: RelayStatus }) {
  const { t, i18n } = useTranslation('server');
  const { t: tOverview } = useTranslation('overview');
  const { t: tApp } = useTranslation('app');
  const { t: tProperties } = useTranslation('properties');
  const { go } = useNavigation();
  const refresh = useRefreshAll();
  const serverActions = useServerActions();
  const computerActions = useComputerActions();
  const serverIds = useMemo(() => status.servers.map(({ id }) => id), [status.servers]);
  const columns = useMemo<readonly ListColumn<ServerStatus>[]>(() => {
    const numbers = new Intl.NumberFormat(i18n.language);
    const allUnassigned = tProperties('identity.allUnassigned');
    return [
      { id: 'name', heading: t('column.name'), widthPx: 230, icon: serverIcon, text: serverCaption },
      { id: 'state', heading: t('column.state'), widthPx: 250, text: (server) => stateText(t, server) },
      {
        id: 'address',
        heading: t('column.address'),
        widthPx: 160,
        text: (server) => listenTexts(server, allUnassigned).addresses,
      },
      {
        id: 'port',
        heading: t('column.port'),
        widthPx: 70,
        text: (server) => listenTexts(server, allUnassigned).ports,
      },
      {
        id: 'queue',
        heading: tApp('tree.queue'),
        widthPx: 125,
        numeric: true,
        text: ({ queue }) => numbers.format(queue.total),
        sortValue: ({ queue }) => queue.total,
      },
      {
        id: 'sessions',
        heading: tApp('tree.sessions'),
        widthPx: 150,
        numeric: true,
        text: ({ inboundSessions, outboundSessions }) => numbers.format(inboundSessions + outboundSessions),
        sortValue: ({ inboundSessions, outboundSessions }) => inboundSessions + outboundSessions,
      },
    ];
  }, [t, tApp, tProperties, i18n.language]);
  const actionsOf = useCallback(
    (selected: readonly ServerStatus[]) => {
      if (selected.length === 0) return computerActions;
      return selected.length === 1 ? serverActions(selected[0]) : [];
    },
    [serverActions, computerActions],
  );
  return (
    <>
      <ListPlace style={{ height: listHeightPx(status.servers.length) }}>
        <ListView
          name="computer"
          label={tApp('tree.computer', { computer: status.computerName })}
          columns={columns}
          rows={status.servers}
          rowId={rowId}
          actionsOf={actionsOf}
          onOpen={({ id }) => go({ kind: 'server', serverId: id })}
          onRefresh={refresh}
          countText={t('serverCount', { count: status.servers.length })}
        />
      </ListPlace>
      <OverviewPane role="region" aria-label={tOverview('label')} tabIndex={0}>
        <Columns>
          <Column>
            <Warnings warnings={status.warnings} servers={status.servers} />
            <DownDestinations servers={status.servers} />
            <RelayPanel status={status} />
          </Column>
          <LoadCharts serverIds={serverIds} />
        </Columns>
      </OverviewPane>
    </>
  );
}
