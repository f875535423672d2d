import { useCallback, useEffect, useMemo, useState } from 'react';
import type { EventOf } from '../../shared/contract/events.ts';
import type { MessageDetails, MessageId, ServerId } from '../../shared/contract/messages.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { useOnReconnect } from '../api/connection.tsx';
import { useContract, useContractEvent } from '../api/contract-context.tsx';
import { problemOf } from '../app/dialogs.tsx';

interface MessageState {
  /** What was known last; null before the first answer. */
  readonly details: MessageDetails | null;
  /** It left the queue. */
  readonly gone: boolean;
  readonly problem: Problem | null;
}

/** The relay reads the message's file for each answer: once a second is live enough. */
const askEveryMs = 1_000;

/** One message, asked for again as the queue changes, until it leaves the queue. */
export function useMessageDetails(serverId: ServerId, id: MessageId): MessageState & { readonly refresh: () => void } {
  const client = useContract();
  const [state, setState] = useState<MessageState>({ details: null, gone: false, problem: null });

  const asking = useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let underWay = false;
    let again = false;
    let stopped = true;
    const ask = async (): Promise<void> => {
      timer = undefined;
      underWay = true;
      again = false;
      try {
        const details = await client.call('queue.show', { serverId, id });
        if (!stopped) setState({ details, gone: false, problem: null });
      } catch (error) {
        const problem = problemOf(error);
        if (stopped) return;
        setState((last) =>
          problem.code === 'notFound' ? { ...last, gone: true, problem: null } : { ...last, problem },
        );
      } finally {
        underWay = false;
        if (again && !stopped) later();
      }
    };
    const later = (): void => {
      if (underWay) again = true;
      else timer ??= setTimeout(() => void ask(), askEveryMs);
    };
    return {
      start: (): (() => void) => {
        stopped = false;
        void ask();
        return () => {
          stopped = true;
          clearTimeout(timer);
          timer = undefined;
        };
      },
      later,
      now: (): void => {
        clearTimeout(timer);
        timer = undefined;
        if (underWay) again = true;
        else void ask();
      },
    };
  }, [client, serverId, id]);

  useEffect(() => asking.start(), [asking]);
  const { gone } = state;
  const onChanged = useCallback(
    (event: EventOf<'queue.changed'>) => {
      if (event.serverId === serverId && !gone) asking.later();
    },
    [asking, serverId, gone],
  );
  useContractEvent('queue.changed', onChanged);
  useOnReconnect(asking.now);
  return { ...state, refresh: asking.now };
}
