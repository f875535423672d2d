/** The computer for the components: a client where somebody answers for it, and what is known about it. */
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { CallClient } from '../../shared/contract/client.ts';
import type { ComputerCalls, ComputerFacts } from '../../shared/contract/computer/computer-calls.ts';
import type { ComputerConnection } from './computer-connection.ts';

const ComputerContext = createContext<ComputerConnection | null>(null);

export function ComputerProvider({
  connection,
  children,
}: {
  readonly connection: ComputerConnection;
  readonly children: ReactNode;
}) {
  return <ComputerContext value={connection}>{children}</ComputerContext>;
}

const never = (): (() => void) => () => {};
const nobody = (): null => null;

/** Null where nobody answers for the computer, and for a moment at the start. */
export function useComputer(): CallClient<ComputerCalls> | null {
  const connection = useContext(ComputerContext);
  return useSyncExternalStore(connection?.onChange ?? never, connection?.client ?? nobody);
}

/** Undefined until they are known. */
export function useComputerFacts(): ComputerFacts | undefined {
  const computer = useComputer();
  return useQuery({
    queryKey: ['computer.facts'],
    queryFn: () =>
      computer === null ? Promise.reject(new Error('nobody answers')) : computer.call('computer.facts', null),
    enabled: computer !== null,
  }).data;
}
