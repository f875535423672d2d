import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { EventOf } from '../../shared/contract/events.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { useOnReconnect } from '../api/connection.tsx';
import { useContract, useContractEvent } from '../api/contract-context.tsx';
import { createQueueLoader, type QueueLoad, type QueueQuery } from './queue-loader.ts';
import type { RowRange } from './queue-window.ts';

interface QueueWindowHandle {
  readonly load: QueueLoad;
  /** Tells which rows are on the screen, with some around them. */
  readonly setVisible: (range: RowRange) => void;
  readonly refresh: () => void;
}

/**
 * The loaded part of one server's queue, kept fresh while the component is mounted. A component serves one server for life.
 * @param query  Memoised: another object is another query.
 */
export function useQueueWindow(serverId: ServerId, query: QueueQuery, live: boolean): QueueWindowHandle {
  const client = useContract();
  const [loader] = useState(() =>
    createQueueLoader(
      {
        list: (asked, { offset, limit }) => client.call('queue.list', { serverId, ...asked, offset, limit }),
        nowMs: () => performance.now(),
        after: (delayMs, action) => {
          const timer = setTimeout(action, delayMs);
          return () => clearTimeout(timer);
        },
      },
      query,
    ),
  );
  const load = useSyncExternalStore(loader.subscribe, loader.state);
  useEffect(() => loader.start(), [loader]);
  useEffect(() => loader.setQuery(query), [loader, query]);
  useEffect(() => loader.setLive(live), [loader, live]);
  const onChanged = useCallback(
    (event: EventOf<'queue.changed'>) => {
      if (event.serverId === serverId) loader.changed();
    },
    [loader, serverId],
  );
  useContractEvent('queue.changed', onChanged);
  useOnReconnect(loader.refresh);
  return { load, setVisible: loader.setVisible, refresh: loader.refresh };
}
