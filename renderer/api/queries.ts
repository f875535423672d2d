/** What the screens read from the relay. Answers stay until an event says that they changed. */
import { keepPreviousData, QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { EventName } from '../../shared/contract/events.ts';
import type { BadmailRow, ServerId } from '../../shared/contract/messages.ts';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { coalesce } from './coalesce.ts';
import { useContract } from './contract-context.tsx';

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // The relay is on this machine: whether the browser believes to be online does not matter.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });

const keys = {
  status: ['status'],
  settings: (serverId: ServerId) => ['settings', serverId],
  watchedSettings: (serverId: ServerId) => ['watchedSettings', serverId],
  /** What is in force, for views; a property sheet reads its own. */
  liveSettings: (serverId: ServerId) => ['liveSettings', serverId],
  sessions: (serverId: ServerId) => ['sessions', serverId],
  addresses: ['addresses'],
  load: (serverIds: readonly ServerId[]) => ['load', ...serverIds],
  badmail: (serverId: ServerId) => ['badmail', serverId],
  badmailMessage: (serverId: ServerId, name: string) => ['badmailMessage', serverId, name],
} as const;

export const useStatus = () => {
  const client = useContract();
  return useQuery({ queryKey: keys.status, queryFn: () => client.call('status.get', null) });
};

export const useServerStatus = (serverId: ServerId): ServerStatus | undefined =>
  useStatus().data?.servers.find(({ id }) => id === serverId);

/** Never shared between two sheets: each one starts from what is saved when it opens. */
export const useSettings = (serverId: ServerId) => {
  const client = useContract();
  return useQuery({
    queryKey: keys.settings(serverId),
    queryFn: () => client.call('settings.get', { serverId }),
    gcTime: 0,
  });
};

/** The settings in force, kept up to date. */
export const useLiveSettings = (serverId: ServerId) => {
  const client = useContract();
  const queryKey = keys.liveSettings(serverId);
  useLiveQuery(queryKey, ['settings.changed']);
  return useQuery({ queryKey, queryFn: () => client.call('settings.get', { serverId }) });
};

/** Kept true, for a list of what is in the settings. */
export const useWatchedSettings = (serverId: ServerId) => {
  const client = useContract();
  const queryKey = keys.watchedSettings(serverId);
  useLiveQuery(queryKey, ['settings.changed']);
  return useQuery({ queryKey, queryFn: () => client.call('settings.get', { serverId }), gcTime: 0 });
};

export const useSessions = (serverId: ServerId) => {
  const client = useContract();
  return useQuery({
    queryKey: keys.sessions(serverId),
    queryFn: () => client.call('session.list', { serverId }),
    gcTime: 0,
  });
};

/** Often enough to see the running minute grow; a day is 150 KB. */
const loadEveryMs = 10_000;

/** The last 24 hours of these servers by the minute, one series for each. */
export const useLoadHistory = (serverIds: readonly ServerId[]) => {
  const client = useContract();
  return useQuery({
    queryKey: keys.load(serverIds),
    queryFn: () => Promise.all(serverIds.map((serverId) => client.call('load.history', { serverId }))),
    refetchInterval: loadEveryMs,
    placeholderData: keepPreviousData,
  });
};

export const useNetworkAddresses = () => {
  const client = useContract();
  return useQuery({
    queryKey: keys.addresses,
    queryFn: () => client.call('network.addresses', null),
    gcTime: 0,
  });
};

/** A list with more than that is no list any more. */
const badmailRowsShown = 1_000;
const badmailRowsPerCall = 500;

/** The latest messages in Badmail, and how many there are. */
export const useBadmail = (serverId: ServerId) => {
  const client = useContract();
  return useQuery({
    queryKey: keys.badmail(serverId),
    queryFn: async () => {
      const rows: BadmailRow[] = [];
      for (;;) {
        const page = { offset: rows.length, limit: badmailRowsPerCall };
        const answer = await client.call('badmail.list', { serverId, ...page });
        rows.push(...answer.rows);
        if (answer.rows.length < badmailRowsPerCall || rows.length >= badmailRowsShown) {
          return { rows, total: answer.total };
        }
      }
    },
    gcTime: 0,
  });
};

export const useLiveBadmail = (serverId: ServerId): void =>
  useLiveQuery(keys.badmail(serverId), ['badmail.changed', 'settings.changed']);

/** One message in Badmail, until it is taken away. */
export const useBadmailMessage = (serverId: ServerId, name: string) => {
  const client = useContract();
  const queryKey = keys.badmailMessage(serverId, name);
  useLiveQuery(queryKey, ['badmail.changed']);
  return useQuery({ queryKey, queryFn: () => client.call('badmail.show', { serverId, name }), gcTime: 0 });
};

/** Twice a second is as often as anybody reads it. */
const pauseMs = 500;
const aMoment = (over: () => void): void => void setTimeout(over, pauseMs);

/** Keeps a query true: fetches it again whenever one of the events comes, unless it is not to be `live`. */
function useLiveQuery(queryKey: readonly unknown[], events: readonly EventName[], live = true): void {
  const client = useContract();
  const queryClient = useQueryClient();
  const keyText = JSON.stringify(queryKey);
  const eventText = events.join(' ');
  const isLive = useRef(live);
  const refresh = useMemo(
    () =>
      coalesce(async () => {
        // What was asked for just before the view was told to stand still.
        if (isLive.current) await queryClient.invalidateQueries({ queryKey: JSON.parse(keyText) as unknown[] });
      }, aMoment),
    [queryClient, keyText],
  );
  useEffect(() => {
    isLive.current = live;
    if (!live) return;
    const unsubscribers = (eventText.split(' ') as EventName[]).map((name) => client.on(name, refresh));
    return () => {
      for (const unsubscribe of unsubscribers) unsubscribe();
    };
  }, [client, refresh, eventText, live]);
}

/** Mounted once, by the frame. */
export const useLiveStatus = (): void =>
  useLiveQuery(keys.status, [
    'server.changed',
    'servers.changed',
    'queue.changed',
    'settings.changed',
    'sessions.changed',
    'badmail.changed',
    'trash.changed',
  ]);

export const useLiveSessions = (serverId: ServerId, live: boolean): void =>
  useLiveQuery(keys.sessions(serverId), ['sessions.changed', 'server.changed'], live);

/** For 'Refresh': everything on the screen is asked for again. */
export const useRefreshAll = (): (() => void) => {
  const queryClient = useQueryClient();
  return useMemo(() => () => void queryClient.invalidateQueries(), [queryClient]);
};
