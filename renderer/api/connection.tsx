/** The connection for the components: its client, its state, and everything fetched again after it was lost. */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import { ContractProvider } from './contract-context.tsx';
import type { Connection, ConnectionState } from './reconnecting-client.ts';

const ConnectionContext = createContext<Connection | null>(null);

export function ConnectionProvider({
  connection,
  children,
}: {
  readonly connection: Connection;
  readonly children: ReactNode;
}) {
  const queryClient = useQueryClient();
  useEffect(() => connection.onReconnect(() => void queryClient.invalidateQueries()), [connection, queryClient]);
  return (
    <ConnectionContext.Provider value={connection}>
      <ContractProvider client={connection.client}>{children}</ContractProvider>
    </ConnectionContext.Provider>
  );
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
