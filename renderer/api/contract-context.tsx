/** The contract client for every component. Screens run on any client, a fake one included. */
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import type { ContractClient } from '../../shared/contract/client.ts';
import type { EventName, EventOf } from '../../shared/contract/events.ts';

const ContractContext = createContext<ContractClient | null>(null);

export function ContractProvider({
  client,
  children,
}: {
  readonly client: ContractClient;
  readonly children: ReactNode;
}) {
  return <ContractContext.Provider value={client}>{children}</ContractContext.Provider>;
}

export function useContract(): ContractClient {
  const client = useContext(ContractContext);
  if (client === null) throw new Error('useContract needs a ContractProvider above it');
  return client;
}

/** Calls `listener` for each event while the component is mounted. Pass a stable function. */
export function useContractEvent<Name extends EventName>(name: Name, listener: (event: EventOf<Name>) => void): void {
  const client = useContract();
  useEffect(() => client.on(name, listener), [client, name, listener]);
}
