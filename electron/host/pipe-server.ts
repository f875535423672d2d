/** Serves the local pipe. Who may connect is the operating system's decision: the rights of the socket or of the pipe. */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { platform } from 'node:process';
import type { FrameChannel } from '../../shared/contract/frames.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import { errorCode } from '../base/error-code.ts';
import type { Log } from '../base/ports.ts';
import { openSocketPath } from './local-socket.ts';
import { createPipeChannel } from './pipe-channel.ts';

/** Consoles and command lines at the same time; far more than people open. */
const maxClients = 64;

export interface PipeServer {
  readonly address: string;
  /** Cuts every client off and frees the address. */
  close(): Promise<void>;
}

export interface PipeServerOptions {
  readonly address: string;
  readonly log: Log;
  readonly onChannel: (channel: FrameChannel) => void;
}

/**
 * The caller holds the lock of the data folder, so a socket that is already there was left by a crash.
 * @throws {ProblemError} 'storage' when the address is taken (a Windows pipe) or cannot be made.
 */
export async function servePipe({ address, log, onChannel }: PipeServerOptions): Promise<PipeServer> {
  const clients = new Set<Socket>();
  const server = createServer((socket) => {
    clients.add(socket);
    socket.once('close', () => clients.delete(socket));
    onChannel(createPipeChannel(socket));
  });
  server.maxConnections = maxClients;
  const release = await listen(server, address);
  if (platform === 'win32') await restrict(address, log);
  server.on('error', (error) => log.error('pipe failed', error, { address }));
  return {
    address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          release();
          resolve();
        });
        for (const client of clients) client.destroy();
      }),
  };
}

/**
 * Of itself a pipe of Windows is readable for everybody. Where its rights can't be set, nobody gets more than that: to be sent
 * anything one has to have asked, and that takes the right to write.
 */
async function restrict(address: string, log: Log): Promise<void> {
  try {
    const { createPipeRights } = await import('./windows-pipe-rights.ts');
    createPipeRights()(address);
  } catch (error) {
    log.warn('pipe rights not set', { address, reason: error instanceof Error ? error.message : String(error) });
  }
}

function listen(server: Server, address: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    let release = (): void => {};
    const refuse = (error: unknown): void => {
      server.close();
      release();
      reject(listenProblem(address, error));
    };
    try {
      if (platform !== 'win32') rmSync(address, { force: true });
      const socketPath = openSocketPath(address);
      const { path } = socketPath;
      release = socketPath.release;
      server.once('error', refuse);
      server.listen(path, () => {
        server.removeAllListeners('error');
        resolve(release);
      });
      // The socket exists as soon as `listen` returns; its rights are set before anybody can be served.
      if (platform !== 'win32' && server.listening) chmodSync(path, 0o600);
    } catch (error) {
      refuse(error);
    }
  });
}

function listenProblem(address: string, error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (errorCode(error) === 'EADDRINUSE') {
    return problem(
      'storage',
      `The local pipe ${address} is held by another program. Stop the relay that is running already.`,
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  return problem('storage', `The local pipe ${address} cannot be opened: ${reason}.`);
}
