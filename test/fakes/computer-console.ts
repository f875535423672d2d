/** The browser console on a running relay, with a computer that the test makes up: everything it does not answer is refused. */
import { resolve } from 'node:path';
import { type ConsoleServer, startConsoleServer } from '../../electron/console-server.ts';
import { serveCalls } from '../../electron/host/contract-server.ts';
import { connectPipe, pipeAddressOf } from '../../electron/host/pipe-client.ts';
import { joinChannels } from '../../electron/main/join-channels.ts';
import {
  type ComputerFacts,
  type ComputerHandlers,
  computerCalls,
} from '../../shared/contract/computer/computer-calls.ts';
import { problem } from '../../shared/contract/problem.ts';
import { MemoryLog } from './memory-log.ts';

const facts: ComputerFacts = {
  platform: 'windows',
  hostName: 'CA01',
  elevated: true,
  canElevate: true,
  canChooseFiles: false,
};

export function fakeComputer(handlers: Partial<ComputerHandlers>): ComputerHandlers {
  const refuse = async (): Promise<never> => {
    throw problem('notPossible', 'The test has no answer to this.');
  };
  const refusing = Object.fromEntries(Object.keys(computerCalls).map((name) => [name, refuse]));
  return { ...(refusing as unknown as ComputerHandlers), 'computer.facts': async () => facts, ...handlers };
}

/** @param folder  The built console. */
export function startComputerConsole(
  dataFolder: string,
  handlers: Partial<ComputerHandlers>,
  folder = resolve(import.meta.dirname, '../../dist/renderer'),
): Promise<ConsoleServer> {
  const computer = fakeComputer(handlers);
  const log = new MemoryLog();
  return startConsoleServer({
    host: {
      attach: (channel) => {
        connectPipe(pipeAddressOf(dataFolder)).then(
          (pipe) => joinChannels(channel, pipe),
          () => channel.close(),
        );
      },
    },
    connectComputer: (channel) => void serveCalls(channel, computerCalls, computer, log),
    port: 0,
    folder,
    log,
    onAddress: () => {},
  });
}
