import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerStatus, Warning } from '../../shared/contract/servers.ts';
import { useRefreshAll } from '../api/queries.ts';
import type { IconName } from '../app/icons.ts';
import { ListView } from '../app/ListView.tsx';
import type { ListColumn } from '../app/list-column.ts';
import { useNavigation } from '../app/navigation.tsx';
import { useDomainCount } from '../domains/use-domain-count.ts';
import { DownDestinations } from './DownDestinations.tsx';
import { LoadCharts } from './LoadCharts.tsx';
import { Column, Columns, ListPlace, listHeightPx, OverviewPane } from './panels.tsx';
import { ServerFolders, ServerSummary } from './ServerSummary.tsx';
import { serverCaption } from './server-state.ts';
import { useServerActions } from './use-server-actions.ts';
import { Warnings } from './Warnings.tsx';

interface NodeRow {
  readonly kind: 'domains' | 'sessions' | 'queue' | 'badmail' | 'log';
  readonly name: string;
  readonly contents: string;
  readonly icon: IconName;
}

const rowId = ({ kind }: NodeRow): string => kind;

interface ServerViewProps {
  readonly server: ServerStatus;
  /** Of all servers. */
  readonly warnings: readonly Warning[];
}

/** What belongs to a virtual server, its state at a glance, and how busy it is. */
export function ServerView({ server, warnings }: ServerViewProps) {
  const { t } = useTranslation('server');
  const { t: tApp } = useTranslation('app');
  const { t: tOverview } = useTranslation('overview');
  const { t: tMenus } = useTranslation('menus');
  const { go } = useNavigation();
  const { t: tDomains } = useTranslation('domains');
  const refresh = useRefreshAll();
  const domainCount = useDomainCount(server.id);
  const serverActions = useServerActions();
  const { id: serverId, inboundSessions, outboundSessions } = server;
  const { total: queueTotal, badmail: badmailTotal } = server.queue;
  const own = useMemo(() => warnings.filter((warning) => warning.serverId === serverId), [warnings, serverId]);
  const one = useMemo(() => [server], [server]);
  const oneId = useMemo(() => [serverId], [serverId]);

  const rows = useMemo<readonly NodeRow[]>(
    () => [
      {
        kind: 'domains',
        name: tApp('tree.domains'),
        contents: domainCount === null ? '' : tDomains('count', { count: domainCount }),
        icon: 'domains',
      },
      {
        kind: 'sessions',
        name: tApp('tree.sessions'),
        contents: t('sessionContents', { inbound: inboundSessions, outbound: outboundSessions }),
        icon: 'sessions',
      },
      { kind: 'queue', name: tApp('tree.queue'), contents: t('queueContents', { count: queueTotal }), icon: 'queue' },
      {
        kind: 'badmail',
        name: tApp('tree.badmail'),
        contents: t('queueContents', { count: badmailTotal }),
        icon: badmailTotal > 0 ? 'badmail' : 'badmailEmpty',
      },
      { kind: 'log', name: tApp('tree.log'), contents: t('logContents'), icon: 'log' },
    ],
    [t, tApp, tDomains, domainCount, inboundSessions, outboundSessions, queueTotal, badmailTotal],
  );
  const columns = useMemo<readonly ListColumn<NodeRow>[]>(
    () => [
      { id: 'name', heading: t('column.name'), widthPx: 240, icon: ({ icon }) => icon, text: ({ name }) => name },
      { id: 'contents', heading: t('column.contents'), widthPx: 340, text: ({ contents }) => contents },
    ],
    [t],
  );
  const openNode = useCallback(({ kind }: NodeRow) => go({ kind, serverId }), [go, serverId]);
  const actionsOf = useCallback(
    ([row]: readonly NodeRow[]) =>
      row === undefined ? serverActions(server) : [{ id: 'open', label: tMenus('open'), run: () => openNode(row) }],
    [serverActions, server, tMenus, openNode],
  );
  return (
    <>
      <ListPlace style={{ height: listHeightPx(rows.length) }}>
        <ListView
          name="server"
          label={serverCaption(server)}
          columns={columns}
          rows={rows}
          rowId={rowId}
          actionsOf={actionsOf}
          onOpen={openNode}
          onRefresh={refresh}
          countText={t('itemCount', { count: rows.length })}
        />
      </ListPlace>
      <OverviewPane role="region" aria-label={tOverview('label')} tabIndex={0}>
        <Columns>
          <Column>
            <Warnings warnings={own} servers={one} />
            <DownDestinations servers={one} />
            <ServerSummary server={server} />
            <ServerFolders server={server} />
          </Column>
          <LoadCharts serverIds={oneId} />
        </Columns>
      </OverviewPane>
    </>
  );
}
