/** The connection to whoever answers for this computer: there or not, without a word about it on the screen. */
import { type CallClient, createCallClient } from '../../shared/contract/client.ts';
import { type ComputerCalls, computerCalls } from '../../shared/contract/computer/computer-calls.ts';
import type { FrameChannel } from '../../shared/contract/frames.ts';

export interface ComputerConnection {
  /** Null while nobody answers. */
  readonly client: () => CallClient<ComputerCalls> | null;
  /** @returns a function that ends the subscription. */
  readonly onChange: (listener: () => void) => () => void;
}

/**
 * @param open  rejects where nobody answers: then there is no client for the life of the page. A connection that was lost is
 * opened once more.
 */
export function connectComputer(open: () => Promise<FrameChannel>): ComputerConnection {
  const listeners = new Set<() => void>();
  let client: CallClient<ComputerCalls> | null = null;
  const become = (next: CallClient<ComputerCalls> | null): void => {
    client = next;
    for (const listener of [...listeners]) listener();
  };
  const connect = (): void => {
    open().then(
      (channel) => {
        const opened = createCallClient(channel, computerCalls);
        opened.onClose(() => {
          become(null);
          connect();
        });
        become(opened);
      },
      () => {},
    );
  };
  connect();
  return {
    client: () => client,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
