import { useCallback, useState } from 'react';
import type { EventOf } from '../../shared/contract/events.ts';
import type { MessageDetails, MessageId, ServerId } from '../../shared/contract/messages.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { useOnReconnect } from '../api/connection.tsx';
import { useContract, useContractEvent } from '../api/contract-context.tsx';
import { problemOf } from '../app/dialogs.tsx';
import { useAsker } from './use-asker.ts';

interface MessageState {
  /** What was known last; null before the first answer. */
  readonly details: MessageDetails | null;
  /** It left the queue. */
  readonly gone: boolean;
  readonly problem: Problem | null;
}

/** The relay reads the message's file for each answer: once a second is live enough. */
const askEveryMs = 1_000;

/** One message, asked for again as the queue changes, until it leaves the queue. A component shows one message for life. */
export function useMessageDetails(serverId: ServerId, id: MessageId): MessageState & { readonly refresh: () => void } {
  const client = useContract();
  const [state, setState] = useState<MessageState>({ details: null, gone: false, problem: null });
  const asker = useAsker(async () => {
    try {
      const details = await client.call('queue.show', { serverId, id });
      setState({ details, gone: false, problem: null });
    } catch (error) {
      const problem = problemOf(error);
      setState((last) => (problem.code === 'notFound' ? { ...last, gone: true, problem: null } : { ...last, problem }));
    }
  }, askEveryMs);
  const { gone } = state;
  const onChanged = useCallback(
    (event: EventOf<'queue.changed'>) => {
      if (event.serverId === serverId && !gone) asker.later();
    },
    [asker, serverId, gone],
  );
  useContractEvent('queue.changed', onChanged);
  useOnReconnect(asker.now);
  return { ...state, refresh: asker.now };
}
