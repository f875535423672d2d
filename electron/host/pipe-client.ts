/** The way to a relay that is already running on this computer. */
import { connect, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { platform } from 'node:process';
import type { FrameChannel } from '../../shared/contract/frames.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import { errorCode, isAccessDenied } from '../base/error-code.ts';
import { defaultDataFolder } from './data-folder.ts';
import { openSocketPath } from './local-socket.ts';
import { pipeAddressFor } from './pipe-address.ts';
import { createPipeChannel } from './pipe-channel.ts';

/** The pipe of the relay on this data folder. */
export const pipeAddressOf = (dataFolder: string): string =>
  pipeAddressFor({ platform, dataFolder: resolve(dataFolder), defaultDataFolder: defaultDataFolder() });

/**
 * @throws {ProblemError} 'notFound' when no relay listens there; 'notPossible' when it may not be used by this account
 * or does not take the connection.
 */
export async function connectPipe(address: string): Promise<FrameChannel> {
  return createPipeChannel(await connectSocket(address));
}

function connectSocket(address: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const refuse = (error: unknown): void => reject(connectProblem(address, error));
    try {
      const { path, release } = openSocketPath(address);
      const socket = connect(path);
      socket.once('close', release);
      socket.once('error', refuse);
      socket.once('connect', () => {
        socket.off('error', refuse);
        if (socket.writable) return resolve(socket);
        // Windows lets others open a pipe for reading where it does not let them write: libuv takes what it gets.
        socket.destroy();
        refuse(accessDenied(address));
      });
    } catch (error) {
      refuse(error);
    }
  });
}

/** What the operating system says when there is no pipe, no folder, or nobody behind a socket left by a crash. */
const nobodyListens: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ECONNREFUSED', 'ENOTSOCK']);

const accessDenied = (address: string): ProblemError =>
  problem(
    'notPossible',
    `A relay is running at ${address}, but this account may not use it. Run as an administrator (root) or as the account of the relay.`,
    { parameters: { reason: 'accessDenied' } },
  );

function connectProblem(address: string, error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (nobodyListens.has(errorCode(error))) return problem('notFound', `No relay is running at ${address}.`);
  if (isAccessDenied(error)) return accessDenied(address);
  const reason = error instanceof Error ? error.message : String(error);
  return problem('notPossible', `The relay at ${address} cannot be reached: ${reason}.`);
}
