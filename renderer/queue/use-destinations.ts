import { useCallback, useState } from 'react';
import type { EventOf } from '../../shared/contract/events.ts';
import type { DestinationRow, ServerId } from '../../shared/contract/messages.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { useOnReconnect } from '../api/connection.tsx';
import { useContract, useContractEvent } from '../api/contract-context.tsx';
import { problemOf } from '../app/dialogs.tsx';
import { useAsker } from './use-asker.ts';

export interface Destinations {
  /** The largest first; null before the first answer. */
  readonly rows: readonly DestinationRow[] | null;
  /** Why the last question failed; it is asked again by itself. */
  readonly problem: Problem | null;
  readonly refresh: () => void;
}

/** The relay looks through the whole queue for each answer. */
const askEveryMs = 1_000;

/**
 * The next hops of one server with what waits for them, asked for again as the queue changes. A component serves one server for life.
 * @param shown  Nobody asks while nobody looks.
 */
export function useDestinations(serverId: ServerId, shown: boolean, live: boolean): Destinations {
  const client = useContract();
  const [rows, setRows] = useState<readonly DestinationRow[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asker = useAsker(
    async () => {
      try {
        setRows(await client.call('destination.list', { serverId }));
        setProblem(null);
      } catch (error) {
        setProblem(problemOf(error));
        asker.later();
      }
    },
    askEveryMs,
    shown,
  );
  const onChanged = useCallback(
    (event: EventOf<'queue.changed' | 'settings.changed'>) => {
      if (event.serverId === serverId && live) asker.later();
    },
    [asker, serverId, live],
  );
  useContractEvent('queue.changed', onChanged);
  // Freezing is a setting.
  useContractEvent('settings.changed', onChanged);
  useOnReconnect(asker.now);
  return { rows, problem, refresh: asker.now };
}
