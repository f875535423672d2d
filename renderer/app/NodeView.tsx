import { useTranslation } from 'react-i18next';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import { useStatus } from '../api/queries.ts';
import { BadmailView } from '../badmail/BadmailView.tsx';
import { DomainsView } from '../domains/DomainsView.tsx';
import { LogView } from '../log/LogView.tsx';
import { ComputerView } from '../overview/ComputerView.tsx';
import { RootView } from '../overview/RootView.tsx';
import { ServerView } from '../overview/ServerView.tsx';
import { QueueView } from '../queue/QueueView.tsx';
import { SessionsView } from '../sessions/SessionsView.tsx';
import { EmptyState } from './EmptyState.tsx';
import { HelpTopicContext, topicOfPlace } from './help-topic.ts';
import type { Place } from './place.ts';
import { QueryFailure } from './QueryFailure.tsx';

/** What the details pane shows for a node of the tree. */
export function NodeView({ place }: { readonly place: Place }) {
  const { t } = useTranslation('app');
  const status = useStatus();
  if (status.data !== undefined) {
    return (
      <HelpTopicContext value={topicOfPlace(place)}>
        <KnownNode place={place} status={status.data} />
      </HelpTopicContext>
    );
  }
  return status.isPending ? (
    <EmptyState headline={t('connection.connecting')} />
  ) : (
    <QueryFailure error={status.error} onRetry={() => void status.refetch()} />
  );
}

function KnownNode({ place, status }: { readonly place: Place; readonly status: RelayStatus }) {
  const { t } = useTranslation('app');
  if (place.kind === 'root') return <RootView status={status} />;
  if (place.kind === 'computer') return <ComputerView status={status} />;
  const server = status.servers.find(({ id }) => id === place.serverId);
  if (server === undefined) return <EmptyState headline={t('list.noSuchServer')} />;
  switch (place.kind) {
    case 'server':
      return <ServerView server={server} warnings={status.warnings} />;
    case 'domains':
      return <DomainsView key={server.id} serverId={server.id} />;
    case 'sessions':
      return <SessionsView key={server.id} serverId={server.id} />;
    case 'queue':
      return <QueueView key={server.id} serverId={server.id} />;
    case 'badmail':
      return <BadmailView key={server.id} server={server} />;
    case 'log':
      return <LogView key={server.id} server={server} />;
  }
}
