import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import type { Session } from '../../shared/contract/servers.ts';
import { useContract } from '../api/contract-context.tsx';
import { useLiveSessions, useServerStatus, useSessions } from '../api/queries.ts';
import { useDialogs } from '../app/dialogs.tsx';
import { EmptyState } from '../app/EmptyState.tsx';
import { ListView } from '../app/ListView.tsx';
import type { ListColumn } from '../app/list-column.ts';
import { QueryFailure } from '../app/QueryFailure.tsx';
import { useNow } from '../app/use-now.ts';
import { connectedTime } from './connected-time.ts';
import { sessionActions } from './session-actions.ts';
import { TerminateDialog, type Terminated } from './TerminateDialog.tsx';

const rowId = ({ id }: Session): string => id;
const noSessions: readonly Session[] = [];

/** Who is connected at this moment, in both directions, and the way to cut them off. */
export function SessionsView({ serverId }: { readonly serverId: ServerId }) {
  const { t } = useTranslation('sessions');
  const { t: tApp } = useTranslation('app');
  const client = useContract();
  const { showFailure } = useDialogs();
  const [asked, setAsked] = useState<Terminated | null>(null);
  const query = useSessions(serverId);
  const [live, setLive] = useState(true);
  useLiveSessions(serverId, live);
  const stopped = useServerStatus(serverId)?.state === 'stopped';
  const time = useNow(1_000);
  const [pausedAtMs, setPausedAtMs] = useState(0);
  /** What stands still stands still as a whole. */
  const now = live ? time : pausedAtMs;
  const columns = useMemo<readonly ListColumn<Session>[]>(
    () => [
      {
        id: 'user',
        heading: t('column.user'),
        widthPx: 220,
        icon: ({ direction }) => direction,
        text: ({ user }) => user,
      },
      { id: 'from', heading: t('column.from'), widthPx: 180, text: ({ peer }) => peer },
      {
        id: 'connectedTime',
        heading: t('column.connectedTime'),
        widthPx: 120,
        numeric: true,
        text: ({ startedAtMs }) => connectedTime(startedAtMs, now),
        sortValue: ({ startedAtMs }) => -startedAtMs,
      },
      {
        id: 'direction',
        heading: t('column.direction'),
        widthPx: 100,
        text: ({ direction }) => t(`direction.${direction}`),
      },
      {
        id: 'phase',
        heading: t('column.phase'),
        widthPx: 90,
        text: ({ phase }) => t(`phases.${phase}`, { defaultValue: phase }),
      },
      {
        id: 'messages',
        heading: t('column.messages'),
        widthPx: 100,
        numeric: true,
        text: ({ messages }) => String(messages),
        sortValue: ({ messages }) => messages,
      },
      {
        id: 'encrypted',
        heading: t('column.encrypted'),
        widthPx: 110,
        text: ({ encrypted }) => t(encrypted ? 'encrypted.yes' : 'encrypted.no'),
      },
    ],
    [t, now],
  );
  const { refetch } = query;
  const refresh = useCallback(() => void refetch(), [refetch]);
  const rows = query.data ?? noSessions;
  const count = rows.length;
  const toggleLive = useCallback(() => {
    setPausedAtMs(Date.now());
    if (!live) refresh();
    setLive(!live);
  }, [live, refresh]);
  const actionsOf = useCallback(
    (selected: readonly Session[]) => sessionActions(t, { selected, count, live }, setAsked, toggleLive),
    [t, count, live, toggleLive],
  );
  const terminate = (sessions: Terminated): void => {
    setAsked(null);
    const ids = sessions === 'all' ? null : sessions.map(rowId);
    client.call('session.terminate', { serverId, ids }).then(refresh, showFailure);
  };
  if (query.isError && query.data === undefined) return <QueryFailure error={query.error} onRetry={refresh} />;
  return (
    <>
      <ListView
        name="sessions"
        label={tApp('tree.sessions')}
        columns={columns}
        rows={rows}
        rowId={rowId}
        actionsOf={actionsOf}
        onRefresh={refresh}
        countText={live ? t('count', { count }) : `${t('count', { count })}, ${t('paused')}`}
        empty={
          query.isPending ? (
            <EmptyState headline={tApp('list.loading')} />
          ) : (
            <EmptyState headline={t('empty')}>{stopped ? t('emptyStopped') : t('emptyAdvice')}</EmptyState>
          )
        }
      />
      {asked !== null && (
        <TerminateDialog sessions={asked} onCancel={() => setAsked(null)} onConfirm={() => terminate(asked)} />
      )}
    </>
  );
}
