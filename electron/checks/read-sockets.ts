/** Asks the system who listens, with the names of the programs on the ports that matter. */
import { ProblemError } from '../../shared/contract/problem.ts';
import { type ListeningSocket, parseNetstat, parseProcNet, parseSs, parseTask } from './listening-sockets.ts';
import { linuxSockets, netstat, tasklist } from './system-programs.ts';
import type { CheckOptions } from './types.ts';

type SocketOptions = Pick<CheckOptions, 'platform' | 'systemRoot' | 'runner' | 'ports'>;

/** @returns those on the ports; null where this can't be found out. */
export async function readSockets(
  options: SocketOptions,
  ports: ReadonlySet<number>,
): Promise<readonly ListeningSocket[] | null> {
  if (options.platform === 'win32') return await onWindows(options, ports);
  if (options.platform !== 'linux') return null;
  const sockets = await onLinux(options);
  return sockets?.filter(({ port }) => ports.has(port)) ?? null;
}

async function onWindows(
  { runner, systemRoot }: SocketOptions,
  ports: ReadonlySet<number>,
): Promise<readonly ListeningSocket[] | null> {
  const answers = await Promise.all([runner.run(netstat(systemRoot, 'TCP')), runner.run(netstat(systemRoot, 'TCPv6'))]);
  if (answers.every(({ exitCode }) => exitCode !== 0)) return null;
  const sockets = answers.flatMap(({ stdout }) => parseNetstat(stdout)).filter(({ port }) => ports.has(port));
  const names = new Map<number, string | null>();
  for (const { processId } of sockets) {
    if (processId === null || names.has(processId)) continue;
    names.set(processId, parseTask((await runner.run(tasklist(systemRoot, processId))).stdout));
  }
  return sockets.map((socket) => ({ ...socket, processName: names.get(socket.processId ?? -1) ?? null }));
}

async function onLinux({ runner, ports: { disk } }: SocketOptions): Promise<readonly ListeningSocket[] | null> {
  try {
    const { exitCode, stdout } = await runner.run(linuxSockets);
    if (exitCode === 0) return parseSs(stdout);
  } catch (error) {
    // Not installed: the kernel has the same without the names.
    if (!(error instanceof ProblemError)) throw error;
  }
  const files = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => disk.readFile(file).catch(() => null)),
  );
  if (files.every((file) => file === null)) return null;
  return files.flatMap((file) => parseProcNet(file?.toString('latin1') ?? ''));
}
