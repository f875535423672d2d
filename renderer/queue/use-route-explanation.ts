import { useCallback, useRef, useState } from 'react';
import type { MessageId, RouteExplanation, ServerId } from '../../shared/contract/messages.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { useContract } from '../api/contract-context.tsx';
import { problemOf } from '../app/dialogs.tsx';

type ExplanationState =
  | { readonly kind: 'idle' | 'asking' }
  | { readonly kind: 'explained'; readonly address: string; readonly route: RouteExplanation }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** Asks where an address would go; only the answer to the last question counts. */
export function useRouteExplanation(serverId: ServerId, id?: MessageId) {
  const client = useContract();
  const [explanation, setExplanation] = useState<ExplanationState>({ kind: 'idle' });
  const asked = useRef(0);
  const explain = useCallback(
    async (address: string): Promise<void> => {
      asked.current += 1;
      const question = asked.current;
      setExplanation({ kind: 'asking' });
      const settle = (state: ExplanationState): void => {
        if (question === asked.current) setExplanation(state);
      };
      try {
        const about = id === undefined ? { serverId, address } : { serverId, address, id };
        settle({ kind: 'explained', address, route: await client.call('route.explain', about) });
      } catch (error) {
        settle({ kind: 'failed', problem: problemOf(error) });
      }
    },
    [client, serverId, id],
  );
  return { explanation, explain };
}

export type RouteExplanationState = ExplanationState;
