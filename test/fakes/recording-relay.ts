/** A relay behind a real pipe that writes down what it is asked and answers what it was told to. */
import { serveContract } from '../../electron/host/contract-server.ts';
import { pipeAddressOf } from '../../electron/host/pipe-client.ts';
import { servePipe } from '../../electron/host/pipe-server.ts';
import type { CallName, Handlers, ParsedArgumentOf } from '../../shared/contract/calls.ts';
import type { EventName, EventOf } from '../../shared/contract/events.ts';
import { MemoryLog } from './memory-log.ts';

export interface RecordingRelay {
  readonly asked: readonly (readonly [name: CallName, argument: unknown])[];
  /** From now on; a call without an answer is a failure of the test. */
  answer<Name extends CallName>(name: Name, handler: Handlers[Name]): void;
  argumentsOf<Name extends CallName>(name: Name): ParsedArgumentOf<Name>[];
  emit<Name extends EventName>(name: Name, event: EventOf<Name>): void;
  /** Forgets what was asked and answered. */
  clear(): void;
  close(): Promise<void>;
}

export async function startRecordingRelay(dataFolder: string): Promise<RecordingRelay> {
  const log = new MemoryLog();
  const asked: [CallName, unknown][] = [];
  const answers = new Map<string, (argument: never) => Promise<unknown>>();
  const connections = new Set<ReturnType<typeof serveContract>>();
  const handlers = new Proxy({} as Handlers, {
    get: (_target, name: CallName) => async (argument: never) => {
      asked.push([name, argument]);
      const handler = answers.get(name);
      if (handler === undefined) throw new Error(`no answer to ${name} was arranged`);
      return await handler(argument);
    },
  });
  const pipe = await servePipe({
    address: pipeAddressOf(dataFolder),
    log,
    onChannel: (channel) => {
      const connection = serveContract(channel, handlers, log);
      connections.add(connection);
      channel.onClose(() => connections.delete(connection));
    },
  });
  return {
    asked,
    answer: (name, handler) => void answers.set(name, handler),
    argumentsOf: <Name extends CallName>(name: Name) =>
      asked.filter(([each]) => each === name).map(([, argument]) => argument as ParsedArgumentOf<Name>),
    emit: (name, event) => {
      for (const connection of connections) connection.sendEvent(name, event);
    },
    clear() {
      asked.length = 0;
      answers.clear();
    },
    close: () => pipe.close(),
  };
}
