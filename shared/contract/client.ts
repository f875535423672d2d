/** Typed client of a contract over any channel. Used by the renderer and by the command line. */
import type * as z from 'zod';
import type { CallTable } from './call.ts';
import { type Calls, calls } from './calls.ts';
import { type EventName, type EventOf, events } from './events.ts';
import { type FrameChannel, type HostFrame, hostFrameSchema } from './frames.ts';
import { ProblemError, problem } from './problem.ts';

export interface CallClient<Table extends CallTable> {
  /** @throws {ProblemError} the other side's refusal, or code 'disconnected' when the channel is gone. */
  call<Name extends keyof Table & string>(
    name: Name,
    argument: z.input<Table[Name]['argument']>,
  ): Promise<z.output<Table[Name]['answer']>>;
  onClose(listener: () => void): void;
  close(): void;
}

/** The client of the relay's contract, which has events as well. */
export interface ContractClient extends CallClient<Calls> {
  /** @returns a function that ends the subscription. */
  on<Name extends EventName>(name: Name, listener: (event: EventOf<Name>) => void): () => void;
}

interface Waiting {
  readonly name: string;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

export function createContractClient(channel: FrameChannel): ContractClient {
  const listeners = new Map<EventName, Set<(event: never) => void>>();
  const client = createCallClient(channel, calls, (frame) => {
    if (!Object.hasOwn(events, frame.name)) return; // a newer relay may know more events
    const name = frame.name as EventName;
    const event = events[name].safeParse(frame.value);
    if (event.success) for (const listener of listeners.get(name) ?? []) listener(event.data as never);
  });
  return {
    ...client,
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
  };
}

/** The client of a contract of calls only. */
export function createCallClient<Table extends CallTable>(
  channel: FrameChannel,
  table: Table,
  onEvent: (frame: Extract<HostFrame, { type: 'event' }>) => void = () => undefined,
): CallClient<Table> {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let open = true;

  const settle = (id: number, finish: (entry: Waiting) => void): void => {
    const entry = waiting.get(id);
    if (entry === undefined) return;
    waiting.delete(id);
    finish(entry);
  };

  channel.onFrame((raw) => {
    const parsed = hostFrameSchema.safeParse(raw);
    if (!parsed.success) return;
    const frame = parsed.data;
    switch (frame.type) {
      case 'answer':
        return settle(frame.id, ({ name, resolve, reject }) => {
          const answer = table[name]?.answer.safeParse(frame.value);
          if (answer?.success === true) resolve(answer.data as never);
          else
            reject(
              problem(
                'internal',
                `The relay's answer to ${name} was not understood. Console and relay may be of different versions.`,
              ),
            );
        });
      case 'refusal':
        return settle(frame.id, ({ reject }) => reject(new ProblemError(frame.problem)));
      case 'event':
        return onEvent(frame);
    }
  });

  channel.onClose(() => {
    open = false;
    for (const id of [...waiting.keys()]) settle(id, ({ reject }) => reject(disconnected()));
  });

  return {
    call: (name, argument) =>
      new Promise((resolve, reject) => {
        if (!open) return reject(disconnected());
        lastId += 1;
        waiting.set(lastId, { name, resolve, reject });
        channel.send({ type: 'call', id: lastId, name, argument });
      }),
    onClose: (listener) => channel.onClose(listener),
    close: () => channel.close(),
  };
}

const disconnected = (): ProblemError => problem('disconnected', 'The connection to the relay was lost.');
