import { createContext, type ReactNode, useContext } from 'react';
import type { EpochMs } from '../../shared/contract/messages.ts';
import { useNow } from '../app/use-now.ts';

const NowContext = createContext<EpochMs>(0);

/** Ticks once a second for what is below it; only parts that ask for the time are drawn again. */
export const NowProvider = ({ children }: { readonly children: ReactNode }) => (
  <NowContext.Provider value={useNow(1_000)}>{children}</NowContext.Provider>
);

export const useNowMs = (): EpochMs => useContext(NowContext);
