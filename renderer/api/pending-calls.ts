/** Tells that the relay has been working for a while on something a person asked for. Pure apart from the timer it is given. */
import type { AnswerOf, ArgumentOf, CallName } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/client.ts';

/** What is answered faster needs no sign; one would only flicker. */
const noticedAfterMs = 800;

export interface PendingCalls {
  /** Calls as before; counts what has no answer yet. */
  readonly client: ContractClient;
  /** True while a call has been waiting for so long that somebody would wonder. */
  readonly isSlow: () => boolean;
  /** Called after each change of `isSlow`. */
  readonly onChange: (listener: () => void) => () => void;
}

export function watchPendingCalls(
  client: ContractClient,
  after: (delayMs: number, action: () => void) => () => void,
): PendingCalls {
  const listeners = new Set<() => void>();
  let slow = 0;
  const add = (by: 1 | -1): void => {
    const before = slow > 0;
    slow += by;
    if (slow > 0 !== before) for (const listener of [...listeners]) listener();
  };
  const call = async <Name extends CallName>(name: Name, argument: ArgumentOf<Name>): Promise<AnswerOf<Name>> => {
    let noticed = false;
    const cancel = after(noticedAfterMs, () => {
      noticed = true;
      add(1);
    });
    try {
      return await client.call(name, argument);
    } finally {
      cancel();
      if (noticed) add(-1);
    }
  };
  return {
    client: { ...client, call },
    isSlow: () => slow > 0,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
