/** The connection for the components: its client, its state, and everything fetched again after it was lost. */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { ContractProvider } from './contract-context.tsx';
import { type PendingCalls, watchPendingCalls } from './pending-calls.ts';
import type { Connection, ConnectionState } from './reconnecting-client.ts';

const ConnectionContext = createContext<Connection | null>(null);
const PendingContext = createContext<PendingCalls | null>(null);

export function ConnectionProvider({
  connection,
  children,
}: {
  readonly connection: Connection;
  readonly children: ReactNode;
}) {
  const queryClient = useQueryClient();
  useEffect(() => connection.onReconnect(() => void queryClient.invalidateQueries()), [connection, queryClient]);
  const pending = useMemo(() => watchPendingCalls(connection.client, afterDelay), [connection]);
  return (
    <ConnectionContext.Provider value={connection}>
      <PendingContext value={pending}>
        <ContractProvider client={pending.client}>{children}</ContractProvider>
      </PendingContext>
    </ConnectionContext.Provider>
  );
}

const afterDelay = (delayMs: number, action: () => void): (() => void) => {
  const timer = setTimeout(action, delayMs);
  return () => clearTimeout(timer);
};

/** Whether an answer of the relay has been waited for longer than one would think. */
export function useIsRelaySlow(): boolean {
  const pending = useContext(PendingContext);
  if (pending === null) throw new Error('useIsRelaySlow needs a ConnectionProvider above it');
  return useSyncExternalStore(pending.onChange, pending.isSlow);
}

function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (connection === null) throw new Error('useConnection needs a ConnectionProvider above it');
  return connection;
}

export function useConnectionState(): ConnectionState {
  const connection = useConnection();
  return useSyncExternalStore(connection.onStateChange, connection.state);
}

/** For a view that keeps rows of its own outside the query cache. Pass a stable function. */
export function useOnReconnect(listener: () => void): void {
  const connection = useConnection();
  useEffect(() => connection.onReconnect(listener), [connection, listener]);
}
