/** Our relay as it is shipped: the bundle of the command line, in a process of its own. */
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { monotonicFactory } from 'ulid';
import { build } from '../../electron/scripts/build.ts';
import { freePort } from '../fakes/free-port.ts';
import type { Peer, PeerStart, RunningPeer, Upstream } from './peer.ts';
import { end, nowMs, spawnLogged, untilGreeted } from './processes.ts';

const stopLimitMs = 30_000;

export interface RelayPeerOptions {
  /** Where the bundle is built; it is built anew each time. */
  readonly productFolder: string;
  readonly version: string;
  /** Node options, for a profiler. */
  readonly nodeOptions?: readonly string[];
}

export async function createRelayPeer({ productFolder, version, nodeOptions = [] }: RelayPeerOptions): Promise<Peer> {
  await build(['cli'], { outFolder: productFolder });
  // The product reads its version from the folder above its bundles.
  const description = resolve(import.meta.dirname, '../../package.json');
  await copyFile(description, join(dirname(productFolder), 'package.json'));
  const program = [process.execPath, ...nodeOptions, join(productFolder, 'cli/index.js')];
  return {
    name: 'relay',
    version: `SMTP Relay Manager ${version} on Node ${process.versions.node}`,
    start: (options) => start(program, options),
    fill,
  };
}

async function start(program: readonly string[], { folder, upstream }: PeerStart): Promise<RunningPeer> {
  const port = await freePort();
  const startedAtMs = nowMs();
  const child = spawnLogged(
    [
      ...launcherOf(upstream),
      ...program,
      ...['--data', folder, 'serve', '--listen', `127.0.0.1:${port}`],
      ...(upstream.kind === 'port' ? ['--smart-host', `127.0.0.1:${upstream.port}`] : []),
    ],
    `${folder}.log`,
  );
  await untilGreeted(child, port, `${folder}.log`);
  const listeningAfterMs = nowMs() - startedAtMs;
  return { port, processId: child.pid ?? 0, listeningAfterMs, stop: () => end(child, stopLimitMs) };
}

/** A mount namespace of its own sees another list of name servers; the computer keeps its own. */
export const launcherOf = (upstream: Upstream): readonly string[] =>
  upstream.kind === 'port'
    ? []
    : [...['unshare', '--mount', 'sh', '-c'], `mount --bind "$0" /etc/resolv.conf && exec "$@"`, upstream.resolverFile];

async function fill(folder: string, messages: number): Promise<void> {
  const queue = join(folder, 'mailroot/1/Queue');
  const template = (await readdir(queue)).find((name) => name.endsWith('.eml'));
  if (template === undefined) throw new Error(`No message to copy in ${queue}.`);
  const bytes = await readFile(join(queue, template));
  const nextId = monotonicFactory();
  const atMs = Date.now() - 3_600_000;
  for (let written = 0; written < messages; written += 1) {
    await writeFile(join(queue, `${nextId(atMs)}.eml`), bytes, { mode: 0o600 });
  }
}
