/**
 * One contract client for the life of the window, whatever becomes of the channels below it. When a channel is lost it
 * opens another one, waiting longer each time; subscriptions move over by themselves.
 */
import type { AnswerOf, ArgumentOf, CallName } from '../../shared/contract/calls.ts';
import { type ContractClient, createContractClient } from '../../shared/contract/client.ts';
import { type EventName, type EventOf, eventNames } from '../../shared/contract/events.ts';
import type { FrameChannel } from '../../shared/contract/frames.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';

/** 'connecting' only before the first connection. */
export type ConnectionState = 'connecting' | 'connected' | 'lost';

export interface ConnectionPorts {
  /** Opens a new channel; rejects when that is not possible now. */
  readonly open: () => Promise<FrameChannel>;
  /** Runs `action` once after `delayMs`; returns a function that cancels it. */
  readonly after: (delayMs: number, action: () => void) => () => void;
}

export interface Connection {
  readonly client: ContractClient;
  readonly state: () => ConnectionState;
  /** Called after each change of the state. */
  readonly onStateChange: (listener: () => void) => () => void;
  /** Called when a lost connection is back: everything on the screen may be out of date. */
  readonly onReconnect: (listener: () => void) => () => void;
}

const firstDelayMs = 500;
const longestDelayMs = 10_000;

export const reconnectDelayMs = (failures: number): number =>
  Math.min(firstDelayMs * 2 ** Math.max(0, failures - 1), longestDelayMs);

export function keepConnected({ open, after }: ConnectionPorts): Connection {
  const stateListeners = new Set<() => void>();
  const reconnectListeners = new Set<() => void>();
  const eventListeners = new Map<EventName, Set<(event: never) => void>>();
  const closeListeners = new Set<() => void>();
  /** Calls made before the first connection wait for it, so that the first screen needs no second try. */
  let waiting: (() => void)[] = [];
  let state: ConnectionState = 'connecting';
  let current: ContractClient | null = null;
  let failures = 0;
  let closed = false;
  let cancelRetry = (): void => {};

  const become = (next: ConnectionState): void => {
    state = next;
    for (const listener of [...stateListeners]) listener();
  };
  const retryLater = (): void => {
    if (closed) return;
    failures += 1;
    cancelRetry = after(reconnectDelayMs(failures), connect);
  };
  const adopt = (client: ContractClient): void => {
    if (closed) {
      client.close();
      return;
    }
    const again = state === 'lost';
    failures = 0;
    current = client;
    for (const name of eventNames) {
      client.on(name, (event) => {
        for (const listener of [...(eventListeners.get(name) ?? [])]) listener(event as never);
      });
    }
    client.onClose(() => {
      current = null;
      if (closed) return;
      become('lost');
      retryLater();
    });
    become('connected');
    const calls = waiting;
    waiting = [];
    for (const start of calls) start();
    if (again) for (const listener of [...reconnectListeners]) listener();
  };
  const connect = (): void => void openAnswering(open).then(adopt, retryLater);

  const call = <Name extends CallName>(name: Name, argument: ArgumentOf<Name>): Promise<AnswerOf<Name>> => {
    if (current !== null) return current.call(name, argument);
    if (state === 'lost' || closed) {
      return Promise.reject(problem('disconnected', 'There is no connection to the relay at the moment.'));
    }
    return new Promise((resolve, reject) => {
      waiting.push(() => call(name, argument).then(resolve, reject));
    });
  };

  connect();
  return {
    client: {
      call,
      on: <Name extends EventName>(name: Name, listener: (event: EventOf<Name>) => void) => {
        const set = eventListeners.get(name) ?? new Set();
        eventListeners.set(name, set);
        set.add(listener);
        return () => set.delete(listener);
      },
      onClose: (listener) => closeListeners.add(listener),
      close: () => {
        closed = true;
        cancelRetry();
        current?.close();
        for (const listener of closeListeners) listener();
      },
    },
    state: () => state,
    onStateChange: (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    onReconnect: (listener) => {
      reconnectListeners.add(listener);
      return () => reconnectListeners.delete(listener);
    },
  };
}

/** A channel proves nothing: the window's bridge always opens. Only an answer shows that there is a relay behind it. */
async function openAnswering(open: ConnectionPorts['open']): Promise<ContractClient> {
  const client = createContractClient(await open());
  try {
    await client.call('status.get', null);
    return client;
  } catch (error) {
    // A refusal is an answer too; the screen shows it.
    if (error instanceof ProblemError && error.problem.code !== 'disconnected') return client;
    client.close();
    throw error;
  }
}
