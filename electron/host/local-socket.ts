/** Short names for the sockets of deep folders. */
import { closeSync, constants, openSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { problem } from '../../shared/contract/problem.ts';

/** `sun_path` of the kernel without its closing zero byte: 108 on Linux, 104 on macOS. */
const maxSocketPathBytes = { linux: 107, other: 103 } as const;

export interface SocketPath {
  /** What the operating system is given. */
  readonly path: string;
  /** Not before the socket is connected or closed. */
  release(): void;
}

/**
 * The same socket by a name that fits into a socket address. A longer path is reached through the opened folder
 * (`/proc/self/fd/N/relay.sock`): nobody else can stand in between, as they could in a shared temporary folder.
 * @throws {ProblemError} 'storage' where there is no such way.
 */
export function openSocketPath(address: string, platform: NodeJS.Platform = process.platform): SocketPath {
  const limit = platform === 'linux' ? maxSocketPathBytes.linux : maxSocketPathBytes.other;
  if (platform === 'win32' || Buffer.byteLength(address) <= limit) return { path: address, release: () => {} };
  if (platform !== 'linux') {
    throw problem(
      'storage',
      `The path of the data folder is too long for the relay's local socket (${address}, at most ${limit} bytes). Use a shorter folder.`,
    );
  }
  const folder = openSync(dirname(address), constants.O_RDONLY | constants.O_DIRECTORY);
  return { path: `/proc/self/fd/${folder}/${basename(address)}`, release: () => closeSync(folder) };
}
