import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { EventOf } from '../../shared/contract/events.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { useOnReconnect } from '../api/connection.tsx';
import { useContract, useContractEvent } from '../api/contract-context.tsx';
import { createLogFollower, type LogState } from './log-follower.ts';

/** As many as one call gives. */
const linesPerCall = 1_000;

interface LogTail extends LogState {
  readonly live: boolean;
  readonly setLive: (live: boolean) => void;
  /** Lines written while the view is paused. */
  readonly behind: number;
  /** Asks once, paused or not. */
  readonly refresh: () => void;
  readonly clear: () => void;
}

/** The protocol log as it grows, unless it is paused. */
export function useLogTail(serverId: ServerId): LogTail {
  const client = useContract();
  const follower = useMemo(
    () => createLogFollower((after) => client.call('log.tail', { serverId, after, limit: linesPerCall })),
    [client, serverId],
  );
  const state = useSyncExternalStore(follower.subscribe, follower.state);
  const [live, setLive] = useState(true);
  const [written, setWritten] = useState(0);

  const onChanged = useCallback(
    (event: EventOf<'log.changed'>) => {
      if (event.serverId !== serverId) return;
      if (live) follower.ask();
      else setWritten(event.sequence);
    },
    [follower, serverId, live],
  );
  useContractEvent('log.changed', onChanged);
  useEffect(() => {
    if (live) follower.ask();
  }, [follower, live]);
  const onReconnect = useCallback(() => {
    if (live) follower.ask();
  }, [follower, live]);
  useOnReconnect(onReconnect);

  return {
    ...state,
    live,
    setLive,
    behind: live ? 0 : Math.max(0, written - state.buffer.sequence),
    refresh: follower.ask,
    clear: follower.clear,
  };
}
