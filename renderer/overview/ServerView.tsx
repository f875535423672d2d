import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { useRefreshAll } from '../api/queries.ts';
import type { IconName } from '../app/icons.ts';
import { type ListColumn, ListView } from '../app/ListView.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { ServerSummary } from './ServerSummary.tsx';
import { serverCaption } from './server-state.ts';
import { useServerActions } from './use-server-actions.ts';

interface NodeRow {
  readonly kind: 'sessions' | 'queue';
  readonly name: string;
  readonly contents: string;
  readonly icon: IconName;
}

const rowId = ({ kind }: NodeRow): string => kind;

/** What belongs to a virtual server, and its state at a glance. */
export function ServerView({ server }: { readonly server: ServerStatus }) {
  const { t } = useTranslation('server');
  const { t: tApp } = useTranslation('app');
  const { t: tMenus } = useTranslation('menus');
  const { go } = useNavigation();
  const refresh = useRefreshAll();
  const serverActions = useServerActions();
  const { id: serverId, inboundSessions, outboundSessions } = server;
  const queueTotal = server.queue.total;

  const rows = useMemo<readonly NodeRow[]>(
    () => [
      {
        kind: 'sessions',
        name: tApp('tree.sessions'),
        contents: t('sessionContents', { inbound: inboundSessions, outbound: outboundSessions }),
        icon: 'sessions',
      },
      { kind: 'queue', name: tApp('tree.queue'), contents: t('queueContents', { count: queueTotal }), icon: 'queue' },
    ],
    [t, tApp, inboundSessions, outboundSessions, queueTotal],
  );
  const columns = useMemo<readonly ListColumn<NodeRow>[]>(
    () => [
      { id: 'name', heading: t('column.name'), widthPx: 240, icon: ({ icon }) => icon, text: ({ name }) => name },
      { id: 'contents', heading: t('column.contents'), widthPx: 280, text: ({ contents }) => contents },
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
      <ServerSummary server={server} />
    </>
  );
}
